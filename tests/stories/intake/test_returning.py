"""Coming back with the code: every state, how long people wait, messages, wrong codes, and what they take away."""

import io
import re
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from stories.core import lifecycle, sealed_store, snapshot
from stories.crypto import receipts
from stories.crypto.sealing import DoesNotOpen
from stories.intake import coming_back, messages, public_form, receive, retention, status_page
from stories.intake.views import returning
from stories.models import Event, SealedText, Submission, UsualWait
from tests import factories
from tests.stories.intake.visiting import Visitor, WelshVisitor, day

pytestmark = pytest.mark.django_db


def test_wrong_code_is_said_gently_above_and_beside_its_box_and_how_much_was_typed(queue_key, visitor):
    assert "error" not in visitor.get("/return/")
    for code, says in (
        *(("abc", "You typed 3. A code has 16"), (" 7k3m - 9qzx. ", "You typed 8. A code has 16")),
        ("7K3M-9QZX-0TVA-W2HE-7", "You typed 17. A code has 16"),
        *((typed, "You typed") for typed in ("7K3M", "not a code", "x" * 5000, "<b>")),
        *((typed, "") for typed in ("7K3M-9QZX-0TVA-W2HE", "7K3M 9QZX 0TVA W2HU", "", " ", "\x00")),
    ):
        wrong = "This code opens nothing here" if code.strip(" \x00") else "Type your code here first."

        summary, form = visitor.come_back(code).split('class="error-summary"')[1].split("<form", 1)

        assert visitor.response.status_code == 200, code
        assert 'name="code"' in form, code
        assert wrong in summary, code
        assert '<a href="#id_code">' in summary, code
        assert f'id="id_code_error"><p>{wrong}</p>' in form, code
        assert re.search(r'id="id_code"[^>]*id_code_error"[^>]*aria-invalid="true"', form), code
        assert ("opens nothing here" in visitor.text()) is (wrong != "Type your code here first."), code
        assert ("You typed" in visitor.text()) is bool(says), code
        assert says in visitor.text(), code
        assert "<b>" not in visitor.page.partition('value="')[2][:200], code


def test_code_in_an_address_is_never_read(queue_key, visitor):
    submission = factories.submission_at("received")

    assert submission.code not in visitor.get(f"/return/?code={submission.code}")
    visitor.send(f"/return/?code={submission.code}", b"step=show")

    assert "We have what you sent" not in visitor.text()


def test_text_or_key_that_was_moved_to_another_row_opens_nothing(queue_key, visitor):
    mine, other = factories.submission_at("received"), factories.submission_at("received")
    text = SealedText.objects.get(submission=other, kind="account")
    SealedText.objects.filter(submission=mine, kind="account").update(box=text.box)

    with pytest.raises(DoesNotOpen):
        coming_back.what_i_sent(coming_back.open_code(mine.code))
    moved = SealedText.objects.get(submission=mine, kind="account")
    with pytest.raises(DoesNotOpen):
        sealed_store.open_sealed_text(moved, private=coming_back.open_code(other.code).private)

    Submission.objects.filter(pk=mine.pk).update(key_under_code=other.key_under_code)
    visitor.come_back(mine.code)
    assert "opens nothing here" in visitor.page


def test_waiting_guessers_cannot_hold_every_thread(monkeypatch):
    held = []
    sleep = SimpleNamespace(sleep=lambda seconds: (held.append(seconds), returning._pause()))
    monkeypatch.setattr(returning, "time", sleep)

    returning._pause()

    assert len(held) == 2


def test_every_state_there_is_has_words(queue_key):
    submission = factories.submission_at("received")
    private = coming_back.open_code(submission.code).private

    for status in set(Submission.Status) - {"withdrawn"}:
        submission.status = status
        found = status_page.standing_of(coming_back.Opened(submission, private))
        assert all((found.title, found.says, found.comes_next)), status


def test_held_says_when_it_is_looked_at_again_and_only_what_comes_next_stands_open(alice, visitor):
    again = lifecycle.today() + timedelta(days=60)
    for status, opened in (("received", []), ("waiting", ["Our question, and your answer"]), ("held", [])):
        submission = factories.submission_at(status)
        Submission.objects.filter(pk=submission.pk).update(look_again_on=again)

        visitor.come_back(submission.code)

        parts = re.findall(r'<details class="disclosure" open>\s*<summary[^>]*>([^<]*)', visitor.page)
        assert parts == opened, status
        assert (f"We look at it again on {day(again)}" in visitor.text()) is (status == "held")


ENDS = [("received", 97, "We ran out of time"), ("declined", 31, "We are not publishing this")]
ENDS += [("published", 31, "Your story is on the site"), ("counted", 31, "Your answers are counted")]


@pytest.mark.parametrize(("status", "days", "said"), ENDS)
def test_after_erasure_the_code_still_says_what_happened(status, days, said, alice, bob, visitor):
    submission = factories.submission_at(status)
    retention.run_retention(today=lifecycle.today() + timedelta(days=days))

    visitor.come_back(submission.code)

    assert said in visitor.text()
    assert f"On {day(lifecycle.today())} we erased what you sent" in visitor.text()
    assert factories.ACCOUNT["account"] not in visitor.text()
    assert 'name="message"' not in visitor.page


def test_question_is_read_and_its_answer_brings_it_back_and_is_kept_once(alice, visitor):
    submission = factories.submission_at("received")
    messages.seal_message(submission, "May we say “a small town”?", sender=messages.MODERATOR)
    lifecycle.advance(submission, "ask", by=alice)

    visitor.come_back(submission.code)
    assert "May we say “a small town”?" in visitor.text()
    page = visitor.page
    for _ in range(2):
        visitor.post_from(page, "/return/", step="message", message="Yes,\n\nplease.")
        assert "We have your message" in visitor.text()

    _asked, kept = messages.opened_messages(coming_back.open_code(submission.code))
    assert (kept["text"], set(kept)) == ("Yes,\n\nplease.", {"from", "text", "week"})
    assert not Event.objects.exclude(day=None).exclude(deed="ask").exists()
    submission.refresh_from_db()
    assert submission.status == "received"


def test_message_that_cannot_be_kept_comes_back(queue_key, visitor):
    visitor.come_back(factories.submission_at("received").code)

    for words in ("", "  \n", "é" * 4001):
        visitor.post("/return/", step="message", message=words)
        assert visitor.box("message") == words
        assert "There is something to look at" in visitor.text()
    assert not SealedText.objects.filter(kind="message").exists()


@pytest.mark.parametrize("token", ["stale", "changed", "none", "for something else"])
def test_message_with_a_token_that_is_no_good_waits_for_the_code(token, queue_key, visitor, clock):
    submission = factories.submission_at("received")
    visitor.come_back(submission.code)
    if token == "stale":
        clock.shift(3 * 3600)
    given = {
        "stale": visitor.hidden()["token"],
        "changed": visitor.hidden()["token"][:-1],
        "none": "",
        "for something else": public_form.issue_token("send", code=submission.code, since="0"),
    }[token]

    visitor.post("/return/", step="message", message="Do not lose me.", token=given)
    assert visitor.box("message") == "Do not lose me."
    assert not SealedText.objects.filter(kind="message").exists()

    visitor.page = ""
    visitor.post("/return/", step="message", message="Do not lose me.", code=submission.code)
    assert "We have your message" in visitor.text()
    # Choices wait for it too.
    visitor.page = ""
    visitor.post("/return/", step="consents-keep", consent_publish="on")
    assert visitor.hidden() == {"consent_publish": "on"}
    assert 'name="step" value="consents-keep"' in visitor.page


def test_words_of_a_step_that_we_do_not_know_or_after_the_erasing_come_back(queue_key, visitor):
    submission = factories.submission_at("received")
    for step in ("", "no-such-step"):
        visitor.press(submission.code, step, message="I wrote all this.", **{"change-3": "And this."})
        for words in ("I wrote all this.", "And this.", "We kept nothing of it"):
            assert words in visitor.text(), step

    standing = visitor.come_back(submission.code)
    retention.withdraw_submission(coming_back.open_code(submission.code))
    for step, box in (("message", "message"), ("please-change", "change-2"), ("edit-keep", "account")):
        visitor.page = standing
        for words in ("Too late?", "é" * 5000):
            visitor.post("/return/", step=step, **{box: words})
            assert words in visitor.text(), step
            assert not SealedText.objects.exists(), step


@pytest.fixture
def work(monkeypatch):
    """Counts what looking for a code costs: derivations, and tries of a key."""
    done = Counter()
    for module, name in ((receipts, "_derived"), (coming_back.sealing, "unlock_key")):
        real = getattr(module, name)

        def counted(*args, _name=name, _real=real, **named):
            done[_name] += 1
            return _real(*args, **named)

        monkeypatch.setattr(module, name, counted)
    return done


def test_every_code_costs_the_same_to_look_for(queue_key, work):
    known, erased = factories.submission_at("received"), factories.submission_at("received")
    codeless = receipts.new_code()
    retention.withdraw_submission(coming_back.open_code(erased.code))
    receive.receive_account(factories.sent(), receive.Arrival(codeless, keeps_code=False))

    for code in (known.code, erased.code, codeless, receipts.new_code(), "7K3M", "not a code", "x" * 5000):
        work.clear()
        with CaptureQueriesContext(connection) as queries:
            returning._open(code)
        assert (work, len(queries)) == ({"_derived": 2, "unlock_key": 1}, 1), code


@pytest.mark.parametrize("who", [Visitor, WelshVisitor])
def test_code_that_a_restore_may_have_lost_is_no_mistake_for_ninety_days(who, queue_key, monkeypatch):
    person, days = who(), ("2026-03-01T04:00", "2026-03-02")
    assert "2026" not in person.come_back(receipts.new_code())
    call_command("lost_codes", *days, stdout=io.StringIO())

    for later, is_told in ((0, True), (90, True), (91, False)):
        monkeypatch.setattr(lifecycle, "today", lambda later=later: date(2026, 3, 2) + timedelta(days=later))
        page = person.come_back(receipts.new_code())
        assert [(f"{day} Ma" in page) for day in ("1", "2")] == [is_told] * 2
        assert page.count('href="/take-down/"' if who is Visitor else 'href="/cy/take-down/"') == 1 + is_told
    assert "2 Ma" not in person.get("/return/")

    for wrong in (("yesterday", "today"), days[::-1]):
        with pytest.raises(CommandError, match="earlier one"):
            call_command("lost_codes", *wrong)


def test_forces_answer_is_on_the_page_of_who_told_the_story_and_leads_nowhere(visitor):
    told = factories.submission_at("published")
    factories.a_response(words="We got it wrong.", stories=[told.story])
    snapshot.forget_snapshot()

    visitor.come_back(told.code)

    part = visitor.page.split('id="answers"')[1].split("</details>")[0]
    assert "“We got it wrong.”" in part
    assert 'href="https' not in part


def set_to(pace, back_on=None):
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": pace, "back_on": back_on})


def in_days(days):
    return lifecycle.today() + timedelta(days=days)


def test_oldest_unread_account_says_how_it_goes_whatever_a_coordinator_set(queue_key, monkeypatch):
    submission = factories.submission_at("received")
    for is_set in (False, True):
        if is_set:
            set_to("normal")
        for days, pace in ((7, "normal"), (21, "normal"), (22, "slow"), (28, "slow"), (63, "slow")):
            monkeypatch.setattr(lifecycle, "today", lambda days=days: submission.week + timedelta(days=days))
            wait = status_page.usual_wait()
            assert (wait.pace, wait.weeks) == (pace, days // 7), days


def test_away_ends_by_itself_on_its_day(db):
    for days, pace in ((1, "away"), (0, "normal")):
        set_to("away", in_days(days))
        assert status_page.usual_wait().pace == pace


def test_what_somebody_has_opened_a_flood_and_drafts_make_nobody_slow(alice):
    opened, flood, draft = (factories.submission_at("received") for _ in range(3))
    Submission.objects.update(week=lifecycle.monday(in_days(-70)))
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

    odd_days = ("1999-01-01", "2026-13-45", "tomorrow", "<script>", "9" * 5_000)
    for asked in ({}, *({"reminder-day": odd_day} for odd_day in odd_days)):
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
