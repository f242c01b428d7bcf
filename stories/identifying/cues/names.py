"""Reads a name from a word onwards: how long it is, and whether it is one at all."""

import re
from enum import IntEnum

from stories.identifying import vetoes, words
from stories.identifying.cues import places
from stories.identifying.lists import group
from stories.identifying.tokens import Token, Words

_LONGEST_NAME = 4
# A name we have not met may be one letter away from a short word, seldom from a long one.
_SHORT_SLIP = 4
_JOINED = re.compile(r"[ \u00a0]|[ ]?[-–]|\. ?|['’]|[\"”][ ]|")
_INNER = group("inside names")
_MODAL_NAMES = frozenset({"may", "will", "mark", "pat"})
_SHORT_TITLES = group("short titles")
_OBJECTS = group("objects of a verb")
_REPEATED = re.compile(r"(.)\1{2,40}")
_ENDS = re.compile(r"[ \t]{0,4}(?:[.,;:!?()\n\"”’]|$|\band\b|\bor\b|-|–|\d)", re.IGNORECASE)
_NUMBER_OR_SPEAKER = re.compile(r"[ ](?:he|she|they|who|[(\[]?[a-z]{0,2}\d{2,5})", re.IGNORECASE)
_SPEAKER = re.compile(r"[ ](?:he|she|they|who)\b", re.IGNORECASE)
_VERB = re.compile(
    r"""[ ](?:\w{2,20}ed|is|was|has|had|said|told|sent|put|got|did|rang|came|went|took|made|kept|says|who|
        then|just|never|still|found|gave|wrote|threw|hit|broke|left|knew)\b""",
    re.VERBOSE | re.IGNORECASE,
)


class Cue(IntEnum):
    """How strongly the words before promise a name."""

    WEAK = 1
    OBJECT = 2
    STRONG = 3
    CERTAIN = 4


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
    if token is None or _REPEATED.fullmatch(token.low):
        return False
    if len(token.low) == 1:
        return _is_initial(text, at, cue)
    if cue < Cue.STRONG and places.is_listed(token.low) and vetoes.names_a_force(text.text, token.end):
        return False
    if words.is_never_a_name(token.low) or token.low in _MODAL_NAMES:
        return cue >= Cue.STRONG and _is_a_small_word_name(text, at, token)
    if text.is_acronym(at) and not words.is_first_name(token.low):
        return False
    if words.is_quiet(token.low) or (not token.title and words.is_proper(token.low)):
        return _is_a_quiet_name(text, at, cue)
    if token.title and cue < Cue.STRONG and words.is_slip(token.low) and not words.is_name(token.low):
        return False
    return cue is Cue.CERTAIN or token.title or _opens_in_any_case(text, at, cue)


def _is_a_quiet_name(text: Words, at: int, cue: Cue) -> bool:
    """A country, month or brand that is somebody's name here ("Jordan", "June Ramsbottom")."""
    token = text.tokens[at]
    if not words.is_name(token.low):
        return False
    titled = token.title and words.is_first_name(token.low) and _name_ends(text, at)
    if _is_listed_off(text, at) and words.is_top_surname(token.low):
        return True
    return cue >= Cue.STRONG or titled or _surname_follows(text, at)


def _is_before_last_name(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    return after is not None and text.gap(at) == " " and words.is_common_surname(after.low) and _name_ends(text, at + 1)


def _is_a_small_word_name(text: Words, at: int, token: Token) -> bool:
    """The "Lad" of "Sergeant Lad and", the "day" of "pc day 636hv", the "will" of "pc will said"."""
    if token.low in _MODAL_NAMES:
        named = token.title and not token.first and token.low not in words.MONTHS
        return named or _VERB.match(text.text, token.end) is not None or _is_before_last_name(text, at)
    if token.title:
        fits = words.is_top_surname(token.low) or (words.is_any_surname(token.low) and _name_ends(text, at))
        return not token.first and (fits or _is_before_last_name(text, at))
    return words.is_top_surname(token.low) and _NUMBER_OR_SPEAKER.match(text.text, token.end) is not None


def _opens_in_any_case(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if words.is_plain_first_name(low) or words.is_surname(low):
        return True
    if words.is_first_name(low) or words.is_common_surname(low):
        sure = cue >= Cue.STRONG and (not words.is_common(low) or _stands_as_a_name(text, at))
        return sure or _is_listed_off(text, at) or _is_a_first_name_here(text, at, cue)
    if words.is_word(low):
        return cue >= Cue.STRONG and words.is_any_surname(low) and _name_ends(text, at)
    return _is_an_unknown_name(text, at, cue)


def _stands_as_a_name(text: Words, at: int) -> bool:
    """The "bell" of "sergeant bell laughed", not the "drew" of "the officer drew a line"."""
    after = text.next_to(at)
    return after is None or after.low not in _OBJECTS


def _is_a_first_name_here(text: Words, at: int, cue: Cue) -> bool:
    low, end = text.tokens[at].low, text.tokens[at].end
    if not words.is_first_name(low):
        return False
    if words.is_virtue(low):
        return _surname_follows(text, at) or _VERB.match(text.text, end) is not None
    return cue is Cue.OBJECT or _name_ends(text, at) or _surname_follows(text, at)


def _is_an_unknown_name(text: Words, at: int, cue: Cue) -> bool:
    """On no list: a name unless it is a slip of the pen."""
    low, end = text.tokens[at].low, text.tokens[at].end
    before = text.at(at - 1)
    titled = before is not None and before.low in _SHORT_TITLES
    is_long_slip = len(low) > _SHORT_SLIP and not titled and words.is_slip(low)
    if cue < Cue.STRONG:
        return len(low) > 3 and not is_long_slip and (_name_ends(text, at) or not words.is_slip(low))
    speaks = _SPEAKER.match(text.text, end) is not None
    return len(low) > 2 and (speaks or not (is_long_slip or words.is_slip_of_small_word(low)))


def _is_initial(text: Words, at: int, cue: Cue) -> bool:
    after = text.at(at + 1)
    if after is None or text.gap(at) not in (". ", ".", " ") or words.is_never_a_name(after.low):
        return False
    if not text.tokens[at].title:
        return cue >= Cue.STRONG and (words.is_name(after.low) or words.is_stranger(after.low))
    return after.title or (after.upper and "." in text.gap(at) and words.is_name(after.low))


def _is_listed_off(text: Words, at: int) -> bool:
    return at > 0 and text.gap(at - 1) == ", " and _ENDS.match(text.text, text.tokens[at].end) is not None


def _surname_follows(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    if after is None or text.gap(at) != " " or words.is_quiet(after.low):
        return False
    return (words.is_surname(after.low) and not words.is_word(after.low)) or words.is_stranger(after.low)


def _name_ends(text: Words, at: int) -> bool:
    end = text.tokens[at].end
    return bool(_ENDS.match(text.text, end) or _VERB.match(text.text, end) or text.tokens[at].possessive)


def _goes_on(text: Words, last: int) -> bool:
    token, after = text.tokens[last], text.at(last + 1)
    if after is None or token.possessive or not _JOINED.fullmatch(text.gap(last)):
        return False
    if text.gap(last).startswith(".") and len(token.low) > 1:
        return False
    if words.is_never_a_name(after.low):
        return _is_a_titled_surname(text, last)
    if words.is_quiet(after.low) and not (after.title and words.is_common_surname(after.low)):
        return False
    return _continues(text, last + 1, after)


def _is_a_titled_surname(text: Words, last: int) -> bool:
    """The "Long" of "Omar Long and": a small word that is a surname where it has a capital and the name ends."""
    token, after = text.tokens[last], text.tokens[last + 1]
    return token.title and after.title and words.is_top_surname(after.low) and _name_ends(text, last + 1)


def _continues(text: Words, at: int, token: Token) -> bool:
    if len(token.low) == 1 or token.low in _INNER:
        following = text.at(at + 1)
        return token.title or (following is not None and token.low in _INNER and words.is_surname(following.low))
    if token.title:
        return True
    if text.is_acronym(at):
        return False
    if words.is_surname(token.low) or words.is_plain_first_name(token.low):
        return not words.is_word(token.low) or _name_ends(text, at)
    if words.is_stranger(token.low) or (words.is_proper(token.low) and _name_ends(text, at)):
        return True
    if words.is_first_name(token.low) and _surname_follows(text, at):
        return True
    return words.is_common_surname(token.low) and _name_ends(text, at)
