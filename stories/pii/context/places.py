"""Towns and parts of towns, with or without words that place somebody there."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS, read_list

_RULES = RuleFile("places")

_ENDINGS = re.compile(
    r"(?:llan|aber|bally|inver|strath)[a-z]{3,15}|[a-z]{2,15}(?:" + "|".join(sorted(GROUPS["place endings"])) + ")"
)

_TOWN_LOOK_BACK = 60


def _is_told(token: Token, last: Token, name: str) -> bool:
    """ "my aunt in reading has", "dad's from deal,", "kirsty in hull?", "rye is a small town"."""
    before = token.text_before(_TOWN_LOOK_BACK)
    if last.is_followed(_RULES["town"]):
        # "Rye is a small town", "Hook, of all places".
        return True
    if name in words.MONTHS or name in GROUPS["pastimes"]:
        return name in words.MONTHS and _RULES["somebody lives"].search(before) is not None
    opens = _RULES["sentence"].search(before) is not None and last.is_followed(_RULES["there"])
    if opens and name not in GROUPS["doings"]:
        return True
    if not last.is_followed(_RULES["stops"]) and not last.is_followed(_RULES["does"]):
        return False
    if any(_RULES[told].search(before) for told in ("somebody", "somebody lives")):
        return True
    # The "sale" of "tyrone from sale is".
    who = token.before.before
    named = words.is_plain_first_name(who.low) or (words.is_first_name(who.low) and not words.is_common(who.low))
    return named and token.before.low in {"from", "in"} and who.gap == " "


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
    done = 0
    for token in text.tokens:
        if token.number < done:
            continue
        if last := _last_of_town(token) or _last_of_area(token) or _last_of_stranger(token):
            yield make_finding(token.span_to(last), "PLACE", sure=False)
            done = last.number + 1


def find_strangers(text: Words) -> Iterator[Finding]:
    """Words on no list that somebody is in, or from: a guess, which the model may doubt."""
    for token in text.tokens:
        is_odd = not token.title and words.is_stranger(token.low) and token.is_followed(_RULES["stops"])
        if (is_odd and token.is_led_to(_RULES["within"], _LOOK_BACK)) or _is_a_misspelt_town(token):
            yield make_finding(token.span_to(token), "PLACE", sure=False)


def _is_a_misspelt_town(token: Token) -> bool:
    """The "newcastel" of "it was in newcastel": one slip away from a town, and no word."""
    if len(token.low) < _LEAST_MISSPELT or words.is_word(token.low) or words.is_name(token.low):
        return False
    if is_listed(token.low) or not token.is_led_to(_RULES["within"], _LOOK_BACK):
        return False
    return words.near(_LONG_TOWNS).has_a_slip_to(token.low)


def is_listed(low: str) -> bool:
    """A town of our lists, in one word."""
    return low in _TOWNS


def listed_from(token: Token) -> Token | None:
    """The last token of the longest listed name that begins here, however it is written."""
    return next((last for last, key in reversed(list(_keys_from(token))) if key in _TOWNS), None)


def _keys_from(token: Token) -> Iterator[tuple[Token, str]]:
    """Yield the words from here on as place lists spell them, first one, then two, each with its last token."""
    key = ""
    for _ in range(_LONGEST_TOWN):
        key = f"{key} {token.low}".lstrip() + ("'s" if token.possessive else "")
        yield token, key
        if token.after is NOBODY or not _RULES["joined"].fullmatch(token.gap):
            return
        token = token.after


def _last_of_town(token: Token) -> Token | None:
    if token.low == "isle" and token.after.low == "of" and token.after.after.low:
        return token.after.after
    best = None
    for last, key in _keys_from(token):
        plain = key.removesuffix("'s")
        if plain in _TOWNS and _is_a_town(token, last, plain):
            best = last
        elif plain in _FOREIGN:
            is_within = token.is_led_to(_RULES["within"], _LOOK_BACK) and not words.is_slip(plain)
            best = last if is_within or _is_lived_in(token) else best
    if best is None or not (after := best.next_word).title:
        return best
    # The "Eithin" of "Bryn Eithin", the "Camp" of "Holt Camp".
    goes_on = best.title and not best.possessive
    return after if goes_on and (words.is_stranger(after.low) or after.low in GROUPS["place nouns"]) else best


def _is_a_town(token: Token, last: Token, name: str) -> bool:
    is_force = allowlist.names_a_force(last) and (name in words.QUIET or name in GROUPS["force towns"])
    if is_force or name in _BIG or last.next_word.low == "fraud" or allowlist.names_a_court(last):
        return False
    if name in words.MONTHS:
        at_it = token.text_before(4).lower().endswith(" at ")
        told = at_it or _is_lived_in(token) or _is_told(token, last, name)
        return told or last.is_followed(_RULES["station"])
    if name in words.QUIET and not _is_lived_in(token):
        return False
    if last is token:
        is_last_name = _gives_a_first_name(token)
        is_word = words.is_word(name) or words.is_first_name(name)
        return not is_last_name and (not is_word or _is_meant_as_a_town(token, name))
    if last.is_followed(_RULES["town"]):
        return True
    plain_words = all(words.is_common(low) for low in name.replace("'s", "").split())
    return token.title or not plain_words or token.is_led_to(_RULES["placing"], _LOOK_BACK)


def _gives_a_first_name(token: Token) -> bool:
    before = token.before
    named = (before.title and words.is_first_name(before.low)) or words.is_plain_first_name(before.low)
    return named and before.gap == " "


def _is_meant_as_a_town(token: Token, name: str) -> bool:
    """For a town whose name is a word or a person's name too: Reading, Sale, Chester."""
    after = token.next_word
    is_for_sale = token.low == "sale" and token.is_led_to(_RULES["no town"], _TOWN_LOOK_BACK)
    # The "Clare" of "Clare Smith".
    is_a_person = after.title and words.is_first_name(name) and words.is_name(after.low)
    if is_for_sale or is_a_person:
        return False
    told = _is_told(token, token, name)
    if name in GROUPS["never towns"]:
        return told and token.title and (not token.first or token.is_followed(_RULES["town"]))
    if told or _is_lived_in(token):
        return True
    if token.is_followed(_RULES["station"]):
        return token.title or name not in GROUPS["seldom towns"]
    before = token.text_before(_LOOK_BACK)
    stops = token.gap[:1] in {")", ".", ","} or token.text.startswith(" and ", token.end)
    after_street = _RULES["street"].search(before) or (_RULES["titled"].search(before) if stops else None)
    placed = _RULES["placing"].search(before) or (after_street if token.title else None)
    return placed is not None and ((token.title and not token.first) or not words.is_common(name))


def _last_of_area(token: Token) -> Token | None:
    """The "whinney banks" of "on the whinney banks side", the "lodz" of "from lodz way"."""
    if token.low in words.QUIET or words.is_never_a_name(token.low):
        return None
    before = token.text_before(_LOOK_BACK)
    is_estate = token.is_followed(_RULES["estate"]) and token.low not in GROUPS["any estate"]
    if is_estate and _RULES["in the"].search(before):
        return token
    # No word that "the … side" or "the … estate" would have in general.
    is_odd = not words.is_word(token.low) or (is_listed(token.low) and not words.is_common(token.low))
    if not (is_odd or (token.title and not token.first)):
        return None
    ends = [_RULES[end] for led, end in (("in the", "area"), ("out there", "way")) if _RULES[led].search(before)]
    for _ in range(_LONGEST_AREA):
        if words.is_never_a_name(token.low):
            return None
        if any(token.is_followed(end) for end in ends):
            return token
        if token.next_word is NOBODY:
            return None
        token = token.after
    return None


def _last_of_place_noun(token: Token) -> Token | None:
    """The "heath" of "live in druids heath"."""
    after = token.next_word
    if after.low not in GROUPS["place nouns"]:
        return None
    titled = token.title and after.title
    here = _is_lived_in(token) or (titled and token.is_led_to(_RULES["placing"], _LOOK_BACK))
    return after if here or after.is_followed(_RULES["policed"]) else None


def _last_of_stranger(token: Token) -> Token | None:
    if words.is_never_a_name(token.low) or token.low in words.QUIET or token.low in _BIG or token.is_acronym:
        return None
    last = _last_of_place_noun(token)
    if last is not None or (token.title and _gives_a_first_name(token)):
        return last
    titled = token.title and not words.is_first_name(token.low) and not words.is_slip(token.low)
    unknown = words.is_stranger(token.low)
    if unknown and _ENDINGS.fullmatch(token.low):
        placed = token.is_led_to(_RULES["placing"], _LOOK_BACK)
        if placed or token.is_followed(_RULES["station"]):
            return token
    # The "Holylands" of "i live in the Holylands".
    after_the = token.before.low == "the" and token.title and not token.first
    lived = (titled or unknown) and (_is_lived_in(token) or (after_the and _is_lived_in(token.before)))
    policed = ((titled and not token.first) or unknown) and token.is_followed(_RULES["policed"])
    return token if lived or policed else None


def _is_lived_in(token: Token) -> bool:
    return token.is_followed(_RULES["bred"]) or token.is_led_to(_RULES["lives"], _LOOK_BACK)


_HARD = [line.split("=") for line in _RULES.lines("first letters:")]


def find_welsh_towns(text: Words) -> Iterator[Finding]:
    """Towns of our lists after a small Welsh word, as they are or with another first letter."""
    welsh = allowlist.welsh_tokens(text)
    for match in _RULES["after"].finditer(text.text):
        token = text.starting(match.end())
        if token and (match["plain"] or token in welsh) and is_a_town(token.low):
            yield make_finding(token.span_to(token), "PLACE", sure=False)


def is_a_town(low: str) -> bool:
    """True for "caernarfon", "gaernarfon" and "nghaernarfon"."""
    return is_listed(low) or any(low.startswith(soft) and is_listed(hard + low[len(soft) :]) for soft, hard in _HARD)
