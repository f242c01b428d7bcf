"""Every release until one, as the people whom each added and the numbers that each showed first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stories.models import CountedAnswers, ReleasedAnswers
from stories.public import small_numbers
from stories.public.figures import asked, tables
from stories.public.figures.asked import Table
from stories.public.figures.tables import EVERYBODY, Totals
from stories.public.figures.worlds import FEWEST_ADDED, Version

# With fewer people a quarter goes on into the next one, and is in no release before that.
FEWEST_IN_A_QUARTER = 10


@dataclass(frozen=True)
class History:
    """`quarters` are those of the newest release; `added` are the totals of the people whom each release added."""

    releases: list[str]
    quarters: list[str]
    added: list[Totals]
    versions: Mapping[str, list[Version]]

    @property
    def so_far(self) -> Totals:
        return _summed(self.added)

    def gained(self, table: Table) -> int:
        """How many people were added to a table since it last showed new numbers."""
        newest = self.newest(table)
        since = newest.step + 1 if newest else 0
        return sum(totals.get(table.name, 0) for totals in self.added[since:])

    def newest(self, table: Table) -> Version | None:
        """The numbers that a table showed last; None if it never had enough people."""
        return next((version for version in reversed(self.versions[table.name]) if not version.is_few), None)


def until(quarter: str, earlier: Sequence[ReleasedAnswers], counted: Mapping[str, CountedAnswers]) -> History:
    """The history whose newest release is of everybody counted by the end of a quarter."""
    over = [row.quarter for row in counted.values() if _is_over(row, quarter)]
    steps = [*(row.tables["quarters"] for row in earlier), sorted(over)]
    added = [_added(counted, now, before) for now, before in zip(steps, [[], *steps], strict=False)]
    return History(
        releases=[*(row.release for row in earlier), quarter],
        quarters=steps[-1],
        added=added,
        versions={
            table.name: [*versions(table, earlier), *_few(table, len(earlier), _summed(added))]
            for table in asked.tables()
        },
    )


def _is_over(row: CountedAnswers, quarter: str) -> bool:
    return row.quarter <= quarter and row.people >= FEWEST_IN_A_QUARTER


def _added(counted: Mapping[str, CountedAnswers], now: Iterable[str], before: Iterable[str]) -> Totals:
    rows = [counted[name] for name in sorted(set(now) - set(before))]
    return _summed([*(row.totals for row in rows), {EVERYBODY: sum(row.people for row in rows)}])


def _summed(many: Iterable[Totals]) -> Totals:
    total: Counter[str] = Counter()
    for totals in many:
        total.update(totals)
    return total


def versions(table: Table, releases: Sequence[ReleasedAnswers]) -> list[Version]:
    """What each release said of a table that none before had; an answer that was added later was nobody's then."""
    nobodys = dict.fromkeys((table.name, *table.cells), small_numbers.FEW)
    shown = [nobodys | row.tables["numbers"].get(table.name, {}) for row in releases]
    return [
        Version(step, numbers, is_few=numbers[table.name] == small_numbers.FEW)
        for step, (row, numbers) in enumerate(zip(releases, shown, strict=True))
        if row.tables["since"].get(table.name) == row.release or numbers[table.name] == small_numbers.FEW
    ]


def _few(table: Table, step: int, so_far: Totals) -> list[Version]:
    """What a release says of a table that fewer than ten have answered."""
    if so_far.get(table.name, 0) >= FEWEST_ADDED:
        return []
    return [Version(step, tables.show(table, so_far), is_few=True)]
