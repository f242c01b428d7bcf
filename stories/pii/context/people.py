"""Names of people and officers that the words beside them announce, read from a word onwards."""

import re
from collections.abc import Iterator
from enum import IntEnum

from stories.pii import allowlist, words
from stories.pii.context import places
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS

RULES = RuleFile("people")

MODAL_NAMES = frozenset({"may", "will", "mark", "pat"})

_RANKS = GROUPS["short titles"] | {"sergeant", "inspector", "constable", "detective", "superintendent", "officer"}


def name_ends(token: Token) -> bool:
    """A stop, a verb or a possessive follows."""
    return token.is_followed(RULES["ends"]) or token.is_followed(RULES["verb"]) or token.possessive


def _is_a_name(token: Token) -> bool:
    """The "Lad" of "Sergeant Lad and", the "day" of "pc day 636hv", the "will" of "pc will said"."""
    if is_first_of_two(token):
        return True
    if token.low in MODAL_NAMES:
        return _is_a_modal_name(token)
    if token.title:
        fits = token.low in words.TOP_SURNAMES or (token.low in words.SURNAMES and name_ends(token))
        return not token.first and (fits or _is_before_last_name(token))
    if token.low in GROUPS["small surnames"] and _is_ranked(token):
        return any(token.is_followed(RULES[after]) for after in ("past", "ends", "speaker"))
    return token.low in words.TOP_SURNAMES and token.is_followed(RULES["number or speaker"])


def _is_a_last_name(token: Token) -> bool:
    """The "Long" of "Omar Long and", the "long" of "sgt omar long rang"."""
    before = token.before
    if token.low not in words.TOP_SURNAMES or not name_ends(token):
        return False
    if before.title or token.title:
        return before.title and token.title
    return token.low in GROUPS["small surnames"] and words.is_plain_first_name(before.low) and _is_ranked(before)


def last_particle(token: Token) -> Token | None:
    """The "der" of "van der Berg": the last small word of a name that begins with such; None if none does."""
    while token.low in GROUPS["particles"]:
        after = token.next_word
        if after.low not in GROUPS["particles"]:
            named = words.is_surname(after.low) or words.is_stranger(after.low)
            return token if named or (after.title and not words.is_never_a_name(after.low)) else None
        token = after
    return None


def is_first_of_two(token: Token) -> bool:
    """The "guy" of "guy mcintyre": the next word can only be a surname."""
    after = token.next_word
    if token.low not in GROUPS["first names that are words"] or token.before.low in GROUPS["articles"]:
        return False
    if after.title != token.title or (token.low == "will" and not token.title):
        return False
    return words.is_surname(after.low) and not words.is_word(after.low) and not words.is_first_name(after.low)


def _is_a_modal_name(token: Token) -> bool:
    if token.title and not token.first and token.low not in words.MONTHS:
        return True
    if any(token.is_followed(RULES[after]) for after in ("past", "phone")) or _is_before_last_name(token):
        return True
    is_told = token.is_led_to(RULES["my name is"], _LOOK_BACK) or _is_ranked(token)
    return is_told and token.is_followed(RULES["ends"])


def _is_before_last_name(token: Token) -> bool:
    return words.is_common_surname(token.next_word.low) and name_ends(token.next_word)


def _is_ranked(token: Token) -> bool:
    """After a rank or title that no article claims: "dc guy", "pc 9541 page", not "the pc guy"."""
    rank = token.before
    if rank.low not in _RANKS or not RULES["straight"].fullmatch(rank.gap):
        return False
    return rank.before.low not in GROUPS["articles"] or rank.first


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


def last_of_name(token: Token, cue: Cue) -> Token | None:
    if not _opens(token, cue):
        return None
    last = token
    while last.number - token.number < _LONGEST_NAME - 1 and _goes_on(last):
        last = last.after
        if last.low in GROUPS["bodies"]:
            return None
    return last


def _opens(token: Token, cue: Cue) -> bool:
    if not token.low or RULES["repeated"].fullmatch(token.low):
        return False
    if token.low in GROUPS["placeholders"] and not _title_follows(token):
        return False
    if len(token.low) == 1:
        return _is_initial(token, cue)
    if cue < Cue.STRONG and places.is_listed(token.low) and allowlist.names_a_force(token):
        return False
    if cue >= Cue.STRONG and last_particle(token) is not None:
        return True
    if words.is_never_a_name(token.low) or token.low in MODAL_NAMES:
        # "My name's will", "my ex will said": more than any word before it could promise.
        is_told = token.low in MODAL_NAMES and (
            token.is_led_to(RULES["my name is"], _LOOK_BACK) or token.is_followed(RULES["past"])
        )
        told = cue >= Cue.STRONG or (cue is not Cue.OBJECT and is_told)
        return told and _is_a_name(token)
    if token.is_acronym and not words.is_first_name(token.low):
        return False
    if token.low in words.QUIET or (not token.title and token.low in words.PROPER):
        return _is_a_quiet_name(token, cue)
    # The "Teh" of "with Teh officer", not the "Preet" of "my friend Preet Dhaliwal", nor the second of a list.
    is_weak = token.title and cue < Cue.STRONG and cue is not Cue.LISTED and not words.is_name(token.low)
    if (is_weak and words.is_slip(token.low) and not _title_follows(token)) or heads_a_title(token):
        return False
    if cue is Cue.SIGNED and words.is_word(token.low) and not words.is_first_name(token.low):
        return surname_follows(token)
    return cue is Cue.CERTAIN or token.title or _opens_in_any_case(token, cue)


def heads_a_title(token: Token) -> bool:
    """The "Track" of "Track My Crime", the "West" of "West Yorkshire": the next word's capital is no name's."""
    after = token.next_word
    is_told = after.low in GROUPS["words of a title"] or (after.low in words.QUIET and not words.is_name(after.low))
    return is_told and after.title and token.title


def _title_follows(token: Token) -> bool:
    after = token.next_word
    return after.title and not words.is_word(after.low) and after.low not in words.QUIET


def _is_a_quiet_name(token: Token, cue: Cue) -> bool:
    """A country, month or brand that is somebody's name here ("Jordan", "June Ramsbottom")."""
    if not words.is_name(token.low):
        return False
    if cue is Cue.SIGNED and token.low in words.MONTHS:
        return words.is_first_name(token.low) and token.is_followed(RULES["ends"])
    titled = token.title and words.is_first_name(token.low) and name_ends(token)
    is_listed = token.low in words.TOP_SURNAMES and _is_listed_off(token)
    return is_listed or titled or cue >= Cue.STRONG or surname_follows(token)


def _opens_in_any_case(token: Token, cue: Cue) -> bool:
    low = token.low
    if words.is_plain_first_name(low) or words.is_surname(low):
        return True
    if words.is_first_name(low) or words.is_common_surname(low):
        # The "bell" of "sergeant bell laughed", not the "rose" of "the sergeant rose from his chair".
        after = token.next_word.low
        is_done = token.before.before.low == "the" and after in GROUPS["after a deed"]
        is_verb = words.is_common(low) and (is_done or after in GROUPS["objects of a verb"])
        ends = token.is_followed(RULES["verb"]) if low in GROUPS["virtues"] else cue is Cue.OBJECT or name_ends(token)
        is_first = words.is_first_name(low) and (ends or surname_follows(token))
        return (cue >= Cue.STRONG and not is_verb) or _is_listed_off(token) or is_first
    if words.is_word(low):
        return _is_a_nickname(token, cue) or (
            cue >= Cue.STRONG and low in words.SURNAMES and low not in GROUPS["slurs"] and name_ends(token)
        )
    return _is_an_unknown_name(token, cue) or _is_a_nickname(token, cue)


def _is_a_nickname(token: Token, cue: Cue) -> bool:
    """The "tank" of "everyone calls him tank", the "smudge" of "me, joy and smudge."."""
    ends = name_ends(token) or token.is_followed(RULES["nickname ends"])
    if token.low in GROUPS["slurs"] or not ends:
        return False
    if cue is Cue.LISTED:
        return token.is_led_to(RULES["me and"], _LOOK_BACK)
    return cue >= Cue.STRONG and token.is_led_to(RULES["nicknamed"], _LOOK_BACK)


def _is_an_unknown_name(token: Token, cue: Cue) -> bool:
    """On no list: a name unless it is a slip of the pen."""
    low = token.low
    is_long_slip = len(low) > _SHORT_SLIP and token.before.low not in GROUPS["short titles"] and words.is_slip(low)
    if cue < Cue.STRONG:
        return len(low) > 3 and not is_long_slip and (name_ends(token) or not words.is_slip(low))
    is_slip = is_long_slip or words.is_slip_of_small_word(low)
    return len(low) > 2 and (not is_slip or token.is_followed(RULES["speaker"]))


def _is_initial(token: Token, cue: Cue) -> bool:
    after = token.after
    if token.gap not in (". ", ".", " ") or words.is_never_a_name(after.low):
        return False
    if not token.title:
        return cue >= Cue.STRONG and (words.is_name(after.low) or words.is_stranger(after.low))
    return after.title or (after.upper and "." in token.gap and words.is_name(after.low))


def _is_listed_off(token: Token) -> bool:
    return token.before.gap == ", " and token.is_followed(RULES["ends"])


def surname_follows(token: Token) -> bool:
    """A surname that is no word, or a word on no list."""
    after = token.next_word.low
    named = (words.is_surname(after) and not words.is_word(after)) or words.is_stranger(after)
    return named and after not in words.QUIET


def _goes_on(token: Token) -> bool:
    after = token.after
    if not after.low or token.possessive or not RULES["joined"].fullmatch(token.gap):
        return False
    if token.gap.startswith(".") and len(token.low) > 1:
        return False
    if token.gap == " " and (last_particle(token) is not None or last_particle(after) is not None):
        return True
    if words.is_never_a_name(after.low):
        return _is_a_last_name(after)
    if after.low in words.QUIET and not (after.title and words.is_common_surname(after.low)):
        return False
    return _continues(after)


def _continues(token: Token) -> bool:
    if len(token.low) == 1 or token.low in GROUPS["inside names"]:
        return token.title or (token.low in GROUPS["inside names"] and words.is_surname(token.after.low))
    if token.title:
        return True
    if token.is_acronym:
        return False
    if words.is_surname(token.low) or words.is_plain_first_name(token.low):
        return not words.is_word(token.low) or name_ends(token)
    if words.is_stranger(token.low) or (token.low in words.PROPER and name_ends(token)):
        return True
    if (words.is_first_name(token.low) and surname_follows(token)) or _is_a_short_last_name(token):
        return True
    hailed = token.is_followed(RULES["hailed"]) and words.is_plain_first_name(token.before.low)
    return words.is_common_surname(token.low) and (hailed or name_ends(token))


def _is_a_short_last_name(token: Token) -> bool:
    """The "hoa" of "nguyen thi hoa", the "xu" of "mei xu": short and no word, after a name that is none either."""
    before = token.before
    if words.is_word(token.low) or words.is_word(before.low) or words.is_slip(token.low):
        return False
    if token.low in GROUPS["chinese syllables"]:
        return before.low in GROUPS["chinese syllables"] or words.is_surname(before.low)
    strange = len(token.low) == _LEAST_UNKNOWN and not _VOWELS.isdisjoint(token.low)
    return strange and words.is_first_name(token.low) and name_ends(token)


def _cues(section: str) -> tuple[tuple[re.Pattern[str], Cue], ...]:
    """Read a section whose lines begin with how strong a cue is."""
    lines = (line.split(" ", 1) for line in RULES.lines(section))
    return tuple((re.compile(pattern, re.IGNORECASE), Cue[strength.upper()]) for strength, pattern in lines)


_CUES = {"OFFICER_NAME": _cues("officer cues:"), "PERSON": _cues("people cues:")}
_AFTER = {"OFFICER_NAME": RULES["after officer"], "PERSON": RULES["after person"]}
_LONGEST_LIST = 8
_GROUP_BACK = 40


def find_announced(text: Words, kind: str) -> Iterator[Finding]:
    """Names of officers after a rank or the like, or of people beside a word that promises one."""
    for pattern, cue in _CUES[kind]:
        for match in pattern.finditer(text.text):
            token = text.starting(match.end())
            # "A group called Tiverton Girls": a town in the name of a group is a town.
            is_group = RULES["group"].search(text.text, max(0, match.end() - _GROUP_BACK), match.end()) is not None
            if token and not (is_group and places.is_listed(token.low)):
                yield from _read_list(text, token, cue, kind)
    for match in _AFTER[kind].finditer(text.text):
        token = text.ending(match.start())
        if token and _is_a_name_before(token, kind, said=match[0]):
            yield make_finding(_first_of_name(token).span_to(token), kind, sure=False)
    if kind == "PERSON":
        yield from _owners(text)


def _read_list(text: Words, token: Token, cue: Cue, kind: str) -> Iterator[Finding]:
    """The name at this token and those joined to it by commas or "and"."""
    for _ in range(_LONGEST_LIST):
        last = last_of_name(token, cue)
        if last is None:
            return
        yield make_finding(token.span_to(last), kind, sure=cue >= Cue.STRONG and cue is not Cue.SIGNED)
        is_one_of_two = last.gap in (" ", ", ") and last.after.low == "or"
        token, cue = _next_in_list(text, last), cue if is_one_of_two else Cue.LISTED


def _next_in_list(text: Words, last: Token) -> Token:
    if RULES["list"].fullmatch(last.gap):
        return last.after
    thought = RULES["or maybe"].match(text.text, last.end)
    if thought is not None:
        return text.starting(thought.end()) or NOBODY
    between, after = last.after, last.after.after
    if between.low == "to" and last.gap == between.gap == " ":
        # "From Sykes to Qureshi", where the second is no town.
        return after if after.title and not places.is_listed(after.low) and after.low not in words.QUIET else NOBODY
    return after if between.low in {"and", "or"} and last.gap in (" ", ", ") else NOBODY


def _is_a_name_before(token: Token, kind: str, *, said: str) -> bool:
    if token.low in GROUPS["names before a cue"]:
        return token.first and (RULES["is"].match(said) is not None or (token.title and said.startswith(", my ")))
    if token.low in words.QUIET and (not words.is_first_name(token.low) or RULES["from"].match(said) is None):
        return False
    if words.is_never_a_name(token.low):
        return False
    # The "hope" of "I hope the inspector …": a word that something before it claims.
    before = token.before
    is_owned = before.possessive and before.low in GROUPS["said of things"]
    if words.is_word(token.low) and before.low in GROUPS["before no name"] and not (token.first or is_owned):
        return False
    if words.is_stranger(token.low) or words.is_first_name(token.low):
        return True
    if token.title and not token.first:
        return words.is_name(token.low) or not words.is_word(token.low)
    is_officers = token.title and kind == "OFFICER_NAME" and words.is_common_surname(token.low)
    return is_officers or (words.is_surname(token.low) and not words.is_word(token.low))


def _first_of_name(token: Token) -> Token:
    before = token.before
    if before.gap not in (" ", "-", ". "):
        return token
    both = before.title and token.title
    if before.gap != " ":
        return before if both and (before.gap == "-" or len(before.low) == 1) else token
    same_case = before.title or not token.title
    named = words.is_stranger(before.low) or (same_case and words.is_plain_first_name(before.low))
    return before if named or (both and words.is_first_name(before.low)) else token


def _owners(text: Words) -> Iterator[Finding]:
    """The "dorotas mum" of people who leave the apostrophe out."""
    for match in RULES["owned"].finditer(text.text):
        token = text.ending(match.start() + 1)
        if token is None or words.is_word(token.low):
            continue
        name = token.low.removesuffix("s")
        if words.is_plain_first_name(name) or (words.is_stranger(name) and words.is_stranger(token.low)):
            yield make_finding((token.start, match.start()), "PERSON", sure=False)
