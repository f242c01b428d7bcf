"""Before you start, the form, the check, the code: one visit, carried in the form and nowhere else."""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stories.models import Submission
from stories.telling import answering, expected, intake, public_form, receipts, room, spotted, tokens, wording
from stories.telling.forms import TellForm

# Nobody reads the form, writes and sends in less; what does is a machine, and goes to the flood tray.
LEAST_SECONDS = 3
ONLINE = ("yes", "think-so")
CASE_OPEN = ("looking", "arrested", "charged", "court")


@dataclass(frozen=True)
class Visit:
    """What a visit carries: the second it began, and once it was checked, the code."""

    since: int
    code: str = ""

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self.since < LEAST_SECONDS


@public_form.public_form()
def before(request: HttpRequest) -> HttpResponse:
    """What somebody should know before they begin."""
    context = {"is_open": intake.is_open(), "is_short": room.is_short(), "weeks": expected.weeks_to_wait()}
    return answering.page(request, "before", context)


@public_form.public_form()
def under_18(request: HttpRequest) -> HttpResponse:
    """Who can help somebody under 18; no form."""
    return answering.page(request, "under_18", {})


@public_form.public_form(counts_against="send")
def form(request: HttpRequest) -> HttpResponse:
    """The form; posted, the check page; posted from there, the code."""
    if request.method != "POST":
        return _form_page(request, TellForm(), Visit(_now())) if intake.is_open() else before(request)
    given = _given(request)
    if given.get("adult") == "no":
        words = [(name, wording.label(name), text) for name, text in public_form.given_back(request).items()]
        return answering.page(request, "under_18", {"words": words})
    filled = TellForm(given)
    if not filled.is_valid():
        return _form_page(request, filled, _visit(request, "form", "send"))
    if given.get("step") != "send":
        return _check_page(request, filled, _visit(request, "form", "send"))
    return _send(request, filled, _visit(request, "send"))


def _send(request: HttpRequest, filled: TellForm, visit: Visit) -> HttpResponse:
    if not visit.code:
        return _check_page(request, filled, visit, notice=_stale())
    if filled.wants_both():
        return _check_page(request, filled, visit)
    try:
        submission = intake.receive(
            filled.sent(),
            code=visit.code,
            keeps_code=not filled.cleaned_data["no_code"],
            is_flood=public_form.is_flood(request) or visit.is_too_quick,
            language=(translation.get_language() or "en")[:5],
        )
    except intake.TakenBack:
        return _check_page(request, filled, Visit(visit.since), notice=_taken_back())
    return _code_page(request, submission, filled, visit.code)


def _form_page(request: HttpRequest, filled: TellForm, visit: Visit) -> HttpResponse:
    context = {
        "sections": list(filled.sections()),
        "errors": filled.problems(),
        "token": tokens.issue("form", since=str(visit.since), code=visit.code),
        "notices": _notices(request),
        "honeypot": public_form.HONEYPOT,
    }
    return answering.page(request, "form", context)


def _check_page(request: HttpRequest, filled: TellForm, visit: Visit, *, notice: str = "") -> HttpResponse:
    texts, answers = filled.texts(), filled.answers()
    look = spotted.Look(texts)
    found = look.listed(_chosen(public_form.given(request)))
    code = visit.code or receipts.new_code()
    context = {
        "form": filled,
        "marked": [(filled[name], look.marked(name)) for name in spotted.FIELDS if texts[name].strip()],
        "spotted": found[: spotted.MOST_LISTED],
        "more_spotted": max(0, len(found) - spotted.MOST_LISTED),
        "summary": wording.in_words(answers),
        "sections": [section for section in filled.sections() if section["name"] != "telling"],
        "token": tokens.issue("send", since=str(visit.since), code=code),
        "notices": [*_notices(request), *([notice] if notice else [])],
        "both": filled.wants_both(),
        "honeypot": public_form.HONEYPOT,
        **_about(answers),
    }
    return answering.page(request, "check", context)


def _code_page(request: HttpRequest, submission: Submission, filled: TellForm, code: str) -> HttpResponse:
    context = {
        # Sent once without a code and then again with one, it still opens with none.
        "code": code if submission.key_under_code else "",
        "groups": code.split("-"),
        "weeks": expected.weeks_to_wait(),
        "read_by": expected.read_by(submission),
        "erase_on": submission.erase_on,
        **_about(filled.answers()),
    }
    return answering.page(request, "code", context)


def _about(answers: dict[str, Any]) -> dict[str, bool]:
    """The few answers on which what we say depends."""
    return {
        "is_online": answers["online"] in ONLINE,
        "case_is_open": answers["case"] in CASE_OPEN,
        "publish": answers["consent_publish"],
        "count": answers["consent_count"],
        "ask_again": answers["consent_ask_again"],
    }


def _given(request: HttpRequest) -> MultiValueDict:
    """What was posted, with the neutral words put in that were chosen on the check page."""
    given = public_form.given(request)
    words = public_form.given_back(request)
    texts = {name: words.get(name, "") for name in public_form.WORDS}
    for name, text in spotted.replaced(texts, _chosen(given)).items():
        given.setlist(name, [text])
    return given


def _chosen(given: MultiValueDict) -> dict[str, str]:
    return {name: given.get(name, "") for name in given if name.startswith("swap-")}


def _visit(request: HttpRequest, *purposes: str) -> Visit:
    words = tokens.read(request, *purposes)
    return Visit(int(words["since"]), words["code"]) if words else Visit(_now())


def _now() -> int:
    return int(time.time())


def _notices(request: HttpRequest) -> list[str]:
    if public_form.had_file(request):
        return [_("We left out the file: Heard takes words only. Your words are all here.")]
    return []


def _stale() -> str:
    return _(
        "This page was open for a while, so we made it fresh. Nothing is lost. Look it over and press Send once more."
    )


def _taken_back() -> str:
    return _(
        "You sent this before and then took it back. If you want to send it again, press Send: you get a new code."
    )
