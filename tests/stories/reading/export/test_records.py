"""Forces, responses, letters, asks and offences as files: as many as the pages show, described as they are."""

from datetime import date

import pytest

from stories.core import snapshot, takedown
from stories.reading import ask_progress, offences
from stories.reading.export.fields import RECORDS
from tests import factories
from tests.stories.reading.export.conftest import HERE, links_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(db):
    story = factories.live_story()
    response = factories.a_response(kind="planned", words="=We will", stories=[story], due_on=date(2099, 6, 1))
    factories.a_letter(stories=[story], month=date(2026, 5, 1))
    snapshot.forget_snapshot()
    return response


def test_every_file_has_as_many_rows_as_is_read_for_the_pages(said, taker):
    counts = {
        "forces": 48,
        "responses": 1,
        "letters": 1,
        "asks": len(ask_progress.get_asks()),
        "offences": len(offences.all_offences()),
    }
    page, dictionary = taker.read("/open-data/"), taker.read("/open-data/fields/")

    for name, count in counts.items():
        answer = taker.json(f"/{name}.json")
        assert answer["count"] == len(answer[name]) == len(taker.rows(f"/{name}.csv")) == count, name
        assert f'href="/{name}.csv"' in page
        assert f'id="{name}-terms"' in dictionary
    assert counts.keys() == RECORDS.keys()
    assert links_of(taker.take("/asks.csv"))["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert taker.words("/forces/kent/").count("no answer since") == 1


def test_rows_say_all_that_the_pages_say(said, taker):
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
