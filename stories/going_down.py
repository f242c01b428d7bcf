"""The ways down for a story; each is public at once, because each begins a new edition."""

from django.db import transaction

from stories.models import Story
from stories.public import edition


@transaction.atomic
def hide(story: Story, *, by_request: bool = False) -> None:
    """Take a story off every page, keeping its agreed words so that it can be put back."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    if row.status not in (Story.Status.LIVE, Story.Status.AGREED):
        return
    row.status = Story.Status.HIDDEN
    row.hidden_by_request = by_request
    row.save(update_fields=["status", "hidden_by_request"])
    story.status = row.status
    edition.bump()


@transaction.atomic
def remove(story: Story) -> None:
    """Take a story down for good and erase its words; its address stays, to say that it is gone."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    row.status = Story.Status.REMOVED
    row.title = row.text = row.agreed = row.themes = row.content_notes = ""
    row.region = row.nation = row.place_shown = ""
    row.force = row.outcome = row.year = None
    row.salt = row.digest = ""
    row.save()
    edition.bump()
