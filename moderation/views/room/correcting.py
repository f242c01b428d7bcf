"""Correcting a story: beginning it from the story's page, and giving it up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from moderation import corrections, policies
from moderation.facts import load_text_facts
from moderation.team.permissions import Refused
from moderation.views import pages
from moderation.views.decorators import back_to, require_permission
from moderation.views.lists.stories import about
from moderation.views.pages import telling
from moderation.views.room.reading import submission_or_404
from moderation.views.team.vault import needs_vault
from stories.core import lifecycle
from stories.models import Story


@require_http_methods(["GET", "POST"])
@require_permission("correct a story")
@needs_vault
def correct(request: HttpRequest, pk: object) -> HttpResponse:
    """Open a story's text as a new working copy; the story stays up as it is."""
    story = get_object_or_404(Story.objects.select_related("submission"), pk=pk)
    if story.submission.status in lifecycle.CORRECTED:
        return back_to(story.submission_id)
    try:
        if request.method == "POST":
            corrections.begin_correction(story, by=request.user)
            messages.success(request, _("Here is its text as a new working copy. The story stays as it is meanwhile."))
            return back_to(story.submission_id)
        if reason := policies.why_not_correct(load_text_facts(story.submission_id, request.user)):
            raise Refused(reason)
    except Refused as refused:
        messages.warning(request, refused.reason)
        return redirect("room_stories:inspect", pk=story.pk)
    return _confirm(request, story)


@require_POST
@require_permission("correct a story")
def drop(request: HttpRequest, pk: object) -> HttpResponse:
    """Give a correction up; the story stays as it is."""
    submission = submission_or_404(pk)
    with telling(request):
        corrections.drop_correction(submission, by=request.user)
        messages.success(request, _("Given up. The story stays as it is."))
        return redirect("room_stories:inspect", pk=Story.objects.get(submission=submission).pk)
    return back_to(submission.pk)


def _confirm(request: HttpRequest, story: Story) -> HttpResponse:
    title = _("Correct this story")
    says = _(
        "Its text opens as a new working copy in your hands. The story stays up as it is until a second moderator has "
        "agreed to the new text; then it changes at once, under the same address, and its page says the month."
    )
    button = _("Begin the correction")
    return pages.confirmation_page(request, about(story, title=title, icon="edit", says=says, button=button))
