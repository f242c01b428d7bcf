"""Days somebody could look up: those told with their month."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.finding import Finding
from stories.pii.patterns import search, shape
from stories.pii.words import slips_of

# --- The calendar -----------------------------------------------------------------------------

MONTH = r"""(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|
    oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.)"""
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?)"
ORDINAL = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:[ ]?(?:st|nd|rd|th))?"
_LATE_DAY_WORD = r"""(?:thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|
    thirtieth|(?:twenty|thirty)[ \-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"""
DAY_WORD = rf"""(?:{_LATE_DAY_WORD}|
    first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"""
LATE_DAY_WORD = _LATE_DAY_WORD
_YEAR_WORD = r"""(?:(?:twenty[ ])?(?:twenty|nineteen|eighteen)[ \-]?(?:one|two|three|four|five|six|seven)?|
    two[ ]thousand(?:[ ]and)?[ ](?:one|two|three|four|five|six|seven|eight|nine|ten|\w{2,5}teen|twenty))\b"""
YEAR = r"""(?:(?:19|20)\d\d(?!\d)|['’]?\d\d(?![\w:/]|[ ]?(?:am|pm|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|
    dec)[a-z]{0,7}\b|[ ]?(?:people|officers?|minutes?|hours?|days?|
    weeks?|months?|years?)\b))"""
SPOKEN_YEAR = rf"(?:{YEAR}|{_YEAR_WORD})"
DAY_MONTH = rf"{DAY}[ ]?(?:of[ ])?{MONTH}(?!\w)(?:[ ,]{{1,2}}{YEAR})?"

_OTHER_SPELLINGS = ("febuary", "feburary", "janury", "septemeber")
_SHORT = 4
_LONG_MONTHS = [each for each in (*words.MONTHS, *_OTHER_SPELLINGS) if len(each) > _SHORT]
_MONTH_SLIPS = slips_of(_LONG_MONTHS) | {"jnue", "juen", "jluy", "juyl", "jully", "juley"}
_WEEKDAY_SLIPS = slips_of(each for each in words.WEEKDAYS if len(each) > _SHORT)
STRANGE = r"[a-z]{4,11}"


def is_misspelt_month(match: re.Match[str]) -> bool:
    """Whether the group `strange` is "Janaury" or the like."""
    return match["strange"].lower() in _MONTH_SLIPS


def is_misspelt_weekday(match: re.Match[str]) -> bool:
    """Whether the group `strange` is "Thrusday" or the like."""
    return match["strange"].lower() in _WEEKDAY_SLIPS


# --- Days -------------------------------------------------------------------------------------

_NEAR = 400
_COUNTING_NEAR = 90
_DATE_NEARBY = re.compile(
    rf"(?<!\w)(?:{DAY_MONTH}|{MONTH}[ ](?:the[ ])?{ORDINAL}|{WEEKDAY},?[ ](?:the[ ])?{ORDINAL})(?!\w)"
    r"|(?<![\w/.\-])\d{1,2}([/.\-])\d{1,2}\1\d{2,4}(?!\w)",
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED_NEARBY = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)")
_MONTH_NEARBY = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_DAY_AND_MONTH = re.compile(r"(?<![\w/£.])(\d{1,2})/(\d{1,2})(?![\w/%])")
_COUNTING = re.compile(
    r"""\b(?:occasions?|attempts?|calls?|times?|queue|officers?|steps?|points?|reasons?|rounds?|floors?|birthdays?|
        tries|rings?)\b""",
    re.IGNORECASE,
)
_ENTRY = r"(?:\A|\n|;[ ]|[.!?][ ]|[.!?][\"”’'][ ])[ \t]{0,3}(?:[•*–—\-][ ]?)?"
_TOLD = r"(?=[ ]?[:–—→=]|[ ]-[ ])"
_GOES_ON = r"""(?=[ ]?[.,;:!?)\]\n–—]|[ ]-|[ ](?:he|she|i|they|we|you|it|u|and|n|at|when|but|so|then|my|his|her|the|a|
    an|in|from|
    by|with|after|before|because|cos|as|which|who|where|nobody|noone|someone|somebody|pc|dc|ds|sgt|just|still|again|
        is|was|
    has|had|or|if|this|that|there|saying|about|to|told|asking|around|without|only)\b|[ ]?$)"""
# What follows a number in order that is no day.
_NO_COUNT = r"""(?![ \-](?:time|call|attempt|officers?|emails?|letters?|visit|one|person|in[ ](?:the|a|line)|place|
    floor|year|week|
    month|message|text|appointment|interview|go|shift|half|row|line|class|party|hand|thing|offence|complaint|caller|
    (?:to[ ])?last|for[ ]the|lot|try|round|ring|since|ever)\b)"""
_LATE, _DOZEN = 4, 12


def _number(match: re.Match[str]) -> int:
    digits = re.search(r"\d{1,2}", match["it"])
    if digits:
        return int(digits[0])
    return _DOZEN + 1 if re.search(LATE_DAY_WORD, match["it"], re.VERBOSE | re.IGNORECASE) else _LATE


def _has_a_date_nearby(match: re.Match[str]) -> bool:
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    return (
        _DATE_NEARBY.search(match.string, start, match.start("it")) is not None
        or _DATE_NEARBY.search(match.string, match.end("it"), end) is not None
    )


def _counts_nothing(match: re.Match[str]) -> bool:
    """No "on eleven occasions" before it, to which "on the ninth" could belong."""
    late_figure = _number(match) > _DOZEN and any(each.isdigit() for each in match["it"])
    return (
        late_figure or _COUNTING.search(match.string, max(0, match.start() - _COUNTING_NEAR), match.start("it")) is None
    )


def _is_a_day(match: re.Match[str]) -> bool:
    """ "By the 14th"; "by the 2nd" is more often the second of something."""
    return (_number(match) >= _LATE and _counts_nothing(match)) or _has_a_date_nearby(match)


def _is_a_day_of_a_list(match: re.Match[str]) -> bool:
    """ "14th: nothing", not the "2nd:" or "4th:" of a list of reasons."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    counted = re.search(r"(?<!\d)1st\b|\bfirst(?:ly)?[,:]", before, re.IGNORECASE) and _number(match) < 2 * _LATE
    return (_number(match) >= _LATE and not counted) or _has_a_date_nearby(match)


def _is_no_turn(match: re.Match[str]) -> bool:
    return _counts_nothing(match) or _has_a_date_nearby(match)


def _is_day_and_month(match: re.Match[str]) -> bool:
    day, month = (int(part) for part in re.findall(r"\d{1,2}", match["it"]))
    return 1 <= day <= 31 and 1 <= month <= 12 and (day, month) != (24, 7)


def _is_an_entry(match: re.Match[str]) -> bool:
    """ "23/5 – rang"; "3/5 – rang" only among other dates, for alone it could be a mark out of five."""
    if not _is_day_and_month(match):
        return False
    day = _number(match)
    if "." in match["it"]:
        around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        return _DOTTED_NEARBY.search(around) is not None
    return day > 12 or _has_a_date_nearby(match) or _has_another_entry(match)


def _is_a_line_of_days(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    days = [int(day) for day in re.findall(r"(?:\A|\n)[ •*\-]{0,3}(\d{1,2})(?:st|nd|rd|th)\b", around)]
    return len(days) > 1 and max(days) > _DOZEN


def _is_among_days_and_months(match: re.Match[str]) -> bool:
    """ "So 7/3 I report, 21/3 they ring": two or more, and one that can be no mark out of five."""
    if not _is_day_and_month(match):
        return False
    around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    pairs = [(int(day), int(month)) for day, month in _DAY_AND_MONTH.findall(around)]
    likely = [(day, month) for day, month in pairs if day <= 31 and 1 <= month <= 12 and (day, month) != (24, 7)]
    return len(likely) > 1 and any(day > 12 for day, _ in likely)


def _is_listed_day(match: re.Match[str]) -> bool:
    """ "1 Feb, he sends one. The 4th, he sends another"."""
    if not _is_a_day_of_a_list(match):
        return False
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    return _has_a_date_nearby(match) or _MONTH_NEARBY.search(match.string, start, end) is not None


def _has_another_entry(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return len(re.findall(r"(?:\A|\n)[ •*\-]{0,3}\d{1,2}/\d{1,2}(?![\d/])", around)) > 1


DAYS = (
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?<!i[ ])(?<!e[ ])(?<!y[ ])(?P<it>{WEEKDAY}[.,]?[ ][(]?(?:the[ ])?
            (?:{ORDINAL}(?<!1st)(?<!2nd)(?<!3rd)(?![ ](?:in[ ]|floor|place|row|line)|\w)|{ORDINAL}
                (?!\w){_NO_COUNT}))""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>(?P<strange>{STRANGE}),?[ ](?:the[ ])?{ORDINAL})(?!\w){_NO_COUNT}",
        check=is_misspelt_weekday,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>{WEEKDAY},?[ ]the[ ](?:{LATE_DAY_WORD}(?!\w){_NO_COUNT}|{DAY_WORD}{_GOES_ON}))""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?<!i[ ])(?P<it>{WEEKDAY}\.?,?[ ]\d{{1,2}}[/.]\d{{1,2}})(?![\w/:]|\.\d|[ ]?(?:am|pm)\b)",
        check=_is_day_and_month,
        sure=False,
    ),
    shape("EXACT_DATE", rf"(?:\A|\n)[ •*–\-]{{0,3}}(?P<it>{WEEKDAY}\.?,?[ ](?:0?[1-9]|[12]\d|3[01])){_TOLD}(?!:\d)"),
    shape(
        "EXACT_DATE",
        rf"{_ENTRY}(?P<it>(?:the[ ])?{ORDINAL}|(?:the[ ])?{LATE_DAY_WORD}|the[ ]{DAY_WORD}){_TOLD}",
        check=_is_a_day_of_a_list,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"{_ENTRY}(?P<it>\d{{1,2}}[/.]\d{{1,2}})(?=[ ]?[:–—→=](?!\d)|[ ]-[ ]|[.,][ ])",
        check=_is_an_entry,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"(?:\A|\n)[ •*\-]{0,3}(?P<it>\d{1,2}/\d{1,2})(?=[ ][a-z\"“])",
        check=lambda match: _is_an_entry(match) and _has_another_entry(match),
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"{_ENTRY}(?P<it>the[ ](?:{ORDINAL}|{LATE_DAY_WORD}))(?=[,?])",
        check=_is_listed_day,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"(?:\A|\n)[ •*\-]{{0,3}}(?P<it>{ORDINAL})(?=[ ][a-z\"“])",
        check=_is_a_line_of_days,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>the[ ](?:1[3-9]th|2[04-9]th|21st|22nd|23rd|30th|31st))(?:{_GOES_ON}|(?=[ ]for[ ](?:a|my|
            the)\b)){_NO_COUNT}""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"(?<![\w/£.])(?P<it>\d{1,2}/\d{1,2})(?![\w/%])",
        check=_is_among_days_and_months,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"(?<![\w/£.])(?P<it>(?:[0-2]\d|3[01])/0[1-9])(?![\w/%])",
        check=_is_day_and_month,
        sure=False,
    ),
    shape(
        "EXACT_DATE", rf"(?<!\w)(?P<it>the[ ]{ORDINAL})(?=[ ](?:came|passed|arrived)\b)", check=_is_a_day, sure=False
    ),
    shape(
        "EXACT_DATE",
        rf"""\b(?:between|from)[ ](?P<it>the[ ]{ORDINAL})(?=[ ](?:and|to|till|until|til)[ ](?:the[ ])?{ORDINAL}
            (?!\w){_NO_COUNT})""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"""\b(?:dob|d\.o\.b\.?|born(?:[ ]on)?|birth(?:day)?|dated?|since|on|reported|closed|charged|arrested|
            until|till|from|after|before|by|again|rang|called|sent|due|re[ck]{0,2}[ie]{1,2}ved|received|arrived|
            posted|issued|letter|signed|
            seen|read|dob|moved|opened|got)[ ]?(?:is|was|:|of)?[ ]?
            (?P<it>(?:0?[1-9]|[12]\d|3[01])[/](?:0?[1-9]|1[0-2]))(?![\w/]|[ ](?:stars?|marks?|points?|of)\b)""",
        check=_is_day_and_month,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"\b(?:on|dated|since)[ ](?P<it>(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2]))(?![\w/:]|\.\d|[ ]?(?:am|pm)\b)",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        r"\b(?:come|came|due|bail(?:ed)?[ ](?:until|till|to))[ ](?P<it>(?:1[3-9]|2\d|3[01])\.(?:0[1-9]|1[0-2]))"
        r"(?![\w/:]|\.\d|[ ]?(?:am|pm)\b)",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""\b(?:on|again)[ ](?P<it>(?:the[ ])?{ORDINAL}
            (?:(?:,|,?[ ](?:and|&|or|then|n))[ ](?:again[ ])?(?:on[ ])?(?:the[ ])?{ORDINAL}){{1,6}})
                (?!\w){_NO_COUNT}""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"\bon[ ](?P<it>(?:the[ ])?{ORDINAL}){_GOES_ON}{_NO_COUNT}",
        check=_is_no_turn,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""\b(?:on|by|until|till|til|since|from|before|after|dated|for|of|between|it[ ]was|it['’]?s)[ ]
            (?P<it>the[ ](?:{LATE_DAY_WORD}|{ORDINAL})){_GOES_ON}{_NO_COUNT}""",
        check=_is_a_day,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"\b(?:by|until|till|til|since)[ ](?P<it>{ORDINAL}){_GOES_ON}{_NO_COUNT}",
        check=_is_a_day,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"\b(?:on|until|since|of)[ ](?P<it>the[ ]{DAY_WORD}){_GOES_ON}{_NO_COUNT}",
        check=lambda match: _counts_nothing(match) and _has_a_date_nearby(match),
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""\b(?:between|from)[ ]the[ ]{ORDINAL}[ ](?:and|to|till|until|til)[ ](?P<it>(?:the[ ])?{ORDINAL})
            (?!\w){_NO_COUNT}""",
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""\b(?:came|rang|called|phoned|wrote|emailed|texted|visited|arrived|reported|due|booked|rung|closed|charged|
            arrested|(?:interview|appointment|deadline|hearing|court|date|birthday|bail)(?:[ ](?:is|was|for|on))?)[ ]
                (?P<it>the[ ]{ORDINAL})(?=[.,;:!?)\n]|$|[ ](?:and|but)\b)""",
        check=_is_a_day,
        sure=False,
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>(?:the[ ])?(?:{ORDINAL}|{DAY_WORD})[ ](?:of[ ])?(?:inst(?:ant)?|ult(?:imo)?|
            (?:this|last|next|that|the[ ]same|the[ ]following)[ ]month|the[ ]month)\b)""",
        sure=False,
    ),
)


def find_days(text: str) -> Iterator[Finding]:
    """Days whose month the reader knows from elsewhere."""
    return search(text, DAYS)


# --- Dates ------------------------------------------------------------------------------------

_MODAL = re.compile(r"[ ](?:have|not|be|well|never|also|or|as|has|only|need|want|get|go)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"[ ](?!(?:was|is|his|this|as|has|police|its)\b)(?:[a-z]{2,20}s|people|men|women|children|other|different|more)\b"
)
_ON_A = rf"(?:{WEEKDAY}\.?,?[ ](?:the[ ])?)"


def _is_a_date(match: re.Match[str]) -> bool:
    first, second, third = (int(part) for part in re.findall(r"\d+", match["it"]))
    if first > 31:
        first, third = third, first
    return min(first, second) >= 1 and min(first, second) <= 12 and max(first, second) <= 31


def _is_no_modal(match: re.Match[str]) -> bool:
    return not (match["it"].endswith("may") and _MODAL.match(match.string, match.end("it")))


def _is_no_count(match: re.Match[str]) -> bool:
    return _COUNTED.match(match.string, match.end("it")) is None


DATES = (
    shape("EXACT_DATE", rf"(?<![\w/])(?P<it>{DAY}[\-./]{MONTH}[\-./](?:(?:19|20)\d\d|\d\d))(?!\w)"),
    shape(
        "EXACT_DATE",
        r"""(?<![\w/])(?P<it>\d{1,2}(?:st|nd|rd|th)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|
            dec)[a-z]{0,6}(?:20)?\d\d)(?!\w)""",
    ),
    shape("EXACT_DATE", rf"(?<!\w)(?P<it>(?:the[ ])?{ORDINAL}[ ]of[ ]the[ ]{ORDINAL}(?:[ ,]{{1,2}}{YEAR})?)(?!\w)"),
    shape(
        "EXACT_DATE",
        rf"""(?<![\w/])(?P<it>(?:the[ ])?{DAY}(?:(?:,|,?[ ](?:and|to|or|until|till)|[ ]?[/–&\-])[ ]?
            (?:the[ ])?{DAY}){{0,5}}
            (?:,?[ ](?:and|to|or|until|till)[ ]|[ ]?[/–&\-][ ]?)(?:the[ ])?{DAY_MONTH})(?!\w)""",
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>(?:the[ ])?{DAY_WORD}(?:(?:,|,?[ ](?:and|or|to))[ ](?:the[ ])?{DAY_WORD}){{1,4}}
            [ ](?:of[ ])?{MONTH})(?!\w)""",
    ),
    shape("EXACT_DATE", rf"(?<![\w/])(?P<it>{_ON_A}?(?:the[ ])?{DAY_MONTH})(?!\w)", check=_is_no_modal),
    shape(
        "EXACT_DATE",
        rf"(?<![\w/])(?P<it>{_ON_A}?(?:the[ ])?{DAY}[ ]?(?:of[ ])?(?P<strange>{STRANGE})(?!\w)(?:[ ,]{{1,2}}{YEAR})?)",
        check=is_misspelt_month,
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>{_ON_A}?(?:the[ ])?{DAY_WORD}[ ](?:day[ ])?
            (?:of[ ])?{MONTH}(?!\w)(?:[ ,]{{1,2}}{SPOKEN_YEAR})?)""",
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>(?:the[ ])?{DAY_WORD}[ ](?:of[ ])?(?P<strange>{STRANGE})(?!\w)(?:[ ,]{{1,2}}{SPOKEN_YEAR})?)",
        check=is_misspelt_month,
    ),
    shape(
        "EXACT_DATE",
        rf"""(?<!\w)(?P<it>{_ON_A}?{MONTH}[ ]?(?:the[ ])?(?:{ORDINAL}|(?<=the[ ]){DAY_WORD})(?!\w)
            (?:[ ,]{{1,2}}{YEAR})?)""",
    ),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>(?P<strange>{STRANGE})[ ](?:the[ ])?{ORDINAL}(?!\w)(?:[ ,]{{1,2}}{YEAR})?)",
        check=is_misspelt_month,
    ),
    shape("EXACT_DATE", rf"(?<!\w)(?P<it>{MONTH}[ ](?:0?[1-9]|[12]\d|3[01]),?[ ](?:19|20)\d\d)(?!\d)"),
    shape(
        "EXACT_DATE",
        rf"(?<!\w)(?P<it>{MONTH}[ ](?:0?[1-9]|[12]\d|3[01]))(?![\w:/%£]|[.,]\d)",
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
        r"""\b(?:dob|d\.o\.b\.?|date[ ]of[ ]birth|born(?:[ ]on)?|birthday|birth[ ]?date)\b[^\d\n.;!?]{0,45}?(?P<it>
            (?:0?[1-9]|[12]\d|
            3[01])[ ]?(?:0[1-9]|1[0-2]|(?<=[ ])[1-9](?=[ ]))[ ]?(?:(?:19|20)\d\d|\d\d))(?!\d|[/\-]\d)""",
    ),
    shape(
        "EXACT_DATE",
        r"""(?<!\w)(?P<it>(?:christmas(?:[ ](?:day|eve))?|boxing[ ]day|new[ ]year['’]?s[ ](?:day|eve)|
            valentine['’]?s(?:[ ]day)?|halloween|bonfire[ ]night),?[ ]
        (?:in[ ]|of[ ])?(?:19|20)\d\d)(?!\d)""",
        sure=False,
    ),
)


def find_dates(text: str) -> Iterator[Finding]:
    """Days with their month, with or without a year, and days whose month was told before; never a month alone."""
    yield from search(text, DATES)
    yield from find_days(text)
