"""Which stories stand with a response, kept on each of them: the filter asks that column, and search follows it."""

from collections.abc import Iterable

from stories.models import Story


def follow(stories: Iterable[Story]) -> None:
    """Have each of these say whether a response answers it; call it where a response came, changed or went."""
    for story in Story.objects.filter(pk__in=[each.pk for each in stories]).exclude(status=Story.Status.REMOVED):
        is_answered = story.responses.filter(force=story.force_id).exists()
        if story.is_answered != is_answered:
            story.is_answered = is_answered
            story.save(update_fields=["is_answered"])
