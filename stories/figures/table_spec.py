"""The tables of a release: the counted questions that they are of, and what may be shown of each table by itself.

The telling half knows the questions and tells us: `set_questions`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypedDict

from stories.figures import disclosure_control
from stories.figures.disclosure_control import Cell, Row, Span


@dataclass(frozen=True)
class Question:
    """A question in English: its answers as (slug, words) in the order we ask, and whether several can be ticked."""

    name: str
    words: str
    answers: tuple[tuple[str, str], ...]
    takes_many: bool = False

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(slug for slug, _words in self.answers)


@dataclass(frozen=True)
class Table:
    """One table of a release: the answers to one question, or to one (its rows) by another (its columns)."""

    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """As totals call it: "knew_law", "knew_law dignity"."""
        return " ".join(question.name for question in self.questions)

    @property
    def is_pair(self) -> bool:
        return len(self.questions) > 1

    @property
    def takes_many(self) -> bool:
        """True where one person can stand in several cells of a line."""
        return self.questions[-1].takes_many

    @property
    def lines(self) -> list[list[str]]:
        """Its cells as totals call them, row by row: "knew_law.some dignity.no"; a table of one question is one row."""
        *first, last = ([f"{question.name}.{slug}" for slug in question.slugs] for question in self.questions)
        rows = first[0] if first else []
        return [[f"{row} {column}" for column in last] for row in rows] or [last]

    @property
    def cells(self) -> list[str]:
        return [cell for line in self.lines for cell in line]

    @property
    def names(self) -> list[str]:
        """Of all its numbers: its own, which is how many people it is of, and those of its cells."""
        return [self.name, *self.cells]


_tables: tuple[Table, ...] = ()


def set_questions(questions: Iterable[Question], together: Iterable[tuple[str, str]]) -> None:
    """Say what is counted, alone and `together`. Call it while the apps get ready, in every process."""
    global _tables
    by_name = {question.name: question for question in questions}
    pairs = [Table((by_name[first], by_name[second])) for first, second in together]
    _tables = (*(Table((question,)) for question in by_name.values()), *pairs)


def released_tables() -> tuple[Table, ...]:
    """Every table of a release, always the same ones: a table that is missing would say what it holds."""
    return _tables


def table_groups() -> list[list[Table]]:
    """The tables that share a question, and so could tell of each other; each table once."""
    groups = [[table] for table in released_tables() if not table.is_pair]
    for pair in (table for table in released_tables() if table.is_pair):
        touching = [group for group in groups if any(set(table.questions) & set(pair.questions) for table in group)]
        groups = [*(group for group in groups if group not in touching), [*chain(*touching), pair]]
    return groups


# How many people, by what they answered: "knew_law", "knew_law.some", "knew_law.some dignity.no"; and of all of them.
Totals = Mapping[str, int]
EVERYBODY = "everybody"
# The same as shown.
Numbers = dict[str, Cell]


class Release(TypedDict):
    """The `tables` of a `ReleasedAnswers`; `since` names the release that first showed a table's numbers."""

    release: str
    quarters: list[str]
    since: dict[str, str]
    numbers: dict[str, Numbers]


def shown_numbers(table: Table, totals: Totals) -> Numbers:
    """The numbers of one table that may be shown: its cells, and under its own name how many people it is of."""
    people = [[totals.get(cell, 0) for cell in line] for line in table.lines]
    of_all: Cell = disclosure_control.publishable_count(totals.get(table.name, 0))
    if table.is_pair:
        # The totals of its lines are tables of their own, of more people.
        cells, total = disclosure_control.publishable_table(people)
        total = of_all if table.takes_many else total
    elif table.takes_many:
        # Nothing adds up in it, so that no cell is the rest of the others.
        cells, total = [[disclosure_control.publishable_count(each) for each in people[0]]], of_all
    else:
        row = disclosure_control.publishable_row(people[0])
        cells, total = [row.cells], row.total
    return dict(zip(table.names, (total, *chain(*cells)), strict=True))


def possible_spans(table: Table, shown: Numbers) -> dict[str, Span]:
    """The span of each number, to somebody who knows how the table was made and sees no other."""
    cells, total = [[shown[cell] for cell in line] for line in table.lines], shown[table.name]
    if table.takes_many:
        spans = [[disclosure_control.could_be(cell) for cell in line] for line in cells]
        of_all = disclosure_control.could_be(total)
    elif table.is_pair:
        spans, of_all = disclosure_control.table_could_be(cells, total)
    else:
        row, of_all = disclosure_control.row_could_be(Row(cells[0], total))
        spans = [row]
    return dict(zip(table.names, (of_all, *chain(*spans)), strict=True))
