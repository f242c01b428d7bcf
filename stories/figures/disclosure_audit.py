"""The check whether a release lets somebody work out a number of people that it hides or rounds, and which.

That somebody knows how tables are made, and has kept every release. To them, a number that a table hides must be one
of three that would all look the same, and no other is known exactly: not one that is rounded, not of how many people
an answer was not given, not how many a release added. What can't be shown to be safe counts as known.

What is counted is how many gave each answer; below that there are people, who answer one question or both, and tick
one answer or several. A world keeps to that, so that none is made up which no people could have given. Whether a
number could be another one is a search for worlds that look the same from outside and differ there: whole numbers
from nought up, and bounds on sums of them. It begins at the true world and mends one broken bound after another; what
it finds is proof.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product

from stories.figures import table_spec
from stories.figures.disclosure_control import SMALLEST_SHOWN
from stories.figures.table_spec import EVERYBODY, Numbers, Table, Totals

# A sum of variables: each with what it is multiplied by.
Form = Mapping[int, int]
# What a world adds to the true numbers.
Changes = Mapping[int, int]
# After as many worlds what isn't found counts as impossible, which errs on the safe side. Most numbers need few, and
# what is found for one tells of others, so all are tried with little patience first.
PATIENCE = (2_000, 50_000)
_STEPS = (1, -1, 2, -2, 3, -3)


@dataclass(frozen=True)
class Bound:
    """The least and the most of a sum; None where nothing bounds it above."""

    form: Form
    least: int
    most: int | None = None

    def gap(self, value: int) -> int:
        """The distance of a value outside: below nought where it is too small."""
        if value < self.least:
            return value - self.least
        return max(0, value - self.most) if self.most is not None else 0


class World:
    """The true numbers, and every bound that somebody outside knows of."""

    def __init__(self) -> None:
        self._values: list[int] = []
        self._bounds: list[Bound] = []
        self._sums: list[int] = []
        # The bounds that each variable stands in, with what it is multiplied by there.
        self._touching: list[list[tuple[int, int]]] = []

    def variable(self, value: int) -> int:
        """Add a number with its true value; returns its name. Raises ValueError for one below nought."""
        if value < 0:
            raise ValueError("These totals can’t be those of any people.")
        self._values.append(value)
        self._touching.append([])
        return len(self._values) - 1

    def bind(self, form: Form, least: int, most: int | None = None) -> None:
        """Add a bound, which the true numbers keep; raises ValueError if they don't."""
        if Bound(form, least, most).gap(self.value(form)):
            raise ValueError("These totals are outside what was shown of them.")
        self._add(Bound(form, least, most))

    def value(self, form: Form) -> int:
        return sum(self._values[variable] * times for variable, times in form.items())

    def possible(self, asked: Sequence[tuple[Form, int]]) -> list[set[int]]:
        """Values that each sum could have, its true one among them: as many as are asked for, or all that we find."""
        found = [{self.value(form)} for form, _fewest in asked]
        for patience, ((form, fewest), values), by in product(PATIENCE, list(zip(asked, found, strict=True)), _STEPS):
            value, is_of_people = self.value(form) + by, min(form.values(), default=1) > 0
            if len(values) >= fewest or value in values or (is_of_people and value < 0):
                continue
            changes = self._reached(form, value, patience) or {}
            # One world tells of every number that differs in it.
            for (other, _fewest), known in zip(asked, found, strict=True):
                if not changes.keys().isdisjoint(other):
                    known.add(self.value(other) + sum(other.get(at, 0) * more for at, more in changes.items()))
        return found

    def _reached(self, form: Form, value: int, patience: int) -> Changes | None:
        """The changes that make a world in which this sum has this value; None where none was found."""
        if any(bound.form == form and bound.gap(value) for bound in self._bounds):
            return None
        self._add(Bound(form, value, value))
        try:
            return self._mended(len(self._bounds) - 1, patience)
        finally:
            for variable in self._bounds.pop().form:
                self._touching[variable].pop()
            self._sums.pop()

    def _mended(self, goal: int, patience: int) -> Changes | None:
        order, seen, left = count(), set(), patience
        heap: list[tuple[int, int, int, Changes]] = [(0, 0, next(order), {})]
        while heap and left > 0:
            *_, changes = heappop(heap)
            broken = self._broken(changes, goal)
            at = min(broken, key=lambda each: len(self._bounds[each].form))
            for changed in self._nearer(self._bounds[at].form, broken[at], changes):
                name = frozenset(changed.items())
                if name in seen:
                    continue
                gaps = self._broken(changed, goal)
                if not gaps:
                    return changed
                seen.add(name)
                left -= 1
                heappush(heap, (sum(map(abs, gaps.values())), len(changed), next(order), changed))
        return None

    def _broken(self, changes: Changes, goal: int) -> dict[int, int]:
        """The bounds that a changed world breaks, each with how far."""
        sums = {goal: self._sums[goal]}
        for variable, by in changes.items():
            for at, times in self._touching[variable]:
                sums[at] = sums.get(at, self._sums[at]) + times * by
        gaps = ((at, self._bounds[at].gap(value)) for at, value in sums.items())
        return {at: gap for at, gap in gaps if gap}

    def _nearer(self, form: Form, gap: int, changes: Changes) -> Iterator[Changes]:
        """The worlds one step nearer to a bound; no step is taken back, so that the search can't go in a circle."""
        near = next(reversed(changes), 0)
        for variable in sorted(form, key=lambda each: abs(each - near)):
            times = form[variable]
            step = 1 if (gap < 0) == (times > 0) else -1
            before = changes.get(variable, 0)
            if before * step >= 0 and self._values[variable] + before + step >= 0:
                yield {**changes, variable: before + step}

    def _add(self, bound: Bound) -> None:
        for variable, times in bound.form.items():
            self._touching[variable].append((len(self._bounds), times))
        self._bounds.append(bound)
        self._sums.append(self.value(bound.form))


def subtracted(form: Form, other: Form) -> Form:
    both = {at: form.get(at, 0) - other.get(at, 0) for at in {**form, **other}}
    return {at: times for at, times in both.items() if times}


Forms = dict[str, Form]


def add_respondents(world: World, group: Sequence[Table], totals: Totals) -> Forms:
    """Put people with these totals into a world; returns each total as a sum of the world's numbers.

    `EVERYBODY` are those who answered any question of the group.
    """
    pair = next((table for table in group if table.is_pair), None)
    every = {name: totals.get(name, 0) for table in group for name in table.names}
    if pair is None:
        counted = _alone(world, group[0], every)
        return {**counted, EVERYBODY: counted[group[0].name]}
    counted = _in_pairs(world, pair, every)
    first, second = (counted[question.name] for question in pair.questions)
    return {**counted, EVERYBODY: _together((first, subtracted(second, counted[pair.name])))}


def _alone(world: World, table: Table, totals: Totals) -> Forms:
    """People who answered this question, and no other that is shown beside it."""
    cells = {cell: {world.variable(totals[cell]): 1} for cell in table.lines[0]}
    if not table.takes_many:
        return {**cells, table.name: _together(cells.values())}
    people = {world.variable(totals[table.name]): 1}
    _who_tick(world, people, list(cells.values()))
    return {**cells, table.name: people}


def _who_tick(world: World, people: Form, ticks: Sequence[Form]) -> None:
    """Say that each of these people ticked one answer or more, and none twice."""
    for each in ticks:
        world.bind(subtracted(people, each), 0)
    world.bind(subtracted(_together(ticks), people), 0)


def _in_pairs(world: World, pair: Table, totals: Mapping[str, int]) -> Forms:
    """People who answered both questions of a pair, the first of them alone, and the second alone."""
    first, second = (Table((question,)) for question in pair.questions)
    both = {cell: {world.variable(totals[cell]): 1} for line in pair.lines for cell in line}
    rows = [[both[cell] for cell in line] for line in pair.lines]
    by_row = _people_by_row(world, pair, first, totals) if pair.takes_many else [_together(row) for row in rows]
    for people, row in zip(by_row, rows, strict=True) if pair.takes_many else ():
        _who_tick(world, people, row)
    counted = dict(zip(first.lines[0], by_row, strict=True))
    columns = [_together(column) for column in zip(*rows, strict=True)]
    counted |= dict(zip(second.lines[0], columns, strict=True))
    counted |= {table.name: _together(by_row) for table in (first, second, pair)}
    for table in (first, second):
        rest = {name: totals[name] - world.value(counted[name]) for name in table.names}
        for name, form in _alone(world, table, rest).items():
            counted[name] = {**counted[name], **form}
    return {**counted, **both}


def _people_by_row(world: World, pair: Table, first: Table, totals: Totals) -> list[Form]:
    """The people of each row, whom no total counts: as few as its ticks allow, and more until all have a place."""
    ticks = [[totals[cell] for cell in line] for line in pair.lines]
    left = totals[pair.name] - sum(map(max, ticks))
    found: list[Form] = []
    for row, many in zip(first.lines[0], ticks, strict=True):
        low = max(many)
        more = max(0, min(left, min(sum(many), totals[row]) - low))
        left -= more
        found.append({world.variable(low + more): 1})
    return found


def _together(forms: Iterable[Form]) -> Form:
    """One sum of several that have no number in common."""
    return {variable: times for form in forms for variable, times in form.items()}


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
    is_added: bool = False


def find_disclosures(
    group: Sequence[Table], added: Sequence[Totals], versions: Mapping[str, Sequence[Version]]
) -> list[Known]:
    """Every number of a group of tables that could be worked out; empty where nothing can.

    `added` are the true totals of the people whom each release added, and `versions` what was shown of each table.
    Raises ValueError where the totals are outside what each number could be.
    """
    world = World()
    steps = [add_respondents(world, group, totals) for totals in added]
    for forms, totals in zip(steps, added, strict=True):
        # Whatever somebody has read or been told of how many were counted, they know no more than this.
        world.bind(forms[EVERYBODY], 0, totals[EVERYBODY])
    told = [number for table in group for number in _told(world, table, steps, versions.get(table.name, ()))]
    numbers = [number for number in told if number.step >= len(added) - 1 - LOOKED_AT_AGAIN]
    # Small numbers that are shown as they are.
    bare = [
        Known(table.name, name, version.step)
        for table in group
        for version in versions.get(table.name, ())
        for name, cell in version.shown.items()
        if isinstance(cell, int) and cell < SMALLEST_SHOWN
    ]
    # Where a table shows new numbers after so few people, one of them might be known to somebody.
    heads = (number for number in numbers if number.is_added and number.name == number.table.name)
    known = [each for each in heads if world.value(each.form) < FEWEST_ADDED]
    asked = [(number.form, FEWEST_IF_HIDDEN if number.is_hidden else FEWEST_OF_ANY) for number in numbers]
    for number, values, (_form, fewest) in zip(numbers, world.possible(asked), asked, strict=True):
        if len(values) < fewest:
            known.append(number)
    return bare + [Known(each.table.name, each.name, each.step, each.is_added) for each in known]
