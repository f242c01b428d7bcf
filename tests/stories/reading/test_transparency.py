"""Counts of the work, and the figures of them: made once for each quarter, rounded, shown from the edition alone."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation import decisions
from moderation.policies import danger
from moderation.queue import floods
from stories.core import decline_reasons, lifecycle, snapshot, totals
from stories.figures import transparency
from stories.models import Event, ReleasedFigures, Story, Submission, TakeDownRequest
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


WEEK = timedelta(weeks=1)


@pytest.fixture
def span():
    return totals.Span(lifecycle.this_week() - 8 * WEEK, lifecycle.this_week() + WEEK)


def decided(span):
    return totals.counts_together(totals.decided_counts(span).values())


def came_before(submission, weeks):
    Submission.objects.filter(pk=submission.pk).update(week=lifecycle.this_week() - weeks * WEEK)


def test_decisions_are_counted_by_what_and_why_and_after_how_many_weeks(alice, bob, span):
    factories.submission_at("agreed")
    factories.submission_at("counted")
    declined = factories.submission_at("received")
    came_before(declined, 3)
    lifecycle.advance(declined, "decline", by=alice, reason="legal")
    lifecycle.advance(factories.submission_at("received"), "lapse")
    factories.submission_at("received")

    assert decided(span).kinds == Counter({"agree": 1, "count": 1, "decline.legal": 1, "lapse": 1})
    assert decided(span).weeks == Counter({0: 2, 3: 1})


def test_what_was_taken_back_was_not_decided(alice, span):
    lifecycle.advance(factories.submission_at("declined"), "back to received", by=alice)
    assert decided(span).total == 0

    flood = factories.submission_at("received").pk
    Submission.objects.filter(pk=flood).update(is_flood=True)
    floods.decline_all([flood], by=alice)
    assert decided(span).kinds == Counter({"decline.flood": 1})
    floods.put_all_back(click=floods.newest_click(alice).pk, by=alice)
    assert decided(span).total == 0


def test_withdrawn_counts_where_nobody_had_decided_and_a_correction_is_no_decision(alice, bob, span):
    lifecycle.advance(factories.submission_at("received"), "withdraw")
    published = factories.submission_at("published")
    lifecycle.record_event(published, "agree", by=bob, reason=lifecycle.CORRECTION)
    lifecycle.advance(published, "withdraw")

    assert decided(span).kinds == Counter({"withdraw": 1, "agree": 1})


def test_text_that_left_the_batch_was_not_decided_until_two_agree_anew(alice, bob, span):
    submission = factories.submission_at("agreed")
    factories.look_first(submission, by=alice, life="yes")
    assert decided(span).kinds == Counter()

    for reader in (alice, bob):
        factories.look_first(submission, by=reader)
    said = danger.Statement("no", "They are with their sister since Monday.")
    factories.put_forward(submission, by=alice, no_danger=said)
    factories.agree(submission, by=bob, no_danger=said)

    assert decided(span).kinds == Counter({"agree": 1})


def test_practice_account_counts_nowhere(alice, bob, span):
    factories.submission_at("agreed")
    waiting = factories.submission_at("received")
    Event.objects.filter(deed="agree").update(counts={"readers": {"same": 1, "different": 1}})
    assert decided(span).total == totals.received_count(span) - 1 == totals.reader_count(span).readings == 1

    Submission.objects.update(practice_for=alice)

    assert decided(span).total == totals.received_count(span) == totals.reader_count(span).readings == 0
    assert sum((lane.total() for lane in totals.waiting_count().values()), 0) == 0
    assert waiting.status == "received"


def test_what_waits_is_counted_by_lane_and_weeks(alice):
    came_before(factories.submission_at("received"), 3)
    factories.submission_at("received")
    came_before(factories.submission_at("held"), 5)
    decisions.mark_urgent(factories.submission_at("received"), by=alice)

    lanes = totals.waiting_count()

    found = [lanes[name] for name in ("new", "held", "urgent")]
    assert found == [Counter({0: 1, 3: 1}), Counter({5: 1}), Counter({0: 1})]
    assert not lanes["flood"]
    # The median is of two in the middle the longer, and of fewer than ten none.
    assert totals.Decisions(weeks=Counter(range(10))).median == 5
    assert totals.Decisions(weeks=Counter(range(9))).median is None


def test_readings_are_summed_where_two_readers_answered(alice, bob, span):
    story = factories.live_story()
    Event.objects.filter(deed="agree").update(counts={"readers": {"same": 15, "different": 1}, "replaced": {}})
    lifecycle.record_event(story.submission, "differ", by=bob, counts={"readers": {"same": 10, "different": 6}})
    lifecycle.record_event(story.submission, "send back", by=bob, counts={})

    assert totals.reader_count(span) == totals.Readers(readings=2, same=25, different=7)


def test_only_what_was_sent_in_the_weeks_of_the_span_is_counted(alice, bob, span):
    factories.submission_at("agreed")
    past = totals.Span(span.first, lifecycle.this_week())
    assert not totals.decided_counts(past)
    assert (totals.received_count(past), totals.received_count(span)) == (0, 1)

    # What was only saved for later.
    Submission.objects.update(status="draft")
    Event.objects.all().delete()

    assert totals.received_count(span) == 0


def test_what_else_happened_is_counted_in_its_weeks_and_once(alice, bob, span):
    story = factories.live_story()
    factories.submission_at("agreed")
    prepared, practice = factories.submission_at("prepared"), factories.submission_at("prepared")
    for submission in (prepared, practice):
        lifecycle.advance(submission, "ask for a change")
    lifecycle.record_event(prepared, "show less")
    Submission.objects.filter(pk=practice.pk).update(practice_for=alice)
    for week in (lifecycle.this_week(), span.first - WEEK):
        TakeDownRequest.objects.create(story=story, ground="other", week=week)
    # It came out, even when it is down.
    Story.objects.filter(pk=story.pk).update(status="hidden")

    now = totals.counts_beside(totals.Span(min(span.first, story.month), span.until))
    before = totals.counts_beside(totals.Span(date(2020, 1, 1), min(story.month, span.first - WEEK)))

    assert [now[name] for name in ("published", "changed", "take-downs")] == [1, 1, 1]
    assert not any(before.values())
    lifecycle.advance(factories.submission_at("received"), "decline", by=alice, reason="legal")
    Event.objects.filter(deed="decline").update(week=date(2026, 9, 28))
    months = totals.decided_counts(totals.Span(date(2026, 9, 1), date(2026, 11, 1)))
    assert list(months) == [date(2026, 9, 1)], "the month of the week's Monday"
