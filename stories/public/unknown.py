"""What an address asks for that nobody knows, and the nearest thing that it may have meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.http import QueryDict

from stories import dates
from stories.public import paging

if TYPE_CHECKING:
    from stories.public.filters import StoryFilter

# Enough for an honest slip of the hand; a longer list would let an address write our page.
_NAMED, _LENGTH = 3, 40
_LIKE_ENOUGH, _ALMOST_THE_SAME = 0.6, 0.7
_OTHERS = ("q", "after", "before")
# What people write for the words to search for.
_FOR_Q = ("query", "search", "text", "words")


@dataclass(frozen=True)
class Unknown:
    """`words` as the address had them, short; the `nearest` right thing in our words, and its `url` if it has one."""

    words: str
    nearest: str = ""
    url: str = ""


def found(query: QueryDict, wanted: "StoryFilter", options: Mapping[str, Mapping[str, str]]) -> tuple[Unknown, ...]:
    """Name the first few things that mean nothing in this address, and that there are others.

    `options` are the words by slug of each facet.
    """
    strange = [pair for pair in _pairs(query) if not _is_known(*pair, options)]
    named = [_named(*pair, wanted, options) for pair in strange[:_NAMED]]
    return (*named, *([Unknown("…")] if len(strange) > _NAMED else []))


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in query.lists() for value in values)


def _is_known(name: str, value: str, options: Mapping[str, Mapping[str, str]]) -> bool:
    if name in _OTHERS[1:]:
        return not value or paging.place(value) is not None
    if name == "q":
        return True
    return name in options and (not value or value in options[name])


def _named(name: str, value: str, wanted: "StoryFilter", options: Mapping[str, Mapping[str, str]]) -> Unknown:
    said = _short(f"{name}={value}")
    known = name if name in (*options, *_OTHERS) else _nearest(name, [*options, *_OTHERS], _ALMOST_THE_SAME)
    if name in _FOR_Q and value:
        return Unknown(said, _short(f"q={value}"), replace(wanted, q=value).url())
    slug = _nearest_option(value, options[known]) if known in options else ""
    if slug:
        slugs = {*wanted.chosen.get(known, ()), slug}
        chosen = {**wanted.chosen, known: tuple(each for each in options[known] if each in slugs)}
        return Unknown(said, options[known][slug], replace(wanted, chosen=chosen).url())
    return Unknown(said, f"{known}=…" if known not in ("", name) else "")


def _nearest_option(value: str, words: Mapping[str, str]) -> str:
    """The slug that is most like `value`, which may be written as a slug or as the words for it."""
    if value.isdecimal() and dates.BEFORE_FIRST_YEAR in words and int(value[:_LENGTH]) < dates.FIRST_YEAR:
        return dates.BEFORE_FIRST_YEAR
    asked = value[:_LENGTH].strip().lower().replace(" ", "-").replace("_", "-")
    if asked in words:
        return asked
    by_words = {name.lower().replace(" ", "-"): slug for slug, name in words.items()}
    near = _nearest(asked, [*words, *by_words])
    # “Kent” is all that many would write of “Kent Police”.
    begins = next((slug for slug in words if asked and slug.startswith(asked)), "")
    return begins or by_words.get(near, near)


def _nearest(asked: str, known: list[str], like: float = _LIKE_ENOUGH) -> str:
    return next(iter(get_close_matches(asked[:_LENGTH].lower(), known, n=1, cutoff=like)), "")


def _short(words: str) -> str:
    shown = "".join(letter for letter in words if letter.isprintable())
    return shown if len(shown) <= _LENGTH else f"{shown[:_LENGTH]}…"
