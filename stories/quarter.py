"""A quarter of a year: what every released number is counted over."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_NAMED = re.compile(r"([12][0-9]{3})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A year and one of its quarters, 1 to 4; as text it is its name, such as 2026-Q4."""

    year: int
    number: int

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The quarter of that name; None for anything else."""
        found = _NAMED.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter in which a day lies."""
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

    @property
    def last_month(self) -> date:
        """Its last month, as the first day of it."""
        return date(self.year, 3 * self.number, 1)
