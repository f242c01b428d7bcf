"""What the team's words make of every page: the edition carries them, and a reader's page is made with them."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from campaign.site_words import catalogued
from stories import addresses, other_words
from stories.other_words import Name, OtherWords
from stories.public import edition

NAME = "site_words"
logger = logging.getLogger(__name__)


class SpeakingMiddleware:
    """Speak the team's words on whatever answers a reader; the admin speaks the catalogue's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not addresses.holds_pages(request.path_info):
            return self.get_response(request)
        with other_words.speak(spoken()):
            return self.get_response(request)


def make() -> list[list[Any]]:
    """Each string that has other words, as [key, language, forms]. What isn't fit is left out, however it came in."""
    from campaign.models import SiteWords

    rows = SiteWords.objects.exclude(words="")
    return [[row.key, row.language, row.forms] for row in rows if row.why_not_spoken() is None]


def spoken() -> OtherWords:
    """The words of the edition now, as a catalogue is asked for them; none where nothing can be read."""
    try:
        return edition.kept(NAME, _by_language)
    except DatabaseError:
        # The page that says something went wrong is said in the catalogue's words.
        return {}
    except Exception as error:
        # Whatever is wrong with ours keeps nobody from the page on which they tell.
        logger.error("Pages speak the catalogue's words: %s", type(error).__name__)
        return {}


def _by_language() -> OtherWords:
    found: dict[str, dict[Name, str]] = {}
    for key, language, forms in edition.made(NAME) or []:
        # Another release may have made the edition, and say other things.
        if (string := catalogued.by_key().get(key)) is not None:
            words = {string.name(form): said for form, said in enumerate(forms)}
            found.setdefault(language, {}).update(words)
    return found
