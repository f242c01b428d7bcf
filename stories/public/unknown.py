"""What an address asks for that nobody knows, and the nearest thing that it may have meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict

from stories.public import paging

if TYPE_CHECKING:
    from stories.public.filters import StoryFilter

# Enough for an honest slip of the hand; a longer list would let an address write our page.
_NAMED, _LENGTH = 3, 40
_LIKE_ENOUGH = 0.6


@dataclass(frozen=True)
class Unknown:
    """`words` as the address had them, short; `nearest` in our words and its `url`, where there is one."""

    words: str
    nearest: str = ""
    url: str = ""


def found(query: QueryDict, wanted: "StoryFilter", options: Mapping[str, Mapping[str, str]]) -> tuple[Unknown, ...]:
    """Name the first few things that mean nothing in this address; `options` are the words by slug of each facet."""
    named = []
    for name, value in _pairs(query):
        if not _is_known(name, value, options):
            named.append(_named(name, value, wanted, options))
            if len(named) == _NAMED:
                break
    return tuple(named)


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in query.lists() for value in values)


def _is_known(name: str, value: str, options: Mapping[str, Mapping[str, str]]) -> bool:
    if name in ("after", "before"):
        return not value or paging.place(value) is not None
    if name == "q":
        return True
    return name in options and (not value or value in options[name])


def _named(name: str, value: str, wanted: "StoryFilter", options: Mapping[str, Mapping[str, str]]) -> Unknown:
    said = _short(f"{name}={value}")
    facet = name if name in options else _nearest(name, list(options))
    slug = _nearest_option(value, options[facet]) if facet else ""
    if not slug:
        return Unknown(said)
    chosen = {**wanted.chosen, facet: (*wanted.chosen.get(facet, ()), slug)}
    pairs = [(each, one) for each in options for one in options[each] if one in chosen.get(each, ())]
    return Unknown(said, options[facet][slug], f"{wanted.url().partition('?')[0]}?{urlencode(pairs)}")


def _nearest_option(value: str, words: Mapping[str, str]) -> str:
    """The slug that is most like `value`, which may be written as a slug or as the words for it."""
    asked = value[:_LENGTH].strip().lower().replace(" ", "-").replace("_", "-")
    if asked in words:
        return asked
    by_words = {name.lower().replace(" ", "-"): slug for slug, name in words.items()}
    near = _nearest(asked, [*words, *by_words])
    # “Kent” is all that many would write of “Kent Police”.
    begins = next((slug for slug in words if asked and slug.startswith(asked)), "")
    return begins or by_words.get(near, near)


def _nearest(asked: str, known: list[str]) -> str:
    return next(iter(get_close_matches(asked[:_LENGTH].lower(), known, n=1, cutoff=_LIKE_ENOUGH)), "")


def _short(words: str) -> str:
    shown = "".join(letter for letter in words if letter.isprintable())
    return shown if len(shown) <= _LENGTH else f"{shown[:_LENGTH]}…"
