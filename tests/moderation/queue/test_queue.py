from datetime import timedelta

import pytest
from django.utils import timezone

from moderation import claims, publishing
from moderation.models import Claim
from moderation.queue import lanes as queue_lanes
from stories.core import lifecycle
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def _in(lane, user):
    return list(queue_lanes.lane_rows(lane, user))


@pytest.mark.parametrize(
    ("status", "changes", "lane"),
    [
        ("received", {}, "new"),
        ("received", {"is_urgent": True}, "urgent"),
        ("received", {"is_flood": True}, "flood"),
        ("received", {"is_flood": True, "is_urgent": True}, "flood"),
        ("prepared", {}, "second"),
        ("prepared", {"is_urgent": True}, "second"),
        ("waiting", {}, "waiting"),
        ("held", {}, "held"),
    ],
)
def test_every_undecided_submission_is_in_one_lane_that_everybody_sees(alice, bob, status, changes, lane):
    submission = factories.submission_at("received")
    Submission.objects.filter(pk=submission.pk).update(status=status, **changes)

    lanes = [found.slug for found in queue_lanes.LISTS if _in(found.slug, bob)]

    assert lanes == [lane]
    assert queue_lanes.lane_counts(bob)[lane] == 1


@pytest.mark.parametrize("status", ["draft", "agreed", "published", "counted", "declined", "withdrawn"])
def test_what_nobody_has_to_decide_is_in_no_lane(alice, status):
    submission = factories.submission_at("received")
    claims.take_claim(submission, by=alice)
    Submission.objects.filter(pk=submission.pk).update(status=status)

    assert [found.slug for found in queue_lanes.LANES if _in(found.slug, alice) and found.slug != "mine"] == []


def test_mine_holds_what_i_have_in_hand_now(alice, bob):
    mine, theirs, lapsed = (factories.submission_at("received") for _ in range(3))
    claims.take_claim(mine, by=alice)
    claims.take_claim(theirs, by=bob)
    claims.take_claim(lapsed, by=alice)
    Claim.objects.filter(submission=lapsed).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert _in("mine", alice) == [mine]


def test_oldest_stands_first_with_its_age(alice):
    rows = [factories.submission_at("received") for _ in range(6)]
    for weeks, row in enumerate(rows):
        Submission.objects.filter(pk=row.pk).update(week=lifecycle.this_week() - timedelta(weeks=weeks))

    response = room.see(factories.client_of(alice), "room_lane", "new")

    assert list(response.context["object_list"]) == rows[::-1]
    assert "5 weeks ago" in room.text_of(response)
    assert "this week" in room.text_of(response)


def test_page_says_who_has_what_in_hand(alice, bob):
    mine, theirs = factories.submission_at("received"), factories.submission_at("received")
    claims.take_claim(mine, by=alice)
    claims.take_claim(theirs, by=bob)

    page = room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))

    assert "you, until" in page
    assert "bob, until" in page


def test_second_reader_is_led_to_the_second_reading_and_the_writer_is_not(alice, bob):
    submission = factories.submission_at("prepared", first="alice")

    for_bob = room.text_of(room.see(factories.client_of(bob), "room_lane", "second"))
    for_alice = room.text_of(room.see(factories.client_of(alice), "room_lane", "second"))

    assert f"/admin/queue/{submission.pk}/second/" in for_bob
    assert f"/admin/queue/{submission.pk}/second/" not in for_alice
    assert "your text" in for_alice


@pytest.mark.parametrize("status", ["agreed", "published"])
def test_row_of_a_story_that_was_taken_down_says_so(alice, bob, status):
    down, up = (factories.submission_at(status) for _ in range(2))
    publishing.take_down(down.story, by=alice)

    rows = room.see(factories.client_of(alice), "room_lane", status).context["object_list"]

    told = {row.pk: "taken down" in [tag.words for tag in row.tags] for row in rows}
    assert told == {down.pk: True, up.pk: False}


def test_lane_in_pages_of_twenty(alice):
    for _ in range(22):
        factories.submission_at("received")
    browser = factories.client_of(alice)

    first = browser.get("/admin/queue/new/")
    second = browser.get(first.context["later"])

    assert len(first.context["object_list"]) == 20
    assert len(second.context["object_list"]) == 2


def test_unknown_lane_is_not_found(alice):
    assert factories.client_of(alice).get("/admin/queue/gossip/").status_code == 404


def test_queue_opens_on_the_first_lane_that_holds_something(alice):
    factories.submission_at("received")
    browser = factories.client_of(alice)
    assert browser.get("/admin/queue/").context["lane"].slug == "new"

    Submission.objects.update(is_urgent=True)

    assert browser.get("/admin/queue/").context["lane"].slug == "urgent"


@pytest.mark.slow
def test_queue_asks_the_database_as_often_for_sixty_as_for_five(alice, bob, django_assert_num_queries):
    browser = factories.client_of(alice)
    _fill(5, alice, bob)
    few = _queries_of(browser)
    _fill(55, alice, bob)

    assert _queries_of(browser) == few
    assert few < 24


def _fill(count, *people):
    for number in range(count):
        submission = factories.submission_at("received")
        claims.take_claim(submission, by=people[number % 2])


def _queries_of(browser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get("/admin/queue/new/")
    return len(queries)
