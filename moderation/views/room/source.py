"""What a reader sees of the sealed side of a submission: labels first, then the words with findings marked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from moderation import reading
from moderation.redacting import marking
from stories.looking import Look
from stories.telling import coming_back, public_form, questions

# What a reader should know before any word of it is read.
_CASE_IS_OPEN = ("arrested", "charged", "court")
_MAY_BE_ONLINE = ("yes", "think-so")


@dataclass(frozen=True)
class Part:
    """One text of the account, under the question that it answers."""

    heading: str
    pieces: list[marking.Piece]


@dataclass(frozen=True)
class Message:
    """One message, in plain sight whose it is, whether it is new to this reader and whether it is about the text;
    one of ours that is leaving can still be taken back.
    """

    is_ours: bool
    is_leaving: bool
    is_new: bool
    is_wish: bool
    week: date
    text: str


@dataclass(frozen=True)
class Source:
    """Everything for the left column."""

    warnings: list[str]
    parts: list[Part]
    giveaways: Part | None
    answers: list[tuple[str, str]]
    choices: list[tuple[str, bool]]
    messages: list[Message]
    new_messages: int
    notes: list[dict[str, Any]]


def source_of(opened: reading.Opened, *, look: Look, is_blind: bool = False) -> Source:
    """Work the left column out; nothing of it is kept.

    A note may say what was answered before, so whoever reads blind sees none.
    """
    texts = {name: words for name, words in opened.account.items() if words.strip()}
    giveaways = texts.pop("giveaways", "")
    answers = {name: answer for name, answer in opened.answers.items() if name not in questions.CONSENTS}
    return Source(
        warnings=_warnings(opened.answers),
        parts=[_part(name, words, look, answers) for name, words in texts.items()],
        giveaways=_part("giveaways", giveaways, look, answers) if giveaways else None,
        answers=public_form.answers_in_words(answers),
        choices=[(public_form.label(name), bool(opened.answers.get(name))) for name in questions.CONSENTS],
        messages=_messages(opened),
        new_messages=opened.new_messages,
        notes=[] if is_blind else opened.notes,
    )


def _part(name: str, words: str, look: Look, answers: dict[str, Any]) -> Part:
    return Part(public_form.label(name, answers), marking.marked((words, look(words))))


def _messages(opened: reading.Opened) -> list[Message]:
    theirs = [number for number, message in enumerate(opened.messages) if message["from"] == coming_back.CONTRIBUTOR]
    new = set(theirs[max(0, len(theirs) - opened.new_messages) :])
    return [
        Message(
            is_ours=number not in theirs,
            is_leaving=message["is_leaving"],
            is_new=number in new,
            is_wish=message.get("about") == "text",
            week=date.fromisoformat(message["week"]),
            text=message["text"],
        )
        for number, message in enumerate(opened.messages)
    ]


def _warnings(answers: dict[str, Any]) -> list[str]:
    found = []
    if answers.get("case") in _CASE_IS_OPEN:
        found.append(
            _(
                "They ticked an arrest, a charge or a court date. Is a case active? Then hold it, and ask about the "
                "law. If none is, say why in the first look."
            )
        )
    if answers.get("online") in _MAY_BE_ONLINE:
        found.append(_("The images may still be online. If you write to them, name StopNCII.org and the helpline."))
    if answers.get("whose") == "someone-else":
        found.append(_("It is somebody else’s story, and nobody said that they agreed."))
    if answers.get("whose") in ("helping", "someone-else") and questions.may_be_child(answers):
        found.append(_("Nobody said that the person it happened to is 18 or over: ask them before anything else."))
    if not answers.get("consent_publish"):
        found.append(_("They didn’t agree to a story. It can be counted, if they agreed to that, or declined."))
    return found
