"""Released figures as rows of `fields.FIGURE`: one cell of a table to a row, hidden ones among them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from stories.public import transparency
from stories.public.figures import asked
from stories.public.figures.asked import Table
from stories.public.open_data import terms
from stories.public.open_data.fields import FIGURE
from stories.public.small_numbers import FEW, UNSHOWN, Cell

_HIDDEN = {FEW: "fewer-than-10", UNSHOWN: "not-shown"}
_ENDS = {"<": "under", ">": "over"}
# A short name and its words.
Named = tuple[str, str]
# A number, or nothing where it is hidden, and how to read it.
Shown = tuple[str, str]


def header() -> list[str]:
    return [field.name for field in FIGURE]


def of_answers(release: Mapping[str, Any]) -> Iterator[list[str]]:
    """What people answered, as it was released: every cell of every table and its total."""
    named = release["release"]
    for table in asked.tables():
        shown, since = release["numbers"].get(table.name, {}), release["since"].get(table.name, "")
        about = (table.name.replace(" ", "-by-"), " · ".join(question.words for question in table.questions))
        for row, column, cell in _cells(table):
            yield _row((named, since), about, row, column, people(shown.get(cell, UNSHOWN)))
        yield _row((named, since), about, _all(), ("", ""), people(shown.get(table.name, UNSHOWN)))


def _cells(table: Table) -> Iterator[tuple[Named, Named, str]]:
    """Each cell of a table: its row, its column if the table has columns, and what a release calls it."""
    rows, *crossed = table.questions
    columns = crossed[0].answers if crossed else (("", ""),)
    for row, names in zip(rows.answers, _lines(table), strict=True):
        for column, cell in zip(columns, names, strict=True):
            yield row, column, cell


def _lines(table: Table) -> list[list[str]]:
    return table.lines if table.is_pair else [[cell] for cell in table.lines[0]]


def of_transparency(quarter: str, figures: Mapping[str, Any]) -> Iterator[list[str]]:
    """How the work went in a quarter, as its page shows it."""
    read: dict[str, Callable[[Any], Shown]] = {"people": people, "whole": whole, "percent": percentage}
    for each in transparency.numbers(figures):
        row = (each.line, each.words)
        yield _row((quarter, quarter), (each.table, each.about), row, ("", ""), read[each.kind](each.value))


def _all() -> Named:
    return "", _("All")


def _row(released: tuple[str, str], table: Named, row: Named, column: Named, shown: Shown) -> list[str]:
    return [*released, *table, *row, *column, *shown, terms.of_a_figure()]


def people(cell: Cell) -> Shown:
    """A published number of people, and how to read it."""
    return ("", _HIDDEN[cell]) if isinstance(cell, str) else (str(cell), "nearest-5")


def whole(number: int | None) -> Shown:
    """A number that isn't one of people; none where there were too few to say."""
    return ("", "not-shown") if number is None else (str(number), "whole")


def percentage(percent: str) -> Shown:
    """A published percentage; an empty one is hidden."""
    if not percent:
        return "", "not-shown"
    return percent.lstrip("<>"), _ENDS.get(percent[0], "percent")
