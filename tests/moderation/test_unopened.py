"""A contributor's message is never overlooked: every list shows it, and nobody says yes past it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from moderation import claims, decisions, working_copies
from moderation.queue import lanes
from stories.core import lifecycle
from stories.intake import coming_back, final_text, messages, retention
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

PLEASE = "Please take the bit about the hospital out."
STATES = ("received", "held", "prepared", "agreed", "published", "counted", "declined")
WROTE, SAID_YES = "they wrote\n", "they said yes\n"


def write(submission, text=PLEASE):
    messages.write_message(coming_back.open_code(submission.code), text)


def lane(user, slug="wrote"):
    return room.text_of(room.see(factories.client_of(user), "room_lane", slug))


def start(user):
    return room.text_of(factories.client_of(user).get(reverse("wagtailadmin_home")))


def test_message_is_listed_in_whatever_state_until_a_moderator_opens_it(alice, bob):
    rows = [factories.submission_at(status) for status in STATES]
    alices, answered = factories.client_of(alice), factories.submission_at("received")
    claims.take_claim(answered, by=alice)
    decisions.ask_contributor(answered, "Which year was it?", by=alice)
    factories.ten_minutes_pass()
    assert list(lanes.lane_rows("wrote", bob)) == []
    assert WROTE not in lane(bob, "new")

    for submission in (*rows, answered):
        write(submission)
        assert list(lanes.lane_rows("wrote", bob)) == [submission], submission.status
        assert lanes.lane_counts(bob)["wrote"] == 1
        page = lane(bob)
        assert WROTE in page
        assert submission.status != "declined" or reverse("room_claim", args=[submission.pk]) not in page
        assert str(submission.pk) in start(bob)
        room.see(alices, "room_read", submission.pk)
        assert list(lanes.lane_rows("wrote", bob)) == []
    assert WROTE not in start(bob)


def test_yes_of_a_contributor_is_listed_in_nobodys_way_and_gone_once_two_agree(alice, bob):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    browser = factories.client_of(bob)
    room.unfold(browser, submission)

    final_text.say_yes(coming_back.open_code(submission.code), working_copies.newest_copy(submission).digest)

    for page in (lane(bob), lane(bob, "second"), start(bob)):
        assert SAID_YES in page
    mark = transaction.savepoint()
    room.second(browser, submission)
    assert list(lanes.lane_rows("wrote", bob)) == []
    transaction.savepoint_rollback(mark)
    assert room.agree(browser, submission, unfolds=False).status_code == 302
    assert submission in lanes.lane_rows("agreed", alice)
    assert list(lanes.lane_rows("wrote", alice)) == []
    assert SAID_YES not in start(alice)
    assert SAID_YES not in lane(alice, "agreed")


def test_start_page_marks_the_row_in_its_own_panel(alice):
    for status, panel in (("received", "Where you left off"), ("held", "Held until"), ("prepared", "Second readings")):
        submission = factories.submission_at(status, first="bob")
        Submission.objects.filter(pk=submission.pk).update(look_again_on=lifecycle.today())
        if status != "prepared":
            claims.take_claim(submission, by=alice)
        write(submission)

        page = start(alice)

        assert WROTE in page[page.index(panel) :].partition("</section>")[0], panel
        Submission.objects.filter(pk=submission.pk).update(unopened_since=None)


def test_erased_and_withdrawn_ones_are_off_the_list_and_what_does_not_open_stays(alice):
    erased, withdrawn, shut = (factories.submission_at(status) for status in ("declined", "received", "received"))
    for submission in (erased, withdrawn, shut):
        write(submission)
    Submission.objects.filter(pk=erased.pk).update(erase_on=lifecycle.today() - timedelta(days=1))
    Submission.objects.filter(pk=shut.pk).update(key_for_queue=bytes(112))

    retention.run_retention()
    retention.withdraw_submission(coming_back.open_code(withdrawn.code))
    response = room.see(factories.client_of(alice), "room_read", shut.pk)

    assert response.context["cannot_open"]
    assert list(lanes.lane_rows("wrote", alice)) == [shut]


def test_reading_page_says_that_they_wrote_and_marks_the_newest_alone(alice):
    submission, browser = factories.submission_at("received"), factories.client_of(alice)
    write(submission, "An older word.")
    room.see(browser, "room_read", submission.pk)
    write(submission)
    assert list(lanes.lane_rows("wrote", alice)) == [submission]

    response = room.see(browser, "room_read", submission.pk)

    assert WROTE in room.text_of(response)
    assert "haven’t read it yet" in room.text_of(response)
    assert [message["is_new"] for message in response.context["source"]["messages"]] == [False, True]
    assert Event.objects.filter(submission=submission, deed="open").count() == 2
    assert list(lanes.lane_rows("wrote", alice)) == []
    assert WROTE not in room.text_of(room.see(browser, "room_read", submission.pk))


def test_second_reader_sees_the_message_marked_and_agrees_once_they_have_read_it(alice, bob):
    submission, browser = factories.submission_at("prepared", first="alice"), factories.client_of(bob)
    room.second(browser, submission)
    write(submission)
    # A colleague's opening doesn't read it for the second reader.
    room.see(factories.client_of(alice), "room_read", submission.pk)

    refused = room.agree(browser, submission, unfolds=False)

    assert "It may ask for a change" in room.text_of(refused)
    assert not Story.objects.exists()
    unfolded = room.unfold(browser, submission)
    assert PLEASE in room.text_of(unfolded)
    assert "new to you" in room.text_of(unfolded)
    assert [message["is_new"] for message in unfolded.context["source"]["messages"]] == [True]
    assert room.agree(browser, submission, unfolds=False).status_code == 302
    assert Story.objects.count() == 1
