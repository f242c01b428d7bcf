"""Small numbers: a table of people as it may be published, so that nobody in it can be singled out.

0 to 9 is "fewer than 10", and 10 or more the nearest five. A line that hides one cell hides a second, and says nothing
of it. Totals are rounded apart from their cells; where a total would pin down what its table hides (nine and nine under
"20"), it is moved by a few, so that each hidden cell could be at least three numbers. A table with rows and columns
shows the total of all alone: its lines' totals would each say something more.

All of it hangs on what is shown anyway, so knowing this file tells nobody more.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

# What stands for a hidden number: one from 0 to 9, and one of which nothing is said but that it is 10 or more.
FEW = "few"
UNSHOWN = "unshown"
Cell = int | str
# The least and the most that a number could be.
Span = tuple[int, int | None]

SMALLEST_SHOWN = 10
STEP = 5
# The fewest people that a percentage is of.
SMALLEST_BASE = 30
_CAP = 5


class Row(NamedTuple):
    """A one-way table as shown: its cells and their total."""

    cells: list[Cell]
    total: Cell


def publishable_count(people: int) -> Cell:
    """One number that stands alone."""
    return FEW if people < SMALLEST_SHOWN else _nearest(people)


def publishable_row(people: Sequence[int]) -> Row:
    """Publish a one-way table; what is hidden beside one small cell is the smallest of the others."""
    hidden = {at for at, each in enumerate(people) if each < SMALLEST_SHOWN}
    if len(hidden) == 1 and len(people) > 1:
        # By what would be shown: a choice by the numbers themselves would tell which of two is smaller.
        hidden.add(min(set(range(len(people))) - hidden, key=lambda at: (_nearest(people[at]), at)))
    cells = [_cell(each, is_hidden=at in hidden) for at, each in enumerate(people)]
    return Row(cells, _total(sum(people), cells, most_unshown=_most_unshown(cells)))


def publishable_table(people: Sequence[Sequence[int]]) -> tuple[list[list[Cell]], Cell]:
    """Publish a two-way table, whose rows are equally long and at least two, as are its columns: cells and total."""
    hidden = _hidden_places(people)
    cells = [[_cell(each, is_hidden=(i, j) in hidden) for j, each in enumerate(line)] for i, line in enumerate(people)]
    return cells, _total(sum(map(sum, people)), list(chain(*cells)))


def row_could_be(shown: Row) -> tuple[list[Span], Span]:
    """The spans of the cells of a one-way table and of its total, to somebody who knows this file."""
    most_unshown = _most_unshown(shown.cells)
    cells = [could_be(cell, most_unshown=most_unshown) for cell in shown.cells]
    return cells, _total_could_be(shown.total, shown.cells, most_unshown=most_unshown)


def table_could_be(cells: Sequence[Sequence[Cell]], total: Cell) -> tuple[list[list[Span]], Span]:
    """The same of a two-way table that shows no totals of its lines."""
    spans = [[could_be(cell) for cell in line] for line in cells]
    return spans, _total_could_be(total, list(chain(*cells)), most_unshown=None)


def could_be(shown: Cell, *, most_unshown: int | None = None) -> Span:
    """The least and the most people that one shown number stands for; None where nothing is said of the most."""
    if shown == UNSHOWN:
        return SMALLEST_SHOWN, most_unshown
    return _least(shown), _most(shown, unshown=0)


def publishable_percentage(part: Cell, base: Cell) -> str:
    """The percentage that is shown, "40"; empty where the part is hidden or the base is too small.

    It is worked out from the two published, rounded numbers, and so says nothing more than they do.
    """
    if isinstance(part, str) or isinstance(base, str) or base < SMALLEST_BASE:
        return ""
    return str(min(round(100 * part / base), 100))


def capped_percentage(percent: int) -> str:
    """A percentage without its ends, where it would speak of everybody or nobody."""
    return f"<{_CAP}" if percent < _CAP else f">{100 - _CAP}" if percent > 100 - _CAP else str(percent)


def _nearest(people: int) -> int:
    return (people + STEP // 2) // STEP * STEP


def _cell(people: int, *, is_hidden: bool) -> Cell:
    shown = publishable_count(people)
    return UNSHOWN if is_hidden and shown != FEW else shown


def _hidden_places(people: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Every hidden (row, column), until no row and no column hides one alone.

    The second is the next in its line, whatever its size: where rows and columns cross, a choice by size tells more.
    """
    rows, columns = range(len(people)), range(len(people[0]))
    lines = [*([(i, j) for j in columns] for i in rows), *([(i, j) for i in rows] for j in columns)]
    hidden = {(i, j) for i in rows for j in columns if people[i][j] < SMALLEST_SHOWN}
    while line := next((line for line in lines if len(hidden & set(line)) == 1), None):
        at = next(at for at, place in enumerate(line) if place in hidden)
        hidden.add(line[(at + 1) % len(line)])
    return hidden


def _total(people: int, cells: Sequence[Cell], *, most_unshown: int | None = None) -> Cell:
    """Round a total; where something is hidden under it, never so near an end that it tells what."""
    shown = publishable_count(people)
    if isinstance(shown, str) or not any(isinstance(cell, str) for cell in cells):
        return shown
    least = sum(_least(cell) for cell in cells)
    shown = max(shown, -(-least // STEP) * STEP)
    if UNSHOWN in cells and most_unshown is None:
        return shown
    most = sum(_most(cell, unshown=most_unshown or 0) for cell in cells)
    return min(shown, most // STEP * STEP)


def _total_could_be(total: Cell, cells: Sequence[Cell], *, most_unshown: int | None) -> Span:
    """A total that may have been moved to either end of what its table allows."""
    least, most = could_be(total)
    if isinstance(total, str) or most is None or not any(isinstance(cell, str) for cell in cells):
        return least, most
    fewest = sum(_least(cell) for cell in cells)
    if total == -(-fewest // STEP) * STEP:
        least = min(least, fewest)
    if UNSHOWN not in cells or most_unshown is not None:
        greatest = sum(_most(cell, unshown=most_unshown or 0) for cell in cells)
        most = max(most, greatest) if total == greatest // STEP * STEP else most
    return least, most


def _least(cell: Cell) -> int:
    if isinstance(cell, str):
        return 0 if cell == FEW else SMALLEST_SHOWN
    return max(SMALLEST_SHOWN, cell - STEP // 2)


def _most(cell: Cell, *, unshown: int) -> int:
    if isinstance(cell, str):
        return SMALLEST_SHOWN - 1 if cell == FEW else unshown
    return cell + STEP // 2


def _most_unshown(cells: Sequence[Cell]) -> int | None:
    """The most that a cell can be which is hidden for being the smallest: of two that look alike it is the first."""
    if UNSHOWN not in cells:
        return None
    at = cells.index(UNSHOWN)
    shown = [cell - STEP * (place < at) for place, cell in enumerate(cells) if isinstance(cell, int)]
    return min(shown) + STEP // 2 if shown else None
