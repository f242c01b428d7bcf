"""The quarters that something was released for: each has a zip."""

from stories.dates import Quarter
from stories.models import ReleasedAnswers, ReleasedFigures
from stories.public import edition

NAME = "quarters"


def make() -> list[str]:
    """Each quarter, such as 2026-Q4, the newest first; for each edition."""
    answers = ReleasedAnswers.objects.values_list("release", flat=True)
    figures = ReleasedFigures.objects.values_list("quarter", flat=True)
    return sorted({*answers, *figures}, reverse=True)


def released() -> list[str]:
    """The same from the edition now, without a query."""
    return edition.made(NAME) or []


def named(name: str) -> Quarter | None:
    """The released quarter that an address means."""
    quarter = Quarter.named(name.upper()) if name.islower() else None
    return quarter if str(quarter) in released() else None
