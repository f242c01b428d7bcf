"""A contributor's message is never overlooked: every list shows it, and nobody says yes past it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation import claims, decisions, working_copies
from moderation.models import Agreement
from moderation.queue import lanes
from stories.core import lifecycle
from stories.intake import coming_back, final_text, messages, retention
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

PLEASE = "Please take the bit about the hospital out."
WROTE, SAID_YES = "they wrote\n", "they said yes\n"


def write(submission, text=PLEASE):
    messages.write_message(coming_back.open_code(submission.code), text)


def say_yes(submission):
    final_text.say_yes(coming_back.open_code(submission.code), working_copies.newest_copy(submission).digest)


def lane(user, slug="wrote"):
    return room.text_of(room.see(factories.client_of(user), "room_lane", slug))


def start(user):
    return room.text_of(factories.client_of(user).get(reverse("wagtailadmin_home")))


# --- Lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["received", "held", "prepared", "agreed", "published", "counted", "declined"])
def test_message_is_listed_in_whatever_state_until_a_moderator_opens_it(alice, bob, status):
    submission = factories.submission_at(status)
    assert list(lanes.lane_rows("wrote", bob)) == []

    write(submission)

    assert list(lanes.lane_rows("wrote", bob)) == [submission]
    assert lanes.lane_counts(bob)["wrote"] == 1
    assert WROTE in lane(bob)
    assert str(submission.pk) in start(bob)
    room.see(factories.client_of(alice), "room_read", submission.pk)
    assert list(lanes.lane_rows("wrote", bob)) == []
    assert WROTE not in start(bob)


def test_answer_to_a_question_stands_in_words_in_its_lane(alice, bob):
    submission = factories.submission_at("received")
    claims.take_claim(submission, by=alice)
    decisions.ask_contributor(submission, "Which year was it?", by=alice)
    factories.ten_minutes_pass()

    write(submission, "It was 2023.")

    assert WROTE in lane(bob, "new")
    assert submission in lanes.lane_rows("wrote", bob)


def test_row_nobody_wrote_about_says_nothing(alice):
    submission = factories.submission_at("received")

    page = lane(alice, "new")

    assert submission.short_name in page
    assert WROTE not in page


def test_yes_of_a_contributor_is_listed_too(alice, bob):
    submission = factories.submission_at("prepared", consent_ask_again=True)

    say_yes(submission)

    assert SAID_YES in lane(bob)
    assert SAID_YES in lane(bob, "second")
    assert SAID_YES in start(bob)
    room.second(factories.client_of(bob), submission)
    assert list(lanes.lane_rows("wrote", bob)) == []


@pytest.mark.parametrize(("status", "panel"), [("received", "Where you left off"), ("held", "Held until now")])
def test_start_page_marks_the_row_in_its_own_panel(alice, status, panel):
    submission = factories.submission_at(status)
    Submission.objects.filter(pk=submission.pk).update(look_again_on=lifecycle.today())
    claims.take_claim(submission, by=alice)
    write(submission)

    page = start(alice)

    assert WROTE in page[page.index(panel) :].partition("</section>")[0]


def test_second_readings_on_the_start_page_are_marked(alice, bob):
    submission = factories.submission_at("prepared", first="alice")
    write(submission)

    page = start(bob)

    assert WROTE in page[page.index("Second readings") :].partition("</section>")[0]


def test_decided_row_offers_no_claim(alice):
    submission = factories.submission_at("declined")
    write(submission)

    page = lane(alice)

    assert "Declined" in page
    assert reverse("room_claim", args=[submission.pk]) not in page


def test_erased_and_withdrawn_ones_are_off_the_list(alice):
    erased, withdrawn = factories.submission_at("declined"), factories.submission_at("received")
    for submission in (erased, withdrawn):
        write(submission)
    Submission.objects.filter(pk=erased.pk).update(erase_on=lifecycle.today() - timedelta(days=1))

    retention.run_retention()
    retention.withdraw_submission(coming_back.open_code(withdrawn.code))

    assert list(lanes.lane_rows("wrote", alice)) == []


@pytest.mark.full
@pytest.mark.slow
def test_lists_ask_the_database_as_often_for_sixty_messages_as_for_five(alice):
    browser = factories.client_of(alice)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("room_lane", args=["wrote"]))
            browser.get(reverse("wagtailadmin_home"))
        return len(captured)

    def fill(count):
        for _ in range(count):
            submission = factories.submission_at("received")
            claims.take_claim(submission, by=alice)
            write(submission)

    fill(5)
    few = queries()
    fill(55)

    assert lanes.lane_rows("wrote", alice).count() == 60
    assert queries() == few


# --- The pages ------------------------------------------------------------------------------


def test_reading_page_says_that_they_wrote_and_marks_the_newest_alone(alice):
    submission, browser = factories.submission_at("received"), factories.client_of(alice)
    write(submission, "An older word.")
    room.see(browser, "room_read", submission.pk)
    write(submission)

    response = room.see(browser, "room_read", submission.pk)

    assert WROTE in room.text_of(response)
    assert "haven’t read it yet" in room.text_of(response)
    assert [message["is_new"] for message in response.context["source"]["messages"]] == [False, True]
    assert WROTE not in room.text_of(room.see(browser, "room_read", submission.pk))


def test_message_in_the_middle_of_a_sitting_is_opened_by_the_next_look(alice):
    submission, browser = factories.submission_at("received"), factories.client_of(alice)
    room.see(browser, "room_read", submission.pk)
    write(submission)
    assert list(lanes.lane_rows("wrote", alice)) == [submission]

    room.see(browser, "room_read", submission.pk)

    assert Event.objects.filter(submission=submission, deed="open").count() == 2
    assert list(lanes.lane_rows("wrote", alice)) == []


def test_second_reader_sees_the_message_marked_though_the_first_had_opened_it(alice, bob):
    submission = factories.submission_at("prepared", first="alice")
    write(submission)
    room.see(factories.client_of(alice), "room_read", submission.pk)

    response = room.unfold(factories.client_of(bob), submission)

    page = room.text_of(response)
    assert PLEASE in page
    assert "new to you" in page
    assert [message["is_new"] for message in response.context["source"]["messages"]] == [True]


def test_account_that_does_not_open_stays_unopened(alice):
    submission = factories.submission_at("received")
    write(submission)
    Submission.objects.filter(pk=submission.pk).update(key_for_queue=bytes(112))

    response = room.see(factories.client_of(alice), "room_read", submission.pk)

    assert response.context["cannot_open"]
    assert list(lanes.lane_rows("wrote", alice)) == [submission]


# --- No yes past a message ------------------------------------------------------------------


def test_agreeing_past_a_message_is_refused_until_the_second_reader_has_read_it(alice, bob):
    submission, browser = factories.submission_at("prepared", first="alice"), factories.client_of(bob)
    room.second(browser, submission)
    write(submission)

    refused = room.agree(browser, submission, unfolds=False)

    assert "It may ask for a change" in room.text_of(refused)
    assert not Story.objects.exists()
    assert room.agree(browser, submission).status_code == 302
    assert Story.objects.count() == 1


def test_opening_of_a_colleague_does_not_read_it_for_the_second_reader(alice, bob):
    submission = factories.submission_at("prepared", first="alice")
    write(submission)
    room.see(factories.client_of(alice), "room_read", submission.pk)

    room.agree(factories.client_of(bob), submission, unfolds=False)

    assert not Story.objects.exists()


def test_putting_forward_past_a_message_is_refused_until_it_is_read(alice):
    submission, browser = factories.submission_at("received"), factories.client_of(alice)
    room.see(browser, "room_read", submission.pk)
    room.save(browser, alice, submission)
    write(submission)

    refused = room.put_forward(browser, submission)

    assert "It may ask for a change" in room.text_of(refused)
    assert PLEASE in room.text_of(refused)
    assert not Agreement.objects.exists()
    room.put_forward(browser, submission)
    assert Agreement.objects.count() == 1


def test_yes_of_a_contributor_stands_in_nobodys_way(alice, bob):
    submission, browser = factories.submission_at("prepared", consent_ask_again=True), factories.client_of(bob)
    room.second(browser, submission)

    say_yes(submission)

    assert room.agree(browser, submission).status_code == 302
    assert Story.objects.count() == 1


def test_yes_of_a_contributor_leaves_every_list_once_two_have_agreed(alice, bob):
    submission = factories.submission_at("prepared", consent_ask_again=True)
    browser = factories.client_of(bob)
    room.unfold(browser, submission)
    say_yes(submission)
    assert SAID_YES in start(bob)

    room.agree(browser, submission, unfolds=False)

    assert submission in lanes.lane_rows("agreed", alice)
    assert list(lanes.lane_rows("wrote", alice)) == []
    assert SAID_YES not in start(alice)
    assert SAID_YES not in lane(alice, "agreed")
