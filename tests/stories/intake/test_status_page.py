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


@pytest.mark.parametrize(("weeks", "pace"), [(1, "normal"), (2, "normal"), (4, "slow"), (9, "slow")])
def test_oldest_unread_account_says_how_it_goes(weeks, pace, queue_key):
    waiting_since(7 * weeks)

    wait = status_page.usual_wait()

    assert (wait.pace, wait.weeks) == (pace, weeks)


def test_over_twenty_one_days_is_slow_by_itself_whatever_a_coordinator_set(queue_key, monkeypatch):
    submission = factories.submission_at("received")
    set_to("normal")

    for days, pace in ((21, "normal"), (22, "slow")):
        monkeypatch.setattr(lifecycle, "today", lambda days=days: submission.week + timedelta(days=days))
        assert status_page.usual_wait().pace == pace


def test_what_somebody_has_opened_a_flood_and_drafts_make_nobody_slow(alice):
    opened, flood, draft = (waiting_since(70) for _ in range(3))
    lifecycle.record_event(opened, "open", by=alice)
    Submission.objects.filter(pk=flood.pk).update(is_flood=True)
    Submission.objects.filter(pk=draft.pk).update(status="draft")

    assert status_page.usual_wait().pace == "normal"


def test_away_ends_by_itself_on_its_day(db):
    set_to("away", in_days(1))
    assert status_page.usual_wait().pace == "away"

    set_to("away", in_days(0))
    assert status_page.usual_wait().pace == "normal"


def test_day_of_reading_is_a_sunday_and_never_after_the_erasing(queue_key):
    submission = factories.submission_at("received")

    assert status_page.read_by(submission).isoweekday() == 7
    set_to("away", in_days(400))
    assert status_page.read_by(submission) == submission.erase_on


def test_no_day_is_promised_while_nobody_knows_when_we_are_back(queue_key, visitor):
    submission = factories.submission_at("received")
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

    ask(visitor, **{"reminder-day": offered[-1]})

    assert f"DTSTART;VALUE=DATE:{last:%Y%m%d}" in visitor.page


def test_day_that_is_not_offered_counts_as_the_first(queue_key, visitor):
    submission = factories.submission_at("received")
    for day in ("", "1999-01-01", "2026-13-45", "tomorrow", "<script>", "9" * 5_000):
        visitor.come_back(submission.code)
        ask(visitor, **{"reminder-day": day})

        assert f"DTSTART;VALUE=DATE:{status_page.read_by(submission):%Y%m%d}" in visitor.page, day


@pytest.mark.parametrize("status", ["published", "counted", "declined"])
def test_nothing_to_come_back_for_is_no_reminder(status, alice, bob, visitor):
    submission = factories.submission_at(status)
    visitor.come_back(submission.code)
    assert 'value="reminder"' not in visitor.page

    ask(visitor)

    assert "There is no date to come back for." in visitor.text()


@pytest.fixture
def submission(queue_key):
    found = factories.submission_at("received", account="It rained.\n\n<b>Nobody</b> rang.", recognise=["work"])
    messages.seal_message(found, "May we say “a town”?", sender=messages.MODERATOR)
    messages.seal_message(found, "Yes.", sender=messages.CONTRIBUTOR)
    return found


def test_file_holds_every_word_answer_and_message_and_names_neither_site_nor_code(submission, visitor):
    visitor.come_back(submission.code)
    visitor.post("/return/", step="download")

    response = visitor.response
    account = "It rained.\n\n<b>Nobody</b> rang."
    for words in (account, "Kent Police", "People at work, school or college", "May we say “a town”?", "Yes."):
        assert words in visitor.page
    for name in ("heard", submission.code.lower(), submission.code.lower().replace("-", "")):
        assert name not in visitor.page.lower()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
