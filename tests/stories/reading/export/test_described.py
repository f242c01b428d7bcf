"""What people and programs are told of the files is whole, valid, and true of what they then get: of records, too.

Forces, responses, letters, asks and offences are as many as the pages show.
"""

import html
import re
from datetime import date

import openapi_spec_validator
import pytest
from jsonschema import Draft202012Validator

from stories.core import snapshot, takedown
from stories.models import ReleasedFigures
from stories.models.story import SLUG_LETTERS
from stories.reading import ask_progress, offences
from stories.reading.export.fields import FIGURE, RECORDS, STORY, change_notes
from stories.reading.filters import CHOOSING, LENGTH, PARAMETERS
from stories.reading.search.terms import LONGEST
from tests import factories
from tests.site.heard.addresses import FIGURES
from tests.stories.reading.export.conftest import HERE, links_of, some

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


def test_answers_are_what_the_document_says_they_are(taker):
    some(60)
    factories.a_response(kind="planned")
    factories.a_letter()
    snapshot.forget_snapshot()
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
