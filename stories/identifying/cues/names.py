"""Reads a name from a word onwards: how long it is, and whether it is one at all."""

import re
from enum import IntEnum

from stories.identifying import words
from stories.identifying.tokens import Token, Words

_LONGEST_NAME = 4
_JOINED = re.compile(r"[ \u00a0]|[ ]?[-–]|\. ?|['’]|")
_INNER = frozenset("de da di la le el al van von der den bin ibn ap ab ferch mac mc o st del dos".split())
_ENDS = re.compile(r"[ \t]*(?:[.,;:!?()\n\"”’]|$|\band\b|\bor\b|-|–|\d)")
_VERB = re.compile(r"[ ](?:\w{2,20}ed|is|was|has|had|said|told|sent|put|got|did|rang|came|went|took|made|kept|says|who|then|just|never|still|found|gave|wrote|threw|hit|broke|left|knew)\b")


class Cue(IntEnum):
    """How strongly the words before promise a name."""

    NONE = 0
    WEAK = 1
    STRONG = 2
    CERTAIN = 3


def read_name(text: Words, at: int | None, cue: Cue) -> tuple[int, int] | None:
    """The (start, end) of the name that begins with token `at`, or None."""
    end = last_of_name(text, at, cue)
    return None if at is None or end is None else (text.tokens[at].start, text.tokens[end].end)


def last_of_name(text: Words, at: int | None, cue: Cue) -> int | None:
    """The number of the name's last token."""
    if at is None or not _opens(text, at, cue):
        return None
    last = at
    while last - at < _LONGEST_NAME - 1 and _goes_on(text, last):
        last += 1
    return last


def _opens(text: Words, at: int, cue: Cue) -> bool:
    token = text.at(at)
    if token is None or words.is_never_a_name(token.low) or text.is_acronym(at) and not words.is_first_name(token.low):
        return False
    if len(token.low) == 1:
        return token.title and text.gap(at) in (". ", ".", " ") and _is_titled(text, at + 1)
    if words.is_quiet(token.low):
        return words.is_name(token.low) and (cue >= Cue.STRONG or _surname_follows(text, at))
    if cue is Cue.CERTAIN or token.title and cue:
        return True
    return _opens_in_any_case(text, at, cue) if cue else False


def _opens_in_any_case(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if words.is_plain_first_name(low) or words.is_surname(low):
        return True
    if words.is_first_name(low) or words.is_common_surname(low):
        return cue >= Cue.STRONG or words.is_first_name(low) and (_name_ends(text, at) or _surname_follows(text, at))
    return not words.is_word(low) and len(low) > 2 and (cue >= Cue.STRONG or _name_ends(text, at) or not words.is_slip(low))


def _surname_follows(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    if after is None or text.gap(at) != " " or words.is_quiet(after.low):
        return False
    return words.is_surname(after.low) and not words.is_word(after.low)


def _name_ends(text: Words, at: int) -> bool:
    end = text.tokens[at].end
    return bool(_ENDS.match(text.text, end) or _VERB.match(text.text, end) or text.tokens[at].possessive)


def _goes_on(text: Words, last: int) -> bool:
    token, after = text.tokens[last], text.at(last + 1)
    if after is None or token.possessive or not _JOINED.fullmatch(text.gap(last)):
        return False
    if text.gap(last).startswith(".") and len(token.low) > 1:
        return False
    if words.is_never_a_name(after.low) or words.is_quiet(after.low) and not (after.title and words.is_common_surname(after.low)):
        return False
    return _continues(text, last + 1, after)


def _continues(text: Words, at: int, token: Token) -> bool:
    if len(token.low) == 1 or token.low in _INNER:
        following = text.at(at + 1)
        return token.title or following is not None and token.low in _INNER and words.is_surname(following.low)
    if token.title:
        return True
    if text.is_acronym(at):
        return False
    if words.is_surname(token.low) or words.is_plain_first_name(token.low):
        return not words.is_word(token.low) or _name_ends(text, at)
    return words.is_common_surname(token.low) and _name_ends(text, at)


def _is_titled(text: Words, at: int) -> bool:
    token = text.at(at)
    return token is not None and (token.title or token.upper) and not words.is_never_a_name(token.low)
