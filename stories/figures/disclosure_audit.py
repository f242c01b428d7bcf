"""The check whether a release lets somebody work out a number of people that it hides or rounds, and which.

That somebody knows how tables are made, and has kept every release. To them, a number that a table hides must be one
of three that would all look the same, and no other is known exactly: not one that is rounded, not of how many people
an answer was not given, not how many a release added. What can't be shown to be safe counts as known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stories.figures import respondents, table_spec
from stories.figures.disclosure_control import SMALLEST_SHOWN
from stories.figures.respondents import Form, Forms, World, subtracted
from stories.figures.table_spec import EVERYBODY, Numbers, Table, Totals

# A table shows new numbers once as many people were added to it, and until then repeats the old ones.
FEWEST_ADDED = 10
# In as many later releases a number is looked at again: with each, what is learnt of it is less.
LOOKED_AT_AGAIN = 4


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


def _told(world: World, table: Table, steps: Sequence[Forms], versions: Sequence[Version]) -> Iterator[Number]:
    """Bind a world to what the versions of one table show; gives the numbers that they speak of."""
    last = -1
    for version in versions:
        so_far = {name: _over(steps[: version.step + 1], name) for name in version.shown}
        for name, (least, most) in table_spec.possible_spans(table, version.shown).items():
            world.bind(so_far[name], least, most)
        for name, form in so_far.items():
            yield Number(table, name, version.step, form, is_hidden=isinstance(version.shown[name], str))
        # How many people an answer was not given.
        for cell in [] if table.is_pair else table.cells:
            yield Number(table, f"not {cell}", version.step, subtracted(so_far[table.name], so_far[cell]))
        if version.is_few:
            continue
        since = {name: _over(steps[last + 1 : version.step + 1], name) for name in version.shown}
        if world.value(since[table.name]) >= FEWEST_ADDED:
            # Everybody knows that there were as many.
            world.bind(since[table.name], FEWEST_ADDED)
        if last >= 0:
            yield from (Number(table, name, version.step, form, is_added=True) for name, form in since.items())
        last = version.step


def _over(steps: Sequence[Forms], name: str) -> Form:
    return {variable: times for step in steps for variable, times in step.get(name, {}).items()}


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


def find_disclosures(
    group: Sequence[Table], added: Sequence[Totals], versions: Mapping[str, Sequence[Version]]
) -> list[Known]:
    """Every number of a group of tables that could be worked out; empty where nothing can.

    `added` are the true totals of the people whom each release added, and `versions` what was shown of each table.
    Raises ValueError where the totals are outside what each number could be.
    """
    world = World()
    steps = [respondents.add_respondents(world, group, totals) for totals in added]
    for forms, totals in zip(steps, added, strict=True):
        # Whatever somebody has read or been told of how many were counted, they know no more than this.
        world.bind(forms[EVERYBODY], 0, totals[EVERYBODY])
    told = [number for table in group for number in _told(world, table, steps, versions.get(table.name, ()))]
    numbers = [number for number in told if number.step >= len(added) - 1 - LOOKED_AT_AGAIN]
    # Small numbers that are shown as they are.
    bare = [
        Known(table.name, name, version.step, (cell,))
        for table in group
        for version in versions.get(table.name, ())
        for name, cell in version.shown.items()
        if isinstance(cell, int) and cell < SMALLEST_SHOWN
    ]
    # Where a table shows new numbers after so few people, one of them might be known to somebody.
    heads = (number for number in numbers if number.is_added and number.name == number.table.name)
    known = [(each, {many}) for each in heads if (many := world.value(each.form)) < FEWEST_ADDED]
    asked = [(number.form, FEWEST_IF_HIDDEN if number.is_hidden else FEWEST_OF_ANY) for number in numbers]
    for number, values, (_form, fewest) in zip(numbers, world.possible(asked), asked, strict=True):
        if len(values) < fewest:
            known.append((number, values))
    return bare + [Known(at.table.name, at.name, at.step, tuple(sorted(values)), at.is_added) for at, values in known]
