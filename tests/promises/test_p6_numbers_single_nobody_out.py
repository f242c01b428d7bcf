"""P6 Numbers single nobody out: what may go out is listed, field by field; the rest never does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heard.demo import answers
from stories.models import (
    CountedAnswers,
    Edition,
    Event,
    Force,
    Letter,
    Objection,
    OpinionTally,
    ReleasedAnswers,
    ReleasedFigures,
    Response,
    ResponseMark,
    SealedText,
    Story,
    Submission,
    TakeDownRequest,
)
from stories.public import edition
from stories.public.figures import asked, disclosure, history
from stories.public.open_data import fields
from tests import factories

# What goes out is listed once, in the code; a new field has to be put there, or on this side.
OUTWARD = fields.outward()
INWARD = {
    Story: {
        *("id", "submission", "status", "agreed_week", "hidden_by_request", "agreed", "salt", "digest", "first_reader"),
        *("second_reader", "may_publish"),
    },
    Response: {"id", "agreed", "salt", "digest", "first_reader", "second_reader"},
    Letter: {"id", "written_down_by"},
    # What its address says of a withheld story; what the force wrote is sealed, and who looked is in the record.
    Objection: {
        *("id", "week", "due_on", "box", "queue_epoch", "written_down_by", "first_outcome", "first_by", "outcome"),
        *("reason", "second_by", "erase_on"),
    },
    # Of all responses together: it goes out in a table of a release, by the rules for small numbers.
    OpinionTally: {"id", "helps", "not_yet", "not_true"},
    ResponseMark: {"id", "mark", "box"},
    ReleasedAnswers: set(),
    ReleasedFigures: set(),
    # Totals of everybody in a quarter: nothing of it goes out but in a table, by the rules for small numbers.
    CountedAnswers: {"quarter", "people", "totals"},
}


@pytest.mark.parametrize("model", INWARD)
def test_every_field_is_either_outward_or_inward(model):
    names = {field.name for field in model._meta.concrete_fields}

    outward = OUTWARD.get(model, set())
    assert names == outward | INWARD[model]
    assert outward & INWARD[model] == set()


@pytest.mark.django_db
def test_public_pages_never_read_what_contributors_sent(alice, bob, client):
    story = factories.live_story()
    private = [
        model._meta.db_table
        for model in (Submission, SealedText, Event, TakeDownRequest, CountedAnswers, ResponseMark, OpinionTally)
    ]

    with CaptureQueriesContext(connection) as asked:
        for path in ("/", "/stories/", story.get_absolute_url(), "/forces/", "/forces/kent/", "/transparency/"):
            client.get(path, secure=True)

    assert any("stories_story" in query["sql"] for query in asked)
    assert [query["sql"] for query in asked if any(table in query["sql"] for table in private)] == []


@pytest.mark.django_db
def test_what_is_counted_keeps_nobodys_answers_together(alice, bob):
    answers = {"knew_law": "some", "dignity": "no", "who": ["family", "stranger"], "consent_count": True}
    factories.submission_at("agreed", **answers)
    factories.submission_at("agreed", consent_count=True)

    row = CountedAnswers.objects.get()

    assert row.people == 2
    across = {name for name in row.totals if " " in name and "." not in name}
    assert across == {"knew_law dignity"}


@pytest.mark.django_db
@pytest.mark.slow
def test_two_releases_of_hundreds_of_people_tell_of_no_force_no_small_number_and_nothing_that_can_be_worked_out():
    answers.release()

    releases = list(ReleasedAnswers.objects.order_by("release"))
    for row in releases:
        shown = [cell for table in row.tables["numbers"].values() for cell in table.values() if isinstance(cell, int)]
        assert len(shown) > 50
        assert all(cell >= 10 and cell % 5 == 0 for cell in shown)
        assert not any(f'"{force}"' in str(row.tables) for force in Force.objects.values_list("pk", flat=True))
    counted = {row.quarter: row for row in CountedAnswers.objects.all()}
    whole = history.until(releases[-1].release, releases[:-1], counted)
    both = {table.name: history.versions(table, releases) for table in asked.tables()}
    assert [disclosure.known(group, whole.added, both) for group in asked.groups()] == [[]] * len(asked.groups())


@pytest.mark.django_db
def test_edition_shares_nothing_of_submissions(alice, bob):
    factories.submission_at("published")
    waiting = factories.submission_at("received", account="a sentence of someone who waits")

    edition.bump()

    made = str(Edition.objects.get().made)
    assert str(waiting.pk) not in made
    assert "someone who waits" not in made


@pytest.mark.django_db
def test_public_dates_are_months(alice, bob, client):
    story = factories.live_story()
    day = timezone.localdate()

    page = client.get(story.get_absolute_url(), secure=True)

    assert f"{day:%Y-%m-%d}" not in page.content.decode()
    assert f"{day.day} {day:%B %Y}" not in page.content.decode()
    assert not page.has_header("Last-Modified")
