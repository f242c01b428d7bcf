"""Reads a name from a word onwards: how long it is, and whether it is one at all."""

from enum import IntEnum

from stories.pii import allowlist, words
from stories.pii.context import places
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS

RULES = RuleFile("people")

MODAL_NAMES = frozenset({"may", "will", "mark", "pat"})

_RANKS = GROUPS["short titles"] | {"sergeant", "inspector", "constable", "detective", "superintendent", "officer"}


def name_ends(text: Words, at: int) -> bool:
    """A stop, a verb or a possessive follows."""
    return text.is_followed(at, RULES["ends"]) or text.is_followed(at, RULES["verb"]) or text.tokens[at].possessive


def is_a_name(text: Words, at: int) -> bool:
    """The "Lad" of "Sergeant Lad and", the "day" of "pc day 636hv", the "will" of "pc will said"."""
    token = text.tokens[at]
    if is_first_of_two(text, at):
        return True
    if token.low in MODAL_NAMES:
        return _is_a_modal_name(text, at, token)
    if token.title:
        fits = token.low in words.TOP_SURNAMES or (token.low in words.SURNAMES and name_ends(text, at))
        return not token.first and (fits or _is_before_last_name(text, at))
    if token.low in GROUPS["small surnames"] and _is_ranked(text, at):
        return any(text.is_followed(at, RULES[after]) for after in ("past", "ends", "speaker"))
    return token.low in words.TOP_SURNAMES and text.is_followed(at, RULES["number or speaker"])


def is_a_last_name(text: Words, at: int) -> bool:
    """The "Long" of "Omar Long and", the "long" of "sgt omar long rang"; `at` is the small word."""
    token, before = text.tokens[at], text.tokens[at - 1]
    if token.low not in words.TOP_SURNAMES or not name_ends(text, at):
        return False
    if before.title or token.title:
        return before.title and token.title
    return token.low in GROUPS["small surnames"] and words.is_plain_first_name(before.low) and _is_ranked(text, at - 1)


def last_particle(text: Words, at: int) -> int | None:
    """The "der" of "van der Berg": the last small word of a name that begins with such; None if none does."""
    last = at
    while text.tokens[last].low in GROUPS["particles"]:
        after = text.next_to(last)
        if after.low not in GROUPS["particles"]:
            named = words.is_surname(after.low) or words.is_stranger(after.low)
            return last if named or (after.title and not words.is_never_a_name(after.low)) else None
        last += 1
    return None


def is_first_of_two(text: Words, at: int) -> bool:
    """The "guy" of "guy mcintyre": the next word can only be a surname."""
    token, after = text.tokens[at], text.next_to(at)
    if token.low not in GROUPS["first names that are words"] or text.low(at - 1) in GROUPS["articles"]:
        return False
    if after.title != token.title or (token.low == "will" and not token.title):
        return False
    return words.is_surname(after.low) and not words.is_word(after.low) and not words.is_first_name(after.low)


def _is_a_modal_name(text: Words, at: int, token: Token) -> bool:
    if token.title and not token.first and token.low not in words.MONTHS:
        return True
    if any(text.is_followed(at, RULES[after]) for after in ("past", "phone")) or _is_before_last_name(text, at):
        return True
    is_told = text.is_led_to(at, RULES["my name is"], _LOOK_BACK) or _is_ranked(text, at)
    return is_told and text.is_followed(at, RULES["ends"])


def _is_before_last_name(text: Words, at: int) -> bool:
    return text.gap(at) == " " and words.is_common_surname(text.low(at + 1)) and name_ends(text, at + 1)


def _is_ranked(text: Words, at: int) -> bool:
    """After a rank or title that no article claims: "dc guy", "pc 9541 page", not "the pc guy"."""
    if text.low(at - 1) not in _RANKS or not RULES["straight"].fullmatch(text.gap(at - 1)):
        return False
    return text.low(at - 2) not in GROUPS["articles"] or text.tokens[at - 1].first


_LONGEST_NAME = 4
_LOOK_BACK = 30
_LEAST_UNKNOWN = 3
_VOWELS = frozenset("aeiouy")
# A name we have not met may be one letter away from a short word, seldom from a long one.
_SHORT_SLIP = 4


class Cue(IntEnum):
    """The strength with which the words before promise a name."""

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
    return None if any(token.low in GROUPS["bodies"] for token in text.tokens[at + 1 : last + 1]) else last


def _opens(text: Words, at: int, cue: Cue) -> bool:
    token = text.at(at)
    if not token.low or RULES["repeated"].fullmatch(token.low):
        return False
    if token.low in GROUPS["placeholders"] and not _title_follows(text, at):
        return False
    if len(token.low) == 1:
        return _is_initial(text, at, cue)
    if cue < Cue.STRONG and places.is_listed(token.low) and allowlist.names_a_force(text.text, token.end):
        return False
    if cue >= Cue.STRONG and last_particle(text, at) is not None:
        return True
    if words.is_never_a_name(token.low) or token.low in MODAL_NAMES:
        # "My name's will", "my ex will said": more than any word before it could promise.
        is_told = token.low in MODAL_NAMES and (
            text.is_led_to(at, RULES["my name is"], _LOOK_BACK) or text.is_followed(at, RULES["past"])
        )
        told = cue >= Cue.STRONG or (cue is not Cue.OBJECT and is_told)
        return told and is_a_name(text, at)
    if text.is_acronym(at) and not words.is_first_name(token.low):
        return False
    if token.low in words.QUIET or (not token.title and token.low in words.PROPER):
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
    is_told = after.low in GROUPS["words of a title"] or (after.low in words.QUIET and not words.is_name(after.low))
    return is_told and after.title and text.tokens[at].title


def _title_follows(text: Words, at: int) -> bool:
    after = text.next_to(at)
    return after.title and not words.is_word(after.low) and after.low not in words.QUIET


def _is_a_quiet_name(text: Words, at: int, cue: Cue) -> bool:
    """A country, month or brand that is somebody's name here ("Jordan", "June Ramsbottom")."""
    token = text.tokens[at]
    if not words.is_name(token.low):
        return False
    if cue is Cue.SIGNED and token.low in words.MONTHS:
        return words.is_first_name(token.low) and text.is_followed(at, RULES["ends"])
    titled = token.title and words.is_first_name(token.low) and name_ends(text, at)
    is_listed = token.low in words.TOP_SURNAMES and _is_listed_off(text, at)
    return is_listed or titled or cue >= Cue.STRONG or _surname_follows(text, at)


def _opens_in_any_case(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if words.is_plain_first_name(low) or words.is_surname(low):
        return True
    if words.is_first_name(low) or words.is_common_surname(low):
        sure = cue >= Cue.STRONG and (not words.is_common(low) or _stands_as_a_name(text, at))
        return sure or _is_listed_off(text, at) or _is_a_first_name_here(text, at, cue)
    if words.is_word(low):
        return _is_a_nickname(text, at, cue) or (
            cue >= Cue.STRONG and low in words.SURNAMES and low not in GROUPS["slurs"] and name_ends(text, at)
        )
    return _is_an_unknown_name(text, at, cue) or _is_a_nickname(text, at, cue)


def _is_a_nickname(text: Words, at: int, cue: Cue) -> bool:
    """The "tank" of "everyone calls him tank", the "smudge" of "me, joy and smudge."."""
    ends = name_ends(text, at) or text.is_followed(at, RULES["nickname ends"])
    if text.tokens[at].low in GROUPS["slurs"] or not ends:
        return False
    if cue is Cue.LISTED:
        return text.is_led_to(at, RULES["me and"], _LOOK_BACK)
    return cue >= Cue.STRONG and text.is_led_to(at, RULES["nicknamed"], _LOOK_BACK)


def _stands_as_a_name(text: Words, at: int) -> bool:
    """The "bell" of "sergeant bell laughed", not the "rose" of "the sergeant rose from his chair"."""
    after = text.next_to(at).low
    is_done = text.low(at - 2) == "the" and after in GROUPS["after a deed"]
    return after not in GROUPS["objects of a verb"] and not is_done


def _is_a_first_name_here(text: Words, at: int, cue: Cue) -> bool:
    low = text.tokens[at].low
    if not words.is_first_name(low):
        return False
    if low in GROUPS["virtues"]:
        return _surname_follows(text, at) or text.is_followed(at, RULES["verb"])
    return cue is Cue.OBJECT or name_ends(text, at) or _surname_follows(text, at)


def _is_an_unknown_name(text: Words, at: int, cue: Cue) -> bool:
    """On no list: a name unless it is a slip of the pen."""
    low = text.tokens[at].low
    is_long_slip = len(low) > _SHORT_SLIP and text.low(at - 1) not in GROUPS["short titles"] and words.is_slip(low)
    if cue < Cue.STRONG:
        return len(low) > 3 and not is_long_slip and (name_ends(text, at) or not words.is_slip(low))
    is_slip = is_long_slip or words.is_slip_of_small_word(low)
    return len(low) > 2 and (not is_slip or text.is_followed(at, RULES["speaker"]))


def _is_initial(text: Words, at: int, cue: Cue) -> bool:
    after = text.at(at + 1)
    if text.gap(at) not in (". ", ".", " ") or words.is_never_a_name(after.low):
        return False
    if not text.tokens[at].title:
        return cue >= Cue.STRONG and (words.is_name(after.low) or words.is_stranger(after.low))
    return after.title or (after.upper and "." in text.gap(at) and words.is_name(after.low))


def _is_listed_off(text: Words, at: int) -> bool:
    return at > 0 and text.gap(at - 1) == ", " and text.is_followed(at, RULES["ends"])


def _surname_follows(text: Words, at: int) -> bool:
    after = text.next_to(at).low
    named = (words.is_surname(after) and not words.is_word(after)) or words.is_stranger(after)
    return named and after not in words.QUIET


def _goes_on(text: Words, last: int) -> bool:
    token, after = text.tokens[last], text.at(last + 1)
    if not after.low or token.possessive or not RULES["joined"].fullmatch(text.gap(last)):
        return False
    if text.gap(last).startswith(".") and len(token.low) > 1:
        return False
    if any(last_particle(text, at) is not None for at in (last, last + 1)) and text.gap(last) == " ":
        return True
    if words.is_never_a_name(after.low):
        return is_a_last_name(text, last + 1)
    if after.low in words.QUIET and not (after.title and words.is_common_surname(after.low)):
        return False
    return _continues(text, last + 1, after)


def _continues(text: Words, at: int, token: Token) -> bool:
    if len(token.low) == 1 or token.low in GROUPS["inside names"]:
        return token.title or (token.low in GROUPS["inside names"] and words.is_surname(text.low(at + 1)))
    if token.title:
        return True
    if text.is_acronym(at):
        return False
    if words.is_surname(token.low) or words.is_plain_first_name(token.low):
        return not words.is_word(token.low) or name_ends(text, at)
    if words.is_stranger(token.low) or (token.low in words.PROPER and name_ends(text, at)):
        return True
    if (words.is_first_name(token.low) and _surname_follows(text, at)) or _is_a_short_last_name(text, at):
        return True
    hailed = text.is_followed(at, RULES["hailed"]) and words.is_plain_first_name(text.tokens[at - 1].low)
    return words.is_common_surname(token.low) and (hailed or name_ends(text, at))


def _is_a_short_last_name(text: Words, at: int) -> bool:
    """The "hoa" of "nguyen thi hoa", the "xu" of "mei xu": short and no word, after a name that is none either."""
    token, before = text.tokens[at], text.tokens[at - 1]
    if words.is_word(token.low) or words.is_word(before.low) or words.is_slip(token.low):
        return False
    if token.low in GROUPS["chinese syllables"]:
        return before.low in GROUPS["chinese syllables"] or words.is_surname(before.low)
    strange = len(token.low) == _LEAST_UNKNOWN and not _VOWELS.isdisjoint(token.low)
    return strange and words.is_first_name(token.low) and name_ends(text, at)
