"""The newest version as its readers would see it: the public page itself, shown to a moderator alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from moderation import publishing, reading, versions
from moderation.errors import Refused
from moderation.safekeeping.vault import OpenVault
from moderation.views.doors import may
from moderation.views.room.reading import sent
from moderation.views.safekeeping.vault import needs_vault
from stories.models import Story, Submission
from stories.public import named_lists, story_page

# Stands where an address would, in what the page says of citing it.
NOT_YET = "not-public-yet"


@require_GET
@may("open an account")
@needs_vault
def as_public(request: HttpRequest, pk: object) -> HttpResponse:
    """Show the page that the newest version would be; nothing of it is kept or given an address."""
    submission = sent(pk)
    try:
        story = _story_of(submission, request.vault)  # type: ignore[attr-defined]
    except Refused as refused:
        messages.warning(request, refused.reason)
        return redirect("room_read", pk=submission.pk)
    # As the page of its first address is, whatever language this moderator has the admin in.
    with translation.override(settings.LANGUAGE_CODE):
        month = _("the month it goes live")
        context = story_page.story_context(story, named_lists.read()) | {"submission": submission, "month": month}
        return render(request, "moderation/as_public.html", context)


def _story_of(submission: Submission, vault: OpenVault) -> Story:
    copy = versions.current(submission)
    if copy is None or submission.is_empty:
        raise Refused(_("There is no version to show yet. Save one first."))
    # For its event: somebody reads the words.
    reading.read(submission, vault=vault)
    return publishing.as_story(reading.working_copy(copy.sealed, vault=vault)["fields"], slug=NOT_YET)
