"""Puts what somebody chose on the check page in place of the words that were spotted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.datastructures import MultiValueDict

from stories.identifying import KINDS, Finding, wordings
from stories.identifying.kinds import finding
from stories.identifying.wordings import key_of
from stories.telling import questions
from stories.telling.spotted import FIELDS, MOST_LISTED, Look

KEEP = "keep"
# More than stands in for a name, and a bound on what a text can grow to.
LONGEST_OWN = 200
_LONGEST_WAS = 500


@dataclass(frozen=True)
class Choices:
    """What is to become of each wording, by its key: the words to put there, or that it is kept.

    `was` holds the words that the page listed under each key.
    """

    neutral: dict[str, str]
    kept: frozenset[str]
    was: dict[str, str]


@dataclass(frozen=True)
class Own:
    """Words that somebody typed in the place of others: those are `was`, and the field of each has its name here."""

    name: str
    words: str
    was_name: str
    was: str


def choices(given: MultiValueDict) -> Choices:
    """Read the choices of a posted form, no more than a page lists. One's own words win over those of the list."""
    chosen = {key: _in_one_line(words) for key, words in _named(given, "swap")}
    own = {key: _in_one_line(words) for key, words in _named(given, "own")}
    own = {key: words for key, words in own.items() if words}
    kept = frozenset(key for key, words in chosen.items() if words == KEEP and key not in own)
    neutral = ((key, words) for key, words in (chosen | own).items() if words and key not in kept)
    return Choices(dict(islice(neutral, MOST_LISTED)), kept, dict(_named(given, "was")))


def put_in(texts: Mapping[str, str], chosen: Choices, look: Look) -> tuple[dict[str, str], set[str]]:
    """Return the texts with the chosen words in place, and the keys of the wordings that gave way to them."""
    if not chosen.neutral:
        return dict(texts), set()
    # A text over its limit has to come back to be made shorter, so a look at it would be for nothing.
    looked = {name: (texts[name], look.at(texts[name])) for name in FIELDS if len(texts[name]) <= _most(name)}
    spotted_now = {wording.key for wording in wordings.wordings(looked.values())}
    listed_before = list(_listed_before(chosen, but_for=spotted_now))
    changed, gone = dict(texts), set[str]()
    for name, (text, found) in looked.items():
        wanted = list(_wanted(text, [*found, *_again(text, listed_before)], chosen))
        changed[name] = wordings.replaced(text, wanted, chosen.neutral)
        gone |= {_key(text, each) for each in wanted}
    return changed, gone


def not_put_in(given: MultiValueDict) -> list[Own]:
    """Return the own words that are still in a form, once those that were put in have been taken out of it."""
    typed = [(key, words) for key, words in _named(given, "own") if words.strip()]
    return [Own(f"own-{key}", words, f"was-{key}", given.get(f"was-{key}", "")) for key, words in typed]


def _most(name: str) -> int:
    return questions.BY_NAME[name].limit


def _named(given: MultiValueDict, name: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of one name as (key, words)."""
    for field in given:
        if field.startswith(f"{name}-"):
            yield field.partition("-")[2], given.get(field, "")


def _in_one_line(words: str) -> str:
    return " ".join(words.split())[:LONGEST_OWN].rstrip()


def _listed_before(chosen: Choices, *, but_for: set[str]) -> Iterator[tuple[str, str]]:
    """Yield, as (kind, words), what somebody saw in the list and we do not spot this time.

    They changed the words around it, or in a flood we look less well. What they chose to take out still goes out.
    """
    for key in chosen.neutral.keys() - but_for:
        words = chosen.was.get(key, "")
        # Only words that make this key, so that a form can have nothing replaced that no page ever listed.
        if 0 < len(words) <= _LONGEST_WAS:
            yield from ((kind, words) for kind in KINDS if key_of(kind, words) == key)


def _again(text: str, listed_before: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for kind, words in listed_before:
        for place in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
            yield finding(place.span(), kind, sure=False)


def _wanted(text: str, found: Iterable[Finding], chosen: Choices) -> Iterator[Finding]:
    """Yield those that give way to other words, in order, none over another."""
    at = 0
    for each in sorted(found):
        if each.start >= at and _key(text, each) in chosen.neutral:
            yield each
            at = each.end


def _key(text: str, found: Finding) -> str:
    return key_of(found.kind, text[found.start : found.end])
