"""The page that a code opens: where it stands first, then everything that can be done, each part folded."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from stories import lifecycle
from stories.models import Submission
from stories.telling import (
    answering,
    coming_back,
    conversation,
    final_text,
    offers,
    on_its_way,
    opinions,
    questions,
    reminder,
    standing,
    tokens,
    wishes,
    wording,
)
from stories.telling.coming_back import Opened
from stories.telling.forms import MessageForm


def show(request: HttpRequest, opened: Opened, code: str, **more: Any) -> HttpResponse:
    """Show where it stands. `more` is what the step before has to say: `notice`, `errors`, a form as it came.

    `opens` names the part that stands open: what comes next or what we wrote last, unless the step before asks for
    another.
    """
    opened = on_its_way.as_told(opened)
    where, messages = standing.of(opened), _messages(opened)
    context = {
        "standing": where,
        "token": tokens.issue("return", code=code),
        "opens": where.opens or ("messages" if _is_ours_last(messages["messages"]) else ""),
        **_text(opened),
        **messages,
        **_sent(opened),
        "answers": opinions.of(opened, code),
        "opinions": opinions.CHOICES,
        "change": offers.of(opened),
        "reminder_titles": reminder.titles(),
        "can_withdraw": opened.submission.status != Submission.Status.WITHDRAWN,
        **more,
    }
    return answering.page(request, "standing", context)


def again(opened: Opened, code: str) -> Opened:
    """Open it once more, as it stands after a step."""
    return coming_back.find(code) or opened


def _text(opened: Opened) -> dict[str, Any]:
    final = final_text.read(opened)
    if final is None:
        return {"final": None}
    can_decide = opened.submission.status in lifecycle.PUT_FORWARD
    return {
        "final": final,
        "letter": final_text.letter(final),
        "can_change": can_decide,
        "can_say_yes": can_decide and opened.submission.yes_to_digest != final.digest,
        "wish_form": wishes.WishForm(final),
    }


def _messages(opened: Opened) -> dict[str, Any]:
    found = [{**message, "monday": date.fromisoformat(message["week"])} for message in conversation.messages(opened)]
    return {
        "messages": found,
        "message_form": MessageForm(),
        "can_write": bool(opened.private),
        "is_asked": opened.submission.status == Submission.Status.WAITING,
    }


def _is_ours_last(messages: list[dict[str, Any]]) -> bool:
    """True where we wrote last: help lines that somebody needs tonight may stand in it."""
    return bool(messages) and messages[-1]["from"] == conversation.MODERATOR


def _sent(opened: Opened) -> dict[str, Any]:
    sent = coming_back.what_i_sent(opened)
    return {
        "texts": [(wording.label(name, sent["answers"]), text) for name, text in sent["account"].items() if text],
        "summary": wording.in_words(sent["answers"]),
        **({"may_be_child": questions.may_be_child(sent["answers"])} if sent["answers"] else {}),
    }
