"""Days somebody could look up, and exact ages."""

import re
from collections.abc import Iterator

from stories.identifying import vetoes, words
from stories.identifying.finding import Finding
from stories.identifying.lists import group
from stories.identifying.shapes import search, shape

_MONTH = r"""(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|
    oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.)"""
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?"
_ORDINAL = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:[ ]?(?:st|nd|rd|th))?"
_DAY_WORD = r"""(?:(?:twenty|thirty)[ \-]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|
    tenth|eleventh|twelfth|thirteenth|
    fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"""
_YEAR = r"""(?:(?:19|20)\d\d(?!\d)|['’]?\d\d(?![\d:/]|[ ]?(?:am|pm|people|officers?|minutes?|hours?|days?|
    weeks?|months?|years?)\b))"""
DAY_MONTH = rf"{_DAY}[ ]?(?:of[ ])?{_MONTH}(?!\w)(?:[ ,]{{1,2}}{_YEAR})?"
_MODAL = re.compile(r"[ ](?:have|not|be|well|never|also|or|as|has|only|need|want|get|go)\b", re.IGNORECASE)
_COUNTED = re.compile(r"[ ](?!(?:was|is|his|this|as|has|police|its)\b)[a-z]{2,20}s\b")

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten"
_AGE_WORD = rf"(?:(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:[ \-]?(?:{_ONES}))?|{_TEENS})"
_NUMBER = rf"(?:[1-9]\d(?!\d)|{_AGE_WORD})"
_YEARS_OLD = r"(?:[ \-]?(?:years?|yrs?|yr|y)[ \-]?(?:old|o|of[ ]age)\b|[ ]?y/?o\b)"
_SOMEONE = r"""(?:(?:i|he|she)(?:['’]?ll|[ ]will)[ ]be|
    i['’ ]?m|i[ ]am|i[ ]was|im|he['’]?s|she['’]?s|they['’]?re|they[ ]are|they[ ]were|
    you['’]?re|we['’]?re|we[ ]are|we[ ]were|are[ ]both|were[ ]both|both[ ]of[ ]us|
    acts?|would[ ]have[ ]been|would['’]?ve[ ]been|i['’]?d[ ]just|(?:he|
    she)[ ](?:is|was)|who['’]?s|who[ ]is|who[ ]was|i['’]?d[ ]been|
    (?:son|daughter|brother|sister|mum|dad|mother|father|child|girl|boy|kid|niece|nephew|friend|ex|partner|
    wife|husband|boyfriend|girlfriend|[A-Z][a-z]{1,20})(?:['’]s|[ ]is|[ ]was))"""
_SOFTENER = r"""(?:[ ](?:only|just|now|both|all|not|gone|about|around|nearly|almost|barely|still|then|turning|
    also|already|roughly|approx|like|aged?)){0,2}"""


def _is_a_date(match: re.Match[str]) -> bool:
    first, second, third = (int(part) for part in re.findall(r"\d+", match["it"]))
    if first > 31:
        first, third = third, first
    return min(first, second) >= 1 and min(first, second) <= 12 and max(first, second) <= 31


def _is_no_modal(match: re.Match[str]) -> bool:
    return not (match["it"].endswith("may") and _MODAL.match(match.string, match.end("it")))


def _is_no_count(match: re.Match[str]) -> bool:
    return _COUNTED.match(match.string, match.end("it")) is None


def _is_years_of_life(match: re.Match[str]) -> bool:
    return not vetoes.counts_something(match.string, match.end("it"))


def _is_after_a_name(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 25) : match.start()].split()
    return bool(before) and words.is_name(before[-1].lower())


def _is_after_somebody(match: re.Match[str]) -> bool:
    return words.is_name(match["who"].lower()) or match["who"].lower() in _YOUNG


_YOUNG = group("young people")
DATES = (
    shape("EXACT_DATE", rf"(?<![\w/])(?P<it>{_DAY}[\-./]{_MONTH}[\-./](?:(?:19|20)\d\d|\d\d))(?!\w)"),
    shape(
        "EXACT_DATE",
        rf"\bon[ ](?P<it>the[ ]{_ORDINAL})(?=[.,;!?)\n]|[ ](?:he|she|i|they|we|and|at|when|but)\b|$)",
        sure=False,
    ),
    shape("EXACT_DATE", rf"(?<!\w)(?P<it>(?:the[ ])?{_ORDINAL}[ ]of[ ]the[ ]{_ORDINAL}(?:[ ,]{{1,2}}{_YEAR})?)(?!\w)"),
    shape("EXACT_DATE", rf"(?<!\w)(?P<it>{_ORDINAL})(?=[ ](?:and|to|or|until|till)[ ](?:the[ ])?{DAY_MONTH}(?!\w))"),
    shape(
        "EXACT_DATE",
        r"(?:^|[.!?][ ]|\n)(?P<it>(?:1[3-9]|2[0-35-9]|3[01])/(?:0?[1-9]|1[0-2]))(?=[.,:;]|[ ][-–])",
        sure=False,
    ),
    shape("EXACT_DATE", rf"(?<![\w/])(?P<it>(?:{_WEEKDAY},?[ ])?(?:the[ ])?{DAY_MONTH})(?!\w)", check=_is_no_modal),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>(?:{_WEEKDAY},?[ ])?(?:the[ ])?(?:{_DAY_WORD})[ ]
            (?:of[ ])?{_MONTH}(?!\w)(?:[ ,]{{1,2}}{_YEAR})?)""",
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>(?:{_WEEKDAY},?[ ])?{_MONTH}[ ]?(?:the[ ])?{_ORDINAL}(?!\w)(?:[ ,]{{1,2}}{_YEAR})?)",
    ),
    shape("EXACT_DATE", rf"(?<!\w)(?P<it>{_MONTH}[ ](?:0?[1-9]|[12]\d|3[01]),?[ ](?:19|20)\d\d)(?!\d)"),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>{_MONTH}[ ](?:0?[1-9]|[12]\d|3[01]))(?![\w:/%£]|[.,]\d)",
        check=_is_no_count,
        sure=False,
    ),
    shape("EXACT_DATE", r"(?<![\w/.\-])(?P<it>(?:19|20)\d\d([/.\-])\d{1,2}\2\d{1,2})(?![\w/])", check=_is_a_date),
    shape(
        "EXACT_DATE",
        r"(?<![\w/.\-£])(?P<it>\d{1,2}[ ]?([/.\-])[ ]?\d{1,2}[ ]?\2[ ]?(?:(?:19|20)\d\d|\d\d))(?![\w/]|[.\-]\d)",
        check=_is_a_date,
    ),
    shape(
        "EXACT_DATE",
        r"""\b(?:dob|d\.o\.b\.?|born(?:[ ]on)?|birth(?:day)?|dated?|since|on|reported|closed|charged|arrested|
            until|from)[ ]?(?:is|was|:|of)?[ ]?(?P<it>(?:0?[1-9]|[12]\d|3[01])[/](?:0?[1-9]|1[0-2]))(?![\w/])""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"""\b(?:dob|d\.o\.b\.?|date[ ]of[ ]birth)[ ]?(?:is|was|:)?[ ]?(?P<it>\d{2}[ ]?\d{2}[ ]?(?:(?:19|
            20)\d\d|\d\d))(?!\d)""",
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ ](?:the[ ])?{_ORDINAL})(?!\w)",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"""(?<!\w)(?P<it>(?:christmas(?:[ ](?:day|eve))?|boxing[ ]day|new[ ]year['’]?s[ ](?:day|eve)|
            valentine['’]?s(?:[ ]day)?|halloween|bonfire[ ]night),?[ ]
        (?:in[ ]|of[ ])?(?:19|20)\d\d)(?!\d)""",
        sure=False,
    ),
)
_ANY_AGE = rf"(?:[1-9](?!\d)|one|two|{_ONES}|{_NUMBER})"
AGES = (
    shape(
        "AGE",
        rf"""\b(?:children|kids|boys|girls|sons|daughters|twins|lads|lasses|bairns|grandchildren|grandkids|nieces|nephews|they)
            (?:[ ](?:are|were|r)|,|['’]?re)?[ ](?:now[ ]|only[ ]|just[ ]|aged[ ])?
            (?P<it>{_ANY_AGE}(?:,[ ]{_ANY_AGE}){{0,5}},?[ ](?:and|&)[ ]{_ANY_AGE})(?![\w/%]|[.,]\d)""",
        check=_is_years_of_life,
        sure=False,
    ),
    shape(
        "AGE",
        r"""\b(?:first|baby|married|wed|pregnant|left|started|together|split|mum|home|moved|met|engaged)\b
            [^.\n\d]{0,20}?[ ]at[ ](?P<it>1[3-9]|2\d|3[1-9])(?=[.,;!?)\n](?!\d)|[ ](?:and|so|but|with)\b|$)""",
        sure=False,
    ),
    shape(
        "AGE",
        rf"""(?<!\w)(?P<who>[^\W\d_]{{2,20}})[ ](?:are|were)[ ](?:now[ ]|only[ ]|just[ ]|both[ ])?
            (?P<it>{_ANY_AGE}[ ](?:and|&)[ ]{_ANY_AGE})(?![\w/%]|[.,]\d)""",
        check=lambda match: _is_after_somebody(match) and _is_years_of_life(match),
        sure=False,
    ),
    shape("AGE", rf"(?<![^\s])now[ ](?P<it>{_NUMBER})(?=,[ ](?:i|he|she|we|they)\b)", sure=False),
    shape("AGE", rf"(?<=,[ ])(?P<it>{_AGE_WORD})(?=,[ ])", sure=False),
    shape("AGE", rf"\b(?:fe)?male,[ ](?P<it>{_NUMBER})(?![\w/])", sure=False),
    shape(
        "AGE",
        rf"(?<!\w)(?:at|by)[ ](?P<it>1[3-9]|[2-7]\d|{_AGE_WORD})(?=,?[ ](?:i|he|she|we|they|you)\b)",
        sure=False,
    ),
    shape(
        "AGE",
        rf"(?<!\w)(?P<who>[^\W\d_]{{2,20}}),[ ](?P<it>{_NUMBER}|[2-9])(?=,[ ])",
        check=_is_after_somebody,
        sure=False,
    ),
    shape("AGE", rf"(?<![\w£$.,/\-])(?P<it>(?:[1-9]|{_NUMBER}){_YEARS_OLD})"),
    shape(
        "AGE",
        rf"""(?<![\w-])(?:aged?|turn(?:ed|ing|s)?|(?:age|wom[ae]n|m[ae]n|girls?|boys?|
            lads?|lass|person|child)[ ]of|reached|feel(?:s|ing)?|felt)[ ]?:?[ ]?(?P<it>[1-9](?!\d)|
            {_NUMBER})(?![\w/%]|[.,]\d)""",
        check=_is_years_of_life,
    ),
    shape("AGE", rf"(?<!\w){_SOMEONE}{_SOFTENER}[ ](?P<it>{_NUMBER})(?![\w/%£-]|[.,:]\d)", check=_is_years_of_life),
    shape(
        "AGE",
        rf"""(?<!\w)(?:\w{{1,20}})[ ](?:is|was)[ ](?:only[ ]|just[ ]|now[ ])?(?P<it>{_NUMBER})(?=[.,;!?)\n]|
            [ ](?:and|now|when|at|but|then|so)\b|$)""",
        check=_is_years_of_life,
        sure=False,
    ),
    shape(
        "AGE",
        r"""(?<!\w)(?P<who>[^\W\d_]{1,20})(?:[ ](?:is|was)|['’]?s)[ ](?:only[ ]|just[ ]|
            now[ ])?(?P<it>[1-9]|two|three|four|five|six|seven|eight|nine)(?![.,]\d)(?=[.,;!?)\n]|
            [ ](?:and|now|when|but|i|he|she|we|they|his|her|my)\b|$)""",
        check=_is_after_somebody,
        sure=False,
    ),
    shape("AGE", r"(?<![\w£/])[(\[](?P<it>[1-9]\d)[ ]?(?:[mf]|male|female)?[)\]]", sure=False),
    shape("AGE", r"(?<![\w£/])(?P<it>[1-9]\d[ ]?[mf])(?![\w/])", sure=False),
    shape("AGE", r"(?<!\w)(?P<it>[mf][1-9]\d)(?![\w/\-])", sure=False),
    shape(
        "AGE",
        rf"(?<=,[ ])(?P<it>{_NUMBER})(?=,[ ](?:from|of|and|who|a|an|living|lives)\b)",
        check=_is_years_of_life,
        sure=False,
    ),
    shape("AGE", rf"(?<=[a-z][ ])(?P<it>{_NUMBER})(?=[ ]from[ ])", check=_is_after_a_name, sure=False),
    shape("AGE", r"(?<!\w)(?P<who>[^\W\d_]{2,20})[ ][(](?P<it>[1-9])[)]", check=_is_after_somebody, sure=False),
    shape("AGE", r"(?<!\w)[mf],[ ](?P<it>[1-9]\d)(?![\w/])", sure=False),
    shape("AGE", r"\bborn[ ](?:and[ ]raised[ ])?in[ ](?P<it>(?:19|20)\d\d)(?!\d)", sure=False),
)


def find_dates(text: str) -> Iterator[Finding]:
    """Days with a month, with or without a year; never a month alone."""
    return search(text, DATES)


def find_ages(text: str) -> Iterator[Finding]:
    """Ages in figures or words, told from counts by what follows."""
    return search(text, AGES)
