"""Learning the room: the page that explains it, beginning, ending, and what somebody found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import practice, ready_words
from moderation.forms.room import CheckForm, DangerForm
from moderation.redaction import anonymity_check
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.pages import room_page, telling
from stories.core import rendering
from stories.core.scanner import Look
from stories.models import Submission


@room_view(practice.DEED, "GET")
def learn(request: StaffRequest) -> HttpResponse:
    context = {"submission": practice.practice_account_of(request.user), "days": practice.LASTS.days}
    return room_page(request, "practice", _("Learn the room"), "help", context)


@room_view(practice.DEED, "POST")
def begin(request: StaffRequest) -> HttpResponse:
    exercise = practice.DANGER if request.POST.get("exercise") == practice.DANGER else practice.PLAIN
    with telling(request):
        return redirect("room_read", pk=practice.begin_practice(request.user, exercise).pk)
    return redirect("room_practice")


@room_view(practice.DEED, "POST")
def done(request: StaffRequest) -> HttpResponse:
    """Erase it; of the exercise about danger, say first what was met, once a first look was taken."""
    submission, vault = practice.practice_account_of(request.user), vault_of(request)
    was_looked_at = submission is not None and submission.events.filter(deed="first look").exists()
    if submission and vault and was_looked_at and practice.is_of_danger(submission, vault=vault):
        return end_of_exercise(request, submission, vault=vault, look=Look())
    practice.end_practice(request.user)
    messages.success(request, _("Your practice account is erased. Begin a new one whenever you like."))
    return redirect("room_practice")


def end_of_exercise(request: HttpRequest, submission: Submission, *, vault: OpenVault, look: Look) -> HttpResponse:
    submission.refresh_from_db()
    exercise, met = practice.practice_outcome(submission, vault=vault, look=look)
    practice.end_practice(request.user)
    return _outcome_page(request, met, again=exercise)


@room_view(practice.DEED)
def read_second(request: StaffRequest) -> HttpResponse:
    """The exercise of a second reading: account, text and check on one page; a POST says what was met."""
    check, danger, problem = CheckForm(request.POST or None), DangerForm(request.POST or None), ""
    if request.method == "POST":
        answered, now = check.answered(), danger.statement().now
        problem = anonymity_check.why_not_answered(answered) or ""
        if now and not problem:
            sent_back = request.POST.get("step") == "back"
            met = practice.second_met(answered.answers, danger=now, sent_back=sent_back)
            return _outcome_page(request, met, again="second")
        problem, check.is_refused = problem or _("Answer whether anybody is in danger now."), True
    context = {
        "account": practice.SECOND_ACCOUNT["account"],
        "text": practice.FIRST_READERS_TEXT,
        "changes": rendering.compare_words(practice.SECOND_ACCOUNT["account"], practice.FIRST_READERS_TEXT),
        "check": check,
        "danger": danger,
        "problem": problem,
        "contacts": ready_words.safeguarding(),
    }
    return room_page(request, "practice_second", _("A second reading, to practise"), "glasses", context)


def _outcome_page(request: HttpRequest, met: list[practice.Met], *, again: str) -> HttpResponse:
    """The end of an exercise: what they met in it and what they missed, and no mark."""
    context = {
        "met": [each for each in met if each.is_met],
        "missed": [each for each in met if not each.is_met],
        "again": again,
    }
    return room_page(request, "practice_met", _("What you met"), "help", context)
