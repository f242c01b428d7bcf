"""Adding what may be counted of a decided submission to the totals, which keep nobody's answers together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.db import transaction

from stories.core import lifecycle
from stories.core.dates import Quarter
from stories.figures import releases
from stories.intake import questions
from stories.models import CountedAnswers

# The totals of one person are that person's answers, and of two or three nearly so.
FEWEST_PEOPLE = releases.FEWEST_IN_A_QUARTER


@transaction.atomic
def keep_counted_answers(answers: Mapping[str, Any]) -> CountedAnswers | None:
    """Add to the totals, if their contributor agreed to be counted and answered any of it; returns the totals.

    Called inside the deed that decides, once: no deed that counts goes from a state that such a deed led to, but for
    what left the batch again. That has a story already, and whoever decides about it anew asks for that first.
    """
    added = Counter(what_counts(answers))
    if not answers.get("consent_count") or not added:
        return None
    row = _open_quarter()
    row.people += 1
    # In the order of names, because the order in which answers first came would tell whose they are.
    row.totals = dict(sorted((added + Counter(row.totals)).items()))
    row.save(update_fields=["people", "totals"])
    return row


def what_counts(answers: Mapping[str, Any]) -> Iterator[str]:
    """Name each published table that one person's answers are part of, and their places in it."""
    for table in (*((name,) for name in questions.COUNTED), *questions.COUNTED_TOGETHER):
        given = [sorted(_each(answers.get(name))) for name in table]
        if all(given):
            yield " ".join(table)
            for slugs in product(*given):
                yield " ".join(f"{name}.{slug}" for name, slug in zip(table, slugs, strict=True))


def _each(answer: Any) -> set[str]:
    if not answer:
        return set()
    return set(answer) if isinstance(answer, list) else {answer}


def _open_quarter() -> CountedAnswers:
    """Return the locked totals of this quarter, or of an earlier one that goes on because few are in it."""
    quarter = str(Quarter.of(lifecycle.today()))
    rows = CountedAnswers.objects.select_for_update()
    last = rows.order_by("-quarter").first()
    if last and (last.people < FEWEST_PEOPLE or last.quarter == quarter):
        return last
    return rows.get_or_create(quarter=quarter)[0]
