"""Words for a contributor: ready ones, a look at what they will read, and ten minutes to take them back."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation import claims, decisions, ready_words, working_copies
from moderation.facts import load_text_facts
from moderation.models import Agreement, ReadyWords
from moderation.team.permissions import Refused
from moderation.views.decorators import TOKEN
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


def test_no_part_of_a_minute_shortens_the_ten(clock):
    for second in (0.0, 0.000001, 0.5, 30.0, 59.999999):
        now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC) + timedelta(seconds=second)
        clock.move_to(now.isoformat())

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


def test_message_changes_nothing_is_taken_back_alone_and_needs_words_and_a_code(submission, alice):
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


def test_ready_words_go_into_the_box_after_what_stands_there(submission, browser, alice):
    ready = ReadyWords.objects.filter(purpose="question").first()

    page = room.decide(browser, alice, submission, "ask", step="fill", question="Dear you.", ready=ready.pk)

    box = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", room.text_of(page), re.DOTALL)[1]
    assert html.unescape(box) == f"Dear you.\n\n{ready.text}"
    assert not SealedText.objects.filter(kind="message").exists()


def test_each_purpose_offers_its_own_words_in_the_contributors_language(submission, browser, alice):
    question = ReadyWords.objects.create(
        purpose="question", title="A lovely question", text="A", text_cy="Pa flwyddyn?"
    )
    decline = ReadyWords.objects.create(purpose="decline", title="A gentle no", text="We can not.")

    asking_page = room.text_of(room.see(browser, "room_decide", submission.pk, "ask"))
    declining_page = room.text_of(room.see(browser, "room_decide", submission.pk, "decline"))

    assert question.title in asking_page
    assert decline.title not in asking_page
    assert decline.title in declining_page
    assert question.title not in declining_page
    Submission.objects.update(language="cy")
    filled = room.decide(browser, alice, submission, "ask", step="fill", ready=question.pk)
    assert "Pa flwyddyn?" in room.text_of(filled)


@pytest.mark.parametrize(
    ("deed", "data"),
    [
        ("ask", {"question": QUESTION}),
        ("write", {"message": "Thank you. We are still reading."}),
        ("decline", {"reason": "too-little", "note": "Thank you for beginning."}),
    ],
)
def test_preview_shows_what_the_contributor_then_reads_and_stores_nothing(
    submission, browser, alice, visitor, deed, data
):
    preview = room.decide(browser, alice, submission, deed, step="preview", **data)
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', room.text_of(preview))[1])

    assert Submission.objects.get().status == "received"
    assert not SealedText.objects.filter(kind="message").exists()
    room.write_to(browser, alice, submission, deed, **data)
    factories.ten_minutes_pass()
    room.contributor_reads(visitor, submission)
    assert _messages_in(page) == _messages_in(visitor.page) != ""
    assert _heading_of(page) == _heading_of(visitor.page)


STATES = ("received", "waiting", "held", "prepared", "agreed", "published", "counted", "declined")


@pytest.mark.parametrize("status", STATES)
def test_free_reply_changes_only_what_they_read_and_is_taken_back_within_ten_minutes(
    status, alice, bob, charlie, visitor
):
    submission, words, browser = (
        factories.submission_at(status),
        "We have read it. Thank you.",
        factories.client_of(charlie),
    )
    told = Submission.objects.values().get(), list(Agreement.objects.values())

    done = room.write_to(browser, charlie, submission, "write", message=words)
    _take_back(browser, submission, _message().pk)
    assert not SealedText.objects.filter(kind="message").exists()
    room.write_to(browser, charlie, submission, "write", message=words)

    assert done.status_code == 302
    assert words not in room.contributor_reads(visitor, submission)
    factories.ten_minutes_pass()
    assert words in room.contributor_reads(visitor, submission)
    assert (Submission.objects.values().get(), list(Agreement.objects.values())) == told
    assert not claims.claims_of(charlie).exists()


def test_who_cannot_be_reached_or_is_in_another_hand_is_named_before_anybody_writes(submission, alice, bob):
    asked = {"bob": factories.client_of(bob), "alice": factories.client_of(alice)}

    def shut(name, slug):
        page = room.text_of(room.see(asked[name], "room_decide", submission.pk, slug))
        return "<textarea" not in page.partition("room-page")[2] and page

    assert "alice has this in hand at the moment" in shut("bob", "ask")
    assert "alice has this in hand at the moment" in shut("bob", "decline")
    assert not any((shut("bob", "write"), shut("alice", "ask"), shut("alice", "write"), shut("alice", "decline")))
    Submission.objects.update(key_under_code=b"")
    assert "chose to have no code" in shut("alice", "ask")
    assert "chose to have no code" in shut("alice", "write")
    put_forward = factories.submission_at("prepared")
    page = room.text_of(room.see(asked["bob"], "room_decide", put_forward.pk, "ask"))
    assert "<textarea" in page, "a second reader takes it in hand with what they decide"


def test_free_reply_is_offered_wherever_a_question_is_and_beyond(alice, bob):
    for status in STATES:
        found = factories.submission_at(status)
        page = room.text_of(
            room.see(
                factories.client_of(bob),
                "room_read",
                found.pk,
            )
        )
        if status == "prepared":
            page = room.text_of(room.see(factories.client_of(bob), "room_second", found.pk))
        assert reverse("room_decide", args=[found.pk, "write"]) in page, status


def _messages_in(page):
    return re.search(r'<div class="messages">.*?</div>\s*</div>', page, re.DOTALL)[0]


def _heading_of(page):
    return re.search(r"<h1.*?</h1>.*?<p class=\"lead\">.*?</p>\s*<p>.*?</p>", page, re.DOTALL)[0]


def test_nothing_is_sent_that_was_not_seen(submission, browser, alice):
    preview = room.decide(browser, alice, submission, "ask", step="preview", question=QUESTION)
    seen = re.search(r'name="seen" value="(\w+)"', room.text_of(preview))[1]

    room.decide(browser, alice, submission, "ask", step="send", question=QUESTION)
    other = room.decide(browser, alice, submission, "ask", step="send", question="Another one", seen=seen)

    assert "Another one" in room.text_of(other)
    assert Submission.objects.get().status == "received"


def test_markup_in_a_question_is_only_ever_text(submission, browser, alice):
    preview = room.decide(browser, alice, submission, "ask", step="preview", question="<script>alert(1)</script>")

    page = html.unescape(re.search(r'srcdoc="([^"]*)"', room.text_of(preview))[1])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_words_and_their_token_are_on_each_page_of_the_way_and_survive_a_log_out(submission, browser, alice):
    gone = factories.client_of(alice)
    gone.logout()

    for step in ("fill", "preview", "send", "change"):
        assert QUESTION in room.text_of(room.decide(gone, alice, submission, "ask", step=step, question=QUESTION)), step
        page = room.text_of(room.decide(browser, alice, submission, "ask", step=step, question=QUESTION, seen="x"))
        assert QUESTION in page, step
        assert f'name="{TOKEN}"' in page, step
    assert Submission.objects.get().status == "received"


def test_new_site_has_words_for_contributors_and_they_name_nobody(db):
    by_purpose = {purpose: ReadyWords.objects.filter(purpose=purpose).count() for purpose in ReadyWords.Purpose.values}

    assert by_purpose == {"question": 8, "decline": 8, "care": 0, "safety": 0}
    for words in ReadyWords.objects.all():
        assert len(words.text) < 500
        assert not re.search(r"[\[\]{}!]|unfortunately|please note|victim", words.text, re.IGNORECASE), words.title


def test_words_that_a_coordinator_deleted_stay_deleted(db):
    kept = ReadyWords.objects.first()
    ReadyWords.objects.exclude(pk=kept.pk).delete()

    ready_words.create_defaults()

    assert ReadyWords.objects.get() == kept


def test_coordinators_write_the_library_and_moderators_read_it(alice, coordinator):
    data = {"purpose": "question", "title": "Year", "text": "Which year was it?", "text_cy": "", "order": "5"}

    room.press(coordinator, "room_ready_words:add", **data)
    made = ReadyWords.objects.get(title="Year")
    reader = factories.client_of(alice, unlocked=False)

    assert "Year" in room.text_of(room.see(reader, "room_ready_words:index"))
    assert "Which year was it?" in room.text_of(room.see(reader, "room_ready_words:inspect", made.pk))
    for name, args in (("add", ()), ("edit", (made.pk,)), ("delete", (made.pk,))):
        room.press(reader, f"room_ready_words:{name}", *args, **data | {"text": "Changed"})
    made.refresh_from_db()
    assert made.text == "Which year was it?"
    assert ReadyWords.objects.filter(title="Year").count() == 1


def test_whom_to_ring_has_a_page_of_its_own_and_stands_in_no_list_of_ready_words(alice, coordinator):
    data = {"purpose": "safety", "title": "Sam Okafor", "text": "01632 960217", "order": "5"}
    refused = room.press(coordinator, "room_ready_words:add", **data, text_cy="")
    assert "Select a valid choice" in room.text_of(refused)

    room.press(coordinator, "room_safeguarding:add", **data)

    assert ready_words.safeguarding() == [{"name": "Sam Okafor", "how": "01632 960217"}]
    reader = factories.client_of(alice, unlocked=False)
    for name, is_there in (("room_safeguarding:index", True), ("room_ready_words:index", False)):
        page = room.text_of(room.see(reader, name))
        assert ("Sam Okafor" in page, "Which force it was" in page) == (is_there, not is_there), name
