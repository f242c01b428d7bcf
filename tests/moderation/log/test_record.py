"""The record of deeds: it grows by itself, nothing in it changes, and what was changed past it is seen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from moderation import decisions, flood, publishing
from moderation.log import record, record_check, vault_log
from moderation.models import LogEntry, LogHead, ModeratorKey, PendingLogEntry
from stories import lifecycle
from stories.models import Event, Story, Submission
from stories.telling import retention
from tests import factories
from tests.record_of_room import drop_fences, next_day

pytestmark = pytest.mark.django_db


def deeds():
    return list(LogEntry.objects.values_list("deed", flat=True))


def check(*heads):
    said = StringIO()
    call_command("check_log", *[f"--head={head}" for head in heads], stdout=said)
    return said.getvalue()


def unfit(*heads):
    with pytest.raises(CommandError) as refusal:
        check(*heads)
    return str(refusal.value)


def five_rows(by):
    for number in range(1, 6):
        record.add("claim", item=f"item{number}", by=by)


def test_what_a_moderator_does_to_a_submission_is_written_down_with_item_and_day(alice):
    submission = factories.submission_at("prepared")

    first = next_day().get(deed="put forward")

    assert first.item == submission.pk.hex[:12]
    assert first.by.username == "alice"
    assert (first.day, first.at) == (lifecycle.today() - timedelta(days=1), None)


def test_what_is_done_to_no_submission_has_its_minute(alice):
    record.add("invite", item="dora", by=alice)

    entry = LogEntry.objects.get()

    assert entry.day == timezone.localdate(entry.at)
    assert (entry.at.second, entry.at.microsecond) == (0, 0)


def test_what_is_done_to_submissions_stands_in_no_order_of_deeds_and_after_the_minutes_of_its_day(alice):
    items = [f"item{number:02}" for number in range(40)]
    for item in items:
        record.add_without_minute([("claim", item)], by=alice)
        record.add("invite", item="dora", by=alice)

    rows = list(next_day().values_list("item", flat=True))

    assert rows[:40] == ["dora"] * 40
    assert sorted(rows[40:]) == items
    assert rows[40:] != items
    assert "whole" in check()


def test_the_first_row_of_a_day_comes_after_all_of_the_days_before(alice):
    record.add_without_minute([("claim", "item")], by=alice)
    record.add("invite", item="dora", by=alice)
    PendingLogEntry.objects.update(day=lifecycle.today() - timedelta(days=1))

    record.add("invite", item="dora", by=alice)

    assert deeds() == ["invite", "claim", "invite"]
    assert not PendingLogEntry.objects.exists()
    assert "whole" in check()


def test_what_a_contributor_or_the_clock_does_is_not_written_down(alice):
    submission = factories.submission_at("received")
    lifecycle.advance(submission, "withdraw")

    assert not next_day().exists()


def test_many_at_once_are_written_in_as_many_queries_as_one(alice, django_assert_num_queries):
    record.add("invite", by=alice)

    with django_assert_num_queries(1):
        record.add_without_minute([("claim", "a")], by=alice)
    with django_assert_num_queries(1):
        record.add_without_minute([("decline", f"item{number}") for number in range(100)], by=alice)
    PendingLogEntry.objects.update(day=lifecycle.today() - timedelta(days=1))
    with django_assert_num_queries(5):
        record.add("invite", by=alice)

    assert LogEntry.objects.count() == 103
    assert "whole" in check()


def test_a_flood_declined_as_a_whole_leaves_a_row_for_each(alice):
    rows = [factories.submission_at("received") for _ in range(3)]
    Submission.objects.update(is_flood=True)

    flood.decline_all([row.pk for row in rows], by=alice)

    assert set(next_day().filter(deed="decline").values_list("item", flat=True)) == {row.pk.hex[:12] for row in rows}


def test_a_deed_that_cannot_be_written_down_is_not_done(alice, monkeypatch):
    submission = factories.submission_at("received")
    monkeypatch.setattr(record, "add_without_minute", lambda *args, **by: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        decisions.mark_urgent(submission, by=alice)

    submission.refresh_from_db()
    assert not submission.is_urgent
    assert not Event.objects.filter(deed="urgent").exists()


def test_going_down_is_written_once_under_the_item_and_never_under_an_address(alice):
    story = factories.live_story()

    publishing.take_down(story, by=alice)

    entry = next_day().get(deed="take down")
    assert entry.item == story.submission_id.hex[:12]
    assert not LogEntry.objects.filter(item__contains=story.slug).exists()


def test_what_is_done_to_keys_is_written_down(alice):
    vault_log.note(ModeratorKey.objects.get(moderator=alice), vault_log.UNLOCK, by=alice)

    vault_log.note(ModeratorKey.objects.get(moderator=alice), vault_log.STOP, by=alice)

    # Unlocking is the beginning of work on submissions, so it has no minute.
    unlocked, stopped = next_day().get(deed="vault.unlock"), next_day().get(deed="vault.stop")
    assert (unlocked.item, unlocked.by, unlocked.at) == ("alice", alice, None)
    assert (stopped.item, stopped.by) == ("alice", alice)
    assert stopped.at is not None


def test_no_row_of_it_can_be_changed_deleted_or_replaced(alice):
    five_rows(alice)
    statements = [
        "UPDATE moderation_logentry SET deed = 'agree' WHERE number = 3",
        "DELETE FROM moderation_logentry WHERE number = 5",
        "UPDATE moderation_logentry SET number = 9 WHERE number = 5",
    ]
    if connection.vendor == "sqlite":
        statements.append(
            "INSERT OR REPLACE INTO moderation_logentry (number, deed, item, day, chained)"
            " VALUES (3, 'agree', '', '2026-01-01', '')"
        )

    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert "whole" in check()


def test_erasing_an_account_leaves_the_record_as_it_is(alice, bob):
    story = factories.live_story()
    before = list(next_day().values_list("number", "chained"))

    retention.erase(Submission.objects.get(pk=story.submission_id), on=lifecycle.today())

    assert list(LogEntry.objects.values_list("number", "chained")) == before
    assert "whole" in check()


def test_the_record_holds_no_word_of_anything(alice, bob):
    factories.submission_at("published")

    held = " ".join(f"{entry.deed} {entry.item}" for entry in next_day())

    for words in (*factories.ACCOUNT.values(), factories.FIELDS["title"], Story.objects.get().slug, "kent"):
        assert not words or words not in held


@pytest.mark.parametrize(
    "column", ["deed = 'agree'", "item = 'other'", "by_id = NULL", "at = '2026-01-01 10:00:00'", "at = NULL"]
)
def test_a_changed_row_is_named(alice, column):
    five_rows(alice)
    drop_fences()

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE moderation_logentry SET {column} WHERE number = 3")

    assert "Row 3 doesn’t fit" in unfit()


def test_a_row_taken_from_the_middle_is_named(alice):
    five_rows(alice)
    drop_fences()

    LogEntry.objects.filter(number=2).delete()

    assert "Row 2 is missing" in unfit()


def test_the_last_row_taken_away_is_named(alice):
    five_rows(alice)
    drop_fences()

    LogEntry.objects.filter(number=5).delete()

    assert "Row 5 is missing" in unfit()


def test_two_rows_that_changed_places_are_seen(alice):
    five_rows(alice)
    drop_fences()

    for number, other in ((2, 99), (4, 2), (99, 4)):
        LogEntry.objects.filter(number=number).update(number=other)

    assert "Row 2 doesn’t fit" in unfit()


def test_a_record_cut_short_and_written_anew_does_not_lead_to_a_head_that_was_noted(alice, bob):
    five_rows(alice)
    noted = record_check.head()
    record.add("claim", by=alice)
    assert "whole" in check(noted)
    drop_fences()

    LogEntry.objects.all().delete()
    LogHead.objects.all().delete()
    five_rows(bob)

    assert "whole" in check()
    assert "Row 5 isn’t the one that was noted" in unfit(noted)


def test_a_head_beyond_the_end_is_not_reached(alice):
    five_rows(alice)
    noted = record_check.head()
    drop_fences()

    LogEntry.objects.filter(number=5).delete()
    LogHead.objects.update(number=4, chained=LogEntry.objects.get(number=4).chained)

    assert "whole" in check()
    assert "Row 5 was noted and isn’t here" in unfit(noted)


def test_what_is_not_a_head_is_said():
    assert "isn’t a head" in unfit("yesterday")


def test_an_empty_record_is_whole():
    assert "0:" in check()
