"""The transparency figures: made once for each quarter, rounded, and shown from the edition alone."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.core import decline_reasons, lifecycle, snapshot, totals
from stories.figures import transparency
from stories.models import ReleasedFigures, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(clock):
    """Have it be another day."""
    return lambda day: clock.move_to(f"{day}T12:00")


@pytest.fixture
def counted(monkeypatch):
    """Have the work of every month be this."""

    def say(*, kinds, weeks=None, readers=None, received=0, beside=(0, 0, 0)):
        whole = totals.Decisions(Counter(kinds), Counter(weeks or {}))
        monkeypatch.setattr(totals, "decided_counts", lambda span: {span.first: whole})
        monkeypatch.setattr(totals, "reader_count", lambda span: readers or totals.Readers())
        monkeypatch.setattr(totals, "received_count", lambda span: received)
        others = dict(zip(("published", "changed", "take-downs"), beside, strict=True))
        monkeypatch.setattr(totals, "counts_beside", lambda span: others)

    return say


def page(client):
    snapshot.forget_snapshot()
    return " ".join(client.get("/transparency/", secure=True).content.decode().split())


@pytest.fixture
def came(on, alice):
    """One account that came in the first quarter of 2027, and the day on which that is released."""
    on("2027-02-10")
    factories.submission_at("received")
    on("2027-04-05")


def test_quarter_is_released_when_its_last_week_is_over_no_sooner_and_stays(on, came, counted, capsys):
    counted(kinds={"agree": 40}, received=50)
    on("2027-04-04")
    assert transparency.release_figures() == []

    # The week that began in March ended on the Sunday.
    on("2027-04-05")
    call_command("publish_batch")
    assert "Transparency figures released: 2027-Q1." in capsys.readouterr().out
    before = ReleasedFigures.objects.get().figures
    counted(kinds={"agree": 41}, received=51)
    on("2027-04-12")
    assert transparency.release_figures() == []
    assert ReleasedFigures.objects.get().figures == before


def test_quarters_that_nobody_released_are_made_up_for_once_something_came(on, alice, client):
    snapshot.invalidate()
    assert "There are no figures yet." in page(client)
    assert transparency.release_figures() == []
    on("2026-11-10")
    factories.submission_at("received")
    on("2027-07-06")
    Submission.objects.update(practice_for=alice)
    assert transparency.release_figures() == [], "a practice account begins no figures"
    Submission.objects.update(practice_for=None)

    assert transparency.release_figures() == ["2026-Q4", "2027-Q1", "2027-Q2"]
    rows = ReleasedFigures.objects.order_by("quarter")
    # What waited at the end of an earlier one is not known any more.
    assert ["waiting" in row.figures for row in rows] == [False, False, True]


def test_page_shows_rounded_figures_and_says_whose_they_are(came, counted, client):
    kinds = {"agree": 43, "decline.legal": 4, "decline.cannot-be-safe": 9, "count": 21, "lapse": 3, "decline.new": 12}
    readers = totals.Readers(readings=43, same=620, different=25)
    counted(kinds=kinds, weeks={2: 40, 3: 20}, readers=readers, received=101, beside=(41, 12, 9))

    transparency.release_figures()

    shown, few = page(client), "fewer than 10"
    for said in (
        *("January to March 2027", "people who chose to write, not a sample", "Accounts sent to us: 100."),
        *("Half of those we decided took 2 weeks or less.", "the same answer in over 95% of the lines"),
    ):
        assert said in shown
    cells = {"Two moderators agreed to publish it": "45", "publishing it could break the law": "15"}
    cells |= {"We did not decide in time, and erased it": few, "Declined for another reason": "10"}
    cells |= {"All together": "90", "Stories that came out": "40", "Requests to take a story down": few}
    cells |= {"Texts that the person who wrote asked us to change": "10"}
    for words, cell in cells.items():
        assert f'{words}</th><td class="table__number">{cell}</td>' in shown, words
    assert not any(f">{number}</td>" in shown for number in (43, 13, 21, 101, 92, 41, 12))


def test_too_few_to_say_is_said_and_a_line_that_was_not_counted_is_left_out(came, counted, client):
    counted(kinds={"agree": 3}, weeks={2: 3}, readers=totals.Readers(readings=29, same=400, different=64))
    transparency.release_figures()
    row = ReleasedFigures.objects.get()
    del row.figures["beside"]
    row.save()
    snapshot.invalidate()

    shown = page(client)

    for said in ("Too few were decided to say how long it took.", "too few second readings"):
        assert said in shown
    assert "Accounts sent to us: fewer than 10." in shown
    assert "Stories that came out" not in shown
    with CaptureQueriesContext(connection) as asked:
        page(client)
    private = ("stories_releasedfigures", "stories_event", "stories_submission")
    assert not any(table in query["sql"] for query in asked for table in private)


def test_every_reason_stands_in_one_line_and_a_deed_begins_no_new_edition(alice):
    submission = factories.submission_at("received")
    before = snapshot.invalidate()
    lifecycle.advance(submission, "decline", by=alice, reason="legal")
    transparency.release_figures()
    snapshot.forget_snapshot()
    assert snapshot.snapshot_number() == before

    held = [kind for said in transparency._DATA["decided"].values() for kind in said["holds"]]
    declines = {f"decline.{slug}" for slug in decline_reasons.REASONS}
    assert {kind for kind in held if kind.startswith("decline.")} == declines
    assert len(held) == len(set(held))
