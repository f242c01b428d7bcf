"""The audit log: it grows by itself, holds a minute or a submission and never both, and no word of anything."""

import pytest

from moderation import bulk, decisions, publishing
from moderation.models import LogEntry, ModeratorKey
from moderation.team import audit_log
from stories.core import lifecycle
from stories.intake import retention
from stories.models import Event, Story, Submission
from tests import factories
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


def test_what_a_moderator_does_to_a_submission_is_logged_with_item_and_day(alice):
    submission = factories.submission_at("prepared")

    entry = logged("put forward")[0]

    assert (entry.item, entry.who) == (submission.pk.hex[:12], "alice")
    assert (entry.day, entry.at) == (lifecycle.today(), None)
    before = logged()
    lifecycle.advance(factories.submission_at("received"), "withdraw")
    assert logged() == before


def test_a_flood_declined_as_a_whole_leaves_a_line_for_each(alice):
    rows = [factories.submission_at("received") for _ in range(3)]
    Submission.objects.update(is_flood=True)

    bulk.decline_all([row.pk for row in rows], by=alice)

    assert {row.item for row in logged("decline")} == {row.pk.hex[:12] for row in rows}


def test_a_deed_that_cannot_be_logged_is_not_done(alice, monkeypatch):
    submission = factories.submission_at("received")
    monkeypatch.setattr(Event.objects, "bulk_create", lambda *args, **by: 1 / 0)
    monkeypatch.setattr(Event, "save", lambda *args, **by: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        decisions.mark_urgent(submission, by=alice)

    submission.refresh_from_db()
    assert not submission.is_urgent


def test_going_down_is_logged_once_under_the_item_and_outlives_its_words(alice):
    story = factories.live_story()

    publishing.take_down(story, by=alice)

    assert [row.item for row in logged("take down")] == [story.submission_id.hex[:12]]
    assert not logged(item=story.slug)
    before = logged()
    retention.erase_submission(Submission.objects.get(pk=story.submission_id), on=lifecycle.today())
    assert logged() == before


def test_days_stand_in_an_order_of_chance_and_only_what_is_done_to_a_key_has_its_minute(alice):
    items = [f"item{number:02}" for number in range(40)]
    audit_log.log_for_the_day([("withhold", item) for item in items], by=alice)
    for deed in (audit_log.UNLOCK, audit_log.STOP):
        audit_log.log_deed(deed, ModeratorKey.objects.get(moderator=alice), by=alice)

    kept = list(LogEntry.objects.filter(deed="withhold").order_by("pk").values_list("item", flat=True))

    assert sorted(kept) == items
    assert kept != items
    unlocked, stopped = logged("vault.unlock")[0], logged("vault.stop")[0]
    assert (unlocked.item, unlocked.who, unlocked.at) == ("alice", "alice", None)
    assert (stopped.item, stopped.who, stopped.at is None) == ("alice", "alice", False)


def test_the_log_holds_no_word_of_anything(alice, bob):
    factories.submission_at("published")

    held = " ".join(f"{row.deed} {row.item}" for row in logged())

    for words in (*factories.ACCOUNT.values(), factories.FIELDS["title"], Story.objects.get().slug, "kent"):
        assert not words or words not in held
