"""Towns and parts of towns, with or without words that place somebody there."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import read_list, word_group

_RULES = RuleFile("places")

# --- Patterns ---------------------------------------------------------------------------------

JOINED = re.compile(r"['’]?[sS]?[ \u00a0]|[ ]?[-–][ ]?|\.[ ]")
STATION = _RULES.pattern("station")
LIVES = _RULES.pattern("lives")
BRED = re.compile(r"[ ](?:born(?:[ ]and[ ]|[ ]?&[ ]?|[ ,]{1,2})(?:bred|raised)|born\b)", re.IGNORECASE)
PLACING = _RULES.pattern("placing")
IN_THE = _RULES.pattern("in the")
AREA = _RULES.pattern("area")
ESTATE = re.compile(r"[ ](?:estate|scheme)\b(?![ ](?:agent|car))", re.IGNORECASE)
OUT_THERE = re.compile(r"\b(?:over|round|around|up|down|out|from|in|through|by)[ ]\Z", re.IGNORECASE)
WAY = re.compile(r"[ ]way\b", re.IGNORECASE)
WITHIN = _RULES.pattern("within")
STOPS = _RULES.pattern("stops")
POLICED = re.compile(r"[ ](?:poli[cs]e[ ]station|station|cid|nick)\b", re.IGNORECASE)
STREET = _RULES.pattern("street")
TITLED = re.compile(r"\b[A-Z][a-z]{2,20},[ ]\Z")
ENDINGS = re.compile(
    r"(?:llan|aber|bally|inver|strath)[a-z]{3,15}|[a-z]{2,15}(?:" + "|".join(sorted(word_group("place endings"))) + ")"
)


# --- Towns that are words too -----------------------------------------------------------------

_TOWN_LOOK_BACK = 60
_SOMEBODY = _RULES.pattern("somebody")
_LIVES = re.compile(r"\b(?:i|he|she|we|they|who)[ ]live[sd]?[ ]\Z", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:\A|[\n.!?][ ]?)in[ ]\Z", re.IGNORECASE)
_THERE = re.compile(r"[ ](?:you|we|people|folk|nobody|no one|everyone|everybody)\b", re.IGNORECASE)
_TOWN = _RULES.pattern("town")
_DOES = _RULES.pattern("does")
_DEEDS = frozenset({"battle", "healing"})
_PASTIMES = word_group("pastimes")
_NO_TOWN = re.compile(r"\b(?:for|on|boot|jumble|the|a)[ ]\Z", re.IGNORECASE)


def is_told(text: Words, at: int, last: int, name: str) -> bool:
    """ "my aunt in reading has", "dad's from deal,", "kirsty in hull?", "rye is a small town"."""
    end, before = text.tokens[last].end, text.before(at, _TOWN_LOOK_BACK)
    if is_called_a_town(text, last):
        return True
    if name in words.MONTHS:
        return _LIVES.search(before) is not None
    if name in _PASTIMES:
        return False
    if name not in _DEEDS and _SENTENCE.search(before) is not None and _THERE.match(text.text, end) is not None:
        return True
    if STOPS.match(text.text, end) is None and _DOES.match(text.text, end) is None:
        return False
    told = _SOMEBODY.search(before) is not None or _LIVES.search(before) is not None
    return told or _is_somebodys(text, at)


def is_called_a_town(text: Words, last: int) -> bool:
    """ "Rye is a small town", "Hook, of all places"."""
    return _TOWN.match(text.text, text.tokens[last].end) is not None


def is_for_sale(text: Words, at: int) -> bool:
    """ "A For Sale sign"."""
    return text.tokens[at].low == "sale" and _NO_TOWN.search(text.before(at, _TOWN_LOOK_BACK)) is not None


def _is_somebodys(text: Words, at: int) -> bool:
    """The "sale" of "tyrone from sale is"."""
    if at < 2 or text.low(at - 1) not in {"from", "in"} or text.gap(at - 2) != " ":
        return False
    who = text.low(at - 2)
    return words.is_plain_first_name(who) or (words.is_first_name(who) and not words.is_common(who))


# --- Places -----------------------------------------------------------------------------------

_TOWNS = frozenset(read_list("towns")) | frozenset(read_list("neighbourhoods"))
# Far away many a town is called like a name or a word of ours, so that it takes "in" or the like.
_FOREIGN = frozenset(read_list("foreign_towns")) - _TOWNS
_LONGEST_TOWN = 5
_LONGEST_AREA = 3
_LEAST_MISSPELT = 7
_LONG_TOWNS = frozenset(town for town in _TOWNS if " " not in town and len(town) >= _LEAST_MISSPELT - 1)
_ANY_ESTATE = word_group("any estate")
_SELDOM = word_group("seldom towns")
_PLACE_NOUNS = word_group("place nouns")
_LOOK_BACK = 40
_BIG = frozenset({"london", "england", "wales", "scotland", "ireland", "northern ireland", "city of london"})
_NEVER = word_group("never towns")
_FORCE_TOWNS = word_group("force towns")


def find_places(text: Words) -> Iterator[Finding]:
    """Places on our lists, the longest first at each word, and strangers after "live in"."""
    at = 0
    while at < len(text.tokens):
        last = _last_of_town(text, at)
        if last is None:
            last = _last_of_area(text, at)
        if last is None:
            last = _last_of_stranger(text, at)
        if last is not None:
            yield make_finding(text.span(at, last), "PLACE", sure=False)
        at = at + 1 if last is None else last + 1


def find_strangers(text: Words) -> Iterator[Finding]:
    """Words on no list that somebody is in, or from: a guess, which the model may doubt."""
    for at, token in enumerate(text.tokens):
        if not token.title and words.is_stranger(token.low) and STOPS.match(text.text, token.end):
            if _is_within(text, at):
                yield make_finding(text.span(at, at), "PLACE", sure=False)
        elif _is_a_misspelt_town(text, at, token):
            yield make_finding(text.span(at, at), "PLACE", sure=False)


def _is_within(text: Words, at: int) -> bool:
    return WITHIN.search(text.before(at, _LOOK_BACK)) is not None


def _is_a_misspelt_town(text: Words, at: int, token: Token) -> bool:
    """The "newcastel" of "it was in newcastel": one slip away from a town, and no word."""
    if len(token.low) < _LEAST_MISSPELT or words.is_word(token.low) or words.is_name(token.low):
        return False
    return _is_within(text, at) and not is_listed(token.low) and words.near(_LONG_TOWNS).has_a_slip_to(token.low)


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
        key = f"{key} {text.tokens[last].key}".lstrip()
        yield last, key
        if not JOINED.fullmatch(text.gap(last)):
            return


def _last_of_town(text: Words, at: int) -> int | None:
    if text.low(at) == "isle" and text.low(at + 1) == "of" and text.low(at + 2):
        return at + 2
    best = None
    for last, key in _keys_from(text, at):
        plain = key.removesuffix("'s")
        if (plain in _TOWNS and _is_a_town(text, at, last, plain)) or (plain in _FOREIGN and _is_far(text, at, plain)):
            best = last
    return best if best is None or not _goes_on(text, best) else best + 1


def _is_far(text: Words, at: int, name: str) -> bool:
    return _is_lived_in(text, at) or (_is_within(text, at) and not words.is_slip(name))


def _goes_on(text: Words, last: int) -> bool:
    """The "Eithin" of "Bryn Eithin", the "Camp" of "Holt Camp"."""
    after = text.next_to(last)
    if after is None or not after.title or not text.tokens[last].title or text.tokens[last].possessive:
        return False
    return words.is_stranger(after.low) or after.low in _PLACE_NOUNS


def _is_a_town(text: Words, at: int, last: int, name: str) -> bool:
    after = text.next_to(last)
    if name in _BIG or (after is not None and after.low == "fraud") or _belongs_to_force_or_court(text, last, name):
        return False
    if name in words.MONTHS:
        at_it = text.before(at, 4).lower().endswith(" at ")
        told = at_it or _is_lived_in(text, at) or is_told(text, at, last, name)
        return told or _is_before_station(text, last)
    if words.is_quiet(name) and not _is_lived_in(text, at):
        return False
    if last == at:
        return _is_a_single_town(text, at, name)
    if is_called_a_town(text, last):
        return True
    plain_words = all(words.is_common(token.low) for token in text.tokens[at : last + 1])
    return text.tokens[at].title or not plain_words or _is_placed(text, at)


def _belongs_to_force_or_court(text: Words, last: int, name: str) -> bool:
    end = text.tokens[last].end
    if allowlist.names_a_court(text.text, end):
        return True
    return allowlist.names_a_force(text.text, end) and (words.is_quiet(name) or name in _FORCE_TOWNS)


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
    if is_for_sale(text, at) or _is_a_persons_name(text, at, name):
        return False
    told = is_told(text, at, at, name)
    if name in _NEVER:
        return told and token.title and (not token.first or is_called_a_town(text, at))
    if told or _is_lived_in(text, at):
        return True
    if _is_before_station(text, at):
        return token.title or name not in _SELDOM
    placed = _is_placed(text, at) or (token.title and _is_after_street(text, at))
    return placed and ((token.title and not token.first) or not words.is_common(name))


def _last_of_area(text: Words, at: int) -> int | None:
    """The "whinney banks" of "on the whinney banks side", the "lodz" of "from lodz way"."""
    token = text.tokens[at]
    if words.is_quiet(token.low) or words.is_never_a_name(token.low):
        return None
    if (
        token.low not in _ANY_ESTATE
        and IN_THE.search(text.before(at, _LOOK_BACK))
        and ESTATE.match(text.text, token.end)
    ):
        return at
    if not (_is_odd(token) or (token.title and not token.first)):
        return None
    before = text.before(at, _LOOK_BACK)
    ends = [AREA] * (IN_THE.search(before) is not None) + [WAY] * (OUT_THERE.search(before) is not None)
    for last in range(at, min(at + _LONGEST_AREA, len(text.tokens))):
        if words.is_never_a_name(text.tokens[last].low):
            return None
        if any(end.match(text.text, text.tokens[last].end) for end in ends):
            return last
        if text.gap(last) != " ":
            return None
    return None


def _is_odd(token: Token) -> bool:
    """No word that "the … side" or "the … estate" would have in general."""
    if words.is_never_a_name(token.low) or words.is_quiet(token.low):
        return False
    return not words.is_word(token.low) or (token.low in _TOWNS and not words.is_common(token.low))


def _last_of_place_noun(text: Words, at: int) -> int | None:
    """The "heath" of "live in druids heath"."""
    after = text.next_to(at)
    if after is None or after.low not in _PLACE_NOUNS:
        return None
    here = _is_lived_in(text, at) or (text.tokens[at].title and after.title and _is_placed(text, at))
    return at + 1 if here or POLICED.match(text.text, after.end) else None


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
    before = text.at(at - 1)
    if before is not None and token.title and text.gap(at - 1) == " " and _gives_a_first_name(before):
        return None
    titled = token.title and not words.is_first_name(token.low) and not words.is_slip(token.low)
    unknown = words.is_stranger(token.low)
    if unknown and ENDINGS.fullmatch(token.low) and (_is_placed(text, at) or _is_before_station(text, at)):
        return at
    lived = (titled or unknown) and (_is_lived_in(text, at) or (not token.first and _is_lived_in_the(text, at)))
    policed = ((titled and not token.first) or unknown) and POLICED.match(text.text, token.end) is not None
    return at if lived or policed else None


def _is_lived_in(text: Words, at: int) -> bool:
    if BRED.match(text.text, text.tokens[at].end) is not None:
        return True
    return LIVES.search(text.before(at, _LOOK_BACK)) is not None


def _is_lived_in_the(text: Words, at: int) -> bool:
    """The "Holylands" of "i live in the Holylands"."""
    return text.low(at - 1) == "the" and text.tokens[at].title and _is_lived_in(text, at - 1)


def _is_before_station(text: Words, last: int) -> bool:
    return STATION.match(text.text, text.tokens[last].end) is not None


def _is_after_street(text: Words, at: int) -> bool:
    before = text.before(at, _LOOK_BACK)
    stops = text.gap(at)[:1] in {")", ".", ","} or text.text.startswith(" and ", text.tokens[at].end)
    return STREET.search(before) is not None or (stops and TITLED.search(before) is not None)


def _is_placed(text: Words, at: int) -> bool:
    return PLACING.search(text.before(at, _LOOK_BACK)) is not None


# --- Towns in Welsh ---------------------------------------------------------------------------

# No English word is one of these; the others take a Welsh sentence around them.
_AFTER = _RULES.pattern("after")
_HARD = (
    *(("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("dd", "d"), ("m", "b"), ("n", "d")),
    *(("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"), ("f", "m"), ("l", "ll"), ("r", "rh"), ("", "g")),
)


def find_welsh_towns(text: Words) -> Iterator[Finding]:
    """Towns of our lists after a small Welsh word, as they are or with another first letter."""
    welsh = allowlist.welsh_tokens(text)
    for match in _AFTER.finditer(text.text):
        at = text.starting(match.end())
        if at is None or not (match["plain"] or at in welsh):
            continue
        if is_a_town(text.tokens[at].low):
            yield make_finding(text.span(at, at), "PLACE", sure=False)


def is_a_town(low: str) -> bool:
    """True for "caernarfon", "gaernarfon" and "nghaernarfon"."""
    return is_listed(low) or any(low.startswith(soft) and is_listed(hard + low[len(soft) :]) for soft, hard in _HARD)
