from datetime import timedelta

import pytest
from django.db import transaction

from moderation import claims, decisions, event_words, working_copies
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.intake import coming_back, messages
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received", consent_count=True)
    claims.take_claim(found, by=alice)
    return found


def _messages(submission):
    return messages.opened_messages(coming_back.open_code(submission.code))


def test_declined_with_a_reason_of_the_list_and_a_sealed_note(submission, browser, alice):
    response = room.write_to(browser, alice, submission, "decline", reason="legal", note="We are sorry.")
    factories.ten_minutes_pass()

    submission.refresh_from_db()
    assert response.status_code == 302
    assert (submission.status, Event.objects.order_by("number").last().reason) == ("declined", "legal")
    assert submission.erase_on == lifecycle.today() + timedelta(days=30)
    assert [(message["from"], message["text"]) for message in _messages(submission)] == [("moderator", "We are sorry.")]
    assert b"We are sorry." not in bytes(SealedText.objects.get(kind="message").box)


def test_nothing_is_decided_out_of_somebody_elses_hands(submission, bob):
    for decide in (
        lambda: decisions.decline_account(submission, reason="legal", by=bob),
        lambda: decisions.ask_contributor(submission, "When?", by=bob),
        lambda: decisions.hold_account(submission, look_again_on=lifecycle.today() + timedelta(days=9), by=bob),
        lambda: decisions.count_answers(submission, vault=factories.open_vault(bob)),
    ):
        with pytest.raises(Refused, match="alice has this in hand"):
            decide()
    assert Submission.objects.get().status == "received"


def test_question_needs_words_and_a_code_and_an_answer_brings_the_account_back(submission, browser, alice):
    assert room.decide(browser, alice, submission, "ask", question="   ").status_code == 200
    assert Submission.objects.get().status == "received"
    assert _messages(submission) == []
    mark = transaction.savepoint()
    Submission.objects.update(key_under_code=b"")
    with pytest.raises(Refused, match="no code"):
        decisions.ask_contributor(submission, "When?", by=alice)
    transaction.savepoint_rollback(mark)
    room.write_to(browser, alice, submission, "ask", question="Did they write back?")
    factories.ten_minutes_pass()
    assert Submission.objects.get().status == "waiting"
    mark = transaction.savepoint()
    room.decide(browser, alice, submission, "stop-waiting")
    assert Submission.objects.get().status == "received"
    transaction.savepoint_rollback(mark)

    messages.write_message(coming_back.open_code(submission.code), "They did not.")

    assert [message["text"] for message in _messages(submission)] == ["Did they write back?", "They did not."]
    assert Submission.objects.get().status == "received"
    assert "They did not." in room.text_of(room.see(browser, "room_read", submission.pk))


def test_question_after_put_forward_ends_the_first_yes_and_it_can_come_forward_again(browser, alice, bob):
    submission = factories.submission_at("prepared")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, "May we name the force?", by=alice)
    factories.ten_minutes_pass()
    messages.write_message(coming_back.open_code(submission.code), "Yes.")
    submission.refresh_from_db()
    claims.take_claim(submission, by=alice)
    room.see(browser, "room_read", submission.pk)

    response = room.put_forward(browser, submission)

    assert response.status_code == 302
    assert Submission.objects.get().status == "prepared"
    assert working_copies.newest_copy(submission).agreements.count() == 1


def test_stolen_password_alone_ends_no_account_and_writes_to_nobody(submission, alice):
    fields = {"decline": {"reason": "spam"}, "ask": {"question": "When?"}, "hold": {"reason": "legal"}, "count": {}}
    for slug, posted in fields.items():
        answer = room.decide(factories.client_of(alice, unlocked=False), alice, submission, slug, **posted)
        assert (answer.status_code, Submission.objects.get().status) == (403, "received"), slug


def test_held_one_is_kept_thirty_days_beyond_its_day_and_its_page_offers_what_fits(submission, browser, alice):
    def offered():
        page = room.text_of(room.see(browser, "room_read", submission.pk))
        return {slug for slug in ("hold", "release", "hold-longer") if f"/decide/{slug}/" in page}

    assert offered() == {"hold"}
    for days in (-1, 0, 400):
        with pytest.raises(Refused, match="within a year"):
            decisions.hold_account(submission, look_again_on=lifecycle.today() + timedelta(days=days), by=alice)
    for days, kept_days in ((10, 90), (80, 110), (200, 230)):
        day, ends = (lifecycle.today() + timedelta(days=each) for each in (days, 90))
        Submission.objects.update(erase_on=ends, status="received")
        factories.claim(submission, by=alice)
        decisions.hold_account(submission, reason="legal", look_again_on=day, by=alice)
        assert submission.erase_on == lifecycle.today() + timedelta(days=kept_days)
    assert offered() == {"release", "hold-longer"}


def test_counted_where_the_contributor_agreed_to_that_and_nowhere_else(submission, browser, alice):
    private = factories.submission_at("received")
    factories.claim(private, by=alice)
    assert "agree that their ticked answers are counted" in room.text_of(room.decide(browser, alice, private, "count"))

    for row in (private, submission):
        room.decide(browser, alice, row, "count")
        row.refresh_from_db()

    assert (private.status, submission.status) == ("received", "counted")
    assert submission.erase_on == lifecycle.today() + timedelta(days=30)


def test_urgent_on_and_off_and_out_of_the_flood_leave_events_and_take_no_claim(browser, alice):
    submission = factories.submission_at("received")
    Submission.objects.update(is_flood=True)
    marks = {"urgent": (True, True), "not-urgent": (False, True), "not-flood": (False, False)}
    for decision, (is_urgent, is_flood) in marks.items():
        room.decide(browser, alice, submission, decision)
        assert Submission.objects.values_list("is_urgent", "is_flood").get() == (is_urgent, is_flood), decision
    assert list(Event.objects.values_list("deed", flat=True))[-3:] == ["urgent", "not urgent", "out of the flood"]


def test_decision_from_a_state_that_changed_meanwhile_is_told_and_not_done(submission, browser, alice):
    with pytest.raises(Refused, match="Choose a reason from the list"):
        decisions.decline_account(submission, reason="because", by=alice)
    lifecycle.advance(submission, "withdraw")

    assert room.decide(browser, alice, submission, "publish").status_code == 404
    response = room.write_to(browser, alice, submission, "decline", reason="legal", note="Kind words")

    assert Submission.objects.get().status == "withdrawn"
    assert "Kind words" in room.text_of(response)
    assert not SealedText.objects.filter(kind="message").exists()


def test_event_says_what_was_done_for_which_reason_and_how_many():
    both = {"replaced": {"OFFICER_NAME": 2, "PHONE": 1}, "left": {"EMAIL": 1}}
    cases = (
        ("", "", None),
        ("", "", {"replaced": {}, "left": {}}),
        (": replaced 3 (2 × officer's name, phone number); left 1 (email address)", "", both),
        (": somebody’s safety; left 2 (2 × phone number)", "safety", {"left": {"PHONE": 2}}),
        (": left 1 (SHOE_SIZE)", "", {"left": {"SHOE_SIZE": 1}}),
    )
    submission = factories.submission_at("received")
    for says, reason, counts in cases:
        lifecycle.record_event(submission, "put forward", reason=reason, counts=counts)
        [*_before, told] = event_words.events_told(Event.objects.filter(submission=submission).order_by("number"))
        assert told["words"] == f"put it forward{says}"
