"""Coming back with a code: opens what it opens, and does the step that was asked for."""

import re
import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stories.models import Submission
from stories.telling import answering, coming_back, public_form, questions, receipts, request_codes, tokens, wording
from stories.telling.coming_back import Opened
from stories.telling.errors import DoesNotOpen, UnreadableCode
from stories.telling.request_codes import OpenedRequest
from stories.telling.views import changing, conversing, drafting, speaking, taking_along, withdrawing
from stories.telling.views.showing import show

# Somebody who guesses waits a little; nobody with a right code ever does, and guessers can't use up the threads.
_PAUSE_SECONDS = 1.0
_PAUSING = threading.BoundedSemaphore(2)
# What a form here can carry besides words; it goes along when the code has to be typed once more.
_CHOSEN = "|".join(("digest", "change-of", public_form.OPINION, *questions.BY_NAME))


@public_form.public_form(counts_against="return")
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with a right one, show where it stands or do what was asked."""
    if request.method != "POST":
        return answering.page(request, "return", {})
    code = _code(request)
    opened = _open(code)
    if opened is None:
        asked = request_codes.find(code)
        return _show_request(request, asked) if asked else _ask_for_the_code(request, code)
    step = public_form.given(request).get("step", "")
    if opened.submission.status == Submission.Status.DRAFT:
        return drafting.do(request, opened, code, step)
    return _STEPS.get(step, _no_step)(request, opened, code)


def _no_step(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Show where it stands, and give back whatever words came with a step that there is not."""
    return show(request, opened, code, words=_typed(request))


def _show_request(request: HttpRequest, asked: OpenedRequest) -> HttpResponse:
    """Show where a take-down request stands. Nothing can be written to it, so words that came along are given back."""
    about = {"standing": request_codes.standing(asked), "words": _typed(request)}
    return answering.page(request, "request_standing", about | {"danger": public_form.spoken_of(request)})


def _typed(request: HttpRequest) -> list[tuple[str, str, str]]:
    return [(name, wording.label(name), text) for name, text in public_form.given_back(request).items()]


def _code(request: HttpRequest) -> str:
    """The typed code, or the one that the form's token carries."""
    typed: str = public_form.given(request).get("code", "").strip()
    return typed or tokens.read(request, "return", "withdraw", *changing.PURPOSES).get("code", "")


def _open(code: str) -> Opened | None:
    try:
        return coming_back.find(code) if code else None
    except (UnreadableCode, DoesNotOpen):
        return None


def _ask_for_the_code(request: HttpRequest, code: str) -> HttpResponse:
    given = public_form.given(request)
    if code and getattr(request, "over_limit", False):
        _pause()
    context = {
        "was_wrong": bool(code),
        "was_stale": not code and bool(given.get("token")),
        "was_empty": not code and not given.get("token"),
        "typed": given.get("code", "")[:200],
        "letters": receipts.length(given.get("code", "")[:200]),
        "danger": public_form.spoken_of(request),
        **_carried(request),
    }
    return answering.page(request, "return", context)


def _carried(request: HttpRequest) -> dict[str, object]:
    """All that was typed or chosen, so that the step goes on once the code is there; nothing, where it held neither."""
    given, words = public_form.given(request), public_form.given_back(request)
    step = given.get("step", "")
    if not words and not step.endswith(_KEEPS):
        return {}
    names = [name for name in given if re.fullmatch(_CHOSEN, name) and name not in words]
    chosen = [(name, value) for name in names for value in given.getlist(name)]
    return {"words": _typed(request), "hidden": chosen, "step": step if step in _STEPS else "message"}


def _pause() -> None:
    if _PAUSING.acquire(blocking=False):
        try:
            time.sleep(_PAUSE_SECONDS)
        finally:
            _PAUSING.release()


# A step of this ending stores choices: with no word among them they go along too.
_KEEPS = "-keep"
_STEPS: dict[str, Callable[[HttpRequest, Opened, str], HttpResponse]] = {
    "show": show,
    "message": conversing.message,
    "yes": conversing.yes,
    "yes-without": conversing.yes_without,
    "please-change": conversing.please_change,
    "download": taking_along.download,
    "reminder": taking_along.remind,
    "answers": changing.answers,
    "answers-keep": changing.keep_answers,
    "edit": changing.words,
    "edit-keep": changing.keep_words,
    "edit-message": changing.send_words,
    "consents": changing.consents,
    "consents-keep": changing.keep_consents,
    "opinion-keep": speaking.keep,
    "withdraw": withdrawing.before,
    "withdraw-now": withdrawing.withdraw,
}
