"""Each decision on an account, and the answers that are counted with it."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction

from moderation import agreements, claims, decisions, event_words, publishing, working_copies
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.intake import coming_back, messages, questions
from stories.models import CountedAnswers, Event, SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.stories.intake.visiting import raising

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


STOPPED = {"outcome": "i-stopped", "stopped_why": ["too-long", "afraid"]}
DOUBTED = {"knew_law": "some", "dignity": "no", "believed": "no"}


def keep(**answers):
    return decisions.keep_counted_answers({"consent_count": True, **answers})


def test_decision_adds_to_totals_that_lead_nowhere_and_one_that_fails_to_none(alice, bob, monkeypatch):
    submission = factories.submission_at("prepared", consent_count=True)
    with monkeypatch.context() as full:
        full.setattr(publishing, "write_story", raising(OSError("the disk is full")))
        with pytest.raises(OSError, match="full"):
            factories.agree(submission, by=bob)
    submission.refresh_from_db()
    assert submission.status == "prepared"
    assert not CountedAnswers.objects.exists()

    factories.agree(submission, by=bob)

    row = CountedAnswers.objects.get()
    assert (row.people, row.totals) == (1, {"outcome": 1, "outcome.closed": 1})
    assert {field.name for field in CountedAnswers._meta.get_fields()} == {"quarter", "people", "totals"}


def test_every_answer_counts_by_itself_and_two_pairs_across_and_no_answer_is_nobody():
    for answers in ({}, {"dignity": "", "where": []}, {"force": "kent", "year": "2024"}):
        assert keep(**answers) is None, answers
    assert not CountedAnswers.objects.exists()
    assert not {"force", "region", "year", "whose", "recognise"} & set(questions.COUNTED)
    assert {name for pair in questions.COUNTED_TOGETHER for name in pair} <= {*questions.COUNTED}
    # An answer twice, and half a pair.
    assert keep(where=["porn-site", "porn-site"]).totals == {"where": 1, "where.porn-site": 1}
    assert not [name for name in keep(knew_law="some", stopped_why=["afraid"]).totals if " " in name]
    CountedAnswers.objects.all().delete()

    whole = {
        **{"outcome": 1, "outcome.i-stopped": 1},
        **{"stopped_why": 1, "stopped_why.too-long": 1, "stopped_why.afraid": 1},
        **{"knew_law": 1, "knew_law.some": 1, "dignity": 1, "dignity.no": 1, "believed": 1, "believed.no": 1},
        **{"knew_law dignity": 1, "knew_law.some dignity.no": 1},
        "outcome stopped_why": 1,
        **{"outcome.i-stopped stopped_why.too-long": 1, "outcome.i-stopped stopped_why.afraid": 1},
    }
    assert keep(**STOPPED, **DOUBTED).totals == whole
    # People are added up, and none is kept apart.
    keep(dignity="no", believed="yes")
    keep(dignity="always")
    row = CountedAnswers.objects.get()
    more = {"dignity": 3, "dignity.no": 2, "dignity.always": 1, "believed": 2, "believed.yes": 1}
    assert (row.people, row.totals) == (3, whole | more)


def test_whoever_was_counted_first_leaves_the_same_row_as_whoever_was_last():
    everybody = [{**STOPPED, "again": "no"}, DOUBTED, {"outcome": "charged", "again": "yes", "who": ["family"]}]
    for answers in everybody:
        keep(**answers)
    one_way = json.dumps(CountedAnswers.objects.values().get())
    CountedAnswers.objects.all().delete()

    for answers in reversed(everybody):
        keep(**answers)

    assert json.dumps(CountedAnswers.objects.values().get()) == one_way


@pytest.mark.parametrize("deed", ["agree", "count"])
def test_no_deed_that_counts_can_follow_another(deed):
    # What is sent back from the batch has its story already: the test below this one.
    moves = [move for name, move in lifecycle.MOVES.items() if name != "send back"]
    reached, led = set(), {lifecycle.MOVES["agree"].target, lifecycle.MOVES["count"].target}
    while led:
        reached |= led
        led = {move.target for move in moves if reached & {*move.sources}} - reached

    assert not reached & {*lifecycle.MOVES[deed].sources}


@pytest.mark.parametrize("deed", ["agree", "count", "count alone"])
def test_what_left_the_batch_or_has_no_story_is_counted_once(alice, bob, deed):
    if deed == "count alone":
        submission = factories.submission_at("received", consent_publish=False, consent_count=True)
    else:
        submission = factories.submission_at("agreed", consent_count=True)
        agreements.send_back(submission, "Please look once more.", by=alice)

    if deed == "agree":
        factories.put_forward(submission, by=alice)
        factories.agree(submission, by=bob)
    else:
        factories.claim(submission, by=alice)
        decisions.count_answers(submission, vault=factories.open_vault(alice))
        with pytest.raises(Refused):
            decisions.count_answers(submission, vault=factories.open_vault(alice))

    assert CountedAnswers.objects.get().people == 1


def test_quarter_with_few_people_goes_on_into_the_next(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 3, 31))
    for _person in range(decisions.FEWEST_PEOPLE - 1):
        keep(dignity="no")

    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 4, 1))
    keep(dignity="no")
    assert CountedAnswers.objects.get().people == decisions.FEWEST_PEOPLE

    for _person in range(decisions.FEWEST_PEOPLE + 2):
        keep(dignity="no")
    quarters = {"2026-Q1": decisions.FEWEST_PEOPLE, "2026-Q2": decisions.FEWEST_PEOPLE + 2}
    assert dict(CountedAnswers.objects.values_list("quarter", "people")) == quarters
