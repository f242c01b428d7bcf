"""The people whom one release added, as the fewest whole numbers that say how they can have answered.

What is counted is how many gave each answer; below that there are people, who answer one question or both, and tick
one answer or several. A world keeps to that, so that none is made up which no people could have given.
"""

from collections.abc import Iterable, Mapping, Sequence

from stories.public.figures.asked import Table
from stories.public.figures.reaching import Form, World, less
from stories.public.figures.tables import Totals

Forms = dict[str, Form]


def add(world: World, group: Sequence[Table], totals: Totals) -> Forms:
    """Put people with these totals into a world; returns each total as a sum of the world's numbers."""
    pair = next((table for table in group if table.is_pair), None)
    if pair is None:
        return _alone(world, group[0], {name: totals.get(name, 0) for name in _names(group[0])})
    return _in_pairs(world, pair, {name: totals.get(name, 0) for table in group for name in _names(table)})


def everybody(group: Sequence[Table], counted: Forms) -> Form:
    """Who answered any question of the group, as a sum of what `add` made of the same group."""
    pair = next((table for table in group if table.is_pair), None)
    if pair is None:
        return counted[group[0].name]
    first, second = (counted[question.name] for question in pair.questions)
    return _together((first, less(second, counted[pair.name])))


def _names(table: Table) -> list[str]:
    return [table.name, *table.cells]


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
        world.bind(less(people, each), 0)
    world.bind(less(_together(ticks), people), 0)


def _in_pairs(world: World, pair: Table, totals: Mapping[str, int]) -> Forms:
    """People who answered both questions of a pair, the first of them alone, and the second alone."""
    first, second = (Table((question,)) for question in pair.questions)
    both = {cell: {world.variable(totals[cell]): 1} for line in pair.lines for cell in line}
    rows = [[both[cell] for cell in line] for line in pair.lines]
    by_row = _people_by_row(world, pair, first, totals) if pair.takes_many else [_together(row) for row in rows]
    if pair.takes_many:
        for people, row in zip(by_row, rows, strict=True):
            _who_tick(world, people, row)
    counted = dict(zip(first.lines[0], by_row, strict=True))
    columns = [_together(column) for column in zip(*rows, strict=True)]
    counted |= dict(zip(second.lines[0], columns, strict=True))
    counted |= {table.name: _together(by_row) for table in (first, second, pair)}
    for table in (first, second):
        rest = {name: totals[name] - world.value(counted[name]) for name in _names(table)}
        for name, form in _alone(world, table, rest).items():
            counted[name] = {**counted[name], **form}
    return {**counted, **both}


def _people_by_row(world: World, pair: Table, first: Table, totals: Totals) -> list[Form]:
    """How many people a row is of, which no total says: as few as its ticks allow, and more until all have a place."""
    fewest = [max(totals[cell] for cell in line) for line in pair.lines]
    most = [sum(totals[cell] for cell in line) for line in pair.lines]
    left = totals[pair.name] - sum(fewest)
    found: list[Form] = []
    for low, high, row in zip(fewest, most, first.lines[0], strict=True):
        more = max(0, min(left, min(high, totals[row]) - low))
        left -= more
        found.append({world.variable(low + more): 1})
    return found


def _together(forms: Iterable[Form]) -> Form:
    """One sum of several that have no number in common."""
    return {variable: times for form in forms for variable, times in form.items()}
