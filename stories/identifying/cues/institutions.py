"""Schools, surgeries and firms told by the last word of their name: "Lister Community School"."""

import re
from collections.abc import Iterator

from stories.identifying import words
from stories.identifying.cues import businesses, places
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.slips import slips_of
from stories.identifying.tokens import Words

_SHORTEST_SLIP = 7
_SLIPS = slips_of(head for head in group("sure institution heads") if len(head) >= _SHORTEST_SLIP)
HEADS = group("institution heads") | _SLIPS
_STRONG_HEADS = group("sure institution heads") | _SLIPS
_COMPANY_HEADS = frozenset({"llp", "ltd", "limited", "plc", "solicitors", "accountants"})
_STREET_WORDS = frozenset(
    {"street", "road", "lane", "avenue", "st", "rd", "park", "hill", "green", "way", "gate", "house", "court", "hall"}
)
DESCRIBERS = group("institution describers")
_TWO_WORD_HEADS = frozenset(
    {
        "children centre",
        "childrens centre",
        "garden centre",
        "day centre",
        "family centre",
        "rest home",
        "care home",
        "nursing home",
        "sixth form",
        "leisure centre",
        "medical centre",
        "health centre",
        "call centre",
    }
)
_LINKS = group("institution links")
_PLACE_WORDS = frozenset(
    {"at", "from", "to", "for", "our", "outside", "near", "past", "behind", "opposite", "called", "attends"}
)
LONGEST = 5
_GAP = re.compile(r"['’]?[sS]?['’]?[ ]&?[ ]?|['’]s[ ]|[ ]?-[ ]?|\.[ ]")


def find(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, with what stands before."""
    for at, token in enumerate(text.tokens):
        if token.low in HEADS or _is_two_word_head(text, at):
            start = _start_of_name(text, at)
            if start is not None and start < at:
                yield finding(text.span(start, _end_of_name(text, at)), "SCHOOL_EMPLOYER")


def _is_two_word_head(text: Words, at: int) -> bool:
    before = text.at(at - 1)
    return before is not None and at < len(text.tokens) and f"{before.low} {text.tokens[at].low}" in _TWO_WORD_HEADS


def _end_of_name(text: Words, at: int) -> int:
    after = text.at(at + 1)
    return at + 1 if after is not None and after.low in HEADS and text.gap(at) == " " else at


def _start_of_name(text: Words, head: int) -> int | None:
    start, distinctive = head, False
    while head - start < LONGEST and _is_part_of_name(text, start - 1):
        if text.tokens[start - 1].low == "of" and text.tokens[head].low in _COMPANY_HEADS:
            break
        start -= 1
        distinctive = distinctive or _is_distinctive(text, start, head)
    while start < head and text.tokens[start].low in _LINKS - {"the", "st"}:
        start += 1
    before = text.at(start - 1)
    if (
        before is not None
        and before.low in {"a", "an"}
        and not text.tokens[start].title
        and not text.tokens[start].upper
    ):
        return None
    return start if distinctive else None


def _is_part_of_name(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is None or not is_joined(text, at):
        return False
    if token.low == "our":
        return text.tokens[at + 1].low == "lady"
    if token.low == "the" and at and text.tokens[at - 1].low in {"and", "for"}:
        return False
    if token.low in DESCRIBERS or token.low in _LINKS or token.low in {"little", "lady", "holy"}:
        return True
    if text.at(at + 1) is not None and _is_two_word_head(text, at + 1):
        return True
    if (
        token.low in _STREET_WORDS
        and at
        and text.gap(at - 1) == " "
        and not words.is_never_a_name(text.tokens[at - 1].low)
    ):
        return True
    if words.is_never_a_name(token.low):
        return _is_between_capitals(text, at)
    if at and text.tokens[at - 1].low in {"st", "saint"} and is_joined(text, at - 1):
        return True
    owed = token.first and words.is_common(token.low)
    return (token.title and not owed) or not _is_plain_talk(text, at)


def _is_between_capitals(text: Words, at: int) -> bool:
    """The "View" of "Park View Medical Centre", which alone would be no part of a name."""
    token, before, after = text.tokens[at], text.at(at - 1), text.at(at + 1)
    if before is None or after is None or len(token.low) < 4 or token.low in businesses.OF_THE_STATE:
        return False
    return (
        token.title
        and before.title
        and after.title
        and not words.is_never_a_name(before.low)
        and is_joined(text, at - 1)
    )


def is_joined(text: Words, at: int) -> bool:
    """A full stop joins only what it shortens: "St. Mary's"."""
    gap = text.gap(at)
    return _GAP.fullmatch(gap) is not None and ("." not in gap or text.tokens[at].low == "st")


def _is_plain_talk(text: Words, at: int) -> bool:
    token = text.tokens[at]
    return (token.low.endswith(("ing", "ed", "ly")) and words.is_word(token.low)) or is_slip(token.low)


def _is_distinctive(text: Words, at: int, head: int) -> bool:
    token = text.tokens[at]
    if _is_two_word_head(text, at + 1):
        return False
    if token.low in DESCRIBERS:
        return token.low == "royal" and text.tokens[head].low in {"infirmary", "hospital"}
    if (
        token.low in _LINKS
        or words.is_never_a_name(token.low)
        or (token.low in businesses.ORDINARY and not token.title)
    ):
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
        if before is not None and before.low in _PLACE_WORDS:
            return True
    return False


def is_slip(low: str) -> bool:
    """A slip of the pen and no name of a person or a town."""
    return words.is_slip(low) and not words.is_any_surname(low) and not places.is_listed(low)
