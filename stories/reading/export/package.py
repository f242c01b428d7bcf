"""The zip of a quarter: its stories that are up, what forces said and were asked in it, asks, the law, and its figures.

It is made while it is sent and kept nowhere, so that a story that went down is in none. What was released never
changes, and is the same in every zip of that quarter. No time is in it: the same files make the same bytes.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import RawIOBase
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from stories.core import named_lists, rendering, snapshot
from stories.core.dates import Quarter
from stories.figures import releases, table_spec, transparency
from stories.figures.disclosure_control import FEW, UNSHOWN, Cell
from stories.models import ReleasedAnswers, ReleasedFigures, Story
from stories.reading.export import descriptions, terms
from stories.reading.export.fields import FIGURE, RECORDS, STORY, Rows
from stories.reading.search import store

NAME = "quarters"
File = tuple[str, Iterable[bytes]]
_STORIES_AT_ONCE = 500
_BYTES_AT_ONCE = 64 * 1024
# The first moment that a zip can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_FROM_UNIX, _READABLE = 3, 0o100644 << 16


def make_quarters() -> list[str]:
    """Every quarter that something was released for, such as 2026-Q4, the newest first; for each edition."""
    answers = ReleasedAnswers.objects.values_list("release", flat=True)
    figures = ReleasedFigures.objects.values_list("quarter", flat=True)
    return sorted({*answers, *figures}, reverse=True)


def released_quarters() -> list[str]:
    """The same from the edition now, without a query."""
    return snapshot.get_built(NAME) or []


def released_quarter(name: str) -> Quarter | None:
    """The released quarter that an address means."""
    quarter = Quarter.named(name.upper()) if name.islower() else None
    return quarter if str(quarter) in released_quarters() else None


def folder_name(quarter: Quarter) -> str:
    """The name of the zip, and of its folder."""
    return f"heard-{quarter}".lower()


def quarter_zip(quarter: Quarter) -> Iterator[bytes]:
    """The zip of a released quarter, a piece at a time."""
    return zip_pieces(folder_name(quarter), _files(quarter))


def zip_pieces(folder: str, files: Iterable[File]) -> Iterator[bytes]:
    """A zip of these files in `folder`, and last the SHA-256 of each, as `sha256sum -c` reads it."""
    sent, sums = _Unsent(), []
    with zipfile.ZipFile(sent, "w") as archive:
        for name, contents in files:
            seen = hashlib.sha256()
            yield from _add_file(archive, sent, f"{folder}/{name}", _hashed(contents, seen))
            sums.append(f"{seen.hexdigest()}  {name}\n".encode())
        yield from _add_file(archive, sent, f"{folder}/SHA256SUMS", sums)
    yield from sent.taken()


class _Unsent(RawIOBase):
    """A file that can't go back, and gives out what was written to it."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._waiting += piece
        return len(piece)

    def taken(self, least: int = 0) -> Iterator[bytes]:
        """What was written and not yet sent, once there is enough of it."""
        if len(self._waiting) > least:
            yield bytes(self._waiting)
            self._waiting.clear()


def _add_file(archive: zipfile.ZipFile, sent: _Unsent, name: str, contents: Iterable[bytes]) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _FROM_UNIX, _READABLE
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in contents:
            file.write(piece)
            yield from sent.taken(_BYTES_AT_ONCE)


def _hashed(contents: Iterable[bytes], seen: "hashlib._Hash") -> Iterator[bytes]:
    for piece in contents:
        seen.update(piece)
        yield piece


# --- The files of a quarter -----------------------------------------------------------------


def _files(quarter: Quarter) -> Iterator[File]:
    names, here = named_lists.get_named_lists(), settings.PUBLIC_READS
    answers = ReleasedAnswers.objects.using(here).filter(release=str(quarter)).first()
    figures = ReleasedFigures.objects.using(here).filter(quarter=str(quarter)).first()
    held = ["stories", *RECORDS, *(["answers"] if answers else []), *(["transparency"] if figures else [])]
    about = {
        "quarter": str(quarter),
        "held": held,
        "folder": folder_name(quarter),
        "page": f"{settings.BASE_URL}{terms.PAGE}",
        "facts": terms.FACTS,
        "words": terms.story_licence(),
    }
    for name in ("README.txt", "LICENCE.txt"):
        yield name, [render_to_string(f"stories/reading/export/zip/{name.lower()}", about).encode()]
    package = descriptions.data_package(str(quarter), held, names)
    yield "datapackage.json", [f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()]
    stories = Rows(STORY, names)
    yield "stories.csv", _csv(stories.table(_stories(quarter)))
    yield "stories.json", _json_lines(map(stories.values, _stories(quarter)))
    for record in RECORDS.values():
        rows, found = Rows(record.fields, names), record.rows_in(quarter)
        yield f"{record.name}.csv", _csv(rows.table(found))
        yield f"{record.name}.json", _json_lines(map(rows.values, found))
    if answers:
        yield "answers.csv", _csv(answer_rows(answers.tables))
        yield "answers.json", [releases.canonical_json(answers.tables).encode()]
    if figures:
        yield "transparency.csv", _csv(transparency_rows(str(quarter), figures.figures))
        yield "transparency.json", [releases.canonical_json(figures.figures).encode()]


def _stories(quarter: Quarter) -> Iterator[Story]:
    """Live stories of a quarter's batches, newest first, some at a time."""
    rows = Story.live.using(settings.PUBLIC_READS).filter(month__range=(quarter.first_day, quarter.last_month))
    rows = rows.order_by("-sequence").only(*store.COLUMNS)
    while some := list(rows[:_STORIES_AT_ONCE]):
        yield from some
        rows = rows.filter(sequence__lt=some[-1].sequence)


def _csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    return (line.encode() for line in rendering.csv_lines(rows))


def _json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """A list with an object to a line: a program that reads line by line can go through it too."""
    between = b"[\n"
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False).encode()
        between = b",\n"
    yield b"\n]\n" if between == b",\n" else b"[]\n"


# --- Released figures as rows: one cell of a table to a row, hidden ones among them ------------


def answer_rows(release: Mapping[str, Any]) -> Iterator[list[str]]:
    """The header, then every cell of every table of what people answered, and its total."""
    yield [field.name for field in FIGURE]
    for table in table_spec.released_tables():
        shown, since = release["numbers"].get(table.name, {}), release["since"].get(table.name, "")
        begins = [release["release"], since, table.name.replace(" ", "-by-")]
        begins.append(" · ".join(question.words for question in table.questions))
        down, *crossed = table.questions
        columns = crossed[0].answers if crossed else (("", ""),)
        places = ((row, column) for row in down.answers for column in columns)
        for (row, column), cell in zip(places, table.cells, strict=True):
            yield [*begins, *row, *column, *_people(shown.get(cell, UNSHOWN)), terms.figure_terms()]
        yield [*begins, "", _("All"), "", "", *_people(shown.get(table.name, UNSHOWN)), terms.figure_terms()]


def transparency_rows(quarter: str, figures: transparency.Figures) -> Iterator[list[str]]:
    """The header, then how the work went in a quarter, as its page shows it."""
    yield [field.name for field in FIGURE]
    shown: dict[str, Callable[[Any], tuple[str, str]]] = {"people": _people, "whole": _whole, "percent": _percentage}
    for each in transparency.transparency_numbers(figures):
        number = shown[each.kind](each.value)
        yield [quarter, quarter, each.table, each.about, each.line, each.words, "", "", *number, terms.figure_terms()]


def _people(cell: Cell) -> tuple[str, str]:
    """A published number of people, and how to read it."""
    hidden = {FEW: "fewer-than-10", UNSHOWN: "not-shown"}
    return ("", hidden[cell]) if isinstance(cell, str) else (str(cell), "nearest-5")


def _whole(number: int | None) -> tuple[str, str]:
    """A number that isn't one of people; none where there were too few to say."""
    return ("", "not-shown") if number is None else (str(number), "whole")


def _percentage(percent: str) -> tuple[str, str]:
    """A published percentage; an empty one is hidden."""
    if not percent:
        return "", "not-shown"
    return percent.lstrip("<>"), {"<": "under", ">": "over"}.get(percent[0], "percent")
