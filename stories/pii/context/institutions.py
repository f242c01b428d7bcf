"""Schools, surgeries and firms told by the last word of their name: "Lister Community School"."""

from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.context import places
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile
from stories.pii.tokens import Token, Words
from stories.pii.words import GROUPS, slips_of

RULES = RuleFile("workplaces")

TAILS = GROUPS["sure last words"] | GROUPS["last words"]
_SMALL_WORDS = GROUPS["small words"] | GROUPS["before no name"]
_LONGEST = 4
_LOOK_BACK = 40


def find_businesses(text: Words) -> list[Finding]:
    """Names that end in a word of a trade, written with capitals or where a place would stand."""
    found = []
    for at, token in enumerate(text.tokens):
        if token.low not in TAILS:
            continue
        after = text.next_to(at)
        # The "leisure" of "leisure pool".
        if after.low in TAILS and after.title == token.title and not token.possessive:
            continue
        start = _capital_start(text, at) if token.title else _small_start(text, at)
        if start is not None:
            found.append(make_finding(text.span(start, at), "SCHOOL_EMPLOYER", sure=False))
    return allowlist.without_quiet_phrases(text.text, found)


def _capital_start(text: Words, tail: int) -> int | None:
    """The beginning of "Living Waters Assembly"."""
    start = tail
    while tail - start < _LONGEST and _is_capital_part(text, start - 1):
        start -= 1
    while start < tail and text.tokens[start].low in {"and", "of"}:
        start += 1
    telling = _telling(text, start, tail)
    if not telling or _is_public(text, start, tail) or _is_a_person(text, start, tail):
        return None
    if any(not words.is_common(token.low) and token.low not in words.QUIET for token in telling):
        return start
    if all(token.first for token in telling):
        return None
    is_long = tail - start > 1 and text.tokens[tail].low in GROUPS["sure last words"]
    return start if is_long or _is_placed(text, start) else None


def _telling(text: Words, start: int, tail: int) -> list[Token]:
    """The words of a name that tell it from others, not what describes any school or firm."""
    return [
        token
        for token in text.tokens[start:tail]
        if not {token.low} & (GROUPS["institution describers"] | TAILS | GROUPS["describes a workplace"])
    ]


def _is_public(text: Words, start: int, tail: int) -> bool:
    """ "Victim Care Unit", but not the "Crown Inn"."""
    return text.tokens[tail].low not in GROUPS["inns"] and any(
        text.tokens[at].low in GROUPS["public bodies"] and text.tokens[min(at + 1, tail)].low not in GROUPS["streets"]
        for at in range(start, tail + 1)
    )


def _is_capital_part(text: Words, at: int) -> bool:
    token, after = text.at(at), text.at(at + 1)
    if at < 0 or not RULES["joined"].fullmatch(text.gap(at)):
        return False
    if token.low in {"and", "of"}:
        return at > 0 and text.tokens[at - 1].title and text.gap(at) == " "
    if words.is_never_a_name(token.low):
        return token.title and not token.first and token.low not in _SMALL_WORDS and after.title
    # The first word of a sentence owes its capital to that, unless two more follow.
    is_owed = token.first and words.is_common(token.low)
    return token.title and not (is_owed and (not after.title or after.low in TAILS))


def _is_a_person(text: Words, start: int, tail: int) -> bool:
    """ "Emma Law", "PC Grange"."""
    if text.low(start - 1) in GROUPS["short titles"] or text.low(start) in GROUPS["short titles"]:
        return True
    first = text.tokens[start]
    if tail - start > 1 or first.possessive or not words.is_first_name(first.low):
        return False
    return not _is_placed(text, start) or words.is_common_surname(text.tokens[tail].low)


def _small_start(text: Words, tail: int) -> int | None:
    """The beginning of "little acorns nursery", in small letters or in a text all in capitals."""
    start = _small_name_start(text, tail)
    telling = _telling(text, start, tail)
    if not telling or _is_public(text, start, tail):
        return None
    low, works = text.tokens[tail].low, text.is_led_to(start, RULES["works at"], _LOOK_BACK)
    placed = works or _is_placed(text, start)
    odd = any(_is_odd(token.low) or (token.possessive and not words.is_word(token.low)) for token in telling)
    if low in GROUPS["places of learning"]:
        # "Kent university".
        odd = odd or any(token.low in words.QUIET and not words.is_common(token.low) for token in telling)
    if low not in GROUPS["sure last words"]:
        return start if _is_a_firm(text, start, low, telling=telling, placed=placed and (odd or works)) else None
    # The "bede" of "at bede college", which may look like a slip.
    strange = (token.low for token in telling if not words.is_word(token.low) and token.low not in words.QUIET)
    if placed and low in GROUPS["places of learning"] and not all(map(words.is_slip_of_small_word, strange)):
        return start
    if odd and low not in GROUPS["one word before is not enough"] - GROUPS["places of learning"] - {"soc", "society"}:
        return start
    return start if placed and (odd or tail - start > 1 or low not in GROUPS["one word before is not enough"]) else None


def _is_a_firm(text: Words, start: int, low: str, *, telling: list[Token], placed: bool) -> bool:
    """ "Nortek windows", "works in fenland fresh"; not "all the windows", "fresh parcels", "car insurance"."""
    if low == "insurance":
        kinds = GROUPS["kinds of insurance"]
        return not any(token.low in kinds or words.is_never_a_name(token.low) for token in telling)
    if low in GROUPS["inns"] and _is_placed(text, start):
        return True
    # On no list, and nobody's: not the "callums" of "callums house".
    strange = any(
        words.is_stranger(token.low) and not token.possessive and not words.is_name(token.low.removesuffix("s"))
        for token in telling
    )
    if low in GROUPS["goods that nobody buys by a strange name"]:
        rare = any(not words.is_common(token.low) for token in telling)
        return strange or (rare and text.is_led_to(start, RULES["works in"], _LOOK_BACK))
    may_be = low not in GROUPS["never a firm in small letters"]
    return placed and (may_be or (strange and text.is_led_to(start, RULES["works at"], _LOOK_BACK)))


def _small_name_start(text: Words, tail: int) -> int:
    start = tail
    while tail - start < _LONGEST and _is_small_part(text, start - 1):
        start -= 1
        if text.tokens[start].low in TAILS and any(_is_odd(token.low) for token in text.tokens[start + 1 : tail]):
            start += 1
            break
    while start < tail and text.tokens[start].low in GROUPS["describes a workplace"] - {"little"}:
        start += 1
    return start


def _is_small_part(text: Words, at: int) -> bool:
    token = text.at(at)
    if at < 0 or not RULES["joined"].fullmatch(text.gap(at)) or token.title:
        return False
    if token.low in GROUPS["streets"] and at and text.gap(at - 1) == " ":
        return not words.is_never_a_name(text.tokens[at - 1].low)
    if words.is_never_a_name(token.low) or token.low in GROUPS["before a workplace"] or token.low in words.WEEKDAYS:
        return token.low == "little"
    plain = words.is_common(token.low) and token.low.endswith(("ing", "ed", "ly"))
    return not plain or token.low in GROUPS["words of a church"]


def _is_odd(low: str) -> bool:
    if (places.is_listed(low) and not words.is_common(low)) or (low[-1] == "s" and words.is_first_name(low[:-1])):
        return True
    if words.is_word(low):
        return False
    if low[-1] == "s" and words.is_surname(low[:-1]):
        return True
    return low not in words.QUIET and len(low) > 2 and (low in words.SURNAMES or not words.is_slip(low))


def _is_placed(text: Words, start: int) -> bool:
    if text.low(start - 1) in {"old", "olde"}:
        start -= 1
    before = text.low(start - 2) if text.low(start - 1) == "the" else text.low(start - 1)
    return before in GROUPS["before a workplace"] or (before == "in" and text.low(start + 1) in GROUPS["inns"])


_SHORTEST_SLIP = 7
_SLIPS = slips_of(head for head in GROUPS["sure institution heads"] if len(head) >= _SHORTEST_SLIP)
HEADS = GROUPS["institution heads"] | _SLIPS
_STRONG_HEADS = GROUPS["sure institution heads"] | _SLIPS
_TWO_WORD_HEADS = {
    *(f"{kind} centre" for kind in GROUPS["sorts of centre"]),
    *(f"{kind} home" for kind in GROUPS["sorts of home"]),
    "sixth form",
}
LONGEST = 5


def find_institutions(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, with what stands before."""
    for at, token in enumerate(text.tokens):
        if token.low in HEADS or _is_two_word_head(text, at):
            start = _start_of_name(text, at)
            if start is not None and start < at:
                end = at + 1 if text.low(at + 1) in HEADS and text.gap(at) == " " else at
                yield make_finding(text.span(start, end), "SCHOOL_EMPLOYER")


def _is_two_word_head(text: Words, at: int) -> bool:
    return f"{text.low(at - 1)} {text.low(at)}" in _TWO_WORD_HEADS


def _start_of_name(text: Words, head: int) -> int | None:
    start, distinctive = head, False
    while head - start < LONGEST and _is_part_of_name(text, start - 1):
        if text.tokens[start - 1].low == "of" and text.tokens[head].low in GROUPS["company heads"]:
            break
        start -= 1
        distinctive = distinctive or _is_distinctive(text, start, head)
    while start < head and text.tokens[start].low in GROUPS["institution links"] - {"the", "st"}:
        start += 1
    first = text.tokens[start]
    if text.low(start - 1) in {"a", "an"} and not first.title and not first.upper:
        return None
    return start if distinctive else None


def _is_part_of_name(text: Words, at: int) -> bool:
    token = text.at(at)
    if at < 0 or not is_joined(text, at):
        return False
    if token.low == "our":
        return text.tokens[at + 1].low == "lady"
    if token.low == "the" and at and text.tokens[at - 1].low in {"and", "for"}:
        return False
    if token.low in GROUPS["institution describers"] or token.low in GROUPS["institution links"]:
        return True
    if token.low in {"little", "lady", "holy"} or _is_two_word_head(text, at + 1):
        return True
    is_a_street = token.low in GROUPS["institution street words"] and at > 0 and text.gap(at - 1) == " "
    if is_a_street and not words.is_never_a_name(text.tokens[at - 1].low):
        return True
    if words.is_never_a_name(token.low):
        return _is_between_capitals(text, at)
    if at and text.tokens[at - 1].low in {"st", "saint"} and is_joined(text, at - 1):
        return True
    owed = token.first and words.is_common(token.low)
    is_doing = token.low.endswith(("ing", "ed", "ly")) and words.is_word(token.low)
    return (token.title and not owed) or not (is_doing or is_slip(token.low))


def _is_between_capitals(text: Words, at: int) -> bool:
    """The "View" of "Park View Medical Centre", which alone would be no part of a name."""
    token, before, after = text.tokens[at], text.at(at - 1), text.at(at + 1)
    if len(token.low) < 4 or token.low in GROUPS["public bodies"]:
        return False
    is_titled = token.title and before.title and after.title
    return is_titled and not words.is_never_a_name(before.low) and is_joined(text, at - 1)


def is_joined(text: Words, at: int) -> bool:
    """A full stop joins only what it shortens: "St. Mary's"."""
    gap = text.gap(at)
    return RULES["gap"].fullmatch(gap) is not None and ("." not in gap or text.tokens[at].low == "st")


def _is_distinctive(text: Words, at: int, head: int) -> bool:
    token = text.tokens[at]
    if _is_two_word_head(text, at + 1):
        return False
    if token.low in GROUPS["institution describers"]:
        return token.low == "royal" and text.tokens[head].low in {"infirmary", "hospital"}
    is_plain = token.low in GROUPS["describes a workplace"] and not token.title
    if is_plain or token.low in GROUPS["institution links"] or words.is_never_a_name(token.low):
        return False
    if token.title and not token.first:
        return True
    strong = text.tokens[head].low in _STRONG_HEADS or _is_two_word_head(text, head)
    if not words.is_common(token.low):
        return strong or not words.is_word(token.low) or _follows_place_word(text, at)
    return strong and _follows_place_word(text, at)


def _follows_place_word(text: Words, at: int) -> bool:
    return any(text.low(at - back) in GROUPS["before an institution"] for back in (1, 2, 3))


def is_slip(low: str) -> bool:
    """A slip of the pen and no name of a person or a town."""
    return words.is_slip(low) and low not in words.SURNAMES and not places.is_listed(low)
