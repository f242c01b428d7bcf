"""What a contributor sent and our messages, as plain text for their own device; it names neither us nor their code."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.telling import coming_back, conversation, wording
from stories.telling.coming_back import Opened


def text(opened: Opened) -> str:
    """Return their words, their answers and every message, in the order we show them."""
    sent = coming_back.what_i_sent(opened)
    words = [f"{wording.label(name, sent['answers'])}\n\n{text}" for name, text in sent["account"].items() if text]
    answers = "\n".join(f"{question}\n  {answer}\n" for question, answer in wording.in_words(sent["answers"]))
    parts = [*words, answers, *(_told(message) for message in conversation.messages(opened))]
    return "\n\n\n".join(part.strip() for part in parts if part) + "\n"


def _told(message: dict[str, str]) -> str:
    week = date_format(date.fromisoformat(message["week"]), "j F Y")
    if message["from"] == conversation.MODERATOR:
        heading = _("Answer to me, in the week of {day}").format(day=week)
    else:
        heading = _("Message from me, in the week of {day}").format(day=week)
    return f"{heading}\n\n{message['text']}"
