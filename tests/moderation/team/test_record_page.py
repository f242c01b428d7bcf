"""The record and the figures among Wagtail's reports, through their addresses."""

import csv
from datetime import timedelta

import pytest

from moderation import event_words
from moderation.team import audit_log
from stories.core import lifecycle
from stories.models import Event
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(carol):
    return factories.client_of(carol, unlocked=False)


def test_page_is_filtered_by_deed_item_and_day_and_by_nobodys_name(browser, alice, bob):
    audit_log.log_for_the_day([("withhold", "aaaaaa")], by=alice)
    audit_log.log_deed("end sessions", bob, by=bob, label="bbbbbb")
    tomorrow = lifecycle.today() + timedelta(days=1)

    for asked, shown in (
        ("deed=withhold", {"aaaaaa"}),
        ("item=bbb", {"bbbbbb"}),
        (f"since={tomorrow}", set()),
        (f"by={alice.pk}&user={alice.pk}", {"aaaaaa", "bbbbbb"}),
    ):
        page = room.text_of(browser.get(f"/admin/reports/record/?{asked}"))
        assert {item for item in ("aaaaaa", "bbbbbb") if item in page} == shown, asked


def test_export_is_whole_safe_for_spreadsheets_and_logged_itself(browser, alice, bob):
    audit_log.log_deed("end sessions", bob, by=alice, label="=HYPERLINK(1)")

    response = room.press(browser, "room_record_export")

    heading, last, first = csv.reader(b"".join(response.streaming_content).decode().splitlines())
    assert response.streaming
    assert heading == ["when", "who", "what", "item"]
    assert first[1:] == ["alice", "heard.end_sessions", "'=HYPERLINK(1)"]
    assert last[1:3] == ["carol", "heard.export_the_record"]
    assert response["Cache-Control"] == "no-store"


def test_every_deed_that_moves_an_account_has_words():
    assert set(lifecycle.MOVES) <= set(event_words.deed_words())


def test_how_it_goes_shows_what_waits_and_what_was_decided(browser, alice, bob):
    assert "Nothing was decided yet." in room.text_of(room.see(browser, "room_how_it_goes"))
    for status in ("received", "agreed", "declined"):
        factories.submission_at(status)

    page = room.text_of(room.see(browser, "room_how_it_goes"))

    assert "Waiting for a second reader" in page
    assert "Agreed" in page
    assert "It is shown once 10 were decided." in page
    assert "It is shown once there were 10 second readings." in page


def test_how_often_two_readers_agreed_is_told_from_ten_readings_on(browser, alice, bob):
    factories.submission_at("agreed")
    event = Event.objects.get(deed="agree")
    Event.objects.filter(pk=event.pk).update(counts={"readers": {"same": 15, "different": 1}})
    copies = [
        Event(
            submission_id=event.submission_id,
            number=number,
            deed="differ",
            by=bob,
            week=event.week,
            counts={"readers": {"same": 10, "different": 6}},
        )
        for number in range(101, 110)
    ]
    Event.objects.bulk_create(copies)

    page = room.text_of(room.see(browser, "room_how_it_goes"))

    assert "The two readers agreed on 105 of 160 lines" in page
