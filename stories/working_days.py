"""Which days are bank holidays, and the 48 hours that count only working time: dates in, dates out."""

from datetime import date, timedelta
from functools import cache

import holidays

ENGLAND_AND_WALES = "england-and-wales"
# The library's names. England and Wales keep the same days.
_PARTS = {ENGLAND_AND_WALES: "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
_SATURDAY = 5
_WORKING_DAYS = 2  # 48 hours


def is_bank_holiday(day: date, *, region: str = ENGLAND_AND_WALES) -> bool:
    """True if `day` is one in `scotland`, `northern-ireland`, or else in England and Wales."""
    return day in _in_year(day.year, _PARTS.get(region, _PARTS[ENGLAND_AND_WALES]))


def is_working_day(day: date) -> bool:
    """True for a day in England and Wales that is no Saturday, no Sunday and no bank holiday."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def due_on(came: date) -> date:
    """Return the day on which 48 hours from a moment of the day `came` are over.

    Saturdays, Sundays and bank holidays in England and Wales don't count, as in the
    Defamation (Operators of Websites) Regulations 2013. What comes on such a day has until
    the end of the second working day after it.
    """
    day = came
    for _ in range(_WORKING_DAYS):
        day = _next_working_day(day)
    return day


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _in_year(year: int, part: str) -> frozenset[date]:
    """Made once for each year: a page asks for every help line."""
    return frozenset(holidays.country_holidays("GB", subdiv=part, years=year))
