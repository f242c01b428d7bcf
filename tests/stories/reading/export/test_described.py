"""What people and programs are told of the files is whole, valid, and true of what they then get: of records, too.

Forces, responses, letters, asks and offences are as many as the pages show.
"""

import csv
import hashlib
import html
import io
import json
import re
import zipfile
from datetime import date

import frictionless
import openapi_spec_validator
import pytest
from jsonschema import Draft202012Validator

from stories.core import snapshot, takedown
from stories.core.dates import Quarter
from stories.figures import releases, table_spec
from stories.figures.table_spec import Question, Table
from stories.models import ReleasedAnswers, ReleasedFigures, Story
from stories.models.story import SLUG_LETTERS
from stories.reading import ask_progress, offences
from stories.reading.export import package
from stories.reading.export.fields import FIGURE, RECORDS, STORY, change_notes
from stories.reading.filters import CHOOSING, LENGTH, PARAMETERS
from stories.reading.search.terms import LONGEST
from tests import factories
from tests.site.heard.addresses import FIGURES
from tests.stories.reading.conftest import HERE, links_of, some

pytestmark = pytest.mark.django_db


def test_page_explains_every_parameter_and_every_field_and_leads_to_every_file(taker):
    assert "There is none yet." in taker.words("/open-data/")
    for quarter in ("2025-Q4", "2026-Q1"):
        ReleasedFigures.objects.create(quarter=quarter, figures=FIGURES)
    snapshot.invalidate()
    snapshot.forget_snapshot()
    page, whole = taker.read("/open-data/fields/"), taker.read("/open-data/")

    def anchors(kind):
        return re.findall(rf'id="{kind}-([\w-]+)"', page)

    assert anchors("filter") == [*PARAMETERS, "bom"]
    assert anchors("field") == [field.name for field in STORY]
    assert anchors("figure") == [field.name for field in FIGURE]
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page))
    paths = set(re.findall(r'href="(/(?:stories|open-data)[./][^"#]+)"', whole))
    assert paths >= {"/stories.csv", "/stories.csv?bom=1", "/stories.json", "/stories.atom", "/open-data/openapi.json"}
    linked = re.findall(r'href="(/open-data/heard-[^"]*)"', whole)
    assert linked == ["/open-data/heard-2026-q1.zip", "/open-data/heard-2025-q4.zip"]
    assert {taker.take(path).status_code for path in paths} == {200}
    assert all(note in html.unescape(whole) for note in change_notes())


def test_document_is_valid_and_names_every_parameter_of_the_filter(taker):
    document = taker.json("/open-data/openapi.json")

    openapi_spec_validator.validate(document)
    takes = {"/stories.json": PARAMETERS, "/stories.csv": (*CHOOSING, "bom"), "/stories.atom": PARAMETERS}
    for path, names in takes.items():
        refs = [each["$ref"].rpartition("/")[2] for each in document["paths"][path]["get"]["parameters"]]
        assert tuple(refs) == names
    parameters = document["components"]["parameters"]
    assert set(parameters) == {*PARAMETERS, "bom"}
    assert "None" not in str(parameters)
    assert parameters["q"]["schema"]["maxLength"] == LONGEST
    assert parameters["after"]["schema"]["pattern"] == f"^[{SLUG_LETTERS}]{{{LENGTH}}}$"
    assert document["components"]["schemas"]["Story"]["properties"]["force"]["anyOf"][0]["oneOf"][0]["title"]


def test_answers_are_what_the_document_says_they_are(said, taker):
    some(60)
    document = taker.json("/open-data/openapi.json")

    def errors(schema, answer):
        whole = document | {"$ref": f"#/components/schemas/{schema}"}
        return [error.message for error in Draft202012Validator(whole).iter_errors(answer)]

    assert errors("StoryPage", taker.json("/stories.json?nation=wales&x=1")) == []
    assert errors("StoryPage", {"stories": [{"id": 7}]}) != []
    for record in RECORDS.values():
        answer = taker.json(f"/{record.name}.json?x=1")
        assert errors(f"{record.schema}List", answer) == [], record.name
        assert answer["ignored"] == ["x=1"]
    assert errors("Response", {}) != []


@pytest.fixture
def said(db):
    story = factories.live_story()
    response = factories.a_response(kind="planned", words="=We will", stories=[story], due_on=date(2099, 6, 1))
    factories.a_letter(stories=[story], month=date(2026, 5, 1))
    snapshot.forget_snapshot()
    return response


def test_every_record_is_in_both_files_and_says_all_that_the_pages_say(said, taker):
    counts = {"forces": 48, "responses": 1, "letters": 1}
    counts |= {"asks": len(ask_progress.get_asks()), "offences": len(offences.all_offences())}
    page, dictionary = taker.read("/open-data/"), taker.read("/open-data/fields/")

    for name, count in counts.items():
        answer = taker.json(f"/{name}.json")
        assert answer["count"] == len(answer[name]) == len(taker.rows(f"/{name}.csv")) == count, name
        assert f'href="/{name}.csv"' in page
        assert f'id="{name}-terms"' in dictionary
    assert counts.keys() == RECORDS.keys()
    assert links_of(taker.take("/asks.csv"))["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert taker.words("/forces/kent/").count("no answer since") == 1
    story = said.stories.get()
    (row,), (cells,) = taker.json("/responses.json")["responses"], taker.rows("/responses.csv")
    (letter,) = taker.json("/letters.json")["letters"]
    assert (row["id"], row["force"], row["kind"], row["month"]) == (said.slug, "kent", "planned", "2026-03")
    assert (row["stories"], cells["stories"]) == ([story.slug], story.slug)
    assert (row["due"], row["words"], cells["words"]) == ("2099-06-01", "=We will", "'=We will")
    assert row["url"] == f"{HERE}/forces/kent/#said"
    assert taker.json("/stories.json")["stories"][0]["responses"] == [said.slug]
    told = [letter[name] for name in ("month", "role", "answered", "answered_month")]
    assert told == ["2026-05", "Head of Public Protection", "no", None]


def test_forces_say_what_they_owe_and_stories_do_not(said, taker):
    told = ("stories", "letters", "asked", "responses", "responded", "last_response")
    essex, kent = (row for row in taker.json("/forces.json")["forces"] if row["id"] in ("essex", "kent"))
    cells = next(row for row in taker.rows("/forces.csv") if row["id"] == "essex")
    (story,) = taker.json("/stories.json")["stories"]

    assert [kent[name] for name in told] == [1, 1, "yes", 1, "yes", "2026-03"]
    assert [essex[name] for name in told] == [0, 0, "no", 0, "no", None]
    assert [cells[name] for name in told] == ["0", "0", "no", "0", "no", ""]
    assert (kent["url"], kent["nation"], "not a sample" in kent["terms"]) == (f"{HERE}/forces/kent/", "England", True)
    assert not {"asked", "responded"} & {*story}

    takedown.hide_story(said.stories.get())
    snapshot.forget_snapshot()
    gone = next(row for row in taker.json("/forces.json")["forces"] if row["id"] == "kent")
    assert [gone[name] for name in told] == [0, 0, "no", 0, "no", None]


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
