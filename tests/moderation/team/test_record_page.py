"""The record and the figures among Wagtail's reports, through their addresses."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation import event_words
from moderation.team import audit_log
from stories.core import lifecycle
from stories.models import Event
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(carol):
    return factories.client_of(carol, unlocked=False)


def rows_of(response):
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_page_says_who_did_what_to_which_item(browser, alice):
    submission = factories.submission_at("prepared")

    page = room.text_of(room.see(browser, "room_record"))

    assert "Put it forward" in page
    assert submission.pk.hex[:12] in page
    assert "alice" in page


def test_page_is_filtered_by_deed_item_and_day_and_by_nobodys_name(browser, alice, bob):
    audit_log.log_for_the_day([("withhold", "aaaaaa")], by=alice)
    audit_log.log_deed("end sessions", bob, by=bob, label="bbbbbb")

    by_deed = room.text_of(browser.get("/admin/reports/record/?deed=withhold"))
    by_item = room.text_of(browser.get("/admin/reports/record/?item=bbb"))
    by_day = room.text_of(browser.get(f"/admin/reports/record/?since={lifecycle.today() + timedelta(days=1)}"))
    by_name = room.text_of(browser.get(f"/admin/reports/record/?by={alice.pk}&user={alice.pk}"))

    assert "aaaaaa" in by_deed
    assert "bbbbbb" not in by_deed
    assert "bbbbbb" in by_item
    assert "aaaaaa" not in by_item
    assert "aaaaaa" not in by_day
    assert "aaaaaa" in by_name
    assert "bbbbbb" in by_name


def test_page_costs_as_much_however_long_the_log_is(browser, alice, django_assert_num_queries):
    audit_log.log_for_the_day([("withhold", "item")] * 60, by=alice)
    room.see(browser, "room_record")
    with CaptureQueriesContext(connection) as before:
        assert "p=2" in room.text_of(room.see(browser, "room_record"))
    audit_log.log_for_the_day([("withhold", "more")] * 500, by=alice)

    with django_assert_num_queries(len(before)):
        room.see(browser, "room_record")


def test_export_is_whole_safe_for_spreadsheets_and_logged_itself(browser, alice, bob):
    audit_log.log_deed("end sessions", bob, by=alice, label="=HYPERLINK(1)")

    response = room.press(browser, "room_record_export")

    heading, last, first = rows_of(response)
    assert response.streaming
    assert heading == ["when", "who", "what", "item"]
    assert first[1:] == ["alice", "heard.end_sessions", "'=HYPERLINK(1)"]
    assert last[1:3] == ["carol", "heard.export_the_record"]
    assert response["Cache-Control"] == "no-store"


def test_moderator_reads_the_record_and_exports_nothing(alice):
    browser = factories.client_of(alice)

    page = room.text_of(room.see(browser, "room_record"))
    response = room.press(browser, "room_record_export")

    assert "Export it as CSV" not in page
    assert response.status_code == 403
    assert not logged(audit_log.EXPORT)


def test_reports_are_in_the_menu_of_the_team(browser, alice):
    for each in (browser, factories.client_of(alice)):
        page = each.get("/admin/").content.decode()

        assert "/admin/reports/record/" in page
        assert "/admin/reports/how-it-goes/" in page


def test_every_deed_that_moves_an_account_has_words():
    assert set(lifecycle.MOVES) <= set(event_words.deed_words())


def test_how_it_goes_shows_what_waits_and_what_was_decided(browser, alice, bob):
    factories.submission_at("received")
    factories.submission_at("agreed")
    factories.submission_at("declined")

    page = room.text_of(room.see(browser, "room_how_it_goes"))

    assert "Waiting for a second reader" in page
    assert "Agreed" in page
    assert "It is shown once 10 were decided." in page
    assert "It is shown once there were 10 second readings." in page


def test_how_it_goes_is_kind_where_there_is_nothing(browser):
    assert "Nothing was decided yet." in room.text_of(room.see(browser, "room_how_it_goes"))


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


def test_no_report_names_anybody(browser, alice, bob):
    factories.submission_at("published")

    page = room.text_of(room.see(browser, "room_how_it_goes"))

    assert "alice" not in page
    assert "bob" not in page
