"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Callable, Iterator

from stories.identifying import words
from stories.identifying.cues import businesses, employers, institutions, places
from stories.identifying.cues.workplace_patterns import (
    FEATHERS,
    MET,
    NAMED,
    PARTNERS,
    PUB,
    ROYAL,
    SAINT,
    SAINT_THING,
    SCOUTS,
    SHED,
    SONS,
    TITLED,
    UNIVERSITY,
    UNIVERSITY_NAMES,
    WHERE,
    YSGOL,
)
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.tokens import Words

_AT = re.compile(r"\bat[ ](?=\w)", re.IGNORECASE)
_SAINTS_DAY = re.compile(r"[ ](?:day|cross|flag)\b", re.IGNORECASE)
_STOPS = re.compile(r"['’]s\b|[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|in|when|for|where|because|with|so|but)\b", re.IGNORECASE)
_ROYAL_PLACES = group("royal hospitals", of="workplace_groups")
_ROYAL_THINGS = group("royal things", of="workplace_groups")


def _has_a_place(match: re.Match[str]) -> bool:
    place = match["place"].lower().split()[-1]
    is_doing = words.is_never_a_name(place) or place.endswith("ing")
    return not is_doing or match["place"].istitle()


def _is_no_force(match: re.Match[str]) -> bool:
    return not words.is_quiet(match["one"].lower())


def _has_a_name(match: re.Match[str]) -> bool:
    first = match["first"].lower()
    return not words.is_never_a_name(first) and first not in institutions.DESCRIBERS


def _is_a_royal_hospital(match: re.Match[str]) -> bool:
    one = match["one"].lower()
    if one in _ROYAL_PLACES or places.is_listed(one):
        return True
    return match["one"][0].isupper() and not words.is_quiet(one) and one not in _ROYAL_THINGS


_PATTERNS: tuple[tuple[re.Pattern[str], bool, Callable[[re.Match[str]], bool] | None], ...] = (
    (SONS, True, None),
    (SAINT_THING, True, None),
    (FEATHERS, False, None),
    (SHED, False, None),
    (MET, False, None),
    (YSGOL, True, None),
    (WHERE, False, None),
    (SCOUTS, True, None),
    (UNIVERSITY_NAMES, True, None),
    (UNIVERSITY, True, _has_a_place),
    (PARTNERS, False, _is_no_force),
    (NAMED, True, _has_a_name),
    (PUB, False, None),
    (ROYAL, False, _is_a_royal_hospital),
)


def find(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from _patterns(text)
    yield from institutions.find(text)
    yield from employers.find(text)
    yield from businesses.find(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _AT.finditer(text.text):
        at = text.starting(match.end())
        if employers.is_a_visit(text, match.end()):
            continue
        if at is not None and words.is_stranger(text.tokens[at].low) and _STOPS.match(text.text, text.tokens[at].end):
            yield finding(text.span(at, at), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in TITLED.finditer(text.text):
        at = text.starting(match.start("it"))
        if at is None or at + 1 >= len(text.tokens):
            continue
        last = at + len(match["it"].split()) - 1
        low = [token.low for token in text.tokens[at : last + 1]]
        if any(words.is_quiet(word) or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if all(words.is_common(word) for word in low) or employers.names_the_police(text, match.end("it")):
            continue
        yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in SAINT.finditer(text.text):
        if not _SAINTS_DAY.match(text.text, match.end()):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def _patterns(text: Words) -> Iterator[Finding]:
    for pattern, sure, check in _PATTERNS:
        for match in pattern.finditer(text.text):
            if check is None or check(match):
                yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=sure)
