"""Every story that a filter lists as CSV: some rows at a time, however many there are."""

from collections.abc import Iterable, Iterator
from itertools import islice

from stories import spreadsheets
from stories.public import finding
from stories.public.filters import StoryFilter
from stories.public.open_data.rows import Rows

# Excel takes a file that doesn't begin with it for one in the letters of the machine's own language.
BOM = "\ufeff"
_LINES_AT_ONCE = 100
_LONGEST_NAME = 80


def pieces(wanted: StoryFilter, *, bom: bool = False) -> Iterator[str]:
    """A header, then a line for each story, newest first; a spreadsheet runs no cell of it."""
    if bom:
        yield BOM
    lines = _lines(wanted)
    while piece := "".join(islice(lines, _LINES_AT_ONCE)):
        yield piece


def filename(wanted: StoryFilter) -> str:
    """What a browser calls the file: by its choices, so that two of them can lie in one folder."""
    slugs = [slug for chosen in wanted.chosen.values() for slug in chosen]
    return "-".join(("heard-stories", *slugs))[:_LONGEST_NAME] + ".csv"


def _lines(wanted: StoryFilter) -> Iterator[str]:
    rows = Rows(wanted.names)
    cells: Iterable[list[str]] = (rows.cells(story) for story in finding.every(wanted))
    yield from spreadsheets.lines([rows.header()])
    yield from spreadsheets.lines(cells)
