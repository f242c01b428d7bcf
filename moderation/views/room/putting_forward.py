"""Putting a version forward: the first yes, with the anonymity check that goes with it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from moderation import agreements, versions
from moderation.errors import Refused
from moderation.forms import CheckForm
from moderation.forms.first_look import DangerForm
from moderation.invented import practice
from moderation.safekeeping.vault import OpenVault
from moderation.safekeeping.vault_door import vault_of
from moderation.views.doors import back_to, keeps_words, may
from moderation.views.lists.queue_rows import next_button
from moderation.views.personal import practice as practising
from moderation.views.room.reading import reading_page, sent
from stories.looking import Look
from stories.models import Submission


@keeps_words
@require_POST
@may("put forward")
def put_forward(request: HttpRequest, pk: object) -> HttpResponse:
    """Say the first yes to exactly the text that the form's digest names; what stands in the way gives all back.

    A press on “Search the text again” says nothing yet: the page comes anew, with the text kept since and the answers.
    """
    submission, check, look, vault = sent(pk), CheckForm(request.POST), Look(), vault_of(request)
    danger = DangerForm(request.POST)
    if "look" in request.POST:
        return reading_page(request, submission, check=check, danger=danger)
    try:
        _put_forward(submission, check, danger, vault=vault, look=look)
    except Refused as refused:
        check.is_refused = True
        response = reading_page(request, submission, check=check, danger=danger, problem=refused.reason, look=look)
        response.status_code = 200 if vault is not None else 403
        return response
    if submission.practice_for_id is not None and vault is not None:
        submission.refresh_from_db()
        if practice.is_of_danger(submission, vault=vault):
            return practising.reckoning(request, submission, vault=vault)
        outcome = practice.outcome(submission, vault=vault, look=look)
        practice.end(request.user)
        return practising.found(request, outcome)
    done = _("Put forward. Another moderator reads it now, and agrees or sends it back.")
    messages.success(request, done, buttons=next_button(request, after=submission))
    return back_to(submission.pk)


def _put_forward(
    submission: Submission, check: CheckForm, danger: DangerForm, *, vault: OpenVault | None, look: Look
) -> None:
    copy = versions.current(submission)
    if vault is None:
        raise Refused(_("The vault has locked meanwhile. Unlock it in another tab, then put this forward again."))
    if copy is None:
        raise Refused(_("Save a version first; there is nothing to put forward yet."))
    agreements.put_forward(
        copy,
        check.named(),
        vault=vault,
        check=check.check(),
        danger=danger.statement(),
        reasons=check.reasons(),
        look=look,
    )
