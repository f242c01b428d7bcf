"""Counts of the work, from real deeds."""

from collections import Counter
from datetime import date, timedelta

import pytest

from moderation import decisions
from moderation.policies import danger
from moderation.queue import floods
from stories.core import lifecycle, totals
from stories.models import Event, Story, Submission, TakeDownRequest
from tests import factories

pytestmark = pytest.mark.django_db

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
