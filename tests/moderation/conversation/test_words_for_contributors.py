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
NOT_YET, UNSENT = "We have a question for you", "not sent yet"


def _take_back(browser, submission, message=""):
    return room.press(browser, "room_take_back", submission.pk, message=str(message))


def _message():
    return SealedText.objects.get(kind="message")


def test_question_reaches_nobody_for_ten_minutes_in_which_it_can_be_taken_back(
    submission, browser, alice, visitor, monkeypatch, django_capture_on_commit_callbacks
):
    scrubbed, now = [], timezone.now()
    monkeypatch.setattr("stories.intake.retention.scrub_database", lambda: scrubbed.append(True))
    assert "We have what you sent" in room.contributor_reads(visitor, submission)

    room.write_to(browser, alice, submission, "ask", question=QUESTION)

    sends_at = _message().sends_at
    assert now + timedelta(minutes=10) <= sends_at <= now + timedelta(minutes=11)
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    for shown in (reverse("room_take_back", args=[submission.pk]), f"{timezone.localtime(sends_at):%H:%M}", UNSENT):
        assert shown in page
    assert NOT_YET not in room.contributor_reads(visitor, submission)
    assert QUESTION not in visitor.page
    assert QUESTION not in status_page.notes_text(coming_back.open_code(submission.code))
    assert "One of us has read" in visitor.text()
    for table in (OnItsWay, Event):
        assert not [row for row in table.objects.values() if QUESTION in str(row)]

    with django_capture_on_commit_callbacks(execute=True):
        _take_back(browser, submission, _message().pk)

    assert scrubbed == [True], "the database forgets the row"
    assert Submission.objects.get().status == "received"
    assert not SealedText.objects.filter(kind="message").exists()
    assert not OnItsWay.objects.exists()
    assert claims.claims_of(alice).filter(submission=submission).exists()
    assert QUESTION not in room.contributor_reads(visitor, submission)
    assert "room_take_back" not in room.text_of(room.see(browser, "room_read", submission.pk))


def test_no_part_of_a_minute_shortens_the_ten(clock):
    for second in (0.0, 0.000001, 0.5, 30.0, 59.999999):
        now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC) + timedelta(seconds=second)
        clock.move_to(now.isoformat())

        assert timedelta(minutes=10) <= messages.sends_at() - now < timedelta(minutes=11), second
        assert messages.sends_at().second == 0


def test_question_that_is_sent_is_read_taken_back_by_nobody_and_its_time_is_emptied(
    submission, browser, alice, bob, visitor, django_capture_on_commit_callbacks
):
    room.write_to(browser, alice, submission, "ask", question=QUESTION)
    sent, account = _message().pk, SealedText.objects.get(kind="account").pk
    for wrong in ("", "nonsense", "00000000-0000-4000-8000-000000000000", account):
        assert _take_back(browser, submission, wrong).status_code == 302, wrong
    factories.ten_minutes_pass()

    assert _take_back(browser, submission, sent).status_code == 302

    assert SealedText.objects.filter(pk=account).exists()
    assert Submission.objects.get().status == "waiting"
    assert NOT_YET in room.contributor_reads(visitor, submission)
    assert QUESTION in visitor.page
    assert QUESTION in status_page.notes_text(coming_back.open_code(submission.code))
    assert UNSENT not in room.text_of(room.see(browser, "room_read", submission.pk))
    assert OnItsWay.objects.exists()
    # The next work of anybody empties it.
    with django_capture_on_commit_callbacks(execute=True):
        claims.take_claim(factories.submission_at("received"), by=bob)
    assert _message().sends_at is None
    assert not OnItsWay.objects.exists()


def test_nothing_else_is_decided_meanwhile_and_a_message_outlives_the_undo(submission, alice, visitor):
    decisions.ask_contributor(submission, QUESTION, by=alice)
    claims.take_claim(submission, by=alice)
    for decide in (
        lambda: decisions.decline_account(submission, reason="legal", by=alice),
        lambda: decisions.stop_waiting(submission, by=alice),
    ):
        with pytest.raises(Refused, match="Take it back first"):
            decide()
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


@pytest.mark.parametrize("answers_change", [False, True])
def test_text_put_forward_outlives_a_question_taken_back_unless_answers_changed(answers_change, alice, bob, charlie):
    submission = factories.submission_at("prepared", first="bob")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, QUESTION, by=alice)
    with pytest.raises(Refused):
        factories.agree(submission, by=charlie)
    if answers_change:
        lifecycle.record_event(submission, "answers")

    decisions.take_back(submission, _message().pk, by=alice)

    if answers_change:
        assert submission.status == "received"
        assert not working_copies.newest_copy(submission).agreements.exists()
    else:
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
    retention.run_retention()
    assert not OnItsWay.objects.exists(), "how it stood is forgotten with the day's erasing"


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


def test_each_purpose_offers_its_own_words_which_go_into_the_box_in_their_language(submission, browser, alice):
    words = {"purpose": "question", "title": "A lovely question", "text": "A", "text_cy": "Pa flwyddyn?"}
    question = ReadyWords.objects.create(**words)
    decline = ReadyWords.objects.create(purpose="decline", title="A gentle no", text="We can not.")

    for slug, own, other in (("ask", question, decline), ("decline", decline, question)):
        page = room.text_of(room.see(browser, "room_decide", submission.pk, slug))
        assert own.title in page, slug
        assert other.title not in page, slug
    for language, text in (("en-gb", "A"), ("cy", "Pa flwyddyn?")):
        Submission.objects.update(language=language)
        filled = room.decide(browser, alice, submission, "ask", step="fill", question="Dear you.", ready=question.pk)
        box = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", room.text_of(filled), re.DOTALL)[1]
        assert html.unescape(box) == f"Dear you.\n\n{text}"
    assert not SealedText.objects.filter(kind="message").exists()


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
def test_free_reply_changes_only_what_they_read_and_is_taken_back_within_ten_minutes(status, charlie, visitor):
    submission, browser = factories.submission_at(status), factories.client_of(charlie)
    words, its_page = "We have read it. Thank you.", "room_second" if status == "prepared" else "room_read"
    page = room.text_of(room.see(browser, its_page, submission.pk))
    assert reverse("room_decide", args=[submission.pk, "write"]) in page
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


def _messages_in(page):
    return re.search(r'<div class="messages">.*?</div>\s*</div>', page, re.DOTALL)[0]


def _heading_of(page):
    return re.search(r"<h1.*?</h1>.*?<p class=\"lead\">.*?</p>\s*<p>.*?</p>", page, re.DOTALL)[0]


def test_nothing_is_sent_that_was_not_seen_and_markup_is_only_ever_text(submission, browser, alice):
    question = "<script>alert(1)</script>"
    preview = room.text_of(room.decide(browser, alice, submission, "ask", step="preview", question=question))
    page, seen = (re.search(f'{name}="([^"]*)"', preview)[1] for name in ("srcdoc", 'name="seen" value'))
    assert "<script>alert" not in html.unescape(page)
    assert "&lt;script&gt;alert" in html.unescape(page)

    room.decide(browser, alice, submission, "ask", step="send", question=question)
    other = room.decide(browser, alice, submission, "ask", step="send", question="Another one", seen=seen)

    assert "Another one" in room.text_of(other)
    assert Submission.objects.get().status == "received"


def test_words_and_their_token_are_on_each_page_of_the_way_and_survive_a_log_out(submission, browser, alice):
    gone = factories.client_of(alice)
    gone.logout()

    for step in ("fill", "preview", "send", "change"):
        assert QUESTION in room.text_of(room.decide(gone, alice, submission, "ask", step=step, question=QUESTION)), step
        page = room.text_of(room.decide(browser, alice, submission, "ask", step=step, question=QUESTION, seen="x"))
        assert QUESTION in page, step
        assert f'name="{TOKEN}"' in page, step
    assert Submission.objects.get().status == "received"


def test_new_site_has_words_for_contributors_which_name_nobody_and_stay_deleted(db):
    by_purpose = {purpose: ReadyWords.objects.filter(purpose=purpose).count() for purpose in ReadyWords.Purpose.values}

    assert by_purpose == {"question": 8, "decline": 8, "care": 0, "safety": 0}
    for words in ReadyWords.objects.all():
        assert len(words.text) < 500
        assert not re.search(r"[\[\]{}!]|unfortunately|please note|victim", words.text, re.IGNORECASE), words.title
    kept = ReadyWords.objects.first()
    ReadyWords.objects.exclude(pk=kept.pk).delete()
    ready_words.create_defaults()
    assert ReadyWords.objects.get() == kept


def test_coordinators_write_the_library_and_whom_to_ring_and_moderators_read_both(alice, coordinator):
    reader = factories.client_of(alice, unlocked=False)
    data = {"purpose": "question", "title": "A kind one", "text": "Which year was it?", "text_cy": "", "order": "5"}
    ring = data | {"purpose": "safety", "title": "Sam Okafor", "text": "01632 960217"}

    room.press(coordinator, "room_ready_words:add", **data)
    refused = room.press(coordinator, "room_ready_words:add", **ring)
    room.press(coordinator, "room_safeguarding:add", **ring)

    made = ReadyWords.objects.get(title=data["title"])
    assert "Which year was it?" in room.text_of(room.see(reader, "room_ready_words:inspect", made.pk))
    for name, args in (("add", ()), ("edit", (made.pk,)), ("delete", (made.pk,))):
        room.press(reader, f"room_ready_words:{name}", *args, **data | {"text": "Changed"})
    made.refresh_from_db()
    assert made.text == "Which year was it?"
    assert ReadyWords.objects.filter(title=data["title"]).count() == 1
    assert "Select a valid choice" in room.text_of(refused)
    assert ready_words.safeguarding() == [{"name": "Sam Okafor", "how": "01632 960217"}]
    # Each stands in the list of its own.
    for name, own, other in (("safeguarding", "Sam Okafor", made.title), ("ready_words", made.title, "Sam Okafor")):
        page = room.text_of(room.see(reader, f"room_{name}:index"))
        assert (own in page, other in page) == (True, False), name
