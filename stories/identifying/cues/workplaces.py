"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Iterator

from stories.identifying import words
from stories.identifying.cues import places
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group, read_list
from stories.identifying.tokens import Words

_HEADS = group("institution heads")
_STRONG_HEADS = group("sure institution heads")
_DESCRIBERS = group("institution describers")
_TWO_WORD_HEADS = (
    ("care", "home"),
    ("nursing", "home"),
    ("sixth", "form"),
    ("leisure", "centre"),
    ("medical", "centre"),
    ("health", "centre"),
    ("& sons", ""),
    ("sixth form", "college"),
)
_SAINT = re.compile(
    r"(?<!\w)(?P<it>(?:st\.?|saint)[ ][a-z]{3,15}(?:['’]s|s['’]?)(?![\w])|(?:St\.?|Saint)[ ](?-i:[A-Z])[a-z]{2,15})(?!\w)",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat[ ](?=\w)", re.IGNORECASE)
_STOPS = re.compile(r"['’]s\b|[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|in|when|for|where|because|with|so|but)\b", re.IGNORECASE)
_LINKS = group("institution links")
_LONGEST = 5
_GAP = re.compile(r"['’]?[sS]?['’]?[ ]&?[ ]?|['’]s[ ]|[ ]?-[ ]?|\.[ ]")
_SONS = re.compile(
    r"(?<!\w)(?P<it>[A-Za-z][a-z'’]{1,20}(?:,[ ][A-Za-z][a-z'’]{1,20})?[ ](?:&|and)[ ](?:sons?|co|daughters?|partners))(?!\w)",
    re.IGNORECASE,
)
_UNIVERSITY = re.compile(
    r"(?<!\w)(?P<it>(?:the[ ])?(?:university|college|bishop)[ ]of[ ](?:the[ ])?(?P<place>(?:(?:east|west|north|south|central)[ ])?[a-z]{3,20}))(?!\w)",
    re.IGNORECASE,
)
_YSGOL = re.compile(
    r"(?<!\w)(?P<it>(?:ysgol|coleg|prifysgol)(?:[ ](?:[A-Z][a-z]{1,15}|[a-z]{2,15})){1,3}?)(?=[.,;!?)\n]|[ ](?:and|in|on|so|but|where|when|he|she|i)\b|$)",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"""\b(?:(?:work(?:s|ed|ing)?|job|jobs|shifts?|employed|manager|nurse|cleaner|porter|teach(?:es|er|ing)?|taught|tutor|lecturer|student|stud(?:y|ies|ied|ying)|assistant|supervisor|colleagues?|cashier|receptionist|apprentice|intern|course|driver|chef|trained|hr|boss|
    teach[ ]year[ ]\w{1,6}|year[ ]\w{1,6}|degree|year|placement)[ ](?:(?:in|on)[ ](?:the[ ])?\w{1,15}[ ](?:ward[ ])?|pe[ ]|maths[ ]|english[ ]|science[ ])?(?:at|for|with|in[ ](?=the[ ](?-i:[A-Z])))|my[ ]work(?:place)?,|my[ ]work(?:place)?[ ]\(|(?:go(?:es)?|went|going)[ ]to|off[ ]work[ ]from|home[ ]from|employer,?|workplace,?)[ ](?=\w)|\b(?:school|college|uni|university|work|workplace|employer|hospital|nursery|surgery)[ ]?(?:\(|[ ]called[ ])(?=(?-i:[A-Z]))|my[ ]work(?:place)?[ ]\((?=\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_PARENTS = re.compile(
    r"(?<=[ ])(?=parents['’]?[ ](?:evening|night|day)|open[ ](?:day|evening)|sports[ ]day|uniform\b|year[ ]\d{1,2}\b|sixth[ ]form\b)",
    re.IGNORECASE,
)
_PHRASES = tuple(sorted(read_list("employers"), key=len, reverse=True))
_EMPLOYER = re.compile(
    rf"(?<![\w@])(?:{'|'.join(re.escape(each) for each in _PHRASES if each and not each.startswith('#'))})(?![\w@])",
    re.IGNORECASE,
)
_POLICE = re.compile(r"(?:[ \-]\w{2,20}){0,3}[ ](?:cid|police|constabulary|nick|custody)\b", re.IGNORECASE)
_IN_TOWN = re.compile(r"[ ](?:in|at)[ ](?:the[ ])?")
_PLACE_BRANCH = re.compile(r"(?<!\w)[A-Za-z]{3,20}[ ]\Z")


def find(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from _patterns(text)
    yield from _by_head(text)
    yield from _by_cue(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _AT.finditer(text.text):
        at = text.starting(match.end())
        if at is not None and words.is_stranger(text.tokens[at].low) and _STOPS.match(text.text, text.tokens[at].end):
            yield finding((text.tokens[at].start, text.tokens[at].end), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in _SAINT.finditer(text.text):
        yield finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def _patterns(text: Words) -> Iterator[Finding]:
    for pattern in (_SONS, _YSGOL):
        for match in pattern.finditer(text.text):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER")
    for match in _UNIVERSITY.finditer(text.text):
        if not words.is_never_a_name(match["place"].lower().split()[-1]):
            yield finding(match.span("it"), "SCHOOL_EMPLOYER")
    for match in _UNIVERSITY_NAMES.finditer(text.text):
        yield finding(match.span(), "SCHOOL_EMPLOYER")


def _by_head(text: Words) -> Iterator[Finding]:
    for at, token in enumerate(text.tokens):
        if token.low in _HEADS or _is_two_word_head(text, at):
            start = _start_of_name(text, at)
            if start is not None and start < at:
                yield finding((text.tokens[start].start, text.tokens[_end_of_name(text, at)].end), "SCHOOL_EMPLOYER")


def _is_two_word_head(text: Words, at: int) -> bool:
    before = text.at(at - 1)
    return before is not None and (before.low, text.tokens[at].low) in _TWO_WORD_HEADS


def _end_of_name(text: Words, at: int) -> int:
    after = text.at(at + 1)
    return at + 1 if after is not None and after.low in _HEADS and text.gap(at) == " " else at


def _start_of_name(text: Words, head: int) -> int | None:
    start, distinctive = head, False
    while head - start < _LONGEST and _is_part_of_name(text, start - 1):
        start -= 1
        distinctive = distinctive or _is_distinctive(text, start, head)
    while start < head and text.tokens[start].low in _LINKS - {"the", "st"}:
        start += 1
    return start if distinctive else None


def _is_part_of_name(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is None or not _GAP.fullmatch(text.gap(at)):
        return False
    if token.low in _DESCRIBERS or token.low in _LINKS or token.low in {"our", "little", "lady"}:
        return token.low != "our" or text.tokens[at + 1].low == "lady"
    return not words.is_never_a_name(token.low) and (
        (token.title and not (token.first and words.is_common(token.low))) or not _is_plain_talk(text, at)
    )


def _is_plain_talk(text: Words, at: int) -> bool:
    token = text.tokens[at]
    return (token.low.endswith(("ing", "ed", "ly")) and words.is_word(token.low)) or _is_slip(token.low)


def _is_distinctive(text: Words, at: int, head: int) -> bool:
    token = text.tokens[at]
    if token.low in _DESCRIBERS:
        return token.low == "royal" and text.tokens[head].low in {"infirmary", "hospital"}
    if token.low in _LINKS or words.is_never_a_name(token.low):
        return False
    if token.title and not token.first:
        return True
    strong = text.tokens[head].low in _STRONG_HEADS or _is_two_word_head(text, head)
    if not words.is_common(token.low):
        return strong or not words.is_word(token.low)
    return strong and _follows_place_word(text, at)


def _follows_place_word(text: Words, at: int) -> bool:
    for back in (1, 2, 3):
        before = text.at(at - back)
        if before is not None and before.low in {"at", "from", "to", "for", "our"}:
            return True
    return False


def _by_cue(text: Words) -> Iterator[Finding]:
    for match in _WORKS.finditer(text.text):
        yield from _employer_from(text, match.end())
    for match in _EMPLOYER.finditer(text.text):
        yield finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in _PARENTS.finditer(text.text):
        at = text.ending(match.start() - 1)
        if at is not None and (_is_capital_or_odd(text, at) or text.tokens[at].low in _HEADS):
            before = at
            while (
                at - before < _LONGEST - 1
                and before
                and _GAP.fullmatch(text.gap(before - 1))
                and not words.is_never_a_name(text.tokens[before - 1].low)
            ):
                before -= 1
            yield finding((text.tokens[before].start, text.tokens[at].end), "SCHOOL_EMPLOYER", sure=False)


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    at = text.starting(place)
    if at is not None and text.tokens[at].low in {"the", "a"}:
        at += 1
    if at is None or at >= len(text.tokens) or not _is_capital_or_odd(text, at):
        return
    if words.is_quiet(text.tokens[at].low) and text.text[:place].lower().endswith(
        ("go to ", "goes to ", "went to ", "going to ")
    ):
        return
    last = at
    while (
        last - at < _LONGEST
        and text.at(last + 1)
        and _GAP.fullmatch(text.gap(last))
        and _is_capital_or_odd(text, last + 1)
    ):
        last += 1
    if _POLICE.match(text.text, text.tokens[last].end):
        return
    end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
    yield finding((text.tokens[at].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _is_capital_or_odd(text: Words, at: int) -> bool:
    token = text.tokens[at]
    if words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not _is_slip(token.low))


def _is_slip(low: str) -> bool:
    return words.is_slip(low) and not words.is_any_surname(low) and not places.is_listed(low)


def _with_town(text: Words, end: int) -> int:
    match = _IN_TOWN.match(text.text, end)
    at = text.starting(match.end()) if match else None
    if at is None or not _is_capital_or_odd(text, at):
        return end
    after = text.at(at + 1)
    more = after is not None and text.gap(at) in (" ", "-") and _is_capital_or_odd(text, at + 1)
    return text.tokens[at + 1 if more else at].end


_UNIVERSITY_NAMES = re.compile(
    r"""(?<!\w)(?:uclan|ucl|lse|kcl|uwe|uea|umist|qmul|lsbu|mmu|ljmu|bcu|ntu|dmu|soas|u?w?trinity[ ]saint[ ]david|
    (?:leeds|manchester|sheffield|birmingham|nottingham|oxford|liverpool|cardiff|london|glasgow|edinburgh|southampton|buckinghamshire|staffordshire|canterbury)[ ](?:beckett|met(?:ropolitan)?\b(?![ ]police)|hallam|city[ ]uni\w{0,8}|trent|brookes|john[ ]moores|caledonian|napier|solent|new[ ]university|christ[ ]church)|
    king['’]?s[ ]college(?:[ ]london)?|queen['’]?s[ ](?:university[ ])?belfast|royal[ ]holloway|goldsmiths|imperial[ ]college|de[ ]montfort|heriot[ \-]watt|robert[ ]gordon|edge[ ]hill|harper[ ]adams|anglia[ ]ruskin)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
