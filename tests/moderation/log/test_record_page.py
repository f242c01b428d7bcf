"""The record and the figures among Wagtail's reports, through their addresses."""

import csv

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.log import record, record_check
from moderation.models import LogEntry
from moderation.views.office import record_words
from stories import lifecycle
from stories.models import Event
from tests import factories
from tests.moderation import room
from tests.record_of_room import next_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(carol):
    return factories.client_of(carol, unlocked=False)


def rows_of(response):
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_page_says_who_did_what_to_which_item_and_where_the_record_ends(browser, alice):
    submission = factories.submission_at("prepared")
    next_day()

    page = room.text_of(room.see(browser, "room_record"))

    assert "put it forward" in page
    assert submission.pk.hex[:12] in page
    assert "alice" in page
    assert str(record_check.head()) in page


def test_page_is_filtered_by_deed_and_item_and_by_nobodys_name(browser, alice, bob):
    record.add("claim", item="aaaaaa", by=alice)
    record.add("decline", item="bbbbbb", by=bob)

    by_deed = room.text_of(browser.get("/admin/reports/record/?deed=claim"))
    by_item = room.text_of(browser.get("/admin/reports/record/results/?item=bbb"))
    by_name = room.text_of(browser.get(f"/admin/reports/record/?by={alice.pk}&user={alice.pk}"))

    assert "aaaaaa" in by_deed
    assert "bbbbbb" not in by_deed
    assert "bbbbbb" in by_item
    assert "aaaaaa" not in by_item
    assert "aaaaaa" in by_name
    assert "bbbbbb" in by_name


def test_page_costs_as_much_however_long_the_record_is(browser, alice):
    record.add_without_minute([("claim", f"item{number}") for number in range(60)], by=alice)
    next_day()
    room.see(browser, "room_record")
    before = _queries(browser)

    record.add_without_minute([("claim", "more")] * 500, by=alice)
    next_day()

    assert _queries(browser) == before


def _queries(browser):
    with CaptureQueriesContext(connection) as asked:
        room.see(browser, "room_record")
    return len(asked)


def test_export_is_whole_safe_for_spreadsheets_and_written_down_itself(browser, alice):
    record.add("invite", item="=HYPERLINK(1)", by=alice)

    response = room.press(browser, "room_record_export")

    heading, first, last = rows_of(response)
    assert response.streaming
    assert heading == ["number", "who", "what", "item", "when", "hash"]
    assert first[:4] == ["1", "alice", "invite", "'=HYPERLINK(1)"]
    assert last[1:3] == ["carol", record_words.EXPORT]
    assert last[5] == LogEntry.objects.last().chained
    assert response["Cache-Control"] == "no-store"


def test_last_line_of_an_export_is_a_head_to_check_against(browser, alice):
    *_, last = rows_of(room.press(browser, "room_record_export"))

    call_command("check_log", f"--head={last[0]}:{last[5]}")


def test_moderator_reads_the_record_and_exports_nothing(alice):
    browser = factories.client_of(alice)

    page = room.text_of(room.see(browser, "room_record"))
    response = room.press(browser, "room_record_export")

    assert "Export it as CSV" not in page
    assert response.status_code == 403
    assert not LogEntry.objects.filter(deed=record_words.EXPORT).exists()


def test_wagtails_own_export_gives_nothing_away(browser, alice):
    record.add("claim", item="aaaaaa", by=alice)

    response = browser.get("/admin/reports/record/?export=csv")

    assert b"aaaaaa" not in b"".join(response.streaming_content)


def test_reports_are_in_the_menu_of_the_team(browser, alice):
    for each in (browser, factories.client_of(alice)):
        page = each.get("/admin/").content.decode()

        assert "/admin/reports/record/" in page
        assert "/admin/reports/how-it-goes/" in page


def test_every_deed_that_moves_an_account_has_words():
    assert set(lifecycle.MOVES) <= set(record_words.names())


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
