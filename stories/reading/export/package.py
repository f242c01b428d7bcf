"""The zip of a quarter: its stories that are up, what forces said and were asked in it, asks, the law, and its figures.

It is made while it is sent and kept nowhere, so that a story that went down is in none. What was released never
changes, and is the same in every zip of that quarter. No time is in it: the same files make the same bytes.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from itertools import chain
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from stories.core import rendering, snapshot
from stories.core.dates import Quarter
from stories.figures import counts, releases, table_spec, transparency
from stories.figures.disclosure_control import FEW, UNSHOWN, Cell
from stories.models import ReleasedAnswers, ReleasedFigures, Story
from stories.reading import marked_sets, story_queries
from stories.reading.export import fields, requests
from stories.reading.export.fields import FIGURE, RECORDS, TABLES, Rows

File = tuple[str, Iterable[bytes]]


def make_quarters() -> list[str]:
    """Every quarter that something was released for, such as 2026-Q4, the newest first; for each edition."""
    answers = ReleasedAnswers.objects.values_list("release", flat=True)
    figures = ReleasedFigures.objects.values_list("quarter", flat=True)
    return sorted({*answers, *figures}, reverse=True)


def released_quarters() -> list[str]:
    """The same from the edition now, without a query."""
    return snapshot.get_built("quarters") or []


class _Unsent(RawIOBase):
    """A file that can't go back, and gives away once what was written to it."""

    waiting = b""

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.waiting += piece
        return len(piece)

    def taken(self) -> bytes:
        taken, self.waiting = self.waiting, b""
        return taken


def zip_pieces(folder: str, files: Iterable[File]) -> Iterator[bytes]:
    """A zip of these files in `folder`, and last the SHA-256 of each, as `sha256sum -c` reads it."""
    sent, sums = _Unsent(), list[bytes]()
    with zipfile.ZipFile(sent, "w") as archive:
        for name, contents in chain(files, [("SHA256SUMS", sums)]):
            info, seen = zipfile.ZipInfo(f"{folder}/{name}"), hashlib.sha256()
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                for piece in contents:
                    seen.update(piece)
                    file.write(piece)
                    yield sent.taken()
            sums.append(f"{seen.hexdigest()}  {name}\n".encode())
    yield sent.taken()


def quarter_files(quarter: Quarter) -> Iterator[File]:
    answers = ReleasedAnswers.objects.using(snapshot.public_reads()).filter(release=str(quarter)).first()
    figures = ReleasedFigures.objects.using(snapshot.public_reads()).filter(quarter=str(quarter)).first()
    held = ["stories", *RECORDS, *(["answers"] if answers else []), *(["transparency"] if figures else [])]
    about = {"quarter": str(quarter), "held": held, "facts": requests.FACTS, "words": requests.story_licence()}
    about["changes"] = fields.change_notes()
    about |= {"page": f"{settings.BASE_URL}{requests.PAGE}", "folder": f"heard-{quarter}".lower()}
    for name in ("README.txt", "LICENCE.txt"):
        yield name, [render_to_string(f"stories/reading/export/zip/{name.lower()}", about).encode()]
    package = fields.data_package(str(quarter), held)
    yield "datapackage.json", [f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()]
    for table in (TABLES[name] for name in ("stories", *RECORDS)):
        rows, read = Rows(table.fields), table.rows if table.name in RECORDS else _stories
        yield f"{table.name}.csv", _csv(rows.table(read(quarter)))
        yield f"{table.name}.json", _json_lines(map(rows.values, read(quarter)))
    if answers:
        yield "answers.csv", _figures_csv(answer_rows(answers.tables))
        yield "answers.json", [releases.canonical_json(answers.tables).encode()]
    if figures:
        numbers, named = transparency.transparency_numbers(figures.figures), (str(quarter), str(quarter))
        shown = ((*named, *about, "", "", *_shown(kind, value)) for *about, kind, value in numbers)
        yield "transparency.csv", _figures_csv(shown)
        yield "transparency.json", [releases.canonical_json(figures.figures).encode()]


def _stories(quarter: Quarter) -> Iterator[Story]:
    """Live stories of a quarter's batches, newest first."""
    rows = story_queries.opening_rows().filter(month__gte=quarter.first_day, month__lt=quarter.over_on)
    places = rows.values_list("sequence", flat=True)
    return story_queries.stories_at(marked_sets.place_bits(place for place in places if place))


def _csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    return map(str.encode, rendering.csv_lines(rows))


def _json_lines(rows: Iterable[object]) -> Iterator[bytes]:
    """A list with an object to a line: a program that reads line by line can go through it too."""
    between = b"[\n"
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False).encode()
        between = b",\n"
    yield b"\n]\n" if between == b",\n" else b"[]\n"


def _figures_csv(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    terms = f"{counts.caution_words()} {requests.attribution_words(_('figures'))}"
    return _csv(chain([[field.name for field in FIGURE]], ([*row, terms] for row in rows)))


def answer_rows(release: dict[str, Any]) -> Iterator[list[str]]:
    for table in table_spec.released_tables():
        shown, since = release["numbers"].get(table.name, {}), release["since"].get(table.name, "")
        begins = [release["release"], since, table.name.replace(" ", "-by-")]
        begins.append(" · ".join(question.words for question in table.questions))
        down, *crossed = table.questions
        columns = crossed[0].answers if crossed else (("", ""),)
        places = [(*row, *column) for row in down.answers for column in columns]
        for place, cell in zip([*places, ("", _("All"), "", "")], [*table.cells, table.name], strict=True):
            yield [*begins, *place, *_shown("people", shown.get(cell, UNSHOWN))]


def _shown(kind: str, value: Cell | None) -> tuple[str, str]:
    """A number as it was made public, and how to read it; an empty one is hidden, as too few are."""
    if value in (None, "", UNSHOWN):
        return "", "not-shown"
    if value == FEW:
        return "", "fewer-than-10"
    percent = {"<": "under", ">": "over"}.get(str(value)[0], "percent")
    return str(value).lstrip("<>"), {"people": "nearest-5", "whole": "whole", "percent": percent}[kind]
