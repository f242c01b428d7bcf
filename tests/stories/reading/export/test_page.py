"""The page explains every file, filter and field that there is, and how each may be used."""

import re

import pytest

from stories.core import snapshot
from stories.models import ReleasedFigures
from stories.reading.export.fields import FIGURE, STORY
from stories.reading.filters import PARAMETERS
from tests.site.heard.addresses import FIGURES

pytestmark = pytest.mark.django_db


def anchors(page, kind):
    return re.findall(rf'id="{kind}-([\w-]+)"', page)


def test_every_parameter_and_every_field_is_explained_in_its_order(taker):
    page = taker.read("/open-data/")

    assert anchors(page, "filter") == [*PARAMETERS, "bom"]
    assert anchors(page, "field") == [field.name for field in STORY]
    assert anchors(page, "figure") == [field.name for field in FIGURE]
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page))


def test_page_is_whole_before_the_first_release_and_names_each_after_it(taker):
    before = taker.words("/open-data/")
    for quarter in ("2025-Q4", "2026-Q1"):
        ReleasedFigures.objects.create(quarter=quarter, figures=FIGURES)
    snapshot.invalidate()
    snapshot.forget_snapshot()

    after = taker.read("/open-data/")

    assert "There is none yet." in before
    assert re.findall(r'href="(/open-data/heard-[^"]*)"', after) == [
        "/open-data/heard-2026-q1.zip",
        "/open-data/heard-2025-q4.zip",
    ]


def test_every_file_that_the_page_leads_to_is_there(taker):
    paths = re.findall(r'href="(/(?:stories|open-data)[./][^"]+)"', taker.read("/open-data/"))

    assert {"/stories.csv", "/stories.csv?bom=1", "/stories.json", "/stories.atom", "/open-data/openapi.json"} <= set(
        paths
    )
    assert {taker.take(path).status_code for path in paths} == {200}
