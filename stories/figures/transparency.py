"""The transparency figures: how the work goes, quarter by quarter, rounded and hidden before they are kept.

A quarter is made public once, when its last week is over, and never counted again. Nothing that happens later changes
what was shown, so no two releases can be held against each other to see what one person did.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy
from django_stubs_ext import StrPromise

from stories.core import lifecycle, snapshot, tables, totals
from stories.core.dates import Quarter
from stories.figures import counts, disclosure_control
from stories.models import ReleasedFigures, Submission, lists

# What of a quarter is kept and shown, in what JSON has.
Figures = dict[str, Any]
# As many as a page shows; the first is the newest.
QUARTERS_SHOWN = 4

_DATA = tables.read(__file__)
_LINE_OF = {kind: line for line, said in _DATA["decided"].items() for kind in said["holds"]}
# The lines of each table in words.
_WORDS: dict[str, dict[str, StrPromise]] = {
    table: {line: gettext_lazy(said if isinstance(said, str) else said["words"]) for line, said in lines.items()}
    for table, lines in _DATA.items()
}


# One published number for a file: of which table, what that is about, which line of it (none for all), its words, how
# the number is read (of people, whole, per cent), and the number.
Number = tuple[str, str, str, str, str, disclosure_control.Cell]


@transaction.atomic
def release_figures() -> list[str]:
    """Make public each quarter that is over and isn't yet; returns their names. Call it as often as you like."""
    known = set(ReleasedFigures.objects.values_list("quarter", flat=True))
    oldest = Submission.objects.filter(lists.REAL).order_by("week").values_list("week", flat=True).first()
    # Before the first account it begins with today's, which isn't over.
    quarter, due = Quarter.of(oldest or lifecycle.this_week()), list[Quarter]()
    while quarter.over_on <= lifecycle.this_week():
        if str(quarter) not in known:
            due.append(quarter)
        quarter = quarter.later(1)
    for quarter in due:
        ReleasedFigures.objects.create(quarter=str(quarter), figures=_figures(quarter, is_newest=quarter == due[-1]))
    if due:
        snapshot.invalidate()
    return list(map(str, due))


def _figures(quarter: Quarter, *, is_newest: bool) -> Figures:
    span = totals.Span(quarter.first_day, quarter.over_on)
    decisions = totals.counts_together(totals.decided_counts(span).values())
    readers = totals.reader_count(span)
    is_enough = readers.lines and readers.readings >= disclosure_control.SMALLEST_BASE
    alike = disclosure_control.capped_percentage(round(100 * readers.same / readers.lines)) if is_enough else ""
    decided: Counter[str] = Counter()
    for kind, many in decisions.kinds.items():
        decided[_LINE_OF.get(kind, "other")] += many
    made: Figures = {
        "received": disclosure_control.publishable_count(totals.received_count(span)),
        "decided": transparency_row(decided),
        "beside": figures_beside(totals.counts_beside(span)),
        "weeks": decisions.median,
        "alike": alike,
    }
    if is_newest:
        # What waits is known of now alone.
        waiting = dict.fromkeys(_DATA["waiting"], 0)
        for lane in totals.waiting_count().values():
            for weeks, many in lane.items():
                waiting[next(age for age, said in _DATA["waiting"].items() if weeks <= said["weeks"])] += many
        made["waiting"] = _cells(waiting)
    return made


def transparency_row(decided: Mapping[str, int]) -> Figures:
    """The public numbers of the decisions that fell in each line; a line that isn't named holds none."""
    return _cells({line: decided.get(line, 0) for line in _DATA["decided"]})


def figures_beside(people: Mapping[str, int]) -> dict[str, disclosure_control.Cell]:
    """The same of what stands beside that table."""
    return {line: disclosure_control.publishable_count(people.get(line, 0)) for line in _DATA["beside"]}


def _cells(people: Mapping[str, int]) -> Figures:
    shown = disclosure_control.publishable_row(list(people.values()))
    return {"cells": dict(zip(people, shown.cells, strict=True)), "total": shown.total}


def build_transparency() -> list[Figures]:
    rows = ReleasedFigures.objects.order_by("-quarter")[:QUARTERS_SHOWN]
    return [{"quarter": row.quarter, "figures": row.figures} for row in rows]


def shown_figures() -> list[Figures]:
    """The newest releases in words, from the edition alone: no query, however much there is."""
    shown = []
    for quarter, figures in ((each["quarter"], each["figures"]) for each in snapshot.get_built("transparency") or []):
        # A release from before something was counted says nothing of it.
        kept = figures.get("beside", {})
        beside = [(words, counts.cell_words(kept[line])) for line, words in _WORDS["beside"].items() if line in kept]
        shown.append(
            {
                **{table: _table(table, figures) for table in ("decided", "waiting")},
                "id": quarter.lower(),
                "name": counts.quarter_months(quarter),
                "received": counts.cell_words(figures["received"]),
                "beside": {"cells": beside} if beside else None,
                "weeks": figures["weeks"],
                "alike": counts.percentage_words(figures["alike"]),
            }
        )
    return shown


def transparency_numbers(figures: Figures) -> Iterator[Number]:
    """Every number of one release as it is kept, with its names: for a file."""
    about = {name: str(words) for name, words in _WORDS["tables"].items()}
    yield "received", about["received"], "", _("All"), "people", figures["received"]
    for table in ("decided", "waiting"):
        if row := figures.get(table):
            for line, words in _WORDS[table].items():
                number = row["cells"].get(line, disclosure_control.UNSHOWN)
                yield table, about[table], line, str(words), "people", number
            yield table, about[table], "", _("All"), "people", row["total"]
    for line, many in figures.get("beside", {}).items():
        yield "beside", about["beside"], line, str(_WORDS["beside"][line]), "people", many
    yield "weeks", about["weeks"], "", _("All"), "whole", figures["weeks"]
    yield "alike", about["alike"], "", _("All"), "percent", figures["alike"]


def _table(table: str, figures: Figures) -> Figures | None:
    """Every line of it, the empty ones too: a line that is missing would say what it holds."""
    row = figures.get(table)
    if row is None:
        return None
    cells = [
        (words, counts.cell_words(row["cells"].get(line, disclosure_control.UNSHOWN)))
        for line, words in _WORDS[table].items()
    ]
    return {"cells": cells, "total": counts.cell_words(row["total"])}
