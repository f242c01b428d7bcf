"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.context import institutions, places
from stories.pii.context.institutions import HEADS, LONGEST, RULES, is_joined, is_slip
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import search
from stories.pii.tokens import Words
from stories.pii.words import GROUPS, read_list, read_words

_PHRASES = sorted(read_list("employers"), key=len, reverse=True)
_EMPLOYER = re.compile(
    r"(?<![\w@])(?<!in[ ])(?<!to[ ])(?<!side[ ])(?<!near[ ])"
    rf"(?:{'|'.join(re.escape(each) for each in _PHRASES)})(?![\w@])",
    re.IGNORECASE,
)

_LOOK_BACK = 30
_CHAINS = read_words("employers")


def find_employers(text: Words) -> Iterator[Finding]:
    """Names after "work at" or "my school,", chains by their names, and schools by their evenings."""
    for pattern in (RULES["works"], RULES["mine"]):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in RULES["leads"].finditer(text.text):
        yield make_finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in _EMPLOYER.finditer(text.text):
        if not is_a_visit(text, match.start()) and not RULES["bought"].match(text.text, match.end()):
            yield make_finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in RULES["parents"].finditer(text.text):
        first = at = text.ending(match.start() - 1)
        if first is None or at is None or not (_is_capital_or_odd(text, at) or text.tokens[at].low in HEADS):
            continue
        while at - first < LONGEST - 1 and first and is_joined(text, first - 1):
            if words.is_never_a_name(text.tokens[first - 1].low):
                break
            first -= 1
        yield make_finding(text.span(first, at), "SCHOOL_EMPLOYER", sure=False)


def is_a_visit(text: Words, place: int) -> bool:
    """ "Bought from", "checked in at": where people eat, buy and meet is no place of work."""
    return RULES["visit"].search(text.text[max(0, place - _LOOK_BACK) : place]) is not None


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    at = text.starting(place)
    # Not the "A" of "A&E".
    if at is not None and text.tokens[at].low in {"the", "a"} and text.gap(at) == " ":
        at += 1
    if at is None or at >= len(text.tokens):
        return
    if text.tokens[at].low in _CHAINS and RULES["goes shopping"].search(text.text, max(0, place - 12), place):
        return
    if _is_odd_after_a_word(text, at, place):
        yield make_finding((text.tokens[at].start, text.tokens[at + 1].end), "SCHOOL_EMPLOYER", sure=False)
        return
    # "It went to South Wales" is no workplace.
    is_a_journey = text.tokens[at].low in words.QUIET and text.text[max(0, place - 4) : place].lower().endswith(" to ")
    if not _is_capital_or_odd(text, at) or is_a_journey:
        return
    last = _last_of_employer(text, at)
    # "The lads at Derby" are no firm of that name.
    is_only_a_town = last == at and places.is_listed(text.tokens[at].low)
    is_only_a_town = is_only_a_town and RULES["people"].search(text.text, max(0, place - 16), place) is not None
    # "Works at Derby CID".
    if not text.is_followed(last, RULES["police"]) and not is_only_a_town:
        end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
        start = at - 1 if at and text.tokens[at - 1].low == "the" and text.gap(at - 1) == " " else at
        yield make_finding((text.tokens[start].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(text: Words, at: int) -> int:
    last = at
    while last - at < LONGEST and is_joined(text, last) and _is_capital_or_odd(text, last + 1):
        last += 1
    after = text.next_to(last)
    goes_on = (after.low in HEADS or after.low in institutions.TAILS) and not after.title
    return last + (goes_on and not text.tokens[last].possessive)


def _is_odd_after_a_word(text: Words, at: int, place: int) -> bool:
    """The "northern powergrid" of "works for northern powergrid"."""
    token, after = text.tokens[at], text.next_to(at)
    if token.title or not text.text[max(0, place - 5) : place].lower().endswith((" at ", " for ")):
        return False
    if words.is_never_a_name(token.low) or token.low.endswith(("ing", "ly", "ed")):
        return False
    return (
        token.low not in GROUPS["describes a workplace"] and words.is_common(token.low) and words.is_stranger(after.low)
    )


def _is_capital_or_odd(text: Words, at: int) -> bool:
    token = text.at(at)
    if token.low in GROUPS["employers after a cue"] and not token.first:
        return True
    if words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not is_slip(token.low))


def _with_town(text: Words, end: int) -> int:
    match = RULES["in town"].match(text.text, end)
    at = text.starting(match.end()) if match else None
    if at is None:
        return end
    last = places.listed_from(text, at)
    if last is None and _is_capital_or_odd(text, at):
        last = at
    return end if last is None else text.tokens[last].end


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


def find_workplaces(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from search(text.text, _SHAPES)
    yield from institutions.find_institutions(text)
    yield from find_employers(text)
    yield from institutions.find_businesses(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in RULES["at"].finditer(text.text):
        at = text.starting(match.end())
        if at is None or is_a_visit(text, match.end()) or not text.is_followed(at, RULES["stops"]):
            continue
        if words.is_stranger(text.tokens[at].low):
            yield make_finding(text.span(at, at), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in RULES["titled"].finditer(text.text):
        at = text.starting(match.start("it"))
        if at is None or at + 1 >= len(text.tokens):
            continue
        low = [token.low for token in text.tokens[at : at + len(match["it"].split())]]
        if any(word in words.QUIET or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if not all(words.is_common(word) for word in low) and not RULES["police"].match(text.text, match.end("it")):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in RULES["saint"].finditer(text.text):
        if not RULES.follows("saints day", match):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
