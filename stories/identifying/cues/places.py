"""Towns and parts of towns, with or without words that place somebody there."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes, words
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group, read_list
from stories.identifying.tokens import Token, Words

_TOWNS = frozenset(read_list("towns")) | frozenset(read_list("neighbourhoods"))
_LONGEST_TOWN = 5
_JOINED = re.compile(r"['’]?[sS]?[ \u00a0]|[ ]?[-–][ ]?|\.[ ]")
_STATION = re.compile(
    r"""[ ](?:police[ ](?:station|stn|custody)|station|cid|nick|custody|cop[ ]shop|town[ ]centre|
        city[ ]centre|high[ ]st|area|bus|train|market)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LIVES = re.compile(
    r"""\b(?:liv(?:e|es|ed|ing)(?:[ ]together)?|(?:drove|drive|travelled)(?:[ ]me|[ ]us)?|moved?|moving|
        based|born|raised|grew[ ]up|brought[ ]up|home|
        house|flat|stay(?:s|ed|ing)?|resid\w{1,4}|come|comes|am|im|i['’]m|he['’]?s|she['’]?s|\d\d,?|
        (?:moved|drove|drive|travelled)(?:[ ]me|[ ]us)?[ ]from[ ]\w{2,20}(?:[ ]\w{2,20}){0,2})
        (?:[ ](?:back|out|up|down|over|just|near|then))?[ ](?:in|
        to|from|near|outside|around|at)[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_PLACING = re.compile(
    r"""\b(?:in|from|to|near|at|around|outside|of|between|through|via|and|over|into|just|towards|for|called|
        say|leaving|left|reach(?:ed)?|area[ ]of|village[ ]of|town[ ]of)[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_POLICED = re.compile(r"[ ](?:poli[cs]e[ ]station|station|cid|nick)\b", re.IGNORECASE)
_STREET = re.compile(
    r"""\b(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|terrace|grove|mews|court|way|place|row|
        gardens),[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_TITLED = re.compile(r"\b[A-Z][a-z]{2,20},[ ]\Z")
_SELDOM = group("seldom towns")
_ENDINGS = re.compile(
    r"(?:llan|aber|bally|inver|strath)[a-z]{3,15}|[a-z]{2,15}(?:" + "|".join(sorted(group("place endings"))) + ")"
)
_PLACE_NOUNS = group("place nouns")
_LOOK_BACK = 40
_BIG = frozenset({"london", "england", "wales", "scotland", "ireland", "northern ireland", "city of london"})
_NEVER = group("never towns")
_FORCE_TOWNS = group("force towns")


def find(text: Words) -> Iterator[Finding]:
    """Places on our lists, the longest first at each word, and strangers after "live in"."""
    at = 0
    while at < len(text.tokens):
        last = _last_of_town(text, at)
        if last is None:
            last = _last_of_stranger(text, at)
        if last is not None:
            yield finding(text.span(at, last), "PLACE", sure=False)
        at = at + 1 if last is None else last + 1


def is_listed(low: str) -> bool:
    """A town of our lists, in one word."""
    return low in _TOWNS


def listed_from(text: Words, at: int) -> int | None:
    """The last token of the longest listed name that begins here, however it is written."""
    best, key = None, ""
    for last in range(at, min(at + _LONGEST_TOWN, len(text.tokens))):
        key = f"{key} {text.tokens[last].key}".lstrip()
        best = last if key in _TOWNS else best
        if not _JOINED.fullmatch(text.gap(last)):
            break
    return best


def _last_of_town(text: Words, at: int) -> int | None:
    best, key = None, ""
    if _is_an_isle(text, at):
        return at + 2
    for last in range(at, min(at + _LONGEST_TOWN, len(text.tokens))):
        key = f"{key} {text.tokens[last].key}".lstrip()
        plain = key.removesuffix("'s")
        if plain in _TOWNS and _is_a_town(text, at, last, plain):
            best = last
        if not _JOINED.fullmatch(text.gap(last)):
            break
    return best if best is None or not _goes_on(text, best) else best + 1


def _goes_on(text: Words, last: int) -> bool:
    """The "Eithin" of "Bryn Eithin", the "Camp" of "Holt Camp"."""
    after = text.next_to(last)
    if after is None or not after.title or not text.tokens[last].title or text.tokens[last].possessive:
        return False
    return words.is_stranger(after.low) or after.low in _PLACE_NOUNS


def _is_an_isle(text: Words, at: int) -> bool:
    after, named = text.at(at + 1), text.at(at + 2)
    return text.tokens[at].low == "isle" and after is not None and after.low == "of" and named is not None


def _is_a_town(text: Words, at: int, last: int, name: str) -> bool:
    if name in _BIG or _belongs_to_force_or_court(text, last, name):
        return False
    if name in words.MONTHS:
        at_it = text.before(at, 4).lower().endswith(" at ")
        return at_it or _is_lived_in(text, at) or _is_before_station(text, last)
    if words.is_quiet(name) and not _is_lived_in(text, at):
        return False
    if last == at:
        return _is_a_single_town(text, at, name)
    plain_words = all(words.is_common(token.low) for token in text.tokens[at : last + 1])
    return text.tokens[at].title or not plain_words or _is_placed(text, at)


def _belongs_to_force_or_court(text: Words, last: int, name: str) -> bool:
    end = text.tokens[last].end
    if vetoes.names_a_court(text.text, end):
        return True
    return vetoes.names_a_force(text.text, end) and (words.is_quiet(name) or name in _FORCE_TOWNS)


def _is_a_single_town(text: Words, at: int, name: str) -> bool:
    before = text.at(at - 1)
    if before is not None and text.gap(at - 1) == " " and _gives_a_first_name(before):
        return False
    if words.is_word(name) or words.is_first_name(name):
        return _is_meant_as_a_town(text, at, name)
    return True


def _gives_a_first_name(before: Token) -> bool:
    return (before.title and words.is_first_name(before.low)) or words.is_plain_first_name(before.low)


def _is_meant_as_a_town(text: Words, at: int, name: str) -> bool:
    """For a town whose name is a word or a person's name too: Reading, Sale, Chester."""
    token = text.tokens[at]
    if name in _NEVER or _is_a_persons_name(text, at, name):
        return False
    if _is_lived_in(text, at):
        return True
    if _is_before_station(text, at):
        return token.title or name not in _SELDOM
    placed = _is_placed(text, at) or (token.title and _is_after_street(text, at))
    return placed and ((token.title and not token.first) or not words.is_common(name))


def _last_of_place_noun(text: Words, at: int) -> int | None:
    """The "heath" of "live in druids heath"."""
    after = text.next_to(at)
    if after is None or after.low not in _PLACE_NOUNS:
        return None
    here = _is_lived_in(text, at) or (text.tokens[at].title and after.title and _is_placed(text, at))
    return at + 1 if here or _POLICED.match(text.text, after.end) else None


def _is_a_persons_name(text: Words, at: int, name: str) -> bool:
    """The "Clare" of "Clare Smith"."""
    after = text.next_to(at)
    return after is not None and after.title and words.is_first_name(name) and words.is_name(after.low)


def _last_of_stranger(text: Words, at: int) -> int | None:
    token = text.tokens[at]
    if words.is_never_a_name(token.low) or words.is_quiet(token.low) or token.low in _BIG or text.is_acronym(at):
        return None
    last = _last_of_place_noun(text, at)
    if last is not None:
        return last
    titled = token.title and not words.is_first_name(token.low) and not words.is_slip(token.low)
    unknown = words.is_stranger(token.low)
    if unknown and _ENDINGS.fullmatch(token.low) and (_is_placed(text, at) or _is_before_station(text, at)):
        return at
    lived = (titled or unknown) and _is_lived_in(text, at)
    policed = ((titled and not token.first) or unknown) and _POLICED.match(text.text, token.end) is not None
    return at if lived or policed else None


def _is_lived_in(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    return _LIVES.search(text.text[max(0, start - _LOOK_BACK) : start]) is not None


def _is_before_station(text: Words, last: int) -> bool:
    return _STATION.match(text.text, text.tokens[last].end) is not None


def _is_after_street(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    before = text.text[max(0, start - _LOOK_BACK) : start]
    stops = text.gap(at)[:1] in {")", ".", ","} or text.text.startswith(" and ", text.tokens[at].end)
    return _STREET.search(before) is not None or (stops and _TITLED.search(before) is not None)


def _is_placed(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    return _PLACING.search(text.text[max(0, start - _LOOK_BACK) : start]) is not None
