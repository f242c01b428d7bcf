"""A day for somebody's own calendar: whole and valid by RFC 5545, and saying nothing of us."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from stories.core import lifecycle
from stories.intake import status_page
from stories.models import Submission
from tests import factories

DAY = date(2026, 3, 9)


def lines(calendar):
    assert calendar.endswith("\r\n")
    assert "\n" not in calendar.replace("\r\n", "")
    return calendar.replace("\r\n ", "").split("\r\n")[:-1]


def test_calendar_holds_one_whole_day_and_nothing_more():
    found = lines(status_page.reminder_file(DAY, title="parcel"))

    assert re.fullmatch("UID:[0-9a-f-]{36}", found.pop(4))
    assert found == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "BEGIN:VEVENT",
        "DTSTAMP:20260309T000000Z",
        "DTSTART;VALUE=DATE:20260309",
        "SUMMARY:Pick up parcel",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("title", ["", "Heard\r\nURL:https://heard.example", "call-back"])
def test_title_that_is_not_on_the_list_counts_as_the_first(title):
    assert lines(status_page.reminder_file(DAY, title=title))[7] == "SUMMARY:Call back"


def test_titles_need_no_mark_of_a_calendar_file_in_any_language(settings):
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            titles = status_page.reminder_titles().values()
        assert len(titles) == 4
        for title in titles:
            assert len(f"SUMMARY:{title}".encode()) <= 75, (language, title)
            assert not {*title} & {*",;\\\r\n"}, (language, title)


def ask(visitor, **fields):
    visitor.post("/return/", step="reminder", **fields)
    return visitor.response


@pytest.mark.django_db
def test_reminder_is_a_file_for_the_day_that_the_page_tells(queue_key, visitor):
    submission = factories.submission_at("received")
    visitor.come_back(submission.code)
    day = status_page.read_by(submission)
    assert f"{day.day} {day:%B %Y}" in visitor.text().partition("Your own calendar")[2]

    response = ask(visitor, reminder="library")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert response["Cache-Control"] == "no-store"
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nSUMMARY:Library books\r\n" in visitor.page
    assert "heard" not in visitor.page.lower()
    assert submission.code not in visitor.page


@pytest.mark.django_db
@pytest.mark.parametrize(("left", "days"), [(40, 33), (8, 1), (3, 1)])
def test_who_has_to_answer_is_reminded_while_there_is_time(left, days, alice, visitor):
    submission = factories.submission_at("waiting")
    today = lifecycle.today()
    Submission.objects.filter(pk=submission.pk).update(erase_on=today + timedelta(days=left))
    visitor.come_back(submission.code)

    ask(visitor)

    assert f"DTSTART;VALUE=DATE:{today + timedelta(days=days):%Y%m%d}" in visitor.page


def test_days_to_choose_from_end_with_the_last_one_and_are_each_there_once():
    last = DAY + timedelta(weeks=12)

    assert status_page.days_to_choose(DAY, last) == [DAY, DAY + timedelta(weeks=6), last]
    assert status_page.days_to_choose(DAY, DAY + timedelta(days=3)) == [DAY, DAY + timedelta(days=3)]
    assert status_page.days_to_choose(DAY, DAY) == status_page.days_to_choose(DAY, DAY - timedelta(days=9)) == [DAY]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["code", "standing"])
def test_a_later_day_can_be_chosen_up_to_the_last_one(page, queue_key, visitor, unhurried):
    code = visitor.tell()
    if page == "standing":
        visitor.come_back(code)
    last = Submission.objects.get().erase_on - timedelta(days=1)
    offered = re.findall(r'<option value="(\d{4}-\d\d-\d\d)">', visitor.page)
    assert offered[-1] == last.isoformat()
    assert len(offered) > 2

    ask(visitor, **{"reminder-day": offered[-1]})

    assert f"DTSTART;VALUE=DATE:{last:%Y%m%d}" in visitor.page


@pytest.mark.django_db
def test_day_that_is_not_offered_counts_as_the_first(queue_key, visitor):
    submission = factories.submission_at("received")
    for day in ("", "1999-01-01", "2026-13-45", "tomorrow", "<script>", "9" * 5_000):
        visitor.come_back(submission.code)
        ask(visitor, **{"reminder-day": day})

        assert f"DTSTART;VALUE=DATE:{status_page.read_by(submission):%Y%m%d}" in visitor.page, day


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["published", "counted", "declined"])
def test_nothing_to_come_back_for_is_no_reminder(status, alice, bob, visitor):
    submission = factories.submission_at(status)
    visitor.come_back(submission.code)
    assert 'value="reminder"' not in visitor.page

    ask(visitor)

    assert "There is no date to come back for." in visitor.text()
