from datetime import timedelta

import pytest

from moderation import claims, decisions, working_copies
from moderation.team.permissions import Refused
from stories.core import decline_reasons, lifecycle
from stories.crypto import receipts
from stories.intake import coming_back, messages, receive
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


def _last_event():
    return Event.objects.order_by("number").last()


def test_declined_with_a_reason_of_the_list_and_a_sealed_note(submission, browser, alice):
    response = room.write_to(browser, alice, submission, "decline", reason="legal", note="We are sorry.")
    factories.ten_minutes_pass()

    submission.refresh_from_db()
    assert response.status_code == 302
    assert (submission.status, _last_event().reason) == ("declined", "legal")
    assert submission.erase_on == lifecycle.today() + timedelta(days=30)
    assert [(message["from"], message["text"]) for message in _messages(submission)] == [("moderator", "We are sorry.")]
    assert b"We are sorry." not in bytes(SealedText.objects.get(kind="message").box)


def test_without_a_note_none_is_sent_and_without_a_reason_of_the_list_nothing_is_declined(submission, alice):
    with pytest.raises(Refused, match="Choose a reason from the list"):
        decisions.decline_account(submission, reason="because", by=alice)
    assert Submission.objects.get().status == "received"

    decisions.decline_account(submission, reason="no-consent", by=alice)

    assert _messages(submission) == []


def test_every_reason_has_a_sentence_for_the_contributor():
    for reason in decline_reasons.REASONS:
        assert decline_reasons.reason_in_words(reason).endswith("."), reason


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


def test_decision_from_a_state_that_changed_meanwhile_is_told_and_leaves_no_message(submission, browser, alice):
    lifecycle.advance(submission, "withdraw")

    response = room.write_to(browser, alice, submission, "decline", reason="legal", note="Kind words")

    assert Submission.objects.get().status == "withdrawn"
    assert "Kind words" in room.text_of(response)
    assert not SealedText.objects.filter(kind="message").exists()


def test_question_reaches_the_contributor_and_an_answer_brings_it_back(submission, browser, alice):
    room.write_to(browser, alice, submission, "ask", question="Did they write back?")
    factories.ten_minutes_pass()

    submission.refresh_from_db()
    assert submission.status == "waiting"
    assert _messages(submission)[0]["text"] == "Did they write back?"

    messages.write_message(coming_back.open_code(submission.code), "They did not.")
    submission.refresh_from_db()
    assert submission.status == "received"
    assert "They did not." in room.text_of(room.see(browser, "room_read", submission.pk))


def test_empty_question_is_not_sent_nor_one_to_somebody_without_a_code(submission, browser, alice):
    assert room.decide(browser, alice, submission, "ask", question="   ").status_code == 200
    assert Submission.objects.get().status == "received"
    without = receive.receive_account(factories.sent(), code=receipts.new_code(), keeps_code=False)
    claims.take_claim(without, by=alice)

    with pytest.raises(Refused, match="no code"):
        decisions.ask_contributor(without, "When?", by=alice)


def test_question_after_it_was_put_forward_ends_the_first_yes_and_it_can_come_forward_again(alice, bob):
    submission = factories.submission_at("prepared")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, "May we name the force?", by=alice)
    factories.ten_minutes_pass()
    messages.write_message(coming_back.open_code(submission.code), "Yes.")
    submission.refresh_from_db()
    claims.take_claim(submission, by=alice)
    browser = factories.client_of(alice)
    room.see(browser, "room_read", submission.pk)

    response = room.put_forward(browser, submission)

    submission.refresh_from_db()
    assert response.status_code == 302
    assert submission.status == "prepared"
    assert working_copies.newest_copy(submission).agreements.count() == 1


def test_waiting_can_be_given_up(submission, browser, alice):
    decisions.ask_contributor(submission, "When?", by=alice)
    factories.ten_minutes_pass()

    room.decide(browser, alice, submission, "stop-waiting")

    assert Submission.objects.get().status == "received"


@pytest.mark.parametrize(("days", "kept_days"), [(10, 90), (80, 110), (200, 230)])
def test_held_one_is_kept_for_thirty_days_beyond_its_day(submission, browser, alice, days, kept_days):
    day = lifecycle.today() + timedelta(days=days)
    Submission.objects.update(erase_on=lifecycle.today() + timedelta(days=90))

    room.decide(browser, alice, submission, "hold", reason="legal", look_again_on=day.isoformat())

    submission.refresh_from_db()
    assert (submission.status, submission.look_again_on) == ("held", day)
    assert submission.erase_on == lifecycle.today() + timedelta(days=kept_days)
    assert _last_event().reason == "legal"


def test_day_to_look_again_is_after_today_and_within_a_year(submission, browser, alice):
    for days in (-1, 0, 400):
        with pytest.raises(Refused, match="within a year"):
            decisions.hold_account(submission, look_again_on=lifecycle.today() + timedelta(days=days), by=alice)

    answer = room.text_of(room.decide(browser, alice, submission, "hold"))
    assert "Choose why it waits." in answer
    assert "Choose the day on which somebody looks again." in answer


def test_counted_where_the_contributor_agreed_to_that_and_nowhere_else(submission, browser, alice):
    refuses = factories.submission_at("received")
    claims.take_claim(refuses, by=alice)

    room.decide(browser, alice, submission, "count")
    response = room.decide(browser, alice, refuses, "count")

    submission.refresh_from_db()
    refuses.refresh_from_db()
    assert (submission.status, submission.erase_on) == ("counted", lifecycle.today() + timedelta(days=30))
    assert "agree that their ticked answers are counted" in room.text_of(response)
    assert refuses.status == "received"


def test_urgent_on_and_off_and_out_of_the_flood_leave_events(submission, browser, alice):
    Submission.objects.update(is_flood=True)
    for decision, column, is_so in (
        *(("urgent", "is_urgent", True), ("not-urgent", "is_urgent", False), ("not-flood", "is_flood", False)),
    ):
        room.decide(browser, alice, submission, decision)
        assert getattr(Submission.objects.get(), column) is is_so, decision
    assert list(Event.objects.values_list("deed", flat=True))[-3:] == ["urgent", "not urgent", "out of the flood"]


def test_page_offers_what_fits_and_nothing_else(submission, browser, alice):
    offered = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "/decide/hold/" in offered
    assert "/decide/release/" not in offered

    decisions.hold_account(submission, look_again_on=lifecycle.today() + timedelta(days=9), by=alice)

    held = room.text_of(room.see(browser, "room_read", submission.pk))
    assert "/decide/release/" in held
    assert "/decide/hold-longer/" in held
    assert "/decide/hold/" not in held
    assert room.decide(browser, alice, submission, "publish").status_code == 404


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("decline", {"reason": "spam"}),
        ("ask", {"question": "Which year?"}),
        ("hold", {"reason": "legal"}),
        ("count", {}),
    ],
)
def test_stolen_password_alone_ends_no_account_and_writes_to_nobody(slug, fields, submission, alice):
    answer = room.decide(factories.client_of(alice, unlocked=False), alice, submission, slug, **fields)

    submission.refresh_from_db()
    assert answer.status_code == 403
    assert fields.get("question", "") in room.text_of(answer)
    assert submission.status == "received"
