"""Reads a name from a word onwards: how long it is, and whether it is one at all."""

import re
from enum import IntEnum

from stories.pii import allowlist, words
from stories.pii.context import places
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import word_group

_RULES = RuleFile("people")

# --- Names that are words too -----------------------------------------------------------------

MODAL_NAMES = frozenset({"may", "will", "mark", "pat"})
ENDS = re.compile(r"[ \t]{0,4}(?:[.,;:!?()\n\"”’]|$|\band\b|\bor\b|-|–|—|\d)", re.IGNORECASE)
SPEAKER = re.compile(r"[ ](?:he|she|they|who)\b", re.IGNORECASE)
_WORD_LOOK_BACK = 30
_FIRSTS = word_group("first names that are words")
_SMALL_SURNAMES = word_group("small surnames")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "some", "any", "another", "one", "every", "each"})
_RANKS = word_group("short titles") | {"sergeant", "inspector", "constable", "detective", "superintendent", "officer"}
_PARTICLES = word_group("particles")
_STRAIGHT = re.compile(r"\.?[ ](?:[a-z]{0,3}\d{2,5}[a-z]{0,3},?[ ])?", re.IGNORECASE)
_NUMBER_OR_SPEAKER = re.compile(r"[ ](?:he|she|they|who|[(\[]?[a-z]{0,2}\d{2,5})", re.IGNORECASE)
# What only somebody's name has before it: "will" and "may" never go with a past.
_PAST = _RULES.pattern("past")
_PHONE = re.compile(r",?[ ](?:on[ ])?07\d{3}", re.IGNORECASE)
_VERB = _RULES.pattern("verb")
_MY_NAME_IS = re.compile(r"\b(?:my|his|her|their)[ ](?:\w{2,8}[ ])?name(?:['’]?s|[ ]is|[ ]was)[ ]\Z", re.IGNORECASE)


def name_ends(text: Words, at: int) -> bool:
    """A stop, a verb or a possessive follows."""
    end = text.tokens[at].end
    return bool(ENDS.match(text.text, end) or _VERB.match(text.text, end) or text.tokens[at].possessive)


def has_a_verb(text: Words, at: int) -> bool:
    """Somebody's deed follows."""
    return _VERB.match(text.text, text.tokens[at].end) is not None


def is_told(text: Words, at: int) -> bool:
    """ "My name's will", "my ex will said": more than any word before it could promise."""
    if text.tokens[at].low not in MODAL_NAMES:
        return False
    return _is_said_to_be_a_name(text, at) or _PAST.match(text.text, text.tokens[at].end) is not None


def is_a_name(text: Words, at: int) -> bool:
    """The "Lad" of "Sergeant Lad and", the "day" of "pc day 636hv", the "will" of "pc will said"."""
    token = text.tokens[at]
    if is_first_of_two(text, at):
        return True
    if token.low in MODAL_NAMES:
        return _is_a_modal_name(text, at, token)
    if token.title:
        fits = words.is_top_surname(token.low) or (words.is_any_surname(token.low) and name_ends(text, at))
        return not token.first and (fits or _is_before_last_name(text, at))
    if token.low in _SMALL_SURNAMES and _is_ranked(text, at):
        return any(after.match(text.text, token.end) for after in (_PAST, ENDS, SPEAKER))
    return words.is_top_surname(token.low) and _NUMBER_OR_SPEAKER.match(text.text, token.end) is not None


def is_a_last_name(text: Words, at: int) -> bool:
    """The "Long" of "Omar Long and", the "long" of "sgt omar long rang"; `at` is the small word."""
    token, before = text.tokens[at], text.tokens[at - 1]
    if not words.is_top_surname(token.low) or not name_ends(text, at):
        return False
    if before.title or token.title:
        return before.title and token.title
    return token.low in _SMALL_SURNAMES and words.is_plain_first_name(before.low) and _is_ranked(text, at - 1)


def last_particle(text: Words, at: int) -> int | None:
    """The "der" of "van der Berg": the last small word of a name that begins with such; None if none does."""
    last = at
    while text.tokens[last].low in _PARTICLES:
        after = text.next_to(last)
        if after is None:
            return None
        if after.low not in _PARTICLES:
            named = words.is_surname(after.low) or words.is_stranger(after.low)
            return last if named or (after.title and not words.is_never_a_name(after.low)) else None
        last += 1
    return None


def is_first_of_two(text: Words, at: int) -> bool:
    """The "guy" of "guy mcintyre": the next word can only be a surname."""
    token, after = text.tokens[at], text.next_to(at)
    if token.low not in _FIRSTS or after is None or text.low(at - 1) in _ARTICLES or after.title != token.title:
        return False
    if token.low == "will" and not token.title:
        return False
    return words.is_surname(after.low) and not words.is_word(after.low) and not words.is_first_name(after.low)


def _is_a_modal_name(text: Words, at: int, token: Token) -> bool:
    if token.title and not token.first and token.low not in words.MONTHS:
        return True
    if _PAST.match(text.text, token.end) is not None or _is_before_last_name(text, at):
        return True
    if _PHONE.match(text.text, token.end) is not None:
        return True
    return (_is_said_to_be_a_name(text, at) or _is_ranked(text, at)) and ENDS.match(text.text, token.end) is not None


def _is_before_last_name(text: Words, at: int) -> bool:
    return text.gap(at) == " " and words.is_common_surname(text.low(at + 1)) and name_ends(text, at + 1)


def _is_said_to_be_a_name(text: Words, at: int) -> bool:
    return _MY_NAME_IS.search(text.before(at, _WORD_LOOK_BACK)) is not None


def _is_ranked(text: Words, at: int) -> bool:
    """After a rank or title that no article claims: "dc guy", "pc 9541 page", not "the pc guy"."""
    if text.low(at - 1) not in _RANKS or not _STRAIGHT.fullmatch(text.gap(at - 1)):
        return False
    return text.low(at - 2) not in _ARTICLES or text.tokens[at - 1].first


# --- Names ------------------------------------------------------------------------------------

_LONGEST_NAME = 4
_LOOK_BACK = 30
_LEAST_UNKNOWN = 3
_VOWELS = frozenset("aeiouy")
# A name we have not met may be one letter away from a short word, seldom from a long one.
_SHORT_SLIP = 4
_JOINED = re.compile(r"[ \u00a0]|[ ]?[-–]|\. ?|['’]|[\"”][ ]|")
_INNER = word_group("inside names")
_TITLE_WORDS = frozenset({"my", "your", "our", "it", "the", "this", "for", "to", "in", "on", "of"})
_BODIES = word_group("bodies")
_PLACEHOLDERS = word_group("placeholders")
_SLURS = word_group("slurs")
_SHORT_TITLES = word_group("short titles")
_AFTER_A_DEED = frozenset({"from", "to", "with", "on", "up", "out", "over", "in", "about"})
_OBJECTS = word_group("objects of a verb")
_REPEATED = re.compile(r"(.)\1{2,40}")
_NICKNAMED = _RULES.pattern("nicknamed")
_NICKNAME_ENDS = re.compile(r"[ ](?:on|at|in|cos|because|coz|but|even|round|down|now|since|if|when)\b", re.IGNORECASE)
_ME_AND = re.compile(r"\b(?:me|him|her|us|them),[ ][a-z]{2,14}[ ](?:and|&|n)[ ]\Z", re.IGNORECASE)
_HAILED = re.compile(r"[ ](?:of|who|from|lives|lived|works|worked)\b", re.IGNORECASE)


class Cue(IntEnum):
    """How strongly the words before promise a name."""

    WEAK = 1
    LISTED = 2
    OBJECT = 3
    STRONG = 4
    # Below a letter: any word may stand there, so that the word itself must look like a name.
    SIGNED = 5
    CERTAIN = 6


def last_of_name(text: Words, at: int | None, cue: Cue) -> int | None:
    """The number of the name's last token."""
    if at is None or not _opens(text, at, cue):
        return None
    last = at
    while last - at < _LONGEST_NAME - 1 and _goes_on(text, last):
        last += 1
    return None if any(token.low in _BODIES for token in text.tokens[at + 1 : last + 1]) else last


def _opens(text: Words, at: int, cue: Cue) -> bool:
    token = text.at(at)
    if token is None or _REPEATED.fullmatch(token.low) or (token.low in _PLACEHOLDERS and not _title_follows(text, at)):
        return False
    if len(token.low) == 1:
        return _is_initial(text, at, cue)
    if cue < Cue.STRONG and places.is_listed(token.low) and allowlist.names_a_force(text.text, token.end):
        return False
    if cue >= Cue.STRONG and last_particle(text, at) is not None:
        return True
    if words.is_never_a_name(token.low) or token.low in MODAL_NAMES:
        told = cue >= Cue.STRONG or (cue is not Cue.OBJECT and is_told(text, at))
        return told and is_a_name(text, at)
    if text.is_acronym(at) and not words.is_first_name(token.low):
        return False
    if words.is_quiet(token.low) or (not token.title and words.is_proper(token.low)):
        return _is_a_quiet_name(text, at, cue)
    if _is_a_slip_here(text, at, cue) or heads_a_title(text, at):
        return False
    if cue is Cue.SIGNED and words.is_word(token.low) and not words.is_first_name(token.low):
        return _surname_follows(text, at)
    return cue is Cue.CERTAIN or token.title or _opens_in_any_case(text, at, cue)


def _is_a_slip_here(text: Words, at: int, cue: Cue) -> bool:
    """The "Teh" of "with Teh officer", not the "Preet" of "my friend Preet Dhaliwal", nor the second of a list."""
    token = text.tokens[at]
    if not token.title or cue >= Cue.STRONG or cue is Cue.LISTED or words.is_name(token.low):
        return False
    return words.is_slip(token.low) and not _title_follows(text, at)


def heads_a_title(text: Words, at: int) -> bool:
    """The "Track" of "Track My Crime", the "West" of "West Yorkshire": the next word's capital is no name's."""
    after = text.next_to(at)
    if after is None or not after.title or not text.tokens[at].title:
        return False
    return after.low in _TITLE_WORDS or (words.is_quiet(after.low) and not words.is_name(after.low))


def _title_follows(text: Words, at: int) -> bool:
    after = text.next_to(at)
    return after is not None and after.title and not words.is_word(after.low) and not words.is_quiet(after.low)


def _is_a_quiet_name(text: Words, at: int, cue: Cue) -> bool:
    """A country, month or brand that is somebody's name here ("Jordan", "June Ramsbottom")."""
    token = text.tokens[at]
    if not words.is_name(token.low):
        return False
    if cue is Cue.SIGNED and token.low in words.MONTHS:
        return words.is_first_name(token.low) and ENDS.match(text.text, token.end) is not None
    titled = token.title and words.is_first_name(token.low) and name_ends(text, at)
    if _is_listed_off(text, at) and words.is_top_surname(token.low):
        return True
    return cue >= Cue.STRONG or titled or _surname_follows(text, at)


def _opens_in_any_case(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if words.is_plain_first_name(low) or words.is_surname(low):
        return True
    if words.is_first_name(low) or words.is_common_surname(low):
        sure = cue >= Cue.STRONG and (not words.is_common(low) or _stands_as_a_name(text, at))
        return sure or _is_listed_off(text, at) or _is_a_first_name_here(text, at, cue)
    if words.is_word(low):
        return _is_a_nickname(text, at, cue) or (
            cue >= Cue.STRONG and words.is_any_surname(low) and low not in _SLURS and name_ends(text, at)
        )
    return _is_an_unknown_name(text, at, cue) or _is_a_nickname(text, at, cue)


def _is_a_nickname(text: Words, at: int, cue: Cue) -> bool:
    """The "tank" of "everyone calls him tank", the "smudge" of "me, joy and smudge."."""
    low, end, before = text.tokens[at].low, text.tokens[at].end, text.before(at, _LOOK_BACK)
    if low in _SLURS or not (name_ends(text, at) or _NICKNAME_ENDS.match(text.text, end)):
        return False
    if cue is Cue.LISTED:
        return _ME_AND.search(before) is not None
    return cue >= Cue.STRONG and _NICKNAMED.search(before) is not None


def _stands_as_a_name(text: Words, at: int) -> bool:
    """The "bell" of "sergeant bell laughed", not the "rose" of "the sergeant rose from his chair"."""
    after = text.next_to(at)
    if after is None:
        return True
    return after.low not in _OBJECTS and not (text.low(at - 2) == "the" and after.low in _AFTER_A_DEED)


def _is_a_first_name_here(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if not words.is_first_name(low):
        return False
    if words.is_virtue(low):
        return _surname_follows(text, at) or has_a_verb(text, at)
    return cue is Cue.OBJECT or name_ends(text, at) or _surname_follows(text, at)


def _is_an_unknown_name(text: Words, at: int, cue: Cue) -> bool:
    """On no list: a name unless it is a slip of the pen."""
    low, end = text.tokens[at].low, text.tokens[at].end
    is_long_slip = len(low) > _SHORT_SLIP and text.low(at - 1) not in _SHORT_TITLES and words.is_slip(low)
    if cue < Cue.STRONG:
        return len(low) > 3 and not is_long_slip and (name_ends(text, at) or not words.is_slip(low))
    speaks = SPEAKER.match(text.text, end) is not None
    return len(low) > 2 and (speaks or not (is_long_slip or words.is_slip_of_small_word(low)))


def _is_initial(text: Words, at: int, cue: Cue) -> bool:
    after = text.at(at + 1)
    if after is None or text.gap(at) not in (". ", ".", " ") or words.is_never_a_name(after.low):
        return False
    if not text.tokens[at].title:
        return cue >= Cue.STRONG and (words.is_name(after.low) or words.is_stranger(after.low))
    return after.title or (after.upper and "." in text.gap(at) and words.is_name(after.low))


def _is_listed_off(text: Words, at: int) -> bool:
    return at > 0 and text.gap(at - 1) == ", " and ENDS.match(text.text, text.tokens[at].end) is not None


def _surname_follows(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    if after is None or text.gap(at) != " " or words.is_quiet(after.low):
        return False
    return (words.is_surname(after.low) and not words.is_word(after.low)) or words.is_stranger(after.low)


def _goes_on(text: Words, last: int) -> bool:
    token, after = text.tokens[last], text.at(last + 1)
    if after is None or token.possessive or not _JOINED.fullmatch(text.gap(last)):
        return False
    if text.gap(last).startswith(".") and len(token.low) > 1:
        return False
    if any(last_particle(text, at) is not None for at in (last, last + 1)) and text.gap(last) == " ":
        return True
    if words.is_never_a_name(after.low):
        return is_a_last_name(text, last + 1)
    if words.is_quiet(after.low) and not (after.title and words.is_common_surname(after.low)):
        return False
    return _continues(text, last + 1, after)


def _continues(text: Words, at: int, token: Token) -> bool:
    if len(token.low) == 1 or token.low in _INNER:
        return token.title or (token.low in _INNER and words.is_surname(text.low(at + 1)))
    if token.title:
        return True
    if text.is_acronym(at):
        return False
    if words.is_surname(token.low) or words.is_plain_first_name(token.low):
        return not words.is_word(token.low) or name_ends(text, at)
    if words.is_stranger(token.low) or (words.is_proper(token.low) and name_ends(text, at)):
        return True
    if words.is_first_name(token.low) and _surname_follows(text, at):
        return True
    if _is_a_short_last_name(text, at):
        return True
    hailed = _HAILED.match(text.text, token.end) is not None and words.is_plain_first_name(text.tokens[at - 1].low)
    return words.is_common_surname(token.low) and (hailed or name_ends(text, at))


def _is_a_short_last_name(text: Words, at: int) -> bool:
    """The "hoa" of "nguyen thi hoa", the "xu" of "mei xu": short and no word, after a name that is none either."""
    token, before = text.tokens[at], text.tokens[at - 1]
    if words.is_word(token.low) or words.is_word(before.low) or words.is_slip(token.low):
        return False
    if words.is_chinese_syllable(token.low):
        return words.is_chinese_syllable(before.low) or words.is_surname(before.low)
    strange = len(token.low) == _LEAST_UNKNOWN and not _VOWELS.isdisjoint(token.low)
    return strange and words.is_first_name(token.low) and name_ends(text, at)
