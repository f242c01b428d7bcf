"""Schools, hospitals, firms and other employers, by a list, by what is said of them, or by the last word of a name."""

import re
from collections.abc import Iterator

from stories.pii import allowlist, words
from stories.pii.context import places
from stories.pii.kinds import Finding, make_finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS, read_list, read_words, slips_of

_RULES = RuleFile("workplaces")

_PHRASES = sorted(read_list("employers"), key=len, reverse=True)
_EMPLOYER = re.compile(
    r"(?<![\w@])(?<!in[ ])(?<!to[ ])(?<!side[ ])(?<!near[ ])"
    rf"(?:{'|'.join(re.escape(each) for each in _PHRASES)})(?![\w@])",
    re.IGNORECASE,
)
_CHAINS = read_words("employers")
_LOOK_BACK, _WORKS_BACK = 30, 40
_LONGEST, _LONGEST_BUSINESS = 5, 4

_TAILS = GROUPS["sure last words"] | GROUPS["last words"]
_SMALL_WORDS = GROUPS["small words"] | GROUPS["before no name"]
_SHORTEST_SLIP = 7
_SLIPS = slips_of(head for head in GROUPS["sure institution heads"] if len(head) >= _SHORTEST_SLIP)
_HEADS = GROUPS["institution heads"] | _SLIPS
_STRONG_HEADS = GROUPS["sure institution heads"] | _SLIPS


def find_workplaces(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, or stand after "work at" or "my school,", and chains by theirs."""
    yield from search(text.text, _SHAPES)
    yield from _find_institutions(text)
    for pattern in (_RULES["works"], _RULES["mine"]):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in _RULES["leads"].finditer(text.text):
        yield make_finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in _EMPLOYER.finditer(text.text):
        if not _is_a_visit(text, match.start()) and not _RULES["bought"].match(text.text, match.end()):
            yield make_finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in _RULES["parents"].finditer(text.text):
        first = last = text.ending(match.start() - 1)
        if first is None or last is None or not (_is_capital_or_odd(last) or last.low in _HEADS):
            continue
        while last.number - first.number < _LONGEST - 1 and _is_joined(first.before):
            if words.is_never_a_name(first.before.low):
                break
            first = first.before
        yield make_finding(first.span_to(last), "SCHOOL_EMPLOYER", sure=False)
    yield from _find_businesses(text)


def _is_a_visit(text: Words, place: int) -> bool:
    """ "Bought from", "checked in at": where people eat, buy and meet is no place of work."""
    return _RULES["visit"].search(text.text[max(0, place - _LOOK_BACK) : place]) is not None


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    token = text.starting(place)
    # Not the "A" of "A&E".
    if token and token.low in {"the", "a"} and token.gap == " ":
        token = token.after
    if not token or token is NOBODY:
        return
    if token.low in _CHAINS and _RULES["goes shopping"].search(text.text, max(0, place - 12), place):
        return
    if _is_odd_after_a_word(token, place):
        yield make_finding(token.span_to(token.after), "SCHOOL_EMPLOYER", sure=False)
        return
    # "It went to South Wales" is no workplace.
    is_a_journey = token.low in words.QUIET and text.text[max(0, place - 4) : place].lower().endswith(" to ")
    if not _is_capital_or_odd(token) or is_a_journey:
        return
    last = _last_of_employer(token)
    # "The lads at Derby" are no firm of that name.
    is_only_a_town = last is token and places.is_listed(token.low)
    is_only_a_town = is_only_a_town and _RULES["people"].search(text.text, max(0, place - 16), place) is not None
    # "Works at Derby CID".
    if not last.is_followed(_RULES["police"]) and not is_only_a_town:
        end = last.end + (2 if last.possessive else 0)
        start = token.before if token.before.low == "the" and token.before.gap == " " else token
        yield make_finding((start.start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(first: Token) -> Token:
    last = first
    while last.number - first.number < _LONGEST and _is_joined(last) and _is_capital_or_odd(last.after):
        last = last.after
    after = last.next_word
    goes_on = (after.low in _HEADS or after.low in _TAILS) and not after.title
    return after if goes_on and not last.possessive else last


def _is_odd_after_a_word(token: Token, place: int) -> bool:
    """The "northern powergrid" of "works for northern powergrid"."""
    if token.title or not token.text[max(0, place - 5) : place].lower().endswith((" at ", " for ")):
        return False
    if words.is_never_a_name(token.low) or token.low.endswith(("ing", "ly", "ed")):
        return False
    is_plain = token.low not in GROUPS["describes a workplace"] and words.is_common(token.low)
    return is_plain and words.is_stranger(token.next_word.low)


def _is_capital_or_odd(token: Token) -> bool:
    if token.low in GROUPS["employers after a cue"] and not token.first:
        return True
    if words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not _is_slip(token.low))


def _with_town(text: Words, end: int) -> int:
    match = _RULES["in town"].match(text.text, end)
    token = text.starting(match.end()) if match else None
    last = places.listed_from(token) if token else None
    if last is None and token and _is_capital_or_odd(token):
        last = token
    return last.end if last else end


def _has_a_place(match: re.Match[str]) -> bool:
    place = match["place"].lower().split()[-1]
    is_doing = words.is_never_a_name(place) or place.endswith("ing")
    return not is_doing or match["place"].istitle()


def _is_no_force(match: re.Match[str]) -> bool:
    return match["one"].lower() not in words.QUIET


def _has_a_name(match: re.Match[str]) -> bool:
    first = match["first"].lower()
    return not words.is_never_a_name(first) and first not in GROUPS["institution describers"]


def _is_a_royal_hospital(match: re.Match[str]) -> bool:
    one = match["one"].lower()
    if one in GROUPS["royal hospitals"] or places.is_listed(one):
        return True
    return match["one"][0].isupper() and one not in words.QUIET and one not in GROUPS["royal things"]


_SHAPES = _RULES.shapes("workplaces", "SCHOOL_EMPLOYER", globals())


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _RULES["at"].finditer(text.text):
        token = text.starting(match.end())
        if token is None or _is_a_visit(text, match.end()):
            continue
        if token.is_followed(_RULES["stops"]) and words.is_stranger(token.low):
            yield make_finding(token.span_to(token), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in _RULES["titled"].finditer(text.text):
        first = text.starting(match.start("it"))
        if first is None or first.after is NOBODY:
            continue
        low = [token.low for token in text.tokens[first.number : first.number + len(match["it"].split())]]
        if any(word in words.QUIET or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if not all(words.is_common(word) for word in low) and not _RULES["police"].match(text.text, match.end("it")):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in _RULES["saint"].finditer(text.text):
        if not _RULES.follows("saints day", match):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def _find_businesses(text: Words) -> list[Finding]:
    """Names that end in a word of a trade, written with capitals or where a place would stand."""
    found = []
    for token in text.tokens:
        if token.low not in _TAILS:
            continue
        after = token.next_word
        # The "leisure" of "leisure pool".
        if after.low in _TAILS and after.title == token.title and not token.possessive:
            continue
        start = _capital_start(text, token) if token.title else _small_start(text, token)
        if start is not None:
            found.append(make_finding(start.span_to(token), "SCHOOL_EMPLOYER", sure=False))
    return allowlist.without_quiet_phrases(text.text, found)


def _capital_start(text: Words, tail: Token) -> Token | None:
    """The beginning of "Living Waters Assembly"."""
    start = tail
    while tail.number - start.number < _LONGEST_BUSINESS and _is_capital_part(start.before):
        start = start.before
    while start is not tail and start.low in {"and", "of"}:
        start = start.after
    telling = _telling(text, start, tail)
    if not telling or _is_public(text, start, tail) or _is_a_person(start, tail):
        return None
    if any(not words.is_common(token.low) and token.low not in words.QUIET for token in telling):
        return start
    if all(token.first for token in telling):
        return None
    is_long = tail.number - start.number > 1 and tail.low in GROUPS["sure last words"]
    return start if is_long or _is_placed(start) else None


def _telling(text: Words, start: Token, tail: Token) -> list[Token]:
    """The words of a name that tell it from others, not what describes any school or firm."""
    plain = GROUPS["institution describers"] | _TAILS | GROUPS["describes a workplace"]
    return [token for token in text.run(start, tail)[:-1] if token.low not in plain]


def _is_public(text: Words, start: Token, tail: Token) -> bool:
    """ "Victim Care Unit", but not the "Crown Inn"."""
    return tail.low not in GROUPS["inns"] and any(
        token.low in GROUPS["public bodies"] and (token if token is tail else token.after).low not in GROUPS["streets"]
        for token in text.run(start, tail)
    )


def _is_capital_part(token: Token) -> bool:
    after = token.after
    if not _RULES["joined"].fullmatch(token.gap):
        return False
    if token.low in {"and", "of"}:
        return token.before.title and token.gap == " "
    if words.is_never_a_name(token.low):
        return token.title and not token.first and token.low not in _SMALL_WORDS and after.title
    # The first word of a sentence owes its capital to that, unless two more follow.
    is_owed = token.first and words.is_common(token.low)
    return token.title and not (is_owed and (not after.title or after.low in _TAILS))


def _is_a_person(start: Token, tail: Token) -> bool:
    """ "Emma Law", "PC Grange"."""
    if start.before.low in GROUPS["short titles"] or start.low in GROUPS["short titles"]:
        return True
    if tail.number - start.number > 1 or start.possessive or not words.is_first_name(start.low):
        return False
    return not _is_placed(start) or words.is_common_surname(tail.low)


def _small_start(text: Words, tail: Token) -> Token | None:
    """The beginning of "little acorns nursery", in small letters or in a text all in capitals."""
    start, low = _small_name_start(text, tail), tail.low
    telling = _telling(text, start, tail)
    if not telling or _is_public(text, start, tail):
        return None
    works = start.is_led_to(_RULES["works at"], _WORKS_BACK)
    placed = works or _is_placed(start)
    odd = any(_is_odd(token.low) or (token.possessive and not words.is_word(token.low)) for token in telling)
    if low in GROUPS["places of learning"]:
        # "Kent university".
        odd = odd or any(token.low in words.QUIET and not words.is_common(token.low) for token in telling)
    if low not in GROUPS["sure last words"]:
        return start if _is_a_firm(start, low, telling=telling, placed=placed and (odd or works)) else None
    # The "bede" of "at bede college", which may look like a slip.
    strange = (token.low for token in telling if not words.is_word(token.low) and token.low not in words.QUIET)
    if placed and low in GROUPS["places of learning"] and not all(map(words.is_slip_of_small_word, strange)):
        return start
    takes_two = low in GROUPS["one word before is not enough"]
    if odd and (not takes_two or low in GROUPS["places of learning"] or low in {"soc", "society"}):
        return start
    return start if placed and (odd or tail.number - start.number > 1 or not takes_two) else None


def _is_a_firm(start: Token, low: str, *, telling: list[Token], placed: bool) -> bool:
    """ "Nortek windows", "works in fenland fresh"; not "all the windows", "fresh parcels", "car insurance"."""
    if low == "insurance":
        kinds = GROUPS["kinds of insurance"]
        return not any(token.low in kinds or words.is_never_a_name(token.low) for token in telling)
    if low in GROUPS["inns"] and _is_placed(start):
        return True
    # On no list, and nobody's: not the "callums" of "callums house".
    strange = any(
        words.is_stranger(token.low) and not token.possessive and not words.is_name(token.low.removesuffix("s"))
        for token in telling
    )
    if low in GROUPS["goods that nobody buys by a strange name"]:
        rare = any(not words.is_common(token.low) for token in telling)
        return strange or (rare and start.is_led_to(_RULES["works in"], _WORKS_BACK))
    may_be = low not in GROUPS["never a firm in small letters"]
    return placed and (may_be or (strange and start.is_led_to(_RULES["works at"], _WORKS_BACK)))


def _small_name_start(text: Words, tail: Token) -> Token:
    start = tail
    while tail.number - start.number < _LONGEST_BUSINESS and _is_small_part(start.before):
        if start.before.low in _TAILS and any(_is_odd(token.low) for token in text.run(start, tail)[:-1]):
            break
        start = start.before
    while start is not tail and start.low in GROUPS["describes a workplace"] - {"little"}:
        start = start.after
    return start


def _is_small_part(token: Token) -> bool:
    before = token.before
    if not _RULES["joined"].fullmatch(token.gap) or token.title:
        return False
    if token.low in GROUPS["streets"] and before.gap == " ":
        return not words.is_never_a_name(before.low)
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


def _is_placed(start: Token) -> bool:
    if start.before.low in {"old", "olde"}:
        start = start.before
    before = start.before.before.low if start.before.low == "the" else start.before.low
    return before in GROUPS["before a workplace"] or (before == "in" and start.after.low in GROUPS["inns"])


def _find_institutions(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, with what stands before."""
    for token in text.tokens:
        if token.low in _HEADS or _is_two_word_head(token):
            start = _start_of_name(token)
            if start is not None and start is not token:
                end = token.next_word if token.next_word.low in _HEADS else token
                yield make_finding(start.span_to(end), "SCHOOL_EMPLOYER")


def _is_two_word_head(token: Token) -> bool:
    """The "centre" of "medical centre", the "form" of "sixth form"."""
    return token.before.low in GROUPS.get(f"sorts of {token.low}", ())


def _start_of_name(head: Token) -> Token | None:
    start, distinctive = head, False
    while head.number - start.number < _LONGEST and _is_part_of_name(start.before):
        if start.before.low == "of" and head.low in GROUPS["company heads"]:
            break
        start = start.before
        distinctive = distinctive or _is_distinctive(start, head)
    while start is not head and start.low in GROUPS["institution links"] - {"the", "st"}:
        start = start.after
    if start.before.low in {"a", "an"} and not start.title and not start.upper:
        return None
    return start if distinctive else None


def _is_part_of_name(token: Token) -> bool:
    before = token.before
    if not _is_joined(token):
        return False
    if token.low == "our":
        return token.after.low == "lady"
    if token.low == "the" and before.low in {"and", "for"}:
        return False
    if token.low in GROUPS["institution describers"] or token.low in GROUPS["institution links"]:
        return True
    if token.low in {"little", "lady", "holy"} or _is_two_word_head(token.after):
        return True
    is_a_street = token.low in GROUPS["institution street words"] and before.gap == " "
    if is_a_street and not words.is_never_a_name(before.low):
        return True
    if words.is_never_a_name(token.low):
        return _is_between_capitals(token)
    if before.low in {"st", "saint"} and _is_joined(before):
        return True
    owed = token.first and words.is_common(token.low)
    is_doing = token.low.endswith(("ing", "ed", "ly")) and words.is_word(token.low)
    return (token.title and not owed) or not (is_doing or _is_slip(token.low))


def _is_between_capitals(token: Token) -> bool:
    """The "View" of "Park View Medical Centre", which alone would be no part of a name."""
    before = token.before
    if len(token.low) < 4 or token.low in GROUPS["public bodies"]:
        return False
    is_titled = token.title and before.title and token.after.title
    return is_titled and not words.is_never_a_name(before.low) and _is_joined(before)


def _is_joined(token: Token) -> bool:
    """A full stop joins only what it shortens: "St. Mary's"."""
    return _RULES["gap"].fullmatch(token.gap) is not None and ("." not in token.gap or token.low == "st")


def _is_distinctive(token: Token, head: Token) -> bool:
    if _is_two_word_head(token.after):
        return False
    if token.low in GROUPS["institution describers"]:
        return token.low == "royal" and head.low in {"infirmary", "hospital"}
    is_plain = token.low in GROUPS["describes a workplace"] and not token.title
    if is_plain or token.low in GROUPS["institution links"] or words.is_never_a_name(token.low):
        return False
    if token.title and not token.first:
        return True
    strong = head.low in _STRONG_HEADS or _is_two_word_head(head)
    if not words.is_common(token.low):
        return strong or not words.is_word(token.low) or _follows_place_word(token)
    return strong and _follows_place_word(token)


def _follows_place_word(token: Token) -> bool:
    before = token.before, token.before.before, token.before.before.before
    return any(each.low in GROUPS["before an institution"] for each in before)


def _is_slip(low: str) -> bool:
    """A slip of the pen and no name of a person or a town."""
    return words.is_slip(low) and low not in words.SURNAMES and not places.is_listed(low)
