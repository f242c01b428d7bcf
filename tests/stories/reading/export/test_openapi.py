"""What programs are told of the files is valid, whole, and true of what they then get."""

import openapi_spec_validator
import pytest
from jsonschema import Draft202012Validator

from stories.reading.export import descriptions
from stories.reading.filters import CHOOSING, PARAMETERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(taker):
    return taker.json("/open-data/openapi.json")


def test_document_is_valid_and_names_every_parameter_of_the_filter(document):
    openapi_spec_validator.validate(document)

    takes = {"/stories.json": PARAMETERS, "/stories.csv": (*CHOOSING, "bom"), "/stories.atom": PARAMETERS}
    for path, names in takes.items():
        refs = [each["$ref"].rpartition("/")[2] for each in document["paths"][path]["get"]["parameters"]]
        assert tuple(refs) == names


@pytest.mark.slow
def test_answer_is_what_the_document_says_it_is(document, stories, taker):
    schema = document | {"$ref": "#/components/schemas/StoryPage"}

    errors = [
        error.message
        for error in Draft202012Validator(schema).iter_errors(taker.json("/stories.json?nation=wales&x=1"))
    ]

    assert errors == []
    assert list(Draft202012Validator(schema).iter_errors({"stories": [{"id": 7}]})) != []


def test_nothing_of_it_is_left_unsaid(document):
    assert "None" not in str(document["components"]["parameters"])
    assert document["components"]["schemas"]["Story"]["properties"]["force"]["anyOf"][0]["oneOf"][0]["title"]
    assert descriptions.openapi() == document
