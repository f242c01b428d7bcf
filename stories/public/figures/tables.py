"""The tables of a release: whole numbers in, and out what may be shown of each table by itself."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from stories.public import small_numbers
from stories.public.figures.asked import Table
from stories.public.small_numbers import Cell, Row, Span

# How many people, by what they answered: "knew_law", "knew_law.some", "knew_law.some dignity.no"; and of all of them.
Totals = Mapping[str, int]
EVERYBODY = "everybody"
# The same as shown.
Numbers = dict[str, Cell]
Each = TypeVar("Each")


def show(table: Table, totals: Totals) -> Numbers:
    """What may be shown of one table: its cells, and under its own name how many people it is of."""
    people = [[totals.get(cell, 0) for cell in line] for line in table.lines]
    of_all: Cell = small_numbers.count(totals.get(table.name, 0))
    if table.is_pair:
        made = small_numbers.table(people)
        # The totals of its lines are tables of their own, of more people.
        cells, total = made.cells, of_all if table.takes_many else made.total
    elif table.takes_many:
        # Nothing adds up in it, so that no cell is the rest of the others.
        cells, total = [[small_numbers.count(each) for each in people[0]]], of_all
    else:
        row = small_numbers.row(people[0])
        cells, total = [row.cells], row.total
    return {table.name: total} | _named(table, cells)


def hide(table: Table) -> Numbers:
    """A table of which nothing is said, but that it is there."""
    return dict.fromkeys((table.name, *table.cells), small_numbers.UNSHOWN)


def could_be(table: Table, shown: Numbers) -> dict[str, Span]:
    """What each number could be, to somebody who knows how the table was made and sees no other."""
    cells, total = [[shown[cell] for cell in line] for line in table.lines], shown[table.name]
    if table.takes_many:
        spans = [[small_numbers.could_be(cell) for cell in line] for line in cells]
        of_all = small_numbers.could_be(total)
    elif table.is_pair:
        spans, of_all = small_numbers.table_could_be(cells, total)
    else:
        row, of_all = small_numbers.row_could_be(Row(cells[0], total))
        spans = [row]
    return {table.name: of_all} | _named(table, spans)


def _named(table: Table, lines: Iterable[Iterable[Each]]) -> dict[str, Each]:
    return {
        cell: each
        for names, line in zip(table.lines, lines, strict=True)
        for cell, each in zip(names, line, strict=True)
    }
