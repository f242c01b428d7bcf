"""The page that a contributor opens with their code, as it will stand once a moderator's words are sent."""

import copy
import re

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from stories.core import dates, decline_reasons, lifecycle
from stories.intake import coming_back, messages, pages, status_page
from stories.intake.forms import MessageForm
from stories.models import Submission

# The frame runs none, and a browser would complain of each.
_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)


def page_with_words(
    request: HttpRequest, submission: Submission, text: str, *, deed: str = "", reason: str = ""
) -> str:
    """The whole page, as HTML, with these words on it; nothing is stored, and nothing of theirs stands there.

    `deed` is what they go with: "ask", "decline" for a `reason`, or nothing that changes where it stands.
    """
    told = _told(submission, deed) if deed else submission
    with translation.override(get_supported_language_variant(submission.language)):
        if deed == "decline":
            where = status_page.declined_words(told, decline_reasons.reason_in_words(reason))
        else:
            where = status_page.standing_of(coming_back.Opened(told, b""))
        return _page(request, where, text, is_asked=deed == "ask")


def _told(submission: Submission, deed: str) -> Submission:
    """The row as the deed will leave it, never to be saved."""
    told, move = copy.copy(submission), lifecycle.MOVES[deed]
    told.status = move.target
    if move.decides:
        told.erase_on = dates.erased_after_decision(lifecycle.today())
    return told


def _page(request: HttpRequest, where: status_page.Standing, text: str, *, is_asked: bool) -> str:
    message = {"from": messages.MODERATOR, "text": text.strip(), "monday": lifecycle.this_week()}
    context: dict[str, object] = {
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
