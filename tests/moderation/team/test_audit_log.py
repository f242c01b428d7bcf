"""The audit log, which grows by itself and holds no word of anything, and its page and the figures beside it."""

import csv
from datetime import timedelta

import pytest

from moderation import decisions, event_words
from moderation.models import LogEntry, ModeratorKey
from moderation.team import audit_log
from stories.core import lifecycle, totals
from stories.models import Event, Story
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


def test_what_a_moderator_does_is_logged_with_item_and_day_and_no_word_of_anything(alice, bob):
    submission = factories.submission_at("published")

    entry, before = logged("put forward")[0], logged()

    assert (entry.item, entry.who) == (submission.pk.hex[:12], "alice")
    assert (entry.day, entry.at) == (lifecycle.today(), None)
    held = " ".join(f"{row.deed} {row.item}" for row in before)
    for words in (*factories.ACCOUNT.values(), factories.FIELDS["title"], Story.objects.get().slug, "kent"):
        assert not words or words not in held
    lifecycle.advance(factories.submission_at("received"), "withdraw")
    assert logged() == before


def test_every_deed_that_moves_an_account_has_words_and_is_not_done_unlogged(alice, monkeypatch):
    assert set(lifecycle.MOVES) <= set(event_words.deed_words())
    submission = factories.submission_at("received")
    monkeypatch.setattr(Event.objects, "bulk_create", lambda *args, **by: 1 / 0)
    monkeypatch.setattr(Event, "save", lambda *args, **by: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        decisions.mark_urgent(submission, by=alice)

    submission.refresh_from_db()
    assert not submission.is_urgent


def test_days_have_an_order_of_chance_and_only_deeds_on_keys_have_their_minute(alice):
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


def test_page_is_filtered_by_deed_item_and_day_and_by_nobodys_name(coordinator, alice, bob):
    audit_log.log_for_the_day([("withhold", "aaaaaa")], by=alice)
    audit_log.log_deed("end sessions", bob, by=bob, label="bbbbbb")
    tomorrow = lifecycle.today() + timedelta(days=1)

    for asked, shown in (
        ("deed=withhold", {"aaaaaa"}),
        ("item=bbb", {"bbbbbb"}),
        (f"since={tomorrow}", set()),
        (f"by={alice.pk}&user={alice.pk}", {"aaaaaa", "bbbbbb"}),
    ):
        page = room.text_of(coordinator.get(f"/admin/reports/record/?{asked}"))
        assert {item for item in ("aaaaaa", "bbbbbb") if item in page} == shown, asked


def test_export_is_whole_safe_for_spreadsheets_and_logged_itself(coordinator, alice, bob):
    audit_log.log_deed("end sessions", bob, by=alice, label="=HYPERLINK(1)")

    response = room.press(coordinator, "room_record_export")

    heading, first, last = csv.reader(b"".join(response.streaming_content).decode().splitlines())
    assert response.streaming
    assert heading == ["day", "who", "what", "item"]
    # No minute, nor the order of the minutes: it goes by item.
    today = f"{lifecycle.today()}"
    assert first == [today, "alice", "heard.end_sessions", "'=HYPERLINK(1)"]
    assert last[:3] == [today, "carol", "heard.export_the_record"]
    assert response["Cache-Control"] == "no-store"


def test_how_it_goes_shows_what_waits_and_from_ten_on_what_was_decided(coordinator, alice, bob, monkeypatch):
    def page():
        return room.text_of(room.see(coordinator, "room_how_it_goes"))

    assert "Nothing was decided yet." in page()
    for status in ("received", "agreed", "declined"):
        factories.submission_at(status)

    for words in ("Waiting for a second reader", "Agreed", "It is shown once 10 were decided."):
        assert words in page(), words
    for readings, is_told in ((9, False), (10, True)):
        found = totals.Readers(readings, same=105, different=55)
        monkeypatch.setattr(totals, "reader_count", lambda span, found=found: found)
        assert ("The two readers agreed on 105 of 160 lines" in page()) is is_told, readings
