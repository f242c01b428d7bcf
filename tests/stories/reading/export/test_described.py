"""What people and programs are told of the files is whole, valid, and true of what they then get."""

import html
import re

import openapi_spec_validator
import pytest
from jsonschema import Draft202012Validator

from stories.core import snapshot
from stories.models import ReleasedFigures
from stories.models.story import SLUG_LETTERS
from stories.reading.export.fields import FIGURE, RECORDS, STORY, change_notes
from stories.reading.filters import CHOOSING, LENGTH, PARAMETERS
from stories.reading.search.terms import LONGEST
from tests import factories
from tests.site.heard.addresses import FIGURES
from tests.stories.reading.export.conftest import some

pytestmark = pytest.mark.django_db


def test_page_explains_every_parameter_and_every_field_and_leads_to_every_file(taker):
    page, whole = taker.read("/open-data/fields/"), taker.read("/open-data/")

    def anchors(kind):
        return re.findall(rf'id="{kind}-([\w-]+)"', page)

    assert anchors("filter") == [*PARAMETERS, "bom"]
    assert anchors("field") == [field.name for field in STORY]
    assert anchors("figure") == [field.name for field in FIGURE]
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page))
    paths = set(re.findall(r'href="(/(?:stories|open-data)[./][^"#]+)"', whole))
    assert paths >= {"/stories.csv", "/stories.csv?bom=1", "/stories.json", "/stories.atom", "/open-data/openapi.json"}
    assert {taker.take(path).status_code for path in paths} == {200}
    assert all(note in html.unescape(whole) for note in change_notes())


def test_page_is_whole_before_the_first_release_and_names_each_after_it(taker):
    before = taker.words("/open-data/")
    for quarter in ("2025-Q4", "2026-Q1"):
        ReleasedFigures.objects.create(quarter=quarter, figures=FIGURES)
    snapshot.invalidate()
    snapshot.forget_snapshot()

    linked = re.findall(r'href="(/open-data/heard-[^"]*)"', taker.read("/open-data/"))

    assert "There is none yet." in before
    assert linked == ["/open-data/heard-2026-q1.zip", "/open-data/heard-2025-q4.zip"]


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
