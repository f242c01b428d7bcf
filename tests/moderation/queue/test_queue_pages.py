"""Pages of a list: by key in both directions, at one cost at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from bench.seeding import submissions as seeding_queue
from moderation import claims, decisions
from moderation.queue import lanes, rows as queue_rows
from stories.core import lifecycle
from stories.intake import coming_back, messages
from stories.models import QueueKey, Submission
from tests import factories
from tests.moderation import room

pytestmark = [pytest.mark.django_db, pytest.mark.store]
NEW = "/admin/queue/new/"


@pytest.fixture
def seeded(settings, queue_key, monkeypatch):
    """Fill the queue, of which a page shows five rows."""
    settings.DEMO = True
    QueueKey.objects.update(made_for_demo=True)
    monkeypatch.setattr(queue_rows, "PAGE", 5)
    return lambda count: seeding_queue.seed(count, chance=1)


def _names(response):
    return [row.short_name for row in response.context["object_list"]]


def _walk(browser, address, way):
    """Follow one way from page to page; returns every row that was shown, in the order of the walk."""
    seen = []
    while address:
        response = browser.get(address)
        seen.append(_names(response))
        address = response.context[way]
    return seen


def test_walk_to_the_newest_and_back_shows_each_account_once(alice, seeded, browser):
    seeded(35)
    expected = [row.short_name for row in lanes.lane_rows("new", alice)]
    assert len(expected) > 15

    there, back = _walk(browser, NEW, "later"), _walk(browser, f"{NEW}?to=end", "earlier")
    second = browser.get(browser.get(NEW).context["later"])

    assert sum(there, []) == sum(reversed(back), []) == expected
    assert all(len(page) == 5 for page in there[:-1])
    assert _names(browser.get(second.context["earlier"])) == expected[:5]


def test_address_that_is_no_place_in_the_list_is_its_beginning():
    for odd in ("x", "2026-13-45.zz", "", "\0"):
        assert queue_rows.Place.read(odd, odd) == queue_rows.Place(), odd


def test_lane_that_holds_more_than_a_screen_says_is_counted_no_further(alice, monkeypatch):
    for _ in range(3):
        factories.submission_at()
    monkeypatch.setattr(lanes, "MOST_COUNTED", 2)

    page = room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))

    assert lanes.lane_counts(alice)["new"] == 3
    assert "more than 2" in page


def test_labels_are_in_the_page_of_an_open_vault_and_in_no_other(alice):
    factories.submission_at(kinds=["outed"], case="court", account="word " * 400)
    unlabelled = factories.submission_at()
    Submission.objects.filter(pk=unlabelled.pk).update(labels=None)

    unlocked = room.see(factories.client_of(alice), "room_lane", "new")
    locked = room.text_of(room.see(factories.client_of(alice, unlocked=False), "room_lane", "new"))

    assert unlabelled.short_name in _names(unlocked)
    for label in ("Used to out me", "3 minutes", "a case is going on", "hard to read"):
        assert label in room.text_of(unlocked)
        assert label not in locked


def test_ticks_of_a_flood_stand_first_on_a_walk_through_its_tray(alice, monkeypatch):
    monkeypatch.setattr(queue_rows, "PAGE", 4)
    for place in range(10):
        row, week = factories.submission_at(), lifecycle.this_week() - timedelta(weeks=place % 3)
        Submission.objects.filter(pk=row.pk).update(is_flood=True, is_urgent=place % 4 == 3, week=week)
    expected = [row.short_name for row in Submission.objects.order_by("-is_urgent", "week", "id")]
    # With an open vault: test_floods.py.
    browser, tray = factories.client_of(alice, unlocked=False), reverse("room_lane", args=["flood"])

    for start, way in (("", "later"), ("?to=end", "earlier")):
        pages = _walk(browser, f"{tray}{start}", way)
        assert sum(pages if way == "later" else reversed(pages), []) == expected, start


def test_answer_to_my_question_is_mine_until_somebody_takes_it(submission, alice, bob):
    lifecycle.advance(submission, "ask", by=alice)
    claims.end_claim(submission)
    messages.write_message(coming_back.open_code(submission.code), "Yes, in May.")

    for lane, person, is_there in (("mine", alice, True), ("mine", bob, False), ("new", bob, True)):
        assert list(lanes.lane_rows(lane, person)) == [submission] * is_there, (lane, person)
    claims.take_claim(submission, by=bob)
    assert list(lanes.lane_rows("mine", alice)) == []


@pytest.mark.parametrize("ends", ["handed on", "put forward"])
def test_text_that_was_sent_back_is_its_writers_until_it_moves_on(alice, bob, ends):
    submission, browser = factories.submission_at("prepared", first="alice"), factories.client_of(alice)

    lifecycle.advance(submission, "send back", by=bob, reason="")

    assert list(lanes.lane_rows("mine", alice)) == [submission]
    assert "came back to you" in room.text_of(browser.get(reverse("wagtailadmin_home")))

    if ends == "handed on":
        room.press(browser, "room_hand_on", submission.pk)
    else:
        factories.put_forward(submission, by=alice)
    assert list(lanes.lane_rows("mine", alice)) == []


def test_clock_stops_while_the_contributor_is_asked_and_then_runs_out(alice):
    submission, browser = factories.submission_at(), factories.client_of(alice)
    weeks_ago = lambda weeks: lifecycle.this_week() - timedelta(weeks=weeks)  # noqa: E731
    lifecycle.advance(submission, "ask", by=alice)
    submission.events.filter(deed="ask").update(week=weeks_ago(3))
    Submission.objects.update(week=weeks_ago(5))
    assert "clock stopped" in room.text_of(room.see(browser, "room_lane", "waiting"))

    decisions.stop_waiting(submission, by=alice)

    for weeks, left in ((5, "1 week left"), (8, "2 weeks late")):
        Submission.objects.update(week=weeks_ago(weeks))
        [row] = room.see(browser, "room_lane", "new").context["object_list"]
        assert row.target == left


def test_every_page_asks_the_database_as_often_at_seventy_as_at_thirty(alice, seeded, browser):
    def queries_of_each():
        addresses = [*(reverse("room_lane", args=[lane.slug]) for lane in lanes.LANES), f"{NEW}?to=end"]
        return {address: len(room.queries_of(browser.get, address)) for address in addresses}

    seeded(30)
    marks = ({"is_urgent": True}, {"is_flood": True}, {"meant_for": alice}, {"language": "cy"})
    for changes in (*marks, {"status": "waiting"}, {"status": "held"}):
        Submission.objects.filter(pk=lanes.lane_rows("new", alice).filter(meant_for=None).last().pk).update(**changes)
    few = queries_of_each()
    seeded(40)

    many = queries_of_each()

    assert many == few
    assert max(many.values()) <= 21


def test_list_is_read_in_the_order_of_an_index_and_never_sorted(alice):
    place = queue_rows.Place.read(f"{lifecycle.this_week()}.{'0' * 32}", "")
    if connection.vendor == "postgresql":
        # It sorts a handful of rows rather than walk an index; where it may not, it sorts only if it has to.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")

    for lane in (each for each in lanes.LISTS if each.slug not in ("mine", "flood")):
        plan = queue_rows._rows_from(lanes.rows_in_lane(lane, alice), place)[:20].explain()

        assert "submission_" in plan, lane.slug
        # In the words of either database.
        assert "TEMP B-TREE" not in plan, lane.slug
        assert "Sort" not in plan, lane.slug
