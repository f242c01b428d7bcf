"""Years a report can be of, quarters that numbers are counted over, and working days."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Self

import holidays

FIRST_YEAR = 2015  # the offence in England and Wales began that April
BEFORE_FIRST_YEAR = f"before-{FIRST_YEAR}"
BEFORE_FIRST_YEAR_IN_A_ROW = FIRST_YEAR - 1


def years_newest_first(this_year: int) -> range:
    return range(this_year, FIRST_YEAR - 1, -1)


def year_slug(year: int) -> str:
    """The year of a row, as addresses name it."""
    return str(year) if year >= FIRST_YEAR else BEFORE_FIRST_YEAR


def year_in_a_row(slug: str) -> str:
    """The year that was chosen, as a row and an agreed text hold it; empty where none was."""
    if slug == BEFORE_FIRST_YEAR:
        return str(BEFORE_FIRST_YEAR_IN_A_ROW)
    return slug if slug.isdecimal() else ""


_NAMED = re.compile(r"([12][0-9]{3})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A year and one of its quarters, 1 to 4; as text it is its name, such as 2026-Q4."""

    year: int
    number: int

    @classmethod
    def named(cls, name: str) -> Self | None:
        found = _NAMED.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    def later(self, quarters: int) -> "Quarter":
        """The one so many quarters on; back, for a negative number."""
        year, place = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, place + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def over_on(self) -> date:
        """The first day after it."""
        return self.later(1).first_day


# The library's names. England and Wales keep the same days.
_ENGLAND, _PARTS = "ENG", {"scotland": "SCT", "northern-ireland": "NIR"}


def is_bank_holiday(day: date, *, region: str) -> bool:
    """True if `day` is one in `scotland`, `northern-ireland`, or else in England and Wales."""
    return day in _in_year(day.year, _PARTS.get(region, _ENGLAND))


def due_on(came: date) -> date:
    """Return the day on which 48 hours from a moment of the day `came` are over.

    Saturdays, Sundays and bank holidays in England and Wales don't count, as in the Defamation (Operators of Websites)
    Regulations 2013. What comes on such a day has until the end of the second working day after it.
    """
    return holidays.country_holidays("GB", subdiv=_ENGLAND).get_nth_working_day(came, 2)


@cache
def _in_year(year: int, part: str) -> frozenset[date]:
    """Made once for each year: a page asks for every help line."""
    return frozenset(holidays.country_holidays("GB", subdiv=part, years=year))
