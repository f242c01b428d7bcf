"""How long people wait, told honestly; and what they take away: a day for a calendar, and all that they sent."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from stories.core import lifecycle
from stories.intake import messages, status_page
from stories.models import Submission, UsualWait
from tests import factories

pytestmark = pytest.mark.django_db


def waiting_since(days):
    """Somebody who has waited at least that many days, as far as a Monday tells."""
    submission = factories.submission_at("received")
    week = lifecycle.monday(lifecycle.today() - timedelta(days=days))
    Submission.objects.filter(pk=submission.pk).update(week=week)
    submission.refresh_from_db()
    return submission


def set_to(pace, back_on=None):
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": pace, "back_on": back_on})


def in_days(days):
    return lifecycle.today() + timedelta(days=days)


def test_oldest_unread_account_says_how_it_goes_whatever_a_coordinator_set(queue_key, monkeypatch):
    submission = factories.submission_at("received")
    for is_set in (False, True):
        if is_set:
            set_to("normal")
        for days, pace, weeks in (
            (7, "normal", 1),
            (21, "normal", 3),
            (22, "slow", 3),
            (28, "slow", 4),
            (63, "slow", 9),
        ):
            monkeypatch.setattr(lifecycle, "today", lambda days=days: submission.week + timedelta(days=days))
            wait = status_page.usual_wait()
            assert (wait.pace, wait.weeks) == (pace, weeks), days


def test_away_ends_by_itself_on_its_day(db):
    for days, pace in ((1, "away"), (0, "normal")):
        set_to("away", in_days(days))
        assert status_page.usual_wait().pace == pace


def test_what_somebody_has_opened_a_flood_and_drafts_make_nobody_slow(alice):
    opened, flood, draft = (waiting_since(70) for _ in range(3))
    lifecycle.record_event(opened, "open", by=alice)
    Submission.objects.filter(pk=flood.pk).update(is_flood=True)
    Submission.objects.filter(pk=draft.pk).update(status="draft")

    assert status_page.usual_wait().pace == "normal"


def test_day_of_reading_is_a_sunday_before_the_erasing_and_none_while_we_are_away(queue_key, visitor):
    submission = factories.submission_at("received")

    assert status_page.read_by(submission).isoweekday() == 7
    set_to("away", in_days(400))
    assert status_page.read_by(submission) == submission.erase_on
    # Nobody knows when we are back.
    set_to("away")
    visitor.come_back(submission.code)
    assert status_page.read_by(submission) is None
    assert "We expect to read it" not in visitor.text()
    assert "cannot say yet when we are back" in visitor.text()


DAY = date(2026, 3, 9)


def lines(calendar):
    assert calendar.endswith("\r\n")
    assert "\n" not in calendar.replace("\r\n", "")
    return calendar.replace("\r\n ", "").split("\r\n")[:-1]


def test_calendar_holds_one_whole_day_and_nothing_more():
    found = lines(status_page.reminder_file(DAY, title="parcel"))

    assert re.fullmatch("UID:[0-9a-f-]{36}", found.pop(4))
    assert found == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", "BEGIN:VEVENT", "DTSTAMP:20260309T000000Z"),
        *("DTSTART;VALUE=DATE:20260309", "SUMMARY:Pick up parcel", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR"),
    ]


def test_titles_need_no_mark_of_a_calendar_file_and_one_not_on_the_list_is_the_first(settings):
    for title in ("", "Heard\r\nURL:https://heard.example", "call-back"):
        assert lines(status_page.reminder_file(DAY, title=title))[7] == "SUMMARY:Call back"
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            titles = status_page.reminder_titles().values()
        assert len(titles) == 4
        for title in titles:
            assert len(f"SUMMARY:{title}".encode()) <= 75, (language, title)
            assert not {*title} & {*",;\\\r\n"}, (language, title)


def test_reminder_is_a_file_for_the_day_that_the_page_tells_whatever_else_is_asked(queue_key, visitor):
    submission = factories.submission_at("received")
    visitor.come_back(submission.code)
    day = status_page.read_by(submission)
    assert f"{day.day} {day:%B %Y}" in visitor.text().partition("Your own calendar")[2]

    for asked in (
        {},
        *({"reminder-day": day} for day in ("1999-01-01", "2026-13-45", "tomorrow", "<script>", "9" * 5_000)),
    ):
        visitor.press(submission.code, "reminder", reminder="library", **asked)

        assert visitor.response["Content-Type"] == "text/calendar; charset=utf-8"
        assert visitor.response["Content-Disposition"] == 'attachment; filename="event.ics"'
        assert visitor.response["Cache-Control"] == "no-store"
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nSUMMARY:Library books\r\n" in visitor.page, asked
        assert "heard" not in visitor.page.lower()
        assert submission.code not in visitor.page


def test_who_has_to_answer_is_reminded_while_there_is_time(alice, visitor):
    submission = factories.submission_at("waiting")
    for left, days in ((40, 33), (8, 1), (3, 1)):
        Submission.objects.filter(pk=submission.pk).update(erase_on=in_days(left))
        visitor.press(submission.code, "reminder")
        assert f"DTSTART;VALUE=DATE:{in_days(days):%Y%m%d}" in visitor.page, left


@pytest.mark.parametrize("status", ["published", "counted", "declined"])
def test_nothing_to_come_back_for_is_no_reminder(status, alice, bob, visitor):
    visitor.come_back(factories.submission_at(status).code)
    assert 'value="reminder"' not in visitor.page

    visitor.post("/return/", step="reminder")

    assert "There is no date to come back for." in visitor.text()


def test_days_to_choose_from_end_with_the_last_one_and_are_each_there_once():
    last = DAY + timedelta(weeks=12)

    assert status_page.reminder_days(DAY, last) == [DAY, DAY + timedelta(weeks=6), last]
    assert status_page.reminder_days(DAY, DAY + timedelta(days=3)) == [DAY, DAY + timedelta(days=3)]
    assert status_page.reminder_days(DAY, DAY) == status_page.reminder_days(DAY, DAY - timedelta(days=9)) == [DAY]


@pytest.mark.parametrize("page", ["code", "standing"])
def test_a_later_day_can_be_chosen_up_to_the_last_one(page, queue_key, visitor, unhurried):
    code = visitor.tell()
    if page == "standing":
        visitor.come_back(code)
    last = Submission.objects.get().erase_on - timedelta(days=1)
    offered = re.findall(r'<option value="(\d{4}-\d\d-\d\d)">', visitor.page)
    assert offered[-1] == last.isoformat()
    assert len(offered) > 2

    visitor.post("/return/", step="reminder", **{"reminder-day": offered[-1]})

    assert f"DTSTART;VALUE=DATE:{last:%Y%m%d}" in visitor.page


def test_file_holds_every_word_answer_and_message_and_names_neither_site_nor_code(queue_key, visitor):
    account = "It rained.\n\n<b>Nobody</b> rang."
    submission = factories.submission_at("received", account=account, recognise=["work"])
    messages.seal_message(submission, "May we say “a town”?", sender=messages.MODERATOR)
    messages.seal_message(submission, "Yes.", sender=messages.CONTRIBUTOR)
    visitor.come_back(submission.code)

    visitor.post("/return/", step="download")

    response = visitor.response
    for words in (account, "Kent Police", "People at work, school or college", "May we say “a town”?", "Yes."):
        assert words in visitor.page
    for name in ("heard", submission.code.lower(), submission.code.lower().replace("-", "")):
        assert name not in visitor.page.lower()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
