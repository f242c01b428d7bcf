"""Learning the room: the page that lists the exercises, beginning, ending, and what somebody met in each."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import practice, ready_words
from moderation.forms.room import CheckForm, DangerForm
from moderation.practice import EXERCISES, Exercise, Line
from moderation.redaction import anonymity_check
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.pages import Place, room_page, telling
from stories.core import lifecycle, rendering
from stories.core.scanner import Look
from stories.models import Submission

FIRST, SECOND = "first", "second"
# Which sides were done, kept as long as this log-in and no longer.
_DONE = "practised"


@room_view(practice.DEED, "GET")
def learn(request: StaffRequest) -> HttpResponse:
    done = request.session.get(_DONE, [])
    context = {
        "submission": practice.practice_account_of(request.user),
        "days": practice.LASTS.days,
        "exercises": [(each, _name(each, FIRST) in done, _name(each, SECOND) in done) for each in EXERCISES.values()],
        "minutes": sum(each.minutes for each in EXERCISES.values()),
    }
    return room_page(request, "practice", _("Learn the room"), "help", context)


def _name(exercise: Exercise, side: str) -> str:
    return f"{exercise.slug} {side}"


@room_view(practice.DEED, "POST")
def begin(request: StaffRequest) -> HttpResponse:
    """Begin the exercise that is named, or else the one that this person has, once more."""
    mine, vault = practice.practice_account_of(request.user), vault_of(request)
    chosen = EXERCISES.get(request.POST.get("exercise", ""))
    if chosen is None and mine and vault:
        chosen = practice.exercise_of(mine, vault=vault)
    with telling(request):
        chosen = chosen if chosen and chosen.account else next(iter(EXERCISES.values()))
        return redirect("room_read", pk=practice.begin_practice(request.user, chosen).pk)
    return redirect("room_practice")


@room_view(practice.DEED, "POST")
def done(request: StaffRequest) -> HttpResponse:
    """Erase it; say first what was met, where there was a first look or a text."""
    submission, vault = practice.practice_account_of(request.user), vault_of(request)
    if submission and vault:
        was_looked_at = submission.events.filter(deed="first look").exists()
        if was_looked_at or submission.working_copies.exists():
            return end_of_exercise(request, submission, vault=vault, look=Look())
    practice.end_practice(request.user)
    messages.success(request, _("Your practice account is erased. Begin a new one whenever you like."))
    return redirect("room_practice")


def end_of_exercise(
    request: HttpRequest, submission: Submission, *, vault: OpenVault, look: Look, decision: str = ""
) -> HttpResponse:
    """Say what was met, and erase it. `decision` is the one that would end it, with its reason."""
    submission.refresh_from_db()
    exercise = practice.exercise_of(submission, vault=vault)
    if submission.status in lifecycle.PUT_FORWARD:
        decision = "put forward"
    met = exercise and practice.practice_outcome(submission, exercise, decision=decision, vault=vault, look=look)
    practice.end_practice(request.user)
    return _outcome_page(request, exercise, met, side=FIRST) if exercise and met else redirect("room_practice")


@room_view(practice.DEED)
def read_second(request: StaffRequest, slug: str) -> HttpResponse:
    """The exercise of a second reading: account, text and check on one page; a POST says what was met."""
    exercise = _exercise_or_404(slug)
    if not (second := exercise.second):
        raise Http404
    check, danger, problem = CheckForm(request.POST or None), DangerForm(request.POST or None), ""
    if request.method == "POST":
        answered, now = check.answered(), danger.statement().now
        problem = anonymity_check.why_not_answered(answered) or ""
        if now and not problem:
            said = {**answered.answers, "danger": now, "decision": request.POST.get("step", "")}
            return _outcome_page(request, exercise, practice.reckon(second["sheet"], said=said), side=SECOND)
        problem, check.is_refused = problem or _("Answer whether anybody is in danger now."), True
    account = second.get("account") or exercise.account["account"]
    context = {
        "account": account,
        "text": second["text"],
        "language": exercise.language,
        "changes": rendering.compare_words(account, second["text"]),
        "check": check,
        "danger": danger,
        "problem": problem,
        "contacts": ready_words.safeguarding(),
    }
    title = _("A second reading, to practise: %(title)s") % {"title": exercise.title}
    return room_page(request, "practice_alone", title, "glasses", context, under=[_under()])


@room_view(practice.DEED)
def sort_flood(request: StaffRequest, slug: str) -> HttpResponse:
    """The exercise of a flood: its tray in memory, in which a POST says of each row what it is."""
    exercise = _exercise_or_404(slug)
    if not exercise.flood:
        raise Http404
    rows = [(row[0], len(row), request.POST.get(row[0]["name"], "")) for row in exercise.rows]
    if request.method == "POST" and all(answer for _row, _many, answer in rows):
        said = {row["name"]: answer for row, _many, answer in rows}
        return _outcome_page(request, exercise, practice.reckon(exercise.sheet, said=said), side=FIRST)
    problem = _("Say of each row what it is.") if request.method == "POST" else ""
    context = {"rows": rows, "says": exercise.says, "problem": problem}
    return room_page(request, "practice_alone", exercise.title, "copy", context, under=[_under()])


def _exercise_or_404(slug: str) -> Exercise:
    if slug not in EXERCISES:
        raise Http404
    return EXERCISES[slug]


def _under() -> Place:
    return reverse("room_practice"), _("Learn the room")


def _outcome_page(
    request: HttpRequest, exercise: Exercise, lines: Sequence[tuple[Line, bool]], *, side: str
) -> HttpResponse:
    """The end of an exercise: what they met in it and what they missed, and no mark."""
    done, name = request.session.get(_DONE, []), _name(exercise, side)
    request.session[_DONE] = [*done, *([] if name in done else [name])]
    context = {
        "met": [line for line, is_met in lines if is_met],
        "missed": [line for line, is_met in lines if not is_met],
        "exercise": exercise,
        "is_first": side == FIRST,
    }
    return room_page(request, "practice_met", _("What you met"), "help", context, under=[_under()])
