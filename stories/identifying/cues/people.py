"""Names of people and officers, told by cues beside them or by the name itself."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes, words
from stories.identifying.cues import places
from stories.identifying.cues.names import Cue, last_of_name
from stories.identifying.finding import Finding
from stories.identifying.kinds import finding
from stories.identifying.lists import group
from stories.identifying.tokens import Words

_OFFICER = r"(?:off?icc?er|offcier|ofifcer|offier|officr|offcer|offiecr|oficcer|offficer)"
RANK = rf"""(?:(?:[tap]|acting|temp|temporary|trainee)[/ ])?(?:w?pc|w?dc|ds|di|dci|dsu|ps|pcso|cso|sc|ci|sgt|serg[ea]{{1,3}}nt|sarge|insp(?:ector)?|(?:chief[ ])?supt|
    (?:police|special|detective|chief)[ ]constable|constable|(?:detective[ ])?(?:chief[ ])?(?:super|supt|superintendent)|detective(?:[ ](?:constable|sergeant|inspector))?|
    det\.?[ ](?:con|sgt|insp|supt|ch[ ]insp)|(?:police[ ]|desk[ ]|custody[ ])?(?:sergeant|inspector)|{_OFFICER}s?|sio|oic)"""
_CALLED = r"(?:called|named|name(?:d|[ ]was|[ ]is|['’]s|[ ]=)|first[ ]name|surname|known[ ]as|by[ ]the[ ]name(?:[ ]of)?|goes[ ]by|went[ ]by)"
_KIN = r"""(?:ex[\- ]?(?:husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]+|mate|colleague|boss)|ex|exes|husband|wife|partner|boyfriend|girlfriend|bf|gf|hubby|fianc[eé]+e?|mum|dad|mother|father|
    step[ \-]?(?:dad|mum|son|daughter|father|mother|brother|sister)|sister|brother|son|daughter|cousin|aunt(?:ie|y)?|uncle|niece|nephew|nan|gran|grandma|grandad|(?:best[ ])?(?:friend|mate)|friends|flat[ ]?mate|house[ ]?mate|
    neighbour|boss|manager|supervisor|solicitor|lawyer|barrister|therapist|counsellor|(?:support|social|key)[ ]worker|advis[eo]r|advocate|isva|idva|teacher|tutor|lecturer|head[ ]?teacher|doctor|gp|nurse|landlord|colleague|
    bro|sis|kids?|children|child|boy|girl|lad|baby|twins?|man|woman|bloke|guy|stalker|abuser|perpetrator|suspect|offender|someone|girl|mate|pal|caller|handler|call[ ]handler)"""
_OWNER = r"(?:my|his|her|our|their|your|the|a|an|this|that|some|another|ur|me)"
_ADJECTIVES = r"(?:[ ](?!will|may)[a-z\-]{2,14}){0,2}?"
_BREAK = r"(?:,?[ ](?:is|was|['’]s)?[ ]?(?:called|named)?|,[ ]|[ ]|[ ]?[:(\-–][ ]?|[ ](?:is|was)[ ])"
_SOFT = r"(?:[ ](?:i[ ]think|something[ ]like|maybe|possibly|a|an|just|only|really|actually|literally|probably))?"


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


OFFICER_CUES = (
    (
        _cue(
            rf"(?<![\w])(?<!['’]){RANK}\.?(?:[ ]?[:(]|,)?[ ](?:\(?i[ ]think[ ])?(?:was[ ](?:called[ ]|a[ ])?|is[ ]|called[ ]|named[ ]|\w{{0,3}}\d{{2,5}}\w{{0,3}}[ ,]{{1,2}})?(?={{0,1}})".replace(
                "(?={0,1})", ""
            )
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            rf"\b(?:{_OFFICER}s?|oic|sergeant|inspector|detective|pcso)(?:[ ]in[ ](?:charge|the[ ]case)|[ ]on[ ](?:the|my)[ ]case|[ ]dealing|[ ]himself|[ ]herself|[ ]who[ ]came)?(?:,|:|[ ](?:is|was|were|are|called|named)|[ ]?\((?:i[ ]think)?|(?<=self))[ ](?:(?:i[ ]think|called|named|a|an)[ ])?"
        ),
        Cue.STRONG,
    ),
    (_cue(r"\b(?:badge|lanyard|name[ ]?tag|card|uniform)[ ](?:said|says|read|had|reads)[ ]"), Cue.STRONG),
    (
        _cue(r"\b(?:spoke|speak|speaking|talked|talking)[ ](?:to|with)[ ][a-z]{0,3}\d{2,6}[a-z]{0,3}[ ,]{1,2}"),
        Cue.STRONG,
    ),
    (_cue(r"\b(?:\d{2,5}[a-z]{2}|[a-z]{1,3}\d{3,5})[ ]"), Cue.WEAK),
    (
        _cue(
            r"\b(?:was|were|been|got|am)[ ](?:given|assigned|allocated|passed[ ](?:on[ ])?to|handed[ ](?:over[ ])?to|seen[ ]by|interviewed[ ]by)(?:[ ]to)?[ ]"
        ),
        Cue.WEAK,
    ),
)
PEOPLE_CUES = (
    (
        _cue(r"(?<!\w)(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|rev(?:erend)?|father|cllr|sir|judge|nurse|doctor)\.?[ ]"),
        Cue.STRONG,
    ),
    (_cue(r"(?<!\w)(?:mr|mrs|ms)\.?[ ]"), Cue.CERTAIN),
    (_cue(rf"\b{_CALLED}[ :]{{1,2}}[\"'“‘]?"), Cue.STRONG),
    (
        _cue(
            r"\b(?:call(?:s|ed)?[ ](?:me|him|her|them)|my[ ]name['’]?s?|i['’]?m|i[ ]am|it['’]?s[ ]me,?|this[ ]is|it['’]?s|she[ ]is|he[ ]is|name[ ]?:)[ ][\"'“‘]?"
        ),
        Cue.WEAK,
    ),
    (_cue(rf"\b{_OWNER}{_ADJECTIVES}[ ]{_KIN}{_BREAK}[\"'“‘]?"), Cue.WEAK),
    (
        _cue(
            r"\b(?:girls|women|others|victims|friends|mates|lads|men|boys|officers|pair|two|three|four)[ ](?:were|are|was)[ ]"
        ),
        Cue.WEAK,
    ),
    (_cue(r"\b(?:real|full|own|maiden|married|legal)[ ]name,?[ ](?:is[ ]|was[ ]|as[ ])?"), Cue.STRONG),
    (
        _cue(
            r"(?:(?:kind|best|warm|many)?[ ]?(?:regards|wishes)|yours(?:[ ](?:sincerely|faithfully|truly))?|sincerely|thank(?:s|[ ]you)(?:[ ]for[ ]reading)?|cheers|love|signed|(?<![^\n])from)[,.!]{0,2}\s{1,3}(?=[^\s]{2,30}(?:[ ][^\s]{2,30}){0,2}(?:[ ]x{1,3}(?!\w)|[ ]?[.!]?[ ]?(?:\n|$)))"
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            r"\b(?:told|tell|telling|met|dating|interviewed|arrested|charged|cautioned|blocked|messaged|texted|rang|asked|ruin|blamed)[ ]"
        ),
        Cue.OBJECT,
    ),
    (_cue(r"\b(?:with|dear|hi|hey)[ ]"), Cue.WEAK),
)
_AFTER_OFFICER = re.compile(
    r"[ ,]{1,2}(?:(?:was|is|were)[ ](?:also[ ])?)?(?:the|my|our|a|an|her|his)[ ](?:\w{1,12}[ ]){0,2}?(?:pcso|pc|sergeant|sgt|inspector|detective|oic|officer|constable|copper|liaison|dc)\b|[ ]\(?(?:the[ ])?(?:oic|pcso|desk)\b",
    re.IGNORECASE,
)
_AFTER_PERSON = re.compile(
    r"""['’]s[ ](?:mum|mam|mom|dad|mother|father|sister|brother|house|phone|car|name|life|wife|husband|girlfriend|boyfriend|partner|ex|friends?|mates?|son|daughter|family|parents|account|flat|work|place|case|side|story|profile|new)\b
    |[ ](?:from|at|in)[ ](?:work|school|college|uni|hr|next[ ]door|church|the[ ]gym|reception|accounts|sales|it|admin|payroll|security)\b|[ ]next[ ]door|,[ ](?:my|his|her|our)[ ](?:best[ ])?(?:friend|mate|sister|brother|mum|mother|dad|ex|cousin|partner|husband|wife|boss|manager|neighbour|son|daughter)\b
    |[ ]x{1,3}(?![\w'’])
    |[ ](?:was|is|has[ ]been)[ ](?:so[ ]|really[ ]|very[ ]|absolutely[ ])?(?:lovely|brilliant|kind|nice|horrible|supportive|amazing|great|fantastic|arrested|interviewed|charged|cautioned|convicted|abusive|the[ ]only[ ]one)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_OWNED = re.compile(
    r"s(?=[ ](?:mum|mam|mom|dad|mother|father|sister|brother|house|phone|life|wife|husband|girlfriend|boyfriend|partner|mates?|son|daughter|family|parents|account)\b)",
    re.IGNORECASE,
)
_NO_NAME_AFTER = group("before no name")
_SPEECH = re.compile(
    r"[ ](?:told|said|says|rang|called|messaged|texted|sent|shared|posted|came|phoned|asked|helped|knew|saw|found|threatened|laughed|admitted|denied|took|kept|started|put|used|made|went|works|lives|has|had|thinks|knows)\b",
    re.IGNORECASE,
)
_CLAUSE = group("clause openers")
_ACTS = re.compile(
    r"[ ](?:told|said|rang|messaged|texted|sent|shared|posted|phoned|denied|admitted|laughed|threatened|thinks|knows|uploaded|blocked|lied|cried|filmed|swore|punched|strangled|dumped)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r",? (?:and|&|or) |, |/| ?& ?", re.IGNORECASE)
_LONGEST_LIST = 8


def find_officers(text: Words) -> Iterator[Finding]:
    """Names after a rank or the like, and names said to be an officer's."""
    yield from _after_cues(text, OFFICER_CUES, "OFFICER_NAME")
    yield from _before_cue(text, _AFTER_OFFICER, "OFFICER_NAME")


def find_people(text: Words) -> Iterator[Finding]:
    """Names beside a word that promises one."""
    yield from _after_cues(text, PEOPLE_CUES, "PERSON")
    yield from _before_cue(text, _AFTER_PERSON, "PERSON")
    yield from _owners(text)


def find_bare_names(text: Words) -> Iterator[Finding]:
    """Names that nothing announces."""
    at = 0
    while at < len(text.tokens):
        last = last_of_name(text, at, Cue.STRONG) if _stands_alone(text, at) else None
        if last is not None:
            yield finding((text.tokens[at].start, text.tokens[last].end), _kind_of_bare(text, at), sure=False)
        at = at + 1 if last is None else last + 1


def _kind_of_bare(text: Words, at: int) -> str:
    """A capital after "at" is more often a place of work than a person."""
    start = text.tokens[at].start
    workplace = text.text[max(0, start - 4) : start].lower().endswith(" at ") and not words.is_first_name(
        text.tokens[at].low
    )
    return "SCHOOL_EMPLOYER" if workplace else "PERSON"


def _after_cues(text: Words, cues: tuple[tuple[re.Pattern[str], Cue], ...], kind: str) -> Iterator[Finding]:
    for pattern, cue in cues:
        for match in pattern.finditer(text.text):
            yield from _read_list(text, text.starting(match.end()), cue, kind)


def _read_list(text: Words, at: int | None, cue: Cue, kind: str) -> Iterator[Finding]:
    for _ in range(_LONGEST_LIST):
        last = last_of_name(text, at, cue)
        if at is None or last is None:
            return
        yield finding((text.tokens[at].start, text.tokens[last].end), kind, sure=cue >= Cue.STRONG)
        if not _LIST.fullmatch(text.gap(last)) and not _is_and(text, last):
            return
        at, cue = (last + 2 if _is_and(text, last) else last + 1), Cue.WEAK


def _is_and(text: Words, last: int) -> bool:
    after = text.at(last + 1)
    return after is not None and after.low in {"and", "or"} and text.gap(last) in (" ", ", ")


def _before_cue(text: Words, pattern: re.Pattern[str], kind: str) -> Iterator[Finding]:
    for match in pattern.finditer(text.text):
        at = text.ending(match.start())
        if at is not None and _is_a_name_before(text, at, kind):
            start = _first_of_name(text, at)
            yield finding((text.tokens[start].start, text.tokens[at].end), kind, sure=False)


def _owners(text: Words) -> Iterator[Finding]:
    """The "dorotas mum" of people who leave the apostrophe out."""
    for match in _OWNED.finditer(text.text):
        at = text.ending(match.start() + 1)
        if at is not None and _may_own(text.tokens[at].low):
            yield finding((text.tokens[at].start, match.start()), "PERSON", sure=False)


def _may_own(low: str) -> bool:
    name = low.removesuffix("s")
    return not words.is_word(low) and (
        words.is_plain_first_name(name) or (words.is_stranger(name) and words.is_stranger(low))
    )


def _is_a_name_before(text: Words, at: int, kind: str) -> bool:
    token, before = text.tokens[at], text.at(at - 1)
    if words.is_never_a_name(token.low) or words.is_quiet(token.low):
        return False
    if words.is_word(token.low) and before is not None and not text.tokens[at].first and before.low in _NO_NAME_AFTER:
        return False
    if words.is_stranger(token.low):
        return True
    if token.title and not token.first:
        return words.is_name(token.low) or not words.is_word(token.low)
    if token.title and kind == "OFFICER_NAME" and words.is_common_surname(token.low):
        return True
    return words.is_first_name(token.low) or (words.is_surname(token.low) and not words.is_word(token.low))


def _first_of_name(text: Words, at: int) -> int:
    before = text.at(at - 1)
    joined = before is not None and text.gap(at - 1) == " " and words.is_first_name(before.low)
    odd = before is not None and text.gap(at - 1) == " " and words.is_stranger(before.low)
    return (
        at - 1
        if odd
        or (
            joined
            and before is not None
            and (before.title or not text.tokens[at].title)
            and words.is_plain_first_name(before.low)
        )
        else at
    )


def _stands_alone(text: Words, at: int) -> bool:
    token = text.tokens[at]
    if len(token.low) == 1:
        return token.title and token.low != "i" and _is_initial(text, at)
    if vetoes.names_a_force(text.text, token.end) and places.is_listed(token.low):
        return False
    if token.low == "will" and token.title and not token.first:
        return True
    if (
        words.is_never_a_name(token.low)
        or (words.is_quiet(token.low) and not _is_whole_name(text, at))
        or words.is_proper(token.low)
        or (text.is_acronym(at) and not words.is_plain_first_name(token.low))
    ):
        return False
    if words.is_plain_first_name(token.low):
        return True
    if words.is_plain_surname(token.low) and not places.is_listed(token.low):
        return True
    return _is_a_bare_title(text, at) if token.title else _is_whole_name(text, at) or _opens_a_clause(text, at)


def _opens_a_clause(text: Words, at: int) -> bool:
    """The "mark" of "mark posted it": a word that is a name only as somebody who acts."""
    token, before = text.tokens[at], text.at(at - 1)
    if words.is_stranger(token.low) and (_ACTS.match(text.text, token.end) or _is_strange_pair(text, at)):
        return True
    starts = token.first or before is None or before.low in _CLAUSE or "," in text.gap(at - 1)
    return starts and words.is_first_name(token.low) and _ACTS.match(text.text, token.end) is not None


def _is_strange_pair(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    return (
        after is not None
        and text.gap(at) == " "
        and (words.is_stranger(after.low) or words.is_plain_surname(after.low))
    )


def _is_initial(text: Words, at: int) -> bool:
    after = text.at(at + 1)
    titled = after is not None and after.title and text.gap(at) in (". ", ".", " ")
    return titled and after is not None and (words.is_name(after.low) or not words.is_known(after.low))


def _is_whole_name(text: Words, at: int) -> bool:
    """A first name that may be a word too, made certain by the surname after it."""
    after = text.at(at + 1)
    if (
        after is None
        or text.gap(at) != " "
        or not words.is_first_name(text.tokens[at].low)
        or words.is_quiet(after.low)
    ):
        return False
    surname = (words.is_surname(after.low) and not words.is_word(after.low)) or words.is_stranger(after.low)
    return surname and (after.title or not places.is_listed(after.low))


def _is_beside_a_name(text: Words, at: int) -> bool:
    """A word that may be a name, opening a sentence: "Rob, Jack and me", "Pat Joy"."""
    after = text.at(at + 1)
    if after is None or not after.title or words.is_quiet(after.low) or words.is_never_a_name(after.low):
        return False
    return words.is_name(after.low) if text.gap(at) == " " else text.gap(at) == ", " and words.is_first_name(after.low)


def _heads_a_title(text: Words, at: int) -> bool:
    """The "West" of "West Yorkshire": the next word has a capital and is nobody's name."""
    after = text.at(at + 1)
    return (
        after is not None
        and text.gap(at) == " "
        and after.title
        and words.is_quiet(after.low)
        and not words.is_name(after.low)
    )


def _is_a_bare_title(text: Words, at: int) -> bool:
    token = text.tokens[at]
    if _heads_a_title(text, at):
        return False
    if token.first:
        if words.is_first_name(token.low):
            return (
                _is_whole_name(text, at)
                or _is_beside_a_name(text, at)
                or (_SPEECH.match(text.text, token.end) is not None and token.low not in words.MONTHS)
            )
        return not words.is_word(token.low) and len(token.low) > 2 and not words.is_slip(token.low)
    if words.is_first_name(token.low) or words.is_surname(token.low):
        return True
    return not words.is_word(token.low) and not words.is_slip(token.low)
