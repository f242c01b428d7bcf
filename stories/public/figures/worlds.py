"""What somebody who holds every release knows: the tables that share a question, in all their versions, as a world."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stories.public.figures import people
from stories.public.figures.asked import Table
from stories.public.figures.people import Forms
from stories.public.figures.reaching import Form, World, less
from stories.public.figures.tables import EVERYBODY, Numbers, Totals
from stories.public.small_numbers import Span

# A table shows new numbers once as many people were added to it, and until then repeats the old ones.
FEWEST_ADDED = 10
# In as many later releases a number is looked at again: with each, what is learnt of it is less.
LOOKED_AT_AGAIN = 4
# What each number of a table could be, by itself.
Reading = Callable[[Table, Numbers], Mapping[str, Span]]


@dataclass(frozen=True)
class Version:
    """A table's numbers as a release first showed them; `step` is that release's place among all.

    `is_few` where it shows nothing but that fewer than ten have answered.
    """

    step: int
    shown: Numbers
    is_few: bool = False


@dataclass(frozen=True)
class Number:
    """A number that nobody may work out: of which table and version, and what it is the sum of."""

    table: Table
    name: str
    step: int
    form: Form
    is_hidden: bool = False
    # True for how many were added since the version before.
    is_added: bool = False


def of(
    group: Sequence[Table], added: Sequence[Totals], versions: Mapping[str, Sequence[Version]], read: Reading
) -> tuple[World, list[Number]]:
    """The world of a group of tables, and every number in it that must not be known.

    `added` are the totals of the people whom each release added; `versions` those of each table, oldest first.
    """
    world = World()
    steps = [people.add(world, group, totals) for totals in added]
    for forms, totals in zip(steps, added, strict=True):
        # Whatever somebody has read or been told of how many were counted, they know no more than this.
        world.bind(people.everybody(group, forms), 0, totals[EVERYBODY])
    told = [number for table in group for number in _told(world, table, steps, versions.get(table.name, ()), read)]
    return world, [number for number in told if number.step >= len(added) - 1 - LOOKED_AT_AGAIN]


def _told(
    world: World, table: Table, steps: Sequence[Forms], versions: Sequence[Version], read: Reading
) -> Iterator[Number]:
    """Bind a world to what the versions of one table show; gives the numbers that they speak of."""
    last = -1
    for version in versions:
        so_far = {name: _over(steps[: version.step + 1], name) for name in version.shown}
        for name, (least, most) in read(table, version.shown).items():
            world.bind(so_far[name], least, most)
        yield from _numbers(table, version, so_far)
        if version.is_few:
            continue
        since = {name: _over(steps[last + 1 : version.step + 1], name) for name in version.shown}
        if world.value(since[table.name]) >= FEWEST_ADDED:
            # Everybody knows that there were as many.
            world.bind(since[table.name], FEWEST_ADDED)
        if last >= 0:
            yield from (Number(table, name, version.step, form, is_added=True) for name, form in since.items())
        last = version.step


def _numbers(table: Table, version: Version, so_far: Forms) -> Iterator[Number]:
    """What a version speaks of: its numbers, and of how many people each answer was not given."""
    for name, form in so_far.items():
        yield Number(table, name, version.step, form, is_hidden=isinstance(version.shown[name], str))
    for cell in [] if table.is_pair else table.cells:
        yield Number(table, f"not {cell}", version.step, less(so_far[table.name], so_far[cell]))


def _over(steps: Sequence[Forms], name: str) -> Form:
    return {variable: times for step in steps for variable, times in step.get(name, {}).items()}
