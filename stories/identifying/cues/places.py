"""Towns and parts of towns, with or without words that place somebody there."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes, words
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group, read_list
from stories.identifying.tokens import Words

_TOWNS = frozenset(read_list("towns")) | frozenset(read_list("neighbourhoods"))
_LONGEST_TOWN = 5
_JOINED = re.compile(r"['’]?[sS]?[ \u00a0]|[ ]?[-–][ ]?|\.[ ]")
_STATION = re.compile(
    r"[ ](?:police[ ](?:station|stn|custody)|station|cid|nick|custody|cop[ ]shop|town[ ]centre|city[ ]centre|high[ ]st|area|bus|train|market)\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)(?:[ ]together)?|moved?|moving|based|born|raised|grew[ ]up|brought[ ]up|home|house|flat|stay(?:s|ed|ing)?|resid\w{1,4}|come|comes|am|im|i['’]m|he['’]?s|she['’]?s|\d\d,?|moved[ ]from[ ]\w{2,20}(?:[ ]\w{2,20}){0,2})(?:[ ](?:back|out|up|down|over|just|near|then))?[ ](?:in|to|from|near|outside|around|at)[ ]\Z",
    re.IGNORECASE,
)
_PLACING = re.compile(
    r"\b(?:in|from|to|near|at|around|outside|of|between|through|via|and|over|into|just|towards|for|called|say|leaving|left|reach(?:ed)?|area[ ]of|village[ ]of|town[ ]of)[ ]\Z",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat[ ]\Z", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|terrace|grove|mews|court|way|place|row|gardens),[ ]\Z",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b[A-Z][a-z]{2,20},[ ]\Z")
_PLAIN_VERBS = frozenset({"reading", "sale"})
_LOOK_BACK = 40
_BIG = frozenset({"london", "england", "wales", "scotland", "ireland", "northern ireland", "city of london"})
_NEVER = group("never towns")
_HALF = 2


def find(text: Words) -> Iterator[Finding]:
    """Places on our lists, the longest first at each word, and strangers after "live in"."""
    at = 0
    while at < len(text.tokens):
        last = _last_of_town(text, at)
        if last is None:
            last = _last_of_stranger(text, at)
        if last is not None:
            yield finding((text.tokens[at].start, text.tokens[last].end), "PLACE", sure=False)
        at = at + 1 if last is None else last + 1


def is_listed(low: str) -> bool:
    """A town of our lists, in one word."""
    return low in _TOWNS


def _last_of_town(text: Words, at: int) -> int | None:
    best, key = None, ""
    if text.tokens[at].low == "isle":
        return (
            at + 2 if [token.low for token in text.tokens[at + 1 : at + 3]][:1] == ["of"] and text.at(at + 2) else None
        )
    for last in range(at, min(at + _LONGEST_TOWN, len(text.tokens))):
        key = f"{key} {text.tokens[last].key}".lstrip()
        plain = key.removesuffix("'s")
        if plain in _TOWNS and _is_a_town(text, at, last, plain):
            best = last
        if not _JOINED.fullmatch(text.gap(last)):
            break
    return best


def _is_a_town(text: Words, at: int, last: int, name: str) -> bool:
    token = text.tokens[at]
    if name in _BIG or (words.is_quiet(name) and name not in words.MONTHS and not _is_lived_in(text, at)):
        return False
    if vetoes.names_a_force(text.text, text.tokens[last].end) and (
        _is_a_force_name(name) or vetoes.names_a_court(text.text, text.tokens[last].end)
    ):
        return False
    if name in words.MONTHS:
        return (
            _is_lived_in(text, at)
            or _AT.search(text.text[max(0, token.start - 4) : token.start]) is not None
            or _is_before_station(text, last)
        )
    if last > at:
        return (
            token.title
            or not all(words.is_common(text.tokens[each].low) for each in range(at, last + 1))
            or _is_placed(text, at)
        )
    return _is_a_single_town(text, at, name)


def _is_a_single_town(text: Words, at: int, name: str) -> bool:
    token, before = text.tokens[at], text.at(at - 1)
    if before is not None and before.title and text.gap(at - 1) == " " and words.is_first_name(before.low):
        return False
    at_station = _is_before_station(text, at)
    if words.is_word(name) or words.is_first_name(name):
        if name in _NEVER or (words.is_never_a_name(name) and not at_station and name not in _PLAIN_VERBS):
            return False
        if at_station:
            return True
        return _is_lived_in(text, at) or (
            token.title and not token.first and (_is_placed(text, at) or _is_after_street(text, at))
        )
    return token.title or token.upper or len(name) > _HALF + 1 or _is_placed(text, at)


def _last_of_stranger(text: Words, at: int) -> int | None:
    token = text.tokens[at]
    if words.is_never_a_name(token.low) or words.is_quiet(token.low) or token.low in _BIG or text.is_acronym(at):
        return None
    titled = token.title and not words.is_first_name(token.low)
    unknown = not words.is_known(token.low) and not words.is_slip(token.low) and len(token.low) > _HALF
    lived = (titled or unknown) and _is_lived_in(text, at)
    at_station = ((titled and not token.first) or unknown) and re.match(
        r"[ ](?:police[ ]station|cid|nick)\b", text.text[token.end : token.end + 20], re.IGNORECASE
    )
    return at if lived or at_station else None


def _is_lived_in(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    return _LIVES.search(text.text[max(0, start - _LOOK_BACK) : start]) is not None


def _is_before_station(text: Words, last: int) -> bool:
    return _STATION.match(text.text, text.tokens[last].end) is not None


def _is_after_street(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    before = text.text[max(0, start - _LOOK_BACK) : start]
    return _STREET.search(before) is not None or (
        _TITLED.search(before) is not None and text.text[text.tokens[at].end : text.tokens[at].end + 1] in ").,"
    )


def _is_placed(text: Words, at: int) -> bool:
    start = text.tokens[at].start
    return _PLACING.search(text.text[max(0, start - _LOOK_BACK) : start]) is not None


def _is_a_force_name(name: str) -> bool:
    return words.is_quiet(name) or name in _FORCE_TOWNS


_FORCE_TOWNS = frozenset(
    [
        "durham",
        "cleveland",
        "west mercia",
        "kent",
        "bedford",
        "cambridge",
        "nottingham",
        "leicester",
        "derby",
        "lincoln",
        "northampton",
        "gloucester",
        "manchester",
        "greater manchester",
    ]
)
