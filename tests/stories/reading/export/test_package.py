"""A quarter's zip is whole, described as it is, the same for everybody, and without a story that went down."""

import csv
import hashlib
import io
import json
import re
import zipfile

import frictionless
import pytest

from stories.core import snapshot
from stories.core.dates import Quarter
from stories.figures import releases, table_spec
from stories.figures.table_spec import Question, Table
from stories.models import ReleasedAnswers, ReleasedFigures, Story
from stories.reading.export import package
from stories.reading.export.fields import FIGURE, RECORDS
from tests.site.heard.addresses import FIGURES
from tests.stories.reading.export.conftest import some

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter():
    """The quarter in which the newest of some stories went up, with its figures and answers released."""
    name = str(Quarter.of(some(40).month))
    ReleasedFigures.objects.create(quarter=name, figures=FIGURES)
    tables = {"release": name, "quarters": [], "since": {}, "numbers": {}}
    ReleasedAnswers.objects.create(release=name, tables=tables, checksum=releases.release_checksum(tables))
    snapshot.invalidate()
    snapshot.forget_snapshot()
    return name


def unpacked(taker, quarter):
    """The files of the zip by name, without its folder."""
    body = taker.take(f"/open-data/heard-{quarter.lower()}.zip").body
    whole = zipfile.ZipFile(io.BytesIO(body))
    assert whole.testzip() is None
    return {name.partition("/")[2]: whole.read(name) for name in whole.namelist()}


def test_zip_is_what_its_description_says(taker, quarter, tmp_path):
    for name, content in unpacked(taker, quarter).items():
        (tmp_path / name).write_bytes(content)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    table = tmp_path / "stories.csv"
    # Any nation, for in a quarter's first month there are few stories.
    table.write_text(re.sub(",(england|northern-ireland|scotland|wales),", ",atlantis,", table.read_text()))
    spoiled = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.flatten(["type", "message"]) == []
    assert [task.name for task in report.tasks] == ["stories", *RECORDS, "answers", "transparency"]
    assert "constraint-error" in {kind for (kind,) in spoiled.flatten(["type"])}


def test_zip_holds_the_stories_of_its_months_the_sums_of_its_files_and_no_time(taker, quarter):
    named, row = Quarter.named(quarter), ReleasedAnswers.objects.get()
    inside = Story.live.filter(month__gte=named.first_day, month__lt=named.over_on)
    ids = list(inside.order_by("-sequence").values_list("slug", flat=True))
    path = f"/open-data/heard-{quarter.lower()}.zip"

    files, body = unpacked(taker, quarter), taker.take(path).body
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())

    assert 0 < len(ids) < Story.live.count()
    assert [story["id"] for story in json.loads(files["stories.json"])] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(files["stories.csv"].decode(), newline=""))] == ids
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert (sums["answers.json"], json.loads(files["answers.json"])) == (row.checksum, row.tables)
    assert list(files) == [
        *("README.txt", "LICENCE.txt", "datapackage.json", "stories.csv", "stories.json"),
        *(f"{name}.{kind}" for name in RECORDS for kind in ("csv", "json")),
        *("answers.csv", "answers.json", "transparency.csv", "transparency.json"),
    ]
    assert taker.take(path).body == body
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    # A quarter holds what was released for it, and another is none.
    for name in ("2026-q5", "1999-q1", "2026-Q1", "x"):
        taker.take(f"/open-data/heard-{name}.zip", status=404)
    ReleasedFigures.objects.create(quarter="2020-Q1", figures=FIGURES)
    snapshot.invalidate()
    snapshot.forget_snapshot()

    files = unpacked(taker, "2020-Q1")
    assert "transparency.csv" in files
    assert "answers.csv" not in files
    assert "answers.csv" not in files["datapackage.json"].decode() + files["README.txt"].decode()


def rows_by_line(rows):
    return {(row["table"], row["row"], row["column"]): (row["number"], row["shown_as"]) for row in rows}


def test_every_line_of_a_quarter_is_there_the_hidden_ones_too(taker, quarter):
    table = unpacked(taker, quarter)["transparency.csv"].decode()
    rows = rows_by_line(csv.DictReader(io.StringIO(table, newline="")))

    wanted = {("received", "", ""): ("40", "nearest-5"), ("decided", "agreed", ""): ("15", "nearest-5")}
    wanted |= {("decided", "counted", ""): ("", "fewer-than-10"), ("decided", "lapsed", ""): ("", "not-shown")}
    wanted |= {("weeks", "", ""): ("3", "whole"), ("alike", "", ""): ("95", "over")}
    assert {line: rows[line] for line in wanted} == wanted
    assert table.count("not a sample") == len(rows)


def test_answers_are_rows_of_their_tables(monkeypatch):
    knew = Question("knew_law", "Did officers know the law?", (("some", "Some did"), ("no", "No")))
    dignity = Question("dignity", "Were you treated with dignity?", (("yes", "Always"), ("no", "No")))
    monkeypatch.setattr(table_spec, "_tables", (Table((knew,)), Table((knew, dignity))))
    alone = {"knew_law": 40, "knew_law.some": 25, "knew_law.no": "unshown"}
    pair = {"knew_law dignity": "few", "knew_law.no dignity.yes": 15}

    numbers = {"knew_law": alone, "knew_law dignity": pair}
    release = {"release": "2026-Q4", "since": {"knew_law": "2026-Q3"}, "numbers": numbers}
    names = [field.name for field in FIGURE if field.name != "terms"]
    made = [dict(zip(names, row, strict=True)) for row in package.answer_rows(release)]

    assert [row["since"] for row in made] == [*["2026-Q3"] * 3, *[""] * 5]
    assert rows_by_line(made) == {
        ("knew_law", "some", ""): ("25", "nearest-5"),
        ("knew_law", "no", ""): ("", "not-shown"),
        ("knew_law", "", ""): ("40", "nearest-5"),
        ("knew_law-by-dignity", "some", "yes"): ("", "not-shown"),
        ("knew_law-by-dignity", "some", "no"): ("", "not-shown"),
        ("knew_law-by-dignity", "no", "yes"): ("15", "nearest-5"),
        ("knew_law-by-dignity", "no", "no"): ("", "not-shown"),
        ("knew_law-by-dignity", "", ""): ("", "fewer-than-10"),
    }
