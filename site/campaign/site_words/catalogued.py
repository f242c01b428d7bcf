"""Every string that the public side can say, with where it is said; `make words` keeps the list."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stories import other_words
from stories.other_words import Name

FILE = Path(settings.LOCALE_PATHS[0]) / "words.json"
ENGLISH, WELSH = "en-gb", "cy"
# Of each form that a language has for numbers, in its order, one number that takes it, and what takes it.
FORMS: dict[str, tuple[tuple[int, Any], ...]] = {
    ENGLISH: ((1, _("For one")), (2, _("For any other number"))),
    WELSH: ((1, _("For one")), (2, _("For two")), (3, _("For any other number")), (8, _("For eight and eleven"))),
}
# Where a string stands, in the words of whoever looks for it: the first that fits names it.
PLACES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("questions", _("The questions of the form"), ("stories/telling/*question*.py",)),
    (
        "spotted",
        _("What is spotted in an account"),
        ("stories/identifying/*", "templates/stories/telling/check_*.html"),
    ),
    (
        "return",
        _("Coming back with a code"),
        (
            *("stories/telling/standing.py", "templates/stories/telling/standing*.html"),
            *("templates/stories/telling/return*.html", "stories/decline_reasons.py"),
        ),
    ),
    (
        "take-down",
        _("Taking a story down"),
        ("templates/stories/telling/take_down*.html", "stories/models/take_down.py"),
    ),
    (
        "help",
        _("Help, and somewhere else to tell"),
        (
            *("templates/stories/telling/elsewhere*.html", "templates/includes/help_line*.html"),
            "stories/telling/forms.py",
        ),
    ),
    ("telling", _("The other pages of telling"), ("stories/telling/*", "templates/stories/telling/*")),
    (
        "figures",
        _("Figures"),
        (
            *("stories/public/figures/*", "templates/stories/public/figures/*"),
            *("stories/public/transparency.py", "templates/campaign/blocks/figures*.html"),
        ),
    ),
    ("open-data", _("Open data"), ("stories/public/open_data/*", "templates/stories/public/open_data/*")),
    ("forces", _("Police forces and their answers"), ("*force*", "*response.*", "*letter_asked*", "*withheld*")),
    ("stories", _("Stories: the list and the page"), ("stories/*", "templates/stories/*")),
    ("law", _("The law and the officers’ card"), ("*law*", "*offence*", "*card*")),
    ("asks", _("Asks"), ("*ask*",)),
    ("actions", _("Actions"), ("*action*",)),
    ("learning", _("Learning"), ("*learning*",)),
    ("search", _("Search"), ("*search*",)),
    ("errors", _("When something goes wrong"), ("site/heard/errors.py", "templates/errors/*")),
    ("around", _("Around every page"), ("*",)),
)


@dataclass(frozen=True)
class Catalogued:
    """One string as it is written in the code: with a second form where it speaks of a number."""

    words: tuple[str, ...]
    places: tuple[str, ...]
    context: str = ""

    @cached_property
    def key(self) -> str:
        """Its name in an address: that of other words is another, so nothing stands in a wrong place."""
        whole = "\0".join((self.context, *self.words))
        return hashlib.blake2b(whole.encode(), digest_size=6).hexdigest()

    @property
    def is_of_a_number(self) -> bool:
        return len(self.words) > 1

    @property
    def place(self) -> str:
        """The slug of where it stands."""
        return next(slug for slug, _words, patterns in PLACES if _stands(self.places[0], patterns))

    def shipped(self, language: str) -> tuple[str, ...]:
        """What the catalogue says in a language, each form of it."""
        return _shipped(self, language)

    def name(self, form: int) -> Name:
        """What a catalogue calls one form of it."""
        first = f"{self.context}\x04{self.words[0]}" if self.context else self.words[0]
        return (first, form) if self.is_of_a_number else first


@cache
def every() -> tuple[Catalogued, ...]:
    """All of them, in the order of the files."""
    listed = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Catalogued(tuple(row["words"]), tuple(row["places"]), row.get("context", "")) for row in listed)


@cache
def by_key() -> dict[str, Catalogued]:
    return {string.key: string for string in every()}


def place_in_words(slug: str) -> str:
    return str(next(words for name, words, _patterns in PLACES if name == slug))


@cache
def _shipped(string: Catalogued, language: str) -> tuple[str, ...]:
    with translation.override(language), other_words.say_the_catalogues():
        if not string.is_of_a_number:
            return (_say(string, translation.gettext, translation.pgettext, string.words[0]),)
        return tuple(
            _say(string, translation.ngettext, translation.npgettext, *string.words, number)
            for number, _takes in FORMS[language]
        )


def _say(string: Catalogued, plainly: Callable[..., str], in_context: Callable[..., str], *asked: Any) -> str:
    return in_context(string.context, *asked) if string.context else plainly(*asked)


def _stands(place: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(place, pattern) for pattern in patterns)
