"""The page that a contributor opens with their code, as it will stand once a moderator's words are sent."""

import copy
import re
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from stories.core import decline_reasons, lifecycle, retention_periods
from stories.intake import coming_back, messages, pages, status_page
from stories.intake.forms import MessageForm
from stories.models import Submission

# The frame runs none, and a browser would complain of each.
_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)


def with_question(request: HttpRequest, submission: Submission, text: str) -> str:
    """The whole page, as HTML, with a question on it; nothing is stored, and nothing of theirs stands there."""
    told = _told(submission, "ask")
    with translation.override(get_supported_language_variant(submission.language)):
        where = status_page.standing_of(coming_back.Opened(told, b""))
        return _page(request, where, text, is_asked=True)


def with_message(request: HttpRequest, submission: Submission, text: str) -> str:
    """The same for words that change nothing about where it stands."""
    with translation.override(get_supported_language_variant(submission.language)):
        return _page(request, status_page.standing_of(coming_back.Opened(submission, b"")), text)


def with_decline(request: HttpRequest, submission: Submission, text: str, *, reason: str) -> str:
    """The same for a decline: its reason in their words, and the note beneath if there is one."""
    told = _told(submission, "decline")
    with translation.override(get_supported_language_variant(submission.language)):
        return _page(request, status_page.declined_words(told, decline_reasons.reason_in_words(reason)), text)


def _told(submission: Submission, deed: str) -> Submission:
    """The row as the deed will leave it, never to be saved."""
    told, move = copy.copy(submission), lifecycle.MOVES[deed]
    told.status = move.target
    if move.decides:
        told.erase_on = retention_periods.erased_after_decision(lifecycle.today())
    return told


def _page(request: HttpRequest, where: status_page.Standing, text: str, *, is_asked: bool = False) -> str:
    message = {"from": messages.MODERATOR, "text": text.strip(), "monday": lifecycle.this_week()}
    context: dict[str, Any] = {
        "standing": where,
        # The words are what is looked at here, so they stand open.
        "opens": "messages",
        "messages": [message] if text.strip() else [],
        "message_form": MessageForm(),
        "can_write": True,
        "is_asked": is_asked,
        "reminder_titles": status_page.reminder_titles(),
    }
    return _SCRIPTS.sub("", pages.render_page(request, "standing", context).content.decode())
