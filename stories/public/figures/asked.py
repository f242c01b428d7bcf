"""The counted questions as tables show them. The telling half knows them and tells us: `furnish`."""

from collections.abc import Iterable
from dataclasses import dataclass


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


_tables: tuple[Table, ...] = ()


def furnish(questions: Iterable[Question], together: Iterable[tuple[str, str]]) -> None:
    """Say what is counted, alone and `together`. Call it while the apps get ready, in every process."""
    global _tables
    by_name = {question.name: question for question in questions}
    pairs = [Table((by_name[first], by_name[second])) for first, second in together]
    _tables = (*(Table((question,)) for question in by_name.values()), *pairs)


def tables() -> tuple[Table, ...]:
    """Every table of a release, always the same ones: a table that is missing would say what it holds."""
    return _tables


def groups() -> list[list[Table]]:
    """The tables that share a question, and so could tell of each other; each table once."""
    alone = [[table] for table in tables() if not table.is_pair]
    for pair in (table for table in tables() if table.is_pair):
        touching = [group for group in alone if any(set(table.questions) & set(pair.questions) for table in group)]
        alone = [group for group in alone if group not in touching]
        alone.append([table for group in touching for table in group] + [pair])
    return alone
