"""Employers told by the words around them: "works at", "everyone at", or by a name that everybody knows."""

import re
from collections.abc import Iterator

from stories.identifying import words
from stories.identifying.cues import businesses, places
from stories.identifying.cues.institutions import HEADS, LONGEST, is_joined, is_slip
from stories.identifying.cues.workplace_patterns import EMPLOYER, LEADS, MINE, PARENTS, WORKS
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group, read_words
from stories.identifying.tokens import Words

_CUED_EMPLOYERS = group("employers after a cue")
_LOOK_BACK = 30
# Where people eat, buy and meet is no place of work.
_VISIT = re.compile(
    r"""\b(?:check(?:s|ed|ing)?[ ]in|ate|eat(?:s|ing)?|lunch|dinner|tea|coffee|meal|breakfast|met(?:[ ]\w{2,8})?|meet
        (?:ing)?|date|drinks?|"""
    r"""bought|buy|order(?:s|ed)?|parcels?|shopping|queue|sat|sitting|refund|delivery|card|voucher)[ ](?:(?:up|it|one|
        him|her)[ ])?(?:at|in|from)[ ](?:the[ ]|a[ ])?\Z"""
    r"|\b(?:bought|buy|buying|ordered|returned)\b[^.\n]{0,25}[ ](?:from|at|in)[ ](?:the[ ])?\Z"
    r"""|\b(?:the|our)[ ](?:big|little|local|nearest)[ ]\Z|\b(?:went|popped|nipped|walk(?:ed)?|drove|going)[ ]
        (?:in)?to[ ](?:the[ ])?\Z"""
    r"""|\b(?:an?|the|my|some)[ ](?!man\b|woman\b|girl\b|boy\b|lad\b|lass\b|guy\b|manager\b|driver\b|bloke\b|
            supervisor\b|
        friend\b|mate\b|lady\b|guard\b|worker\b|cashier\b|boss\b|colleague\b|people\b|girls\b|
            lads\b)[a-z]{3,12}[ ]from[ ]\Z"""
    r"|\b(?:at|in)[ ](?:home|work|school|the[ ][a-z]{3,10}),[ ](?:at|in)[ ]\Z"
    r"|\b(?:eating|eat|ate|grab(?:bed)?|had|having|get(?:ting)?)[ ](?:a|some)[ ]\Z",
    re.IGNORECASE,
)
_CHAINS = read_words("employers")
_GOES_SHOPPING = re.compile(r"\b(?:go(?:es)?|went|going)[ ]to[ ]\Z", re.IGNORECASE)
_BOUGHT = re.compile(
    r"""['’]s[ ](?:business|website|fault|job|problem|policy|app|number|tracking)\b|[ ](?:vouchers?|car[ ]park|
            receipt|deliver(?:y|ies)|parcel|app|order|meal|bags?|carrier|gift|sandwich|
        toilets?|queue|driver[ ]came)\b""",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"(?:people|everyone|everybody|staff|lads|girls)[ ]at[ ]\Z", re.IGNORECASE)
_POLICE = re.compile(r"(?:[ \-]\w{2,20}){0,3}[ ](?:cid|police|constabulary|nick|custody)\b", re.IGNORECASE)
_IN_TOWN = re.compile(r"[ ](?:in|at)[ ](?:the[ ])?")


def find(text: Words) -> Iterator[Finding]:
    """What follows "work at" or "my school,", chains by their names, and schools by their evenings."""
    for pattern in (WORKS, MINE):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in LEADS.finditer(text.text):
        yield finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in EMPLOYER.finditer(text.text):
        if not is_a_visit(text, match.start()) and not _BOUGHT.match(text.text, match.end()):
            yield finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in PARENTS.finditer(text.text):
        at = text.ending(match.start() - 1)
        if at is not None and (_is_capital_or_odd(text, at) or text.tokens[at].low in HEADS):
            yield finding(text.span(_first_before(text, at), at), "SCHOOL_EMPLOYER", sure=False)


def is_a_visit(text: Words, place: int) -> bool:
    """ "Bought from", "checked in at": where people eat, buy and meet is no place of work."""
    return _VISIT.search(text.text[max(0, place - _LOOK_BACK) : place]) is not None


def names_the_police(text: Words, end: int) -> bool:
    """ "Works at Derby CID"."""
    return _POLICE.match(text.text, end) is not None


def _first_before(text: Words, at: int) -> int:
    """Back over the words of a name that ends here."""
    first = at
    while at - first < LONGEST - 1 and first and is_joined(text, first - 1):
        if words.is_never_a_name(text.tokens[first - 1].low):
            break
        first -= 1
    return first


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    at = text.starting(place)
    # Not the "A" of "A&E".
    if at is not None and text.tokens[at].low in {"the", "a"} and text.gap(at) == " ":
        at += 1
    if at is None or at >= len(text.tokens):
        return
    if text.tokens[at].low in _CHAINS and _GOES_SHOPPING.search(text.text, max(0, place - 12), place):
        return
    if _is_odd_after_a_word(text, at, place):
        yield finding((text.tokens[at].start, text.tokens[at + 1].end), "SCHOOL_EMPLOYER", sure=False)
        return
    if not _is_capital_or_odd(text, at) or _is_a_journey(text, at, place):
        return
    last = _last_of_employer(text, at)
    if not names_the_police(text, text.tokens[last].end) and not _is_only_a_town(text, at, last, place):
        end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
        start = at - 1 if at and text.tokens[at - 1].low == "the" and text.gap(at - 1) == " " else at
        yield finding((text.tokens[start].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(text: Words, at: int) -> int:
    last = at
    while last - at < LONGEST and is_joined(text, last) and _is_capital_or_odd(text, last + 1):
        last += 1
    after = text.next_to(last)
    if after is None or after.title or text.tokens[last].possessive:
        return last
    return last + 1 if after.low in HEADS or after.low in businesses.TAILS else last


def _is_odd_after_a_word(text: Words, at: int, place: int) -> bool:
    """The "northern powergrid" of "works for northern powergrid"."""
    token, after = text.tokens[at], text.next_to(at)
    if after is None or token.title or not text.text[max(0, place - 5) : place].lower().endswith((" at ", " for ")):
        return False
    if words.is_never_a_name(token.low) or token.low in businesses.ORDINARY or token.low.endswith(("ing", "ly", "ed")):
        return False
    return words.is_common(token.low) and words.is_stranger(after.low)


def _is_only_a_town(text: Words, at: int, last: int, place: int) -> bool:
    """ "The lads at Derby" are no firm of that name."""
    return (
        last == at
        and places.is_listed(text.tokens[at].low)
        and _PEOPLE.search(text.text, max(0, place - 16), place) is not None
    )


def _is_a_journey(text: Words, at: int, place: int) -> bool:
    """ "It went to South Wales" is no workplace."""
    return words.is_quiet(text.tokens[at].low) and text.text[max(0, place - 4) : place].lower().endswith(" to ")


def _is_capital_or_odd(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is not None and token.low in _CUED_EMPLOYERS and not token.first:
        return True
    if token is None or words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not is_slip(token.low))


def _with_town(text: Words, end: int) -> int:
    match = _IN_TOWN.match(text.text, end)
    at = text.starting(match.end()) if match else None
    if at is None:
        return end
    last = places.listed_from(text, at)
    if last is None and _is_capital_or_odd(text, at):
        last = at
    return end if last is None else text.tokens[last].end
