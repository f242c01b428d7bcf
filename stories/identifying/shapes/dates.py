"""Days somebody could look up: those told with their month."""

import re
from collections.abc import Iterator

from stories.identifying.finding import Finding
from stories.identifying.shapes import days, search, shape
from stories.identifying.shapes.calendar import (
    DAY,
    DAY_MONTH,
    DAY_WORD,
    MONTH,
    ORDINAL,
    SPOKEN_YEAR,
    STRANGE,
    WEEKDAY,
    YEAR,
    is_misspelt_month,
)

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
    yield from days.find(text)
