"""Every release until one, as the people whom each added and the numbers that each showed first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stories.models import CountedAnswers, ReleasedAnswers
from stories.public import small_numbers
from stories.public.figures import asked
from stories.public.figures.asked import Table
from stories.public.figures.tables import Totals
from stories.public.figures.worlds import Version

# With fewer people a quarter goes on into the next one, and is in no release before that.
FEWEST_IN_A_QUARTER = 10


@dataclass(frozen=True)
class History:
    """`quarters` are those of the newest release; `added` are the totals of the people whom each release added."""

    releases: list[str]
    quarters: list[str]
    people: int
    added: list[Totals]
    versions: Mapping[str, list[Version]]

    @property
    def so_far(self) -> Totals:
        return _summed(self.added)

    def gained(self, table: Table) -> int:
        """How many people were added to a table since it last showed new numbers."""
        versions = self.versions[table.name]
        since = versions[-1].step + 1 if versions else 0
        return sum(totals.get(table.name, 0) for totals in self.added[since:])


def until(quarter: str, earlier: Sequence[ReleasedAnswers], counted: Mapping[str, CountedAnswers]) -> History:
    """The history whose newest release is of everybody counted by the end of a quarter."""
    over = [row.quarter for row in counted.values() if _is_over(row, quarter)]
    steps = [*(row.tables["quarters"] for row in earlier), sorted(over)]
    return History(
        releases=[*(row.release for row in earlier), quarter],
        quarters=steps[-1],
        people=sum(counted[name].people for name in steps[-1]),
        added=[_added(counted, now, before) for now, before in zip(steps, [[], *steps], strict=False)],
        versions={table.name: versions(table, earlier) for table in asked.tables()},
    )


def _is_over(row: CountedAnswers, quarter: str) -> bool:
    return row.quarter <= quarter and row.people >= FEWEST_IN_A_QUARTER


def _added(counted: Mapping[str, CountedAnswers], now: Iterable[str], before: Iterable[str]) -> Totals:
    return _summed(counted[name].totals for name in sorted(set(now) - set(before)))


def _summed(many: Iterable[Totals]) -> Totals:
    total: Counter[str] = Counter()
    for totals in many:
        total.update(totals)
    return total


def versions(table: Table, releases: Sequence[ReleasedAnswers]) -> list[Version]:
    """What each release showed of a table for the first time; an answer that was added later was nobody's then."""
    nobodys = dict.fromkeys(table.cells, small_numbers.FEW)
    return [
        Version(step, nobodys | row.tables["numbers"][table.name])
        for step, row in enumerate(releases)
        if row.tables["since"].get(table.name) == row.release
    ]
