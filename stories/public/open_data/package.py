"""One quarter to take away: its stories that are up, what forces said and were asked in it, and its figures.

Asks and the law are in each as they stand now.

It is made when somebody asks for it and lies nowhere, so that a story that went down is in none. What was released
never changes, and is the same in every zip of that quarter.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from stories import spreadsheets
from stories.dates import Quarter
from stories.models import ReleasedAnswers, ReleasedFigures, Story
from stories.public import named_lists
from stories.public.figures import freezing
from stories.public.open_data import datapackage, figure_rows, links, records, terms, zip_stream
from stories.public.open_data.fields import IN_FILES, columns_of
from stories.public.open_data.record_fields import BY_NAME
from stories.public.open_data.rows import Rows

_AT_ONCE = 500
_TEXTS = "stories/public/open_data/zip"
File = tuple[str, Iterable[bytes]]


def folder(quarter: Quarter) -> str:
    """What it is called, as a file and unpacked."""
    return f"heard-{quarter}".lower()


def pieces(quarter: Quarter) -> Iterator[bytes]:
    """The zip of a released quarter, a piece at a time."""
    return zip_stream.pieces(folder(quarter), _files(quarter))


def _files(quarter: Quarter) -> Iterator[File]:
    names = named_lists.read()
    rows = Rows(names)
    answers = ReleasedAnswers.objects.using(settings.PUBLIC_READS).filter(release=str(quarter)).first()
    figures = ReleasedFigures.objects.using(settings.PUBLIC_READS).filter(quarter=str(quarter)).first()
    held = ["stories", *BY_NAME, *(["answers"] if answers else []), *(["transparency"] if figures else [])]
    for name in ("README.txt", "LICENCE.txt"):
        yield name, [render_to_string(f"{_TEXTS}/{name.lower()}", _about(quarter, held)).encode()]
    yield "datapackage.json", [_json(datapackage.of(str(quarter), held, names))]
    yield "stories.csv", _csv(rows.header(), map(rows.cells, _stories(quarter)))
    yield "stories.json", _json_list(map(rows.values, _stories(quarter)))
    for record in BY_NAME.values():
        found = record.of(quarter)
        yield f"{record.name}.csv", _csv(records.header(record), (records.cells(record, row) for row in found))
        yield f"{record.name}.json", _json_list(records.values(record, row) for row in found)
    if answers:
        yield "answers.csv", _csv(figure_rows.header(), figure_rows.of_answers(answers.tables))
        yield "answers.json", [freezing.canonical(answers.tables).encode()]
    if figures:
        yield "transparency.csv", _csv(figure_rows.header(), figure_rows.of_transparency(str(quarter), figures.figures))
        yield "transparency.json", [freezing.canonical(figures.figures).encode()]


def _about(quarter: Quarter, held: list[str]) -> dict[str, Any]:
    return {
        "quarter": str(quarter),
        "held": held,
        "folder": folder(quarter),
        "page": f"{settings.BASE_URL}{links.PAGE}",
        "facts": terms.FACTS,
        "words": terms.words(),
    }


def _stories(quarter: Quarter) -> Iterator[Story]:
    """Live stories of a quarter's batches, newest first, some at a time."""
    rows = Story.live.using(settings.PUBLIC_READS).filter(month__range=(quarter.first_day, quarter.last_month))
    rows = rows.order_by("-sequence").only(*columns_of(IN_FILES))
    while some := list(rows[:_AT_ONCE]):
        yield from some
        rows = rows.filter(sequence__lt=some[-1].sequence)


def _csv(header: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    for line in spreadsheets.lines(_with_header(header, rows)):
        yield line.encode()


def _with_header(header: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield header
    yield from rows


def _json_list(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A list with an object to a line: a program that reads line by line can go through it too."""
    between = b"[\n"
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False).encode()
        between = b",\n"
    yield b"\n]\n" if between == b",\n" else b"[]\n"


def _json(made: Any) -> bytes:
    return f"{json.dumps(made, ensure_ascii=False, indent=2)}\n".encode()
