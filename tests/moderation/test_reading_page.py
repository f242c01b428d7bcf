"""The page of an account, and a contributor's message, which every list shows and nobody says yes past."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse

from moderation import claims, decisions, working_copies
from moderation.queue import lanes
from moderation.views.decorators import TOKEN
from stories.core import dates, lifecycle
from stories.intake import coming_back, final_text, messages, retention
from stories.models import Event, Story, Submission
from stories.reading import story_facts
from tests import at_work, factories
from tests.moderation import room

pytestmark = pytest.mark.django_db

ACCOUNT = "I told PC Ravi Holt at Kettle Street, and my number is 07700 900123."
TYPED = "What I typed for half an hour"


@pytest.fixture
def submission(alice):
    found = factories.submission_at(
        "received", account=ACCOUNT, differently="Ring back.", well="She listened.", case="court"
    )
    claims.take_claim(found, by=alice)
    return found


def test_account_opens_with_marked_findings_stored_nowhere_and_one_event_a_sitting(submission, browser, alice, caplog):
    for _ in range(3):
        response = room.see(browser, "room_read", submission.pk)

    page, form = room.text_of(response), response.context["form"]
    assert "no-store" in response["Cache-Control"]
    assert "Kettle" not in json.dumps([record.getMessage() for record in caplog.records])
    [event] = Event.objects.filter(submission=submission, deed="open")
    assert (event.by, event.reason) == (alice, "")
    assert event.day is not None
    assert page.index("a court date. Is a case active?") < page.index("<details") < page.index("Kettle Street")
    assert '<details class="room-fold" open' not in page
    shown = ("Looked into, then closed", "Kent Police", "officer&#x27;s name", "phone number", "Ring back.")
    assert [words for words in (*shown, '<mark class="room-finding') if words not in page] == []
    assert [form.initial[name] for name in ("text", "differently", "well")] == [ACCOUNT, "Ring back.", "She listened."]
    assert [form.initial[name] for name in ("force", "year", "outcome")] == ["kent", "2024", "closed"]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Kettle Street" not in repr(cursor.fetchall())


def test_before_2015_is_one_year_from_answer_to_row_and_offered_where_it_was_lost(alice, bob, browser):
    first = factories.submission_at(year="before-2015")
    claims.take_claim(first, by=alice)

    form = room.see(browser, "room_read", first.pk).context["form"]

    assert form.initial["year"] == "2014"
    assert dict(form.fields["year"].choices)["2014"] == "Before 2015"
    story = factories.live_story(year="before-2015", fields={"year": form.initial["year"]})
    assert (story.year, dates.year_slug(story.year)) == (2014, "before-2015")
    assert story_facts.year_of_story(story) == "Before 2015"
    working_copies.save_version(first, factories.FIELDS | {"year": ""}, by=alice)
    lost = room.see(browser, "room_read", first.pk)
    assert lost.context["form"].initial["year"] == ""
    assert "They chose “Before 2015”." in room.text_of(lost)


def test_demand_is_of_words_that_are_there_and_goes_with_the_text_to_the_row(submission, browser, alice):
    claims.take_claim(submission, by=alice)
    for version, (said, kept) in enumerate({"": "", "Look it up first.": "know-the-law"}.items()):
        room.save(browser, alice, submission, version=version, differently=said, demand="know-the-law")

        assert working_copies.newest_copy(submission).number == version + 1
        fields = room.see(browser, "room_read", submission.pk).context["form"].initial
        assert (fields["differently"], fields["demand"]) == (said, kept)

    story = factories.live_story(fields={"demand": "know-the-law"})
    assert (story.demand, json.loads(story.agreed)["demand"]) == ("know-the-law", "know-the-law")
    assert "demand" not in json.loads(factories.live_story(fields={"demand": ""}).agreed)


def test_reader_knows_first_where_nobody_said_that_they_are_grown_up(alice, browser):
    for told, warned in (
        ({"whose": "mine"}, False),
        ({"whose": "helping", "adult_other": "yes"}, False),
        ({"whose": "helping", "adult_other": "not-sure"}, True),
        ({"whose": "someone-else"}, True),
    ):
        row = factories.submission_at(adult="yes", **told)
        factories.claim(row, by=alice)
        page = room.text_of(room.see(browser, "room_read", row.pk))
        assert ("Nobody said that the person it happened to is 18 or over" in page) is warned, told


def test_newer_version_of_somebody_else_is_shown_and_nothing_is_overwritten(submission, browser, alice, bob):
    room.save(browser, alice, submission, text="The first text")
    factories.claim(submission, by=bob)
    working_copies.save_version(submission, factories.FIELDS | {"text": "What bob wrote meanwhile"}, by=bob)
    factories.claim(submission, by=alice)

    response = room.save(browser, alice, submission, version=1, text=TYPED)

    shown = ("bob saved a newer version meanwhile", "What bob wrote meanwhile", TYPED)
    assert [words for words in shown if words not in room.text_of(response)] == []
    assert working_copies.newest_copy(submission).number == 2
    assert response.context["form"]["version"].value() == "2"
    assert room.save(browser, alice, submission, version=2, text=TYPED).status_code == 302
    assert working_copies.newest_copy(submission).number == 3


def test_form_with_a_slip_or_too_old_comes_back_whole_and_one_of_another_site_never(submission, browser, alice, bob):
    address, stranger = f"/admin/queue/{submission.pk}/save/", {"origin": "https://evil.example"}
    slip = room.text_of(room.save(browser, alice, submission, title="t" * 121, text=TYPED))
    assert [words for words in (TYPED, "t" * 121, "at most 120 characters") if words not in slip] == []
    room.save(browser, bob, submission, text=TYPED)
    assert working_copies.newest_copy(submission) is None
    old = room.text_of(room.save(browser, alice, submission, text=TYPED, more={TOKEN: "stale"}))
    assert TYPED in old
    assert working_copies.newest_copy(submission) is None
    # One more press sends it.
    assert browser.post(address, at_work.form_on(old, address).as_posted(), secure=True).status_code == 302

    planted = factories.FIELDS | {"text": "Planted by a stranger.", "version": 1, TOKEN: "made up"}
    for _is_logged_in in (True, False):
        for accept in ("text/html", "application/json"):
            response = browser.post(address, planted, secure=True, headers=stranger | {"accept": accept})
            assert response.status_code == 403
            assert "Send it again" not in room.text_of(response)
            assert not response.headers["Content-Type"].startswith("application/json")
        browser.logout()
    assert working_copies.newest_copy(submission).number == 1


def test_what_is_not_whole_not_answered_or_not_to_be_published_is_not_put_forward(submission, browser, alice):
    private = factories.submission_at("received", consent_publish=False)
    factories.claim(private, by=alice)
    room.save(browser, alice, private)
    assert "agree to a story" in room.text_of(room.put_forward(browser, private))
    room.save(browser, alice, submission, title="")
    assert "A story has a title and a text" in room.text_of(room.put_forward(browser, submission))
    room.save(browser, alice, submission, version=1, place_shown="region", force="kent")
    fields = room.see(browser, "room_read", submission.pk).context["form"].initial
    assert (fields["force"], fields["region"]) == ("", "South East"), "no more about where than is shown"

    response = room.put_forward(browser, submission, **{"check-search": ""})

    submission.refresh_from_db()
    assert submission.status == "received"
    assert "Answer the anonymity check: phrases that a search engine would find." in room.text_of(response)
    assert response.context["check"]["check-names"].value() == "clear"
    assert room.put_forward(browser, submission).status_code == 302
    submission.refresh_from_db()
    assert submission.status == "prepared"
    assert not hasattr(submission, "claim")


def test_erased_submission_shows_what_was_done_and_no_form(submission, browser):
    retention.withdraw_submission(coming_back.open_code(submission.code))

    response = room.see(browser, "room_read", submission.pk)

    assert "Its words are erased" in room.text_of(response)
    assert "withdrew it" in room.text_of(response)
    assert response.context.get("form") is None


@pytest.fixture
def written(alice):
    """In Alice's hands, looked at, with a text."""
    found = factories.submission_at("received", account="PC Ravi Holt wrote it down.\n\nNobody rang.")
    factories.look_first(found, by=alice)
    claims.take_claim(found, by=alice)
    working_copies.save_version(found, factories.FIELDS, by=alice)
    return found


@pytest.mark.store
@pytest.mark.parametrize("address", ["room_read", "room_second"])
def test_room_asks_the_database_twenty_times_at_most_however_many_wait(written, alice, bob, address):
    browser = factories.client_of(bob if address == "room_second" else alice)
    if address == "room_second":
        factories.put_forward(written, by=alice)
        room.unfold(browser, written)

    page = (room.see, browser, address, written.pk)
    assert room.see(*page[1:]).status_code == 200, "opened today already"
    alone = len(room.queries_of(*page))
    for _number in range(200):
        factories.submission_at("received")

    assert len(room.queries_of(*page)) == alone <= 20


@pytest.mark.store
def test_no_row_is_written_by_opening_a_page_again_with_nothing_new_in_it(written, bob):
    browser = factories.client_of(bob)
    room.see(browser, "room_read", written.pk)

    asked = room.queries_of(room.see, browser, "room_read", written.pk)

    assert all(query.lstrip("(").startswith("SELECT") for query in asked)
    assert not any("FOR UPDATE" in query for query in asked)


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
