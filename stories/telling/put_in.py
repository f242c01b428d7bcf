"""Puts what somebody chose on the check page in place of the words that were spotted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stories.identifying import KINDS, Finding, wordings
from stories.identifying.kinds import finding
from stories.identifying.wordings import Wording, key_of
from stories.telling import questions
from stories.telling.spotted import FIELDS, MOST_LISTED, Look, is_passage

KEEP, TAKE_OUT, OWN_WORDS = "keep", "take-out", "own"
# The button that chooses for all that nothing was chosen for.
FIRST_FOR_ALL = "first-for-all"
# More than stands in for a name, and a bound on what a text can grow to.
LONGEST_OWN = 200
_LONGEST_WAS = 500


@dataclass(frozen=True)
class Choices:
    """What is to become of each wording, by its key: the words to put there, "" for none.

    `standing` is what was chosen and changes no word: to keep it, or own words that are still to be typed. `was` holds
    the words that the page listed under each key; `is_first_for_all` if all the others take their first suggestion.
    """

    neutral: dict[str, str]
    standing: dict[str, str]
    was: dict[str, str]
    is_first_for_all: bool = False


@dataclass(frozen=True)
class Own:
    """Words that somebody typed in the place of others: those are `was`, and the field of each has its name here."""

    name: str
    words: str
    was_name: str
    was: str


def choices(given: MultiValueDict) -> Choices:
    """Read the choices of a posted form, no more than a page lists. One's own words win over those of the list."""
    swaps = {key: _in_one_line(words) for key, words in _named(given, "swap")}
    typed = {key: _in_one_line(words) for key, words in _named(given, "own")}
    own = {key: words for key, words in typed.items() if words}
    standing = {key: words for key, words in swaps.items() if words in (KEEP, OWN_WORDS) and key not in own}
    chosen = {key: "" if words == TAKE_OUT else words for key, words in swaps.items() if words}
    neutral = ((key, words) for key, words in (chosen | own).items() if key not in standing)
    is_first_for_all = given.get("step") == FIRST_FOR_ALL
    return Choices(dict(islice(neutral, MOST_LISTED)), standing, dict(_named(given, "was")), is_first_for_all)


def put_in(texts: Mapping[str, str], chosen: Choices, look: Look) -> tuple[dict[str, str], set[str]]:
    """Return the texts with the chosen words in place, and the keys of the wordings that gave way to them."""
    if not (chosen.neutral or chosen.is_first_for_all):
        return dict(texts), set()
    # A text over its limit has to come back to be made shorter, so a look at it would be for nothing.
    looked = {name: (texts[name], look.at(texts[name])) for name in FIELDS if len(texts[name]) <= _most(name)}
    spotted_now = {wording.key: wording for wording in wordings.wordings(looked.values())}
    if chosen.is_first_for_all:
        chosen = _with_first_suggestions(chosen, spotted_now)
    listed_before = list(_listed_before(chosen, but_for=set(spotted_now)))
    changed, gone = dict(texts), set[str]()
    for name, (text, found) in looked.items():
        wanted = list(_wanted(text, [*found, *_again(text, listed_before)], chosen))
        changed[name] = wordings.replaced(text, wanted, chosen.neutral)
        gone |= {_key(text, each) for each in wanted}
    return changed, gone


def _with_first_suggestions(chosen: Choices, spotted_now: Mapping[str, Wording]) -> Choices:
    """Choose for what the page listed and nobody chose for; a whole passage goes only when it is chosen itself."""
    open_ones = (chosen.was.keys() & spotted_now.keys()) - chosen.neutral.keys() - chosen.standing.keys()
    first = {
        key: _(wording.fitting.replacements[0])
        for key, wording in spotted_now.items()
        if key in open_ones and not is_passage(wording)
    }
    return replace(chosen, neutral=chosen.neutral | first)


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
