"""Towns and parts of towns, with or without words that place somebody there."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS, read_list

_RULES = RuleFile("places")

_ENDINGS = re.compile(
    r"(?:llan|aber|bally|inver|strath)[a-z]{3,15}|[a-z]{2,15}(?:" + "|".join(sorted(GROUPS["place endings"])) + ")"
)

_TOWN_LOOK_BACK = 60


def is_told(text: Words, at: int, last: int, name: str) -> bool:
    """ "my aunt in reading has", "dad's from deal,", "kirsty in hull?", "rye is a small town"."""
    before = text.before(at, _TOWN_LOOK_BACK)
    if text.is_followed(last, _RULES["town"]):
        # "Rye is a small town", "Hook, of all places".
        return True
    if name in words.MONTHS or name in GROUPS["pastimes"]:
        return name in words.MONTHS and _RULES["somebody lives"].search(before) is not None
    opens = _RULES["sentence"].search(before) is not None and text.is_followed(last, _RULES["there"])
    if opens and name not in GROUPS["doings"]:
        return True
    if not text.is_followed(last, _RULES["stops"]) and not text.is_followed(last, _RULES["does"]):
        return False
    if any(_RULES[told].search(before) for told in ("somebody", "somebody lives")):
        return True
    # The "sale" of "tyrone from sale is".
    who, is_from = text.low(at - 2), text.low(at - 1) in {"from", "in"} and text.gap(at - 2) == " "
    named = words.is_plain_first_name(who) or (words.is_first_name(who) and not words.is_common(who))
    return named and is_from


_TOWNS = frozenset(read_list("towns")) | frozenset(read_list("neighbourhoods"))
# Far away many a town is called like a name or a word of ours, so that it takes "in" or the like.
_FOREIGN = frozenset(read_list("foreign_towns")) - _TOWNS
_LONGEST_TOWN = 5
_LONGEST_AREA = 3
_LEAST_MISSPELT = 7
_LONG_TOWNS = frozenset(town for town in _TOWNS if " " not in town and len(town) >= _LEAST_MISSPELT - 1)
_LOOK_BACK = 40
_BIG = frozenset({"london", "england", "wales", "scotland", "ireland", "northern ireland", "city of london"})


def find_places(text: Words) -> Iterator[Finding]:
    """Places on our lists, the longest first at each word, and strangers after "live in"."""
    at = 0
    while at < len(text.tokens):
        lasts = (find(text, at) for find in (_last_of_town, _last_of_area, _last_of_stranger))
        last = next((last for last in lasts if last is not None), None)
        if last is not None:
            yield make_finding(text.span(at, last), "PLACE", sure=False)
        at = (at if last is None else last) + 1


def find_strangers(text: Words) -> Iterator[Finding]:
    """Words on no list that somebody is in, or from: a guess, which the model may doubt."""
    for at, token in enumerate(text.tokens):
        if not token.title and words.is_stranger(token.low) and _RULES["stops"].match(text.text, token.end):
            if text.is_led_to(at, _RULES["within"], _LOOK_BACK):
                yield make_finding(text.span(at, at), "PLACE", sure=False)
        elif _is_a_misspelt_town(text, at, token):
            yield make_finding(text.span(at, at), "PLACE", sure=False)


def _is_a_misspelt_town(text: Words, at: int, token: Token) -> bool:
    """The "newcastel" of "it was in newcastel": one slip away from a town, and no word."""
    if len(token.low) < _LEAST_MISSPELT or words.is_word(token.low) or words.is_name(token.low):
        return False
    if is_listed(token.low) or not text.is_led_to(at, _RULES["within"], _LOOK_BACK):
        return False
    return words.near(_LONG_TOWNS).has_a_slip_to(token.low)


def is_listed(low: str) -> bool:
    """A town of our lists, in one word."""
    return low in _TOWNS


def listed_from(text: Words, at: int) -> int | None:
    """The last token of the longest listed name that begins here, however it is written."""
    return max((last for last, key in _keys_from(text, at) if key in _TOWNS), default=None)


def _keys_from(text: Words, at: int) -> Iterator[tuple[int, str]]:
    """Yield the words from here on as place lists spell them, first one, then two, each with its last token."""
    key = ""
    for last in range(at, min(at + _LONGEST_TOWN, len(text.tokens))):
        token = text.tokens[last]
        key = f"{key} {token.low}".lstrip() + ("'s" if token.possessive else "")
        yield last, key
        if not _RULES["joined"].fullmatch(text.gap(last)):
            return


def _last_of_town(text: Words, at: int) -> int | None:
    if text.low(at) == "isle" and text.low(at + 1) == "of" and text.low(at + 2):
        return at + 2
    best = None
    for last, key in _keys_from(text, at):
        plain = key.removesuffix("'s")
        if plain in _TOWNS and _is_a_town(text, at, last, plain):
            best = last
        elif plain in _FOREIGN:
            is_within = text.is_led_to(at, _RULES["within"], _LOOK_BACK) and not words.is_slip(plain)
            best = last if is_within or _is_lived_in(text, at) else best
    if best is None or not (after := text.next_to(best)).title:
        return best
    # The "Eithin" of "Bryn Eithin", the "Camp" of "Holt Camp".
    goes_on = text.tokens[best].title and not text.tokens[best].possessive
    return best + (goes_on and (words.is_stranger(after.low) or after.low in GROUPS["place nouns"]))


def _is_a_town(text: Words, at: int, last: int, name: str) -> bool:
    end = text.tokens[last].end
    is_force = allowlist.names_a_force(text.text, end) and (name in words.QUIET or name in GROUPS["force towns"])
    if is_force or name in _BIG or text.next_to(last).low == "fraud" or allowlist.names_a_court(text.text, end):
        return False
    if name in words.MONTHS:
        at_it = text.before(at, 4).lower().endswith(" at ")
        told = at_it or _is_lived_in(text, at) or is_told(text, at, last, name)
        return told or text.is_followed(last, _RULES["station"])
    if name in words.QUIET and not _is_lived_in(text, at):
        return False
    if last == at:
        is_last_name = _gives_a_first_name(text, at)
        is_word = words.is_word(name) or words.is_first_name(name)
        return not is_last_name and (not is_word or _is_meant_as_a_town(text, at, name))
    if text.is_followed(last, _RULES["town"]):
        return True
    plain_words = all(words.is_common(token.low) for token in text.tokens[at : last + 1])
    return text.tokens[at].title or not plain_words or text.is_led_to(at, _RULES["placing"], _LOOK_BACK)


def _gives_a_first_name(text: Words, at: int) -> bool:
    """The word before is one."""
    before = text.at(at - 1)
    named = (before.title and words.is_first_name(before.low)) or words.is_plain_first_name(before.low)
    return named and text.gap(at - 1) == " "


def _is_meant_as_a_town(text: Words, at: int, name: str) -> bool:
    """For a town whose name is a word or a person's name too: Reading, Sale, Chester."""
    token, after = text.tokens[at], text.next_to(at)
    is_for_sale = token.low == "sale" and text.is_led_to(at, _RULES["no town"], _TOWN_LOOK_BACK)
    # The "Clare" of "Clare Smith".
    is_a_person = after.title and words.is_first_name(name) and words.is_name(after.low)
    if is_for_sale or is_a_person:
        return False
    told = is_told(text, at, at, name)
    if name in GROUPS["never towns"]:
        return told and token.title and (not token.first or text.is_followed(at, _RULES["town"]))
    if told or _is_lived_in(text, at):
        return True
    if text.is_followed(at, _RULES["station"]):
        return token.title or name not in GROUPS["seldom towns"]
    before = text.before(at, _LOOK_BACK)
    stops = text.gap(at)[:1] in {")", ".", ","} or text.text.startswith(" and ", token.end)
    after_street = _RULES["street"].search(before) or (_RULES["titled"].search(before) if stops else None)
    placed = _RULES["placing"].search(before) or (after_street if token.title else None)
    return placed is not None and ((token.title and not token.first) or not words.is_common(name))


def _last_of_area(text: Words, at: int) -> int | None:
    """The "whinney banks" of "on the whinney banks side", the "lodz" of "from lodz way"."""
    token = text.tokens[at]
    if token.low in words.QUIET or words.is_never_a_name(token.low):
        return None
    before = text.before(at, _LOOK_BACK)
    is_estate = text.is_followed(at, _RULES["estate"]) and token.low not in GROUPS["any estate"]
    if is_estate and _RULES["in the"].search(before):
        return at
    if not (_is_odd(token) or (token.title and not token.first)):
        return None
    ends = [_RULES[end] for led, end in (("in the", "area"), ("out there", "way")) if _RULES[led].search(before)]
    for last in range(at, min(at + _LONGEST_AREA, len(text.tokens))):
        if words.is_never_a_name(text.tokens[last].low):
            return None
        if any(text.is_followed(last, end) for end in ends):
            return last
        if text.gap(last) != " ":
            return None
    return None


def _is_odd(token: Token) -> bool:
    """No word that "the … side" or "the … estate" would have in general."""
    if words.is_never_a_name(token.low) or token.low in words.QUIET:
        return False
    return not words.is_word(token.low) or (token.low in _TOWNS and not words.is_common(token.low))


def _last_of_place_noun(text: Words, at: int) -> int | None:
    """The "heath" of "live in druids heath"."""
    after = text.next_to(at)
    if after.low not in GROUPS["place nouns"]:
        return None
    titled = text.tokens[at].title and after.title
    here = _is_lived_in(text, at) or (titled and text.is_led_to(at, _RULES["placing"], _LOOK_BACK))
    return at + 1 if here or text.is_followed(at + 1, _RULES["policed"]) else None


def _last_of_stranger(text: Words, at: int) -> int | None:
    token = text.tokens[at]
    if words.is_never_a_name(token.low) or token.low in words.QUIET or token.low in _BIG or text.is_acronym(at):
        return None
    last = _last_of_place_noun(text, at)
    if last is not None or (token.title and _gives_a_first_name(text, at)):
        return last
    titled = token.title and not words.is_first_name(token.low) and not words.is_slip(token.low)
    unknown = words.is_stranger(token.low)
    if unknown and _ENDINGS.fullmatch(token.low):
        placed = text.is_led_to(at, _RULES["placing"], _LOOK_BACK)
        if placed or text.is_followed(at, _RULES["station"]):
            return at
    # The "Holylands" of "i live in the Holylands".
    after_the = text.low(at - 1) == "the" and token.title and not token.first
    lived = (titled or unknown) and (_is_lived_in(text, at) or (after_the and _is_lived_in(text, at - 1)))
    policed = ((titled and not token.first) or unknown) and text.is_followed(at, _RULES["policed"])
    return at if lived or policed else None


def _is_lived_in(text: Words, at: int) -> bool:
    return text.is_followed(at, _RULES["bred"]) or text.is_led_to(at, _RULES["lives"], _LOOK_BACK)


_HARD = (
    *(("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("dd", "d"), ("m", "b"), ("n", "d")),
    *(("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"), ("f", "m"), ("l", "ll"), ("r", "rh"), ("", "g")),
)


def find_welsh_towns(text: Words) -> Iterator[Finding]:
    """Towns of our lists after a small Welsh word, as they are or with another first letter."""
    welsh = allowlist.welsh_tokens(text)
    for match in _RULES["after"].finditer(text.text):
        at = text.starting(match.end())
        if at is not None and (match["plain"] or at in welsh) and is_a_town(text.tokens[at].low):
            yield make_finding(text.span(at, at), "PLACE", sure=False)


def is_a_town(low: str) -> bool:
    """True for "caernarfon", "gaernarfon" and "nghaernarfon"."""
    return is_listed(low) or any(low.startswith(soft) and is_listed(hard + low[len(soft) :]) for soft, hard in _HARD)
