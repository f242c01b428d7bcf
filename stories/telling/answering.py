"""Answering a public form with a page, even when the database cannot be reached."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stories.telling import wording

FOLDER = "stories/telling"


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render one page of the contributor's way; without brand and help lines if those cannot be read."""
    template = f"{FOLDER}/{name}.html"
    try:
        return HttpResponse(render_to_string(template, context, request), status=status)
    except DatabaseError:
        return HttpResponse(render_to_string(template, context), status=status)


def trouble(
    request: HttpRequest, what: str, given: MultiValueDict, words: dict[str, str], *, status: int
) -> HttpResponse:
    """Say what went wrong and give everything back: the words to read and copy, the rest ready to send again."""
    title, says = _says()[what]
    hidden = [(name, value) for name, values in given.lists() if name not in words for value in values]
    context = {
        "title": title,
        "says": says,
        "words": [(name, wording.label(name), text) for name, text in words.items()],
        "hidden": [pair for pair in hidden if pair[0] != "step"],
        "step": given.get("step", ""),
        "path": request.path,
        "can_try_again": what == "saving" and bool(given),
    }
    return page(request, "trouble", context, status=status)


def _says() -> dict[str, tuple[str, str]]:
    return {
        "saving": (
            _("We could not save that just now"),
            _("The fault is ours, not yours. Nothing was lost: your words are below. Wait a minute, then try again."),
        ),
        "opening": (
            _("We could not open this page just now"),
            _("The fault is ours, not yours. Wait a minute, then try again."),
        ),
        "closed": (
            _("Heard is not open yet"),
            _("Nobody could read what you send, so we did not take it. Copy your words from below to keep them."),
        ),
        "length": (
            _("That was more than we can take in one go"),
            _("The first part of your words is below. Copy what matters to you, and send us a shorter piece."),
        ),
        "method": (
            _("That did not arrive as a form"),
            _("Something between you and us changed it on the way. Open the page again and send it from there."),
        ),
    }
