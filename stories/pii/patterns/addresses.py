"""Postcodes and streets."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.words import word_group

_RULES = RuleFile("addresses")

_WORD = _RULES.pattern("word")
_AREAS = word_group("postcode areas")


def _is_a_postcode(match: re.Match[str]) -> bool:
    written = match["it"].replace(" ", "")
    area = re.match(r"[a-z]{1,2}", written.lower())
    inward = written[-3:]
    slang = allowlist.is_clock_or_ordinal(inward) and match["it"][0].islower()
    return area is not None and area[0] in _AREAS and not slang


def _is_a_parted_postcode(match: re.Match[str]) -> bool:
    """ "SW1A-1AA"; not the "B4, 2nd floor", "L1/5ft" of floors, times and sizes."""
    inward = match["it"][-3:]
    return not allowlist.is_clock_or_ordinal(inward) and inward[1:].lower() not in _UNITS and _is_a_postcode(match)


def _is_an_area(match: re.Match[str]) -> bool:
    """An outward half; not the "M1" and "A6" of roads."""
    outward = match["it"].lower()
    return re.sub(r"\d", "", outward) in _AREAS and not re.fullmatch(r"[am]\d", outward)


def _is_a_numbered_street(match: re.Match[str]) -> bool:
    """With a name that a street can have, or none: "number nine, the close"."""
    if match["name"] is None:
        return True
    name = [word.lower() for word in _WORD.findall(match["name"])]
    return bool(name) and not any(word in _NOT_IN_A_STREET for word in name)


def _is_no_common_word(match: re.Match[str]) -> bool:
    name = match["name"].lower()
    return not words.is_common(name) and not words.is_slip(name)


def _is_a_northern_street(match: re.Match[str]) -> bool:
    """ "On quarry brae", not "on garden gate"."""
    name = match["name"].lower()
    return name not in _PLAIN_GATES and not words.is_never_a_name(name) and name not in _NOT_IN_A_STREET


def _is_a_named_street(match: re.Match[str]) -> bool:
    name = [word.lower().rstrip("'’") for word in match["name"].split()]
    if name[-1] in _RANKS:
        return False
    titled = match["it"][0].isupper() and match["it"].split()[-1][0].isupper() and not match["it"].isupper()
    if name[-1] in _NOT_A_STREET or any(
        word in _NOT_IN_A_STREET or (not titled and words.is_never_a_name(word) and word not in _STREET_WORDS)
        for word in name
    ):
        return False
    return not (name[-1] in {"high", "main", "ring", "rail", "one"} or name[-1].endswith("ing"))


_UNITS = frozenset({"ft", "lb", "gb", "tb", "hr", "yr", "st", "ph", "ll", "ed"})
_RANKS = word_group("long ranks") | word_group("short titles")
_PLAIN_GATES = word_group("plain gates")
_STREET_WORDS = word_group("street words")
_NOT_IN_A_STREET = word_group("not in a street")
_NOT_A_STREET = word_group("not before road")

POSTCODES = _RULES.shapes("postcodes", "POSTCODE", _is_a_postcode, _is_a_parted_postcode, _is_an_area)
STREETS = _RULES.shapes(
    "streets", "ADDRESS", _is_a_northern_street, _is_a_numbered_street, _is_no_common_word, _is_a_named_street
)


def find_postcodes(text: str) -> Iterator[Finding]:
    """Whole postcodes, and outward halves beside a cue."""
    return search(text, POSTCODES)


def find_streets(text: str) -> Iterator[Finding]:
    """Streets, with or without a house number."""
    return search(text, STREETS)
