"""The quarters that something was released for: each has a zip."""

import re
from datetime import date

from stories.models import ReleasedAnswers, ReleasedFigures
from stories.public import edition

NAME = "quarters"
_NAMED = re.compile(r"(\d{4})-[Qq]([1-4])")


def make() -> list[str]:
    """Each quarter, such as 2026-Q4, the newest first; for each edition."""
    answers = ReleasedAnswers.objects.values_list("release", flat=True)
    figures = ReleasedFigures.objects.values_list("quarter", flat=True)
    return sorted({*answers, *figures}, reverse=True)


def released() -> list[str]:
    """The same from the edition now, without a query."""
    return edition.made(NAME) or []


def named(name: str) -> str | None:
    """The released quarter that an address means."""
    return next((quarter for quarter in released() if quarter.lower() == name), None)


def months(quarter: str) -> tuple[date, date]:
    """Its first and its last month, each as their first day."""
    year, number = (int(part) for part in _NAMED.fullmatch(quarter).groups())  # type: ignore[union-attr]
    return date(year, 3 * number - 2, 1), date(year, 3 * number, 1)
