"""Whether a release lets somebody work out a number of people that it hides or rounds, and which.

That somebody knows how tables are made, and has kept every release. To them, a number that a table hides must be one
of three that would all look the same, and no other is known exactly: not one that is rounded, not of how many people
an answer was not given, not how many a release added. What can't be shown to be safe counts as known.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from stories.public.figures import tables, worlds
from stories.public.figures.asked import Table
from stories.public.figures.reaching import World
from stories.public.figures.tables import Totals
from stories.public.figures.worlds import FEWEST_ADDED, Number, Reading, Version
from stories.public.small_numbers import SMALLEST_SHOWN

# How many numbers a hidden one could be, and any other.
FEWEST_IF_HIDDEN, FEWEST_OF_ANY = 3, 2


@dataclass(frozen=True)
class Known:
    """A number that could be worked out: its table and name, and the place of the release that tells it."""

    table: str
    name: str
    step: int
    possible: tuple[int, ...]
    is_added: bool = False


def known(
    group: Sequence[Table],
    added: Sequence[Totals],
    versions: Mapping[str, Sequence[Version]],
    *,
    read: Reading = tables.could_be,
) -> list[Known]:
    """Every number of a group of tables that could be worked out; empty where nothing can.

    `added` are the true totals of the people whom each release added, and `versions` what was shown of each table.
    `read` says what each number of a table could be to somebody who sees no other; raises ValueError where the totals
    are outside that.
    """
    world, numbers = worlds.of(group, added, versions, read)
    found = [each for table in group for version in versions.get(table.name, ()) for each in _bare(table, version)]
    found += [_as_known(number, {world.value(number.form)}) for number in numbers if _is_of_too_few(number, world)]
    asked = [(number.form, FEWEST_IF_HIDDEN if number.is_hidden else FEWEST_OF_ANY) for number in numbers]
    for number, values, (_form, fewest) in zip(numbers, world.possible(asked), asked, strict=True):
        if len(values) < fewest:
            found.append(_as_known(number, values))
    return found


def _is_of_too_few(number: Number, world: World) -> bool:
    """True where a table shows new numbers after so few people that one of them might be known to somebody."""
    return number.is_added and number.name == number.table.name and world.value(number.form) < FEWEST_ADDED


def _as_known(number: Number, values: Set[int]) -> Known:
    return Known(number.table.name, number.name, number.step, tuple(sorted(values)), number.is_added)


def _bare(table: Table, version: Version) -> list[Known]:
    """Small numbers that are shown as they are."""
    shown = ((name, cell) for name, cell in version.shown.items() if isinstance(cell, int))
    return [Known(table.name, name, version.step, (cell,)) for name, cell in shown if cell < SMALLEST_SHOWN]
