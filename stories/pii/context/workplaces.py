"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.context import institutions, places
from stories.pii.context.institutions import HEADS, LONGEST, RULES, is_joined, is_slip
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import search
from stories.pii.tokens import NOBODY, Token, Words
from stories.pii.words import GROUPS, read_list, read_words

_PHRASES = sorted(read_list("employers"), key=len, reverse=True)
_EMPLOYER = re.compile(
    r"(?<![\w@])(?<!in[ ])(?<!to[ ])(?<!side[ ])(?<!near[ ])"
    rf"(?:{'|'.join(re.escape(each) for each in _PHRASES)})(?![\w@])",
    re.IGNORECASE,
)

_LOOK_BACK = 30
_CHAINS = read_words("employers")


def find_workplaces(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, or stand after "work at" or "my school,", and chains by theirs."""
    yield from search(text.text, _SHAPES)
    yield from institutions.find_institutions(text)
    for pattern in (RULES["works"], RULES["mine"]):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in RULES["leads"].finditer(text.text):
        yield make_finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in _EMPLOYER.finditer(text.text):
        if not is_a_visit(text, match.start()) and not RULES["bought"].match(text.text, match.end()):
            yield make_finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in RULES["parents"].finditer(text.text):
        first = last = text.ending(match.start() - 1)
        if first is None or last is None or not (_is_capital_or_odd(last) or last.low in HEADS):
            continue
        while last.number - first.number < LONGEST - 1 and is_joined(first.before):
            if words.is_never_a_name(first.before.low):
                break
            first = first.before
        yield make_finding(first.span_to(last), "SCHOOL_EMPLOYER", sure=False)
    yield from institutions.find_businesses(text)


def is_a_visit(text: Words, place: int) -> bool:
    """ "Bought from", "checked in at": where people eat, buy and meet is no place of work."""
    return RULES["visit"].search(text.text[max(0, place - _LOOK_BACK) : place]) is not None


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    token = text.starting(place)
    # Not the "A" of "A&E".
    if token and token.low in {"the", "a"} and token.gap == " ":
        token = token.after
    if not token or token is NOBODY:
        return
    if token.low in _CHAINS and RULES["goes shopping"].search(text.text, max(0, place - 12), place):
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
    is_only_a_town = is_only_a_town and RULES["people"].search(text.text, max(0, place - 16), place) is not None
    # "Works at Derby CID".
    if not last.is_followed(RULES["police"]) and not is_only_a_town:
        end = last.end + (2 if last.possessive else 0)
        start = token.before if token.before.low == "the" and token.before.gap == " " else token
        yield make_finding((start.start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(first: Token) -> Token:
    last = first
    while last.number - first.number < LONGEST and is_joined(last) and _is_capital_or_odd(last.after):
        last = last.after
    after = last.next_word
    goes_on = (after.low in HEADS or after.low in institutions.TAILS) and not after.title
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
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not is_slip(token.low))


def _with_town(text: Words, end: int) -> int:
    match = RULES["in town"].match(text.text, end)
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


_SHAPES = RULES.shapes("workplaces", "SCHOOL_EMPLOYER", globals())


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in RULES["at"].finditer(text.text):
        token = text.starting(match.end())
        if token is None or is_a_visit(text, match.end()):
            continue
        if token.is_followed(RULES["stops"]) and words.is_stranger(token.low):
            yield make_finding(token.span_to(token), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in RULES["titled"].finditer(text.text):
        first = text.starting(match.start("it"))
        if first is None or first.after is NOBODY:
            continue
        low = [token.low for token in text.tokens[first.number : first.number + len(match["it"].split())]]
        if any(word in words.QUIET or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if not all(words.is_common(word) for word in low) and not RULES["police"].match(text.text, match.end("it")):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in RULES["saint"].finditer(text.text):
        if not RULES.follows("saints day", match):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
