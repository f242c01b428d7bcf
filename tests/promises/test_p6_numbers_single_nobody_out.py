"""P6 Numbers single nobody out: what may go out is listed, field by field; the rest never does."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heard.demo import answers
from moderation import decisions, reading
from moderation.errors import Refused
from stories import lifecycle
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
from stories.public import edition, transparency
from stories.public.figures import asked, disclosure, history
from stories.public.open_data import fields
from stories.telling import coming_back
from tests import factories
from tests.stories.telling import changes
from tests.stories.telling.visiting import Visitor

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
def test_only_who_ticked_it_is_counted(alice, bob):
    told = {"knew_law": "some", "dignity": "no", "consent_publish": "on", "place_shown": "force", "force": "kent"}
    never, not_any_more = tell(**told), tell(**told, consent_count="on")
    changes.choose(Visitor(), not_any_more, "consent_publish")
    for submission in (never, not_any_more):
        reading.read(submission, vault=factories.open_vault(alice))
        with pytest.raises(Refused):
            decisions.count(factories.claim(submission, by=alice), vault=factories.open_vault(alice))
        agree(submission, alice, bob)
    assert Submission.objects.filter(status="agreed").count() == 2
    assert not CountedAnswers.objects.exists()

    agree(tell(**told, consent_count="on"), alice, bob)
    assert CountedAnswers.objects.get().people == 1


def tell(**told):
    """Send the site's own form; returns the submission."""
    code = Visitor().tell(**told)
    submission = coming_back.find(code).submission
    submission.code = code
    return submission


def agree(submission, first, second):
    factories.put_forward(submission, by=first)
    factories.agree(submission, by=second)


@pytest.mark.django_db
def test_page_of_how_we_work_tells_no_number_of_a_quarter_with_fewer_than_ten_people(alice, client, monkeypatch):
    """Neither how many nor how long they waited: where one was decided, the middle of all is that one's own wait."""
    for people, quarter, month in ((1, "2027-Q1", 1), (9, "2027-Q2", 4), (12, "2027-Q3", 7)):
        it_is(date(2027, month, 6), monkeypatch)
        came = [factories.submission_at("received") for _person in range(people)]
        it_is(date(2027, month, 20), monkeypatch)
        for submission in came:
            lifecycle.advance(submission, "decline", by=alice, reason="legal")
        it_is(date(2027, month + 3, 6), monkeypatch)
        assert transparency.release() == [quarter]

    released = {row.quarter: sorted(numbers_in(row.figures)) for row in ReleasedFigures.objects.all()}
    assert released == {"2027-Q1": [], "2027-Q2": [], "2027-Q3": [2, 10, 10, 10]}
    edition.forget()
    page = " ".join(client.get("/transparency/", secure=True).content.decode().split())
    assert page.count("Half of those we decided took 2 weeks or less.") == page.count("Half of those we decided") == 1


def it_is(day, monkeypatch):
    now = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    monkeypatch.setattr(timezone, "now", lambda: now)


def numbers_in(value):
    """Every whole number within what a release keeps."""
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers_in(each)]
    return [value] if isinstance(value, int) else []


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
