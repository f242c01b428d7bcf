"""Keeping what may be counted of a decided submission, apart from it and without a link."""

from collections.abc import Mapping
from typing import Any

from stories import lifecycle
from stories.models import CountedAnswers

# Of what is asked, the answers that totals are made of; nothing about where, when or who.
COUNTED = ("outcome",)


def keep(answers: Mapping[str, Any]) -> CountedAnswers | None:
    """Write one coarse row, if its contributor agreed to be counted and answered any of it."""
    countable = {name: answers[name] for name in COUNTED if answers.get(name)}
    if not answers.get("consent_count") or not countable:
        return None
    today = lifecycle.today()
    quarter = f"{today.year}-Q{(today.month + 2) // 3}"
    return CountedAnswers.objects.create(quarter=quarter, answers=countable)
