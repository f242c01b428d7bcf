"""Coming back with a code: where it stands, messages, the final text, and taking it all back."""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stories.models import ContentNote, Theme
from stories.telling import (
    answering,
    coming_back,
    conversation,
    final_text,
    public_form,
    standing,
    tokens,
    withdrawal,
    wording,
)
from stories.telling.coming_back import Opened
from stories.telling.errors import DoesNotOpen, UnreadableCode
from stories.telling.forms import MessageForm

# Somebody who guesses waits a little; nobody with a right code ever does, and guessers can't use up the threads.
_PAUSE_SECONDS = 1.0
_PAUSING = threading.BoundedSemaphore(2)


@public_form.public_form(counts_against="return")
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with a right one, show where it stands or do what was asked."""
    if request.method != "POST":
        return answering.page(request, "return", {})
    code = _code(request)
    opened = _open(code)
    if opened is None:
        return _ask_for_the_code(request, code)
    step = public_form.given(request).get("step", "")
    return _STEPS.get(step, _show)(request, opened, code)


def _code(request: HttpRequest) -> str:
    """The typed code, or the one that the form's token carries."""
    typed: str = public_form.given(request).get("code", "").strip()
    return typed or tokens.read(request, "return", "withdraw").get("code", "")


def _open(code: str) -> Opened | None:
    try:
        return coming_back.find(code)
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
        "message": public_form.given_back(request).get("message", ""),
    }
    return answering.page(request, "return", context)


def _pause() -> None:
    if _PAUSING.acquire(blocking=False):
        try:
            time.sleep(_PAUSE_SECONDS)
        finally:
            _PAUSING.release()


def _show(request: HttpRequest, opened: Opened, code: str, **more: Any) -> HttpResponse:
    submission, sent = opened.submission, coming_back.what_i_sent(opened)
    final = final_text.read(opened)
    context = {
        "standing": standing.of(opened),
        "token": tokens.issue("return", code=code),
        "messages": [_dated(message) for message in conversation.messages(opened)],
        "message_form": MessageForm(),
        "can_write": bool(opened.private),
        "final": final,
        "facts": _facts(final.fields) if final else [],
        "can_say_yes": bool(final and submission.status == "prepared" and submission.yes_to_digest != final.digest),
        "texts": [(wording.label(name), text) for name, text in sent["account"].items() if text],
        "summary": wording.in_words(sent["answers"]),
        "can_withdraw": submission.status != "withdrawn",
        **more,
    }
    return answering.page(request, "standing", context)


def _dated(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "monday": date.fromisoformat(message["week"])}


def _message(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    form = MessageForm(public_form.given(request))
    if not form.is_valid():
        return _show(request, opened, code, message_form=form, errors=form.problems())
    try:
        conversation.write(opened, form.cleaned_data["message"])
    except conversation.NothingToWriteTo:
        erased = _("What you sent is erased, so there is nothing left to write to.")
        return _show(request, _again(opened, code), code, kept=form.cleaned_data["message"], notice=erased)
    return _show(request, _again(opened, code), code, notice=_("We have your message."))


def _yes(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    try:
        final_text.say_yes(opened, public_form.given(request).get("digest", ""))
    except final_text.NotThisText:
        changed = _("The text has changed since you opened this page. Read it again, then decide.")
        return _show(request, _again(opened, code), code, notice=changed)
    return _show(request, _again(opened, code), code, notice=_("We have your yes to exactly this text."))


def _before_withdrawing(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    if opened.submission.status == "withdrawn":
        return _show(request, opened, code)
    context = {
        "token": tokens.issue("withdraw", code=code),
        "is_public": opened.submission.status == "published",
        "is_erased": opened.submission.is_erased,
    }
    return answering.page(request, "withdraw", context)


def _withdraw(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Only the page that says what will happen leads here, and only to the submission that it was about."""
    if tokens.read(request, "withdraw").get("code") != code:
        return _before_withdrawing(request, opened, code)
    withdrawal.withdraw(opened)
    return _show(request, _again(opened, code), code)


def _again(opened: Opened, code: str) -> Opened:
    return coming_back.find(code) or opened


def _facts(fields: dict[str, str]) -> list[tuple[str, str]]:
    """What would stand beside the story: place, year, outcome, themes, content notes, in words."""
    names = wording.names()
    place = [names.get("force", {}).get(fields["force"], fields["force"]), fields["region"], fields["nation"]]
    facts = [
        (_("Where"), ", ".join(dict.fromkeys(filter(None, place)))),
        (_("Told them in"), fields["year"]),
        (_("What came of it"), names.get("outcome", {}).get(fields["outcome"], fields["outcome"])),
        (_("What it is about"), _named(Theme, fields["themes"])),
        (_("Content notes"), _named(ContentNote, fields["content_notes"])),
    ]
    return [(label, words) for label, words in facts if words]


def _named(model: Any, slugs: str) -> str:
    each = slugs.replace(",", " ").split()
    names = dict(model.objects.filter(pk__in=each).values_list("pk", "name"))
    return ", ".join(names.get(slug, slug) for slug in each)


_STEPS: dict[str, Callable[[HttpRequest, Opened, str], HttpResponse]] = {
    "message": _message,
    "yes": _yes,
    "withdraw": _before_withdrawing,
    "withdraw-now": _withdraw,
}
