"""Rows for a spreadsheet, as CSV: a piece at a time, and with no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

# A cell that begins with one of these is a formula to a spreadsheet; in some countries their wide forms are too.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Each row as a line of CSV."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def safe_cell(cell: Any) -> Any:
    """A text that a spreadsheet takes for a text; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell
