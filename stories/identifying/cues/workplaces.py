"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Iterator

from stories.identifying import words
from stories.identifying.cues import places
from stories.identifying.cues.workplace_patterns import (
    EMPLOYER,
    NAMED,
    PARENTS,
    PARTNERS,
    PUB,
    ROYAL,
    SAINT,
    SONS,
    UNIVERSITY,
    UNIVERSITY_NAMES,
    WORKS,
    YSGOL,
)
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.tokens import Words

_HEADS = group("institution heads")
_STRONG_HEADS = group("sure institution heads")
_DESCRIBERS = group("institution describers")
_TWO_WORD_HEADS = frozenset(
    {"care home", "nursing home", "sixth form", "leisure centre", "medical centre", "health centre", "call centre"}
)
_AT = re.compile(r"\bat[ ](?=\w)", re.IGNORECASE)
_STOPS = re.compile(r"['’]s\b|[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|in|when|for|where|because|with|so|but)\b", re.IGNORECASE)
_LINKS = group("institution links")
_CUED_EMPLOYERS = group("employers after a cue")
_LONGEST = 5
_GAP = re.compile(r"['’]?[sS]?['’]?[ ]&?[ ]?|['’]s[ ]|[ ]?-[ ]?|\.[ ]")
_POLICE = re.compile(r"(?:[ \-]\w{2,20}){0,3}[ ](?:cid|police|constabulary|nick|custody)\b", re.IGNORECASE)
_IN_TOWN = re.compile(r"[ ](?:in|at)[ ](?:the[ ])?")


def find(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from _patterns(text)
    yield from _by_head(text)
    yield from _by_cue(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _AT.finditer(text.text):
        at = text.starting(match.end())
        if at is not None and words.is_stranger(text.tokens[at].low) and _STOPS.match(text.text, text.tokens[at].end):
            yield finding(text.span(at, at), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in SAINT.finditer(text.text):
        yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def _patterns(text: Words) -> Iterator[Finding]:
    for pattern in (SONS, YSGOL):
        for match in pattern.finditer(text.text):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER")
    for match in UNIVERSITY.finditer(text.text):
        place = match["place"].lower().split()[-1]
        if not words.is_never_a_name(place) and not place.endswith("ing"):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER")
    for match in PARTNERS.finditer(text.text):
        if not words.is_quiet(match["one"].lower()):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
    for match in NAMED.finditer(text.text):
        if not words.is_never_a_name(match["first"].lower()) and match["first"].lower() not in _DESCRIBERS:
            yield finding(match.span("it"), "SCHOOL_EMPLOYER")
    for match in PUB.finditer(text.text):
        yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
    for match in ROYAL.finditer(text.text):
        if not words.is_quiet(match["one"].lower()):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
    for match in UNIVERSITY_NAMES.finditer(text.text):
        yield finding(match.span(), "SCHOOL_EMPLOYER")


def _by_head(text: Words) -> Iterator[Finding]:
    for at, token in enumerate(text.tokens):
        if token.low in _HEADS or _is_two_word_head(text, at):
            start = _start_of_name(text, at)
            if start is not None and start < at:
                yield finding(text.span(start, _end_of_name(text, at)), "SCHOOL_EMPLOYER")


def _is_two_word_head(text: Words, at: int) -> bool:
    before = text.at(at - 1)
    return before is not None and f"{before.low} {text.tokens[at].low}" in _TWO_WORD_HEADS


def _end_of_name(text: Words, at: int) -> int:
    after = text.at(at + 1)
    return at + 1 if after is not None and after.low in _HEADS and text.gap(at) == " " else at


def _start_of_name(text: Words, head: int) -> int | None:
    start, distinctive = head, False
    while head - start < _LONGEST and _is_part_of_name(text, start - 1):
        start -= 1
        distinctive = distinctive or _is_distinctive(text, start, head)
    while start < head and text.tokens[start].low in _LINKS - {"the", "st"}:
        start += 1
    return start if distinctive else None


def _is_part_of_name(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is None or not _GAP.fullmatch(text.gap(at)):
        return False
    if token.low == "our":
        return text.tokens[at + 1].low == "lady"
    if token.low in _DESCRIBERS or token.low in _LINKS or token.low in {"little", "lady"}:
        return True
    if text.at(at + 1) is not None and _is_two_word_head(text, at + 1):
        return True
    if words.is_never_a_name(token.low):
        return False
    owed = token.first and words.is_common(token.low)
    return (token.title and not owed) or not _is_plain_talk(text, at)


def _is_plain_talk(text: Words, at: int) -> bool:
    token = text.tokens[at]
    return (token.low.endswith(("ing", "ed", "ly")) and words.is_word(token.low)) or _is_slip(token.low)


def _is_distinctive(text: Words, at: int, head: int) -> bool:
    token = text.tokens[at]
    if token.low in _DESCRIBERS:
        return token.low == "royal" and text.tokens[head].low in {"infirmary", "hospital"}
    if token.low in _LINKS or words.is_never_a_name(token.low):
        return False
    if token.title and not token.first:
        return True
    strong = text.tokens[head].low in _STRONG_HEADS or _is_two_word_head(text, head)
    if not words.is_common(token.low):
        return strong or not words.is_word(token.low) or _follows_place_word(text, at)
    return strong and _follows_place_word(text, at)


def _follows_place_word(text: Words, at: int) -> bool:
    for back in (1, 2, 3):
        before = text.at(at - back)
        if before is not None and before.low in {"at", "from", "to", "for", "our"}:
            return True
    return False


def _by_cue(text: Words) -> Iterator[Finding]:
    for match in WORKS.finditer(text.text):
        yield from _employer_from(text, match.end())
    for match in EMPLOYER.finditer(text.text):
        yield finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in PARENTS.finditer(text.text):
        at = text.ending(match.start() - 1)
        if at is not None and (_is_capital_or_odd(text, at) or text.tokens[at].low in _HEADS):
            yield finding(text.span(_first_before(text, at), at), "SCHOOL_EMPLOYER", sure=False)


def _first_before(text: Words, at: int) -> int:
    """Back over the words of a name that ends here."""
    first = at
    while at - first < _LONGEST - 1 and first and _GAP.fullmatch(text.gap(first - 1)):
        if words.is_never_a_name(text.tokens[first - 1].low):
            break
        first -= 1
    return first


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    at = text.starting(place)
    if at is not None and text.tokens[at].low in {"the", "a"}:
        at += 1
    if at is None or at >= len(text.tokens) or not _is_capital_or_odd(text, at) or _is_a_journey(text, at, place):
        return
    last = at
    while last - at < _LONGEST and _GAP.fullmatch(text.gap(last)) and _is_capital_or_odd(text, last + 1):
        last += 1
    if not _POLICE.match(text.text, text.tokens[last].end):
        end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
        yield finding((text.tokens[at].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _is_a_journey(text: Words, at: int, place: int) -> bool:
    """ "It went to South Wales" is no workplace."""
    return words.is_quiet(text.tokens[at].low) and text.text[max(0, place - 4) : place].lower().endswith(" to ")


def _is_capital_or_odd(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is not None and token.low in _CUED_EMPLOYERS and not token.first:
        return True
    if token is None or words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not _is_slip(token.low))


def _is_slip(low: str) -> bool:
    return words.is_slip(low) and not words.is_any_surname(low) and not places.is_listed(low)


def _with_town(text: Words, end: int) -> int:
    match = _IN_TOWN.match(text.text, end)
    at = text.starting(match.end()) if match else None
    if at is None:
        return end
    last = places.listed_from(text, at)
    if last is None and _is_capital_or_odd(text, at):
        last = at
    return end if last is None else text.tokens[last].end
