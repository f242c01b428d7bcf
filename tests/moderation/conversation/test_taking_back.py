"""Ten minutes in which what goes to a contributor can be taken back, whatever they do meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation import claims, decisions, working_copies
from moderation.facts import load_text_facts
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.intake import coming_back, messages, retention, status_page
from stories.models import Event, OnItsWay, SealedText, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

QUESTION = "Did anybody ring you back after that?"
NOT_YET = "We have a question for you"


def _take_back(browser, submission, message=""):
    return room.press(browser, "room_take_back", submission.pk, message=str(message))


def _message():
    return SealedText.objects.get(kind="message")


def test_question_reaches_nobody_for_ten_minutes(submission, browser, alice, visitor):
    before = room.contributor_reads(visitor, submission)
    room.see(browser, "room_read", submission.pk)
    began = timezone.now()

    room.write_to(browser, alice, submission, "ask", question=QUESTION)

    # It may be written in a later minute than the one that it was begun in.
    ended, sends_at = timezone.now(), _message().sends_at
    assert began + timedelta(minutes=10) <= sends_at <= ended + timedelta(minutes=11)
    assert NOT_YET not in room.contributor_reads(visitor, submission)
    assert QUESTION not in visitor.page
    assert QUESTION not in status_page.notes_text(coming_back.open_code(submission.code))
    assert "One of us has read" in visitor.text()
    assert "We have what you sent" in before
    for table in (OnItsWay, Event):
        assert not [row for row in table.objects.values() if QUESTION in str(row)]

    factories.ten_minutes_pass()

    assert NOT_YET in room.contributor_reads(visitor, submission)
    assert QUESTION in visitor.page
    assert QUESTION in status_page.notes_text(coming_back.open_code(submission.code))
    assert "not sent yet" not in room.text_of(room.see(browser, "room_read", submission.pk))


def test_no_part_of_a_minute_shortens_the_ten(monkeypatch):
    for second in (0.0, 0.000001, 0.5, 30.0, 59.999999):
        now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC) + timedelta(seconds=second)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)

        assert timedelta(minutes=10) <= messages.sends_at() - now < timedelta(minutes=11), second
        assert messages.sends_at().second == 0


def test_nothing_else_is_taken_back_and_nothing_once_it_is_sent(submission, browser, alice, visitor):
    decisions.ask_contributor(submission, QUESTION, by=alice)
    sent, account = _message().pk, SealedText.objects.get(kind="account").pk
    for wrong in ("", "nonsense", "00000000-0000-4000-8000-000000000000", account):
        assert _take_back(browser, submission, wrong).status_code == 302, wrong
    factories.ten_minutes_pass()

    assert _take_back(browser, submission, sent).status_code == 302

    assert _message()
    assert SealedText.objects.filter(pk=account).exists()
    assert Submission.objects.get().status == "waiting"
    assert QUESTION in room.contributor_reads(visitor, submission)


def test_time_of_what_is_sent_is_emptied_with_the_next_work_of_anybody(
    submission, browser, alice, bob, django_capture_on_commit_callbacks
):
    room.write_to(browser, alice, submission, "ask", question=QUESTION)
    assert OnItsWay.objects.exists()
    factories.ten_minutes_pass()

    with django_capture_on_commit_callbacks(execute=True):
        claims.take_claim(factories.submission_at("received"), by=bob)

    assert _message().sends_at is None
    assert not OnItsWay.objects.exists()


def test_undo_stands_in_the_reading_room_with_its_time_and_takes_it_back(
    submission, browser, alice, visitor, monkeypatch, django_capture_on_commit_callbacks
):
    scrubbed = []
    monkeypatch.setattr("stories.intake.retention.scrub_database", lambda: scrubbed.append(True))
    room.write_to(browser, alice, submission, "ask", question=QUESTION)
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    assert reverse("room_take_back", args=[submission.pk]) in page
    assert f"{timezone.localtime(_message().sends_at):%H:%M}" in page
    assert "not sent yet" in page

    with django_capture_on_commit_callbacks(execute=True):
        _take_back(browser, submission, _message().pk)

    assert scrubbed == [True], "the database forgets the row"
    submission.refresh_from_db()
    assert submission.status == "received"
    assert not SealedText.objects.filter(kind="message").exists()
    assert not OnItsWay.objects.exists()
    assert claims.claims_of(alice).filter(submission=submission).exists()
    assert QUESTION not in room.contributor_reads(visitor, submission)
    assert "room_take_back" not in room.text_of(room.see(browser, "room_read", submission.pk))


def test_message_that_comes_meanwhile_is_no_answer_and_outlives_the_undo(submission, alice, visitor):
    decisions.ask_contributor(submission, QUESTION, by=alice)
    visitor.come_back(submission.code)
    visitor.post("/return/", step="message", message="One more thing.")
    assert "We have your message" in visitor.text()
    assert Submission.objects.get().status == "waiting"
    assert Event.objects.last().deed == "write"

    decisions.take_back(submission, decisions.leaving_messages(load_text_facts(submission, alice))[0].message, by=alice)

    assert submission.status == "received"
    kept = messages.opened_messages(coming_back.open_code(submission.code))
    assert [message["text"] for message in kept] == ["One more thing."]


@pytest.mark.parametrize("deed", ["ask", "decline"])
def test_contributor_who_withdraws_meanwhile_leaves_nothing_to_take_back(deed, submission, browser, alice, visitor):
    if deed == "ask":
        decisions.ask_contributor(submission, QUESTION, by=alice)
    else:
        decisions.decline_account(submission, reason="legal", note=QUESTION, by=alice)
    message = _message().pk

    retention.withdraw_submission(coming_back.open_code(submission.code))
    response = _take_back(browser, submission, message)

    assert response.status_code == 302
    assert Submission.objects.get().status == "withdrawn"
    assert not SealedText.objects.exists()
    assert not OnItsWay.objects.exists()
    assert "You took it back" in room.contributor_reads(visitor, submission)


def test_answers_that_change_meanwhile_send_a_text_back_to_its_first_reader(alice, bob):
    submission = factories.submission_at("prepared", first="bob")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, QUESTION, by=alice)
    lifecycle.record_event(submission, "answers")

    decisions.take_back(submission, _message().pk, by=alice)

    assert submission.status == "received"
    assert not working_copies.newest_copy(submission).agreements.exists()


def test_taken_back_question_leaves_a_text_put_forward_as_it_was(alice, bob, charlie):
    submission = factories.submission_at("prepared", first="bob")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, QUESTION, by=alice)

    with pytest.raises(Refused):
        factories.agree(submission, by=charlie)
    decisions.take_back(submission, _message().pk, by=alice)
    factories.agree(submission, by=charlie)

    assert Story.objects.get().submission == submission


@pytest.mark.parametrize("status", ["received", "waiting", "held", "prepared"])
@pytest.mark.parametrize("note", ["", "We are sorry."])
def test_decline_taken_back_has_it_stand_as_it_stood(status, note, alice, bob, browser, visitor):
    submission = factories.submission_at(status, first="bob")
    Submission.objects.update(erase_on=lifecycle.today() + timedelta(days=77))
    claims.take_claim(submission, by=alice)
    told = room.contributor_reads(visitor, submission)

    decisions.decline_account(submission, reason="legal", note=note, by=alice)
    assert room.contributor_reads(visitor, submission) == told
    assert submission.status == "declined"
    _take_back(browser, submission, decisions.leaving_messages(load_text_facts(submission, alice))[0].message or "")

    submission.refresh_from_db()
    assert (submission.status, submission.erase_on) == (status, lifecycle.today() + timedelta(days=77))
    assert room.contributor_reads(visitor, submission) == told
    assert not SealedText.objects.filter(kind="message").exists()
    decisions.decline_account(submission, reason="legal", by=alice)
    factories.ten_minutes_pass()
    assert "We are not publishing this" in room.contributor_reads(visitor, submission)
    assert decisions.leaving_messages(load_text_facts(submission, alice)) == []


def test_nothing_else_is_decided_while_something_is_on_its_way(submission, alice):
    decisions.ask_contributor(submission, QUESTION, by=alice)
    claims.take_claim(submission, by=alice)

    with pytest.raises(Refused, match="Take it back first"):
        decisions.decline_account(submission, reason="legal", by=alice)
    with pytest.raises(Refused, match="Take it back first"):
        decisions.stop_waiting(submission, by=alice)


def test_what_was_held_as_it_stood_is_forgotten_with_the_days_erasing(submission, alice):
    decisions.decline_account(submission, reason="legal", by=alice)
    factories.ten_minutes_pass()

    retention.run_retention()

    assert not OnItsWay.objects.exists()


def test_message_changes_nothing_is_taken_back_alone_and_goes_to_nobody_without_words_or_code(submission, alice):
    first = decisions.send_message(submission, "  Samaritans: 116 123.  ", by=alice)
    submission.refresh_from_db()
    assert submission.status == "received"
    seen = messages.opened_messages(coming_back.open_code(submission.code))
    assert not any("116 123." in message["text"] for message in seen)
    decisions.ask_contributor(submission, QUESTION, by=alice)

    decisions.take_back(submission, first.pk, by=alice)

    assert submission.status == "waiting"
    assert [each.message for each in decisions.leaving_messages(load_text_facts(submission, alice))] == [_message().pk]
    with pytest.raises(Refused):
        decisions.send_message(submission, "   ", by=alice)
    Submission.objects.update(key_under_code=b"")
    with pytest.raises(Refused):
        decisions.send_message(submission, "Words", by=alice)
