"""The words of a date as patterns, and whether a strange word is one of them misspelt."""

import re

from stories.identifying import words
from stories.identifying.slips import slips_of

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
