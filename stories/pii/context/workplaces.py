"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.context import institutions, places
from stories.pii.context.institutions import HEADS, LONGEST, is_joined, is_slip
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.rule_files import RuleFile, search
from stories.pii.tokens import Words
from stories.pii.words import read_list, read_words, word_group

_RULES = RuleFile("workplaces")

# --- Patterns ---------------------------------------------------------------------------------

SAINT = _RULES.pattern("saint")
WORKS = _RULES.pattern("works")
PARENTS = _RULES.pattern("parents")
_PHRASES = tuple(sorted(read_list("employers"), key=len, reverse=True))
EMPLOYER = re.compile(
    r"(?<![\w@])(?<!in[ ])(?<!to[ ])(?<!side[ ])(?<!near[ ])"
    rf"(?:{'|'.join(re.escape(each) for each in _PHRASES)})(?![\w@])",
    re.IGNORECASE,
)
LEADS = _RULES.pattern("leads")
MINE = _RULES.pattern("mine")
TITLED = _RULES.pattern("titled")


# --- Employers --------------------------------------------------------------------------------

_CUED_EMPLOYERS = word_group("employers after a cue")
_LOOK_BACK = 30
# Where people eat, buy and meet is no place of work.
_VISIT = _RULES.pattern("visit")
_CHAINS = read_words("employers")
_GOES_SHOPPING = re.compile(r"\b(?:go(?:es)?|went|going)[ ]to[ ]\Z", re.IGNORECASE)
_BOUGHT = _RULES.pattern("bought")
_PEOPLE = re.compile(r"(?:people|everyone|everybody|staff|lads|girls)[ ]at[ ]\Z", re.IGNORECASE)
_POLICE = re.compile(r"(?:[ \-]\w{2,20}){0,3}[ ](?:cid|police|constabulary|nick|custody)\b", re.IGNORECASE)
_IN_TOWN = re.compile(r"[ ](?:in|at)[ ](?:the[ ])?")


def find_employers(text: Words) -> Iterator[Finding]:
    """What follows "work at" or "my school,", chains by their names, and schools by their evenings."""
    for pattern in (WORKS, MINE):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in LEADS.finditer(text.text):
        yield make_finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in EMPLOYER.finditer(text.text):
        if not is_a_visit(text, match.start()) and not _BOUGHT.match(text.text, match.end()):
            yield make_finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in PARENTS.finditer(text.text):
        at = text.ending(match.start() - 1)
        if at is not None and (_is_capital_or_odd(text, at) or text.tokens[at].low in HEADS):
            yield make_finding(text.span(_first_before(text, at), at), "SCHOOL_EMPLOYER", sure=False)


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
        yield make_finding((text.tokens[at].start, text.tokens[at + 1].end), "SCHOOL_EMPLOYER", sure=False)
        return
    if not _is_capital_or_odd(text, at) or _is_a_journey(text, at, place):
        return
    last = _last_of_employer(text, at)
    if not names_the_police(text, text.tokens[last].end) and not _is_only_a_town(text, at, last, place):
        end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
        start = at - 1 if at and text.tokens[at - 1].low == "the" and text.gap(at - 1) == " " else at
        yield make_finding((text.tokens[start].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(text: Words, at: int) -> int:
    last = at
    while last - at < LONGEST and is_joined(text, last) and _is_capital_or_odd(text, last + 1):
        last += 1
    after = text.next_to(last)
    if after is None or after.title or text.tokens[last].possessive:
        return last
    return last + 1 if after.low in HEADS or after.low in institutions.TAILS else last


def _is_odd_after_a_word(text: Words, at: int, place: int) -> bool:
    """The "northern powergrid" of "works for northern powergrid"."""
    token, after = text.tokens[at], text.next_to(at)
    if after is None or token.title or not text.text[max(0, place - 5) : place].lower().endswith((" at ", " for ")):
        return False
    if (
        words.is_never_a_name(token.low)
        or token.low in institutions.ORDINARY
        or token.low.endswith(("ing", "ly", "ed"))
    ):
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
    if token is None:
        return False
    if token.low in _CUED_EMPLOYERS and not token.first:
        return True
    if words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
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


# --- Workplaces -------------------------------------------------------------------------------

_AT = re.compile(r"\bat[ ](?=\w)", re.IGNORECASE)
_SAINTS_DAY = re.compile(r"[ ](?:day|cross|flag)\b", re.IGNORECASE)
_STOPS = re.compile(r"['’]s\b|[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|in|when|for|where|because|with|so|but)\b", re.IGNORECASE)
_ROYAL_PLACES = word_group("royal hospitals")
_ROYAL_THINGS = word_group("royal things")


def _has_a_place(match: re.Match[str]) -> bool:
    place = match["place"].lower().split()[-1]
    is_doing = words.is_never_a_name(place) or place.endswith("ing")
    return not is_doing or match["place"].istitle()


def _is_no_force(match: re.Match[str]) -> bool:
    return not words.is_quiet(match["one"].lower())


def _has_a_name(match: re.Match[str]) -> bool:
    first = match["first"].lower()
    return not words.is_never_a_name(first) and first not in institutions.DESCRIBERS


def _is_a_royal_hospital(match: re.Match[str]) -> bool:
    one = match["one"].lower()
    if one in _ROYAL_PLACES or places.is_listed(one):
        return True
    return match["one"][0].isupper() and not words.is_quiet(one) and one not in _ROYAL_THINGS


_SHAPES = _RULES.shapes("workplaces", "SCHOOL_EMPLOYER", _has_a_place, _is_no_force, _has_a_name, _is_a_royal_hospital)


def find_workplaces(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from search(text.text, _SHAPES)
    yield from institutions.find_institutions(text)
    yield from find_employers(text)
    yield from institutions.find_businesses(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _AT.finditer(text.text):
        at = text.starting(match.end())
        if is_a_visit(text, match.end()):
            continue
        if at is not None and words.is_stranger(text.tokens[at].low) and _STOPS.match(text.text, text.tokens[at].end):
            yield make_finding(text.span(at, at), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in TITLED.finditer(text.text):
        at = text.starting(match.start("it"))
        if at is None or at + 1 >= len(text.tokens):
            continue
        last = at + len(match["it"].split()) - 1
        low = [token.low for token in text.tokens[at : last + 1]]
        if any(words.is_quiet(word) or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if all(words.is_common(word) for word in low) or names_the_police(text, match.end("it")):
            continue
        yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in SAINT.finditer(text.text):
        if not _SAINTS_DAY.match(text.text, match.end()):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)
