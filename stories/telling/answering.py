"""Answering a public form with a page, even when the database cannot be reached."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from stories import danger
from stories.danger import Danger
from stories.telling import wording
from stories.telling.question_shapes import marked

FOLDER = "stories/telling"
# Of each text so much is looked at for words of danger, twice as much as fits: no page waits for a whole book.
_LOOKED_AT = 40_000  # characters
# What went wrong: a title, and what to do about it.
_SAYS = {
    "saving": (
        marked("We could not save that just now"),
        marked("The fault is ours, not yours. Nothing was lost: your words are below. Wait a minute, then try again."),
    ),
    "opening": (
        marked("We could not open this page just now"),
        marked("The fault is ours, not yours. Wait a minute, then try again."),
    ),
    "closed": (
        marked("Heard is not open yet"),
        marked("Nobody could read what you send, so we did not take it. Copy your words from below to keep them."),
    ),
    "length": (
        marked("That was more than we can take in one go"),
        marked("The first part of your words is below. Copy what matters to you, and send us a shorter piece."),
    ),
    "full": (
        marked("This code can hold no more words"),
        marked(
            "All that you sent before is safe with us. Your new words are below, and we kept nothing of them. "
            "If you want to send them, tell us again from the beginning: then you get another code."
        ),
    ),
    "many": (
        marked("We could not take this just now"),
        marked(
            "So many requests wait that we can only keep a part of them. Chance decides which, and it was not "
            "yours. Your words are below. Please try again in an hour or tomorrow."
        ),
    ),
    "gave way": (
        marked("Your words are here, and what you sent before was not kept"),
        marked(
            "So much came in after it, most of it sent by machines, that it had to give way before one of us could "
            "read it. We are sorry: nothing you did was wrong. All that you wrote and chose is still on this page: "
            "send it again, and keep the new code."
        ),
    ),
    "method": (
        marked("That did not arrive as a form"),
        marked("Something between you and us changed it on the way. Open the page again and send it from there."),
    ),
}


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render one page of the contributor's way; without brand and help lines if those cannot be read."""
    template = f"{FOLDER}/{name}.html"
    try:
        return HttpResponse(render_to_string(template, context, request), status=status)
    except DatabaseError:
        return HttpResponse(render_to_string(template, context), status=status)


def spoken_of(words: Mapping[str, str]) -> Danger:
    """Return what typed words speak of, so that the page that answers them can say whom to call."""
    return danger.scan_all(text[:_LOOKED_AT] for text in words.values())


def trouble(
    request: HttpRequest, what: str, given: MultiValueDict, words: dict[str, str], *, status: int
) -> HttpResponse:
    """Say what went wrong and give everything back: the words to read and copy, the rest ready to send again."""
    title, says = _SAYS[what]
    hidden = [(name, value) for name, values in given.lists() if name not in words for value in values]
    context = {
        "title": gettext(title),
        "says": gettext(says),
        "words": [(name, wording.label(name, dict(given.lists())), text) for name, text in words.items()],
        "danger": spoken_of(words),
        "hidden": [pair for pair in hidden if pair[0] != "step"],
        "step": given.get("step", ""),
        "path": request.path,
        "can_try_again": what in ("saving", "gave way") and bool(given),
    }
    return page(request, "trouble", context, status=status)
