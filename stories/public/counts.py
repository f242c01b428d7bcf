"""How many live stories stand under each choice of the filter: worked out for each edition, never for a request."""

from typing import Any

from django.db.models import Count

from stories.models import Story
from stories.public import facts


def make() -> dict[str, dict[str, int]]:
    """Count by parameter and slug, as `filters` names them."""
    return {"force": _by("force_id"), "outcome": _by("outcome_id"), "year": _by_year()}


def _by(column: str) -> dict[str, int]:
    return {str(value): count for value, count in _counted(column)}


def _by_year() -> dict[str, int]:
    years: dict[str, int] = {}
    for year, count in _counted("year"):
        slug = facts.year_slug(year)
        years[slug] = years.get(slug, 0) + count
    return years


def _counted(column: str) -> Any:
    stories = Story.live.exclude(**{column: None}).order_by()
    return stories.values_list(column).annotate(count=Count("pk"))
