"""Pages of a list: by key in both directions, narrowed by columns and sealed labels, at one cost at any size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.seeding import submissions as seeding_queue
from moderation import claims, decisions
from moderation.models import Aside
from moderation.queue import lanes, pages
from stories.core import lifecycle
from stories.intake import coming_back, messages
from stories.models import QueueKey, Submission, TakeDownRequest
from tests import factories
from tests.moderation import room

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def seeded(settings, queue_key):
    settings.DEMO = True
    QueueKey.objects.update(made_for_demo=True)
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


# --- Walking --------------------------------------------------------------------------------


def test_walk_to_the_newest_and_back_shows_each_account_once(alice, seeded):
    seeded(90)
    browser = factories.client_of(alice)
    expected = [row.short_name for row in lanes.lane_rows("new", alice)]
    assert len(expected) > 50

    there = _walk(browser, reverse("room_lane", args=["new"]), "later")
    back = _walk(browser, f"{reverse('room_lane', args=['new'])}?to=end", "earlier")

    assert sum(there, []) == expected
    assert sum(reversed(back), []) == expected
    assert all(len(page) == 20 for page in there[:-1])


def test_page_in_the_middle_leads_both_ways(alice, seeded):
    seeded(120)
    browser = factories.client_of(alice)
    second = browser.get(browser.get(reverse("room_lane", args=["new"])).context["later"])

    before = browser.get(second.context["earlier"])
    after = browser.get(second.context["later"])

    expected = [row.short_name for row in lanes.lane_rows("new", alice)]
    assert _names(before) + _names(second) == expected[:40]
    assert _names(after)[0] == expected[40]


def test_address_that_is_no_place_in_the_list_shows_its_beginning(alice, seeded):
    seeded(30)
    browser = factories.client_of(alice)

    first = _names(browser.get("/admin/queue/new/"))

    for odd in ("from=x", "from=2026-13-45.zz", "to=", "from=%00"):
        assert _names(browser.get(f"/admin/queue/new/?{odd}")) == first


def test_lane_that_holds_more_than_a_screen_says_is_counted_no_further(alice, seeded, monkeypatch):
    seeded(40)
    monkeypatch.setattr(lanes, "MOST_COUNTED", 9)

    page = room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))

    assert lanes.lane_counts(alice)["new"] == 10
    assert "more than 9" in page


@pytest.mark.parametrize("lane", [found.slug for found in lanes.LISTS])
def test_empty_list_says_something_kind(alice, lane):
    page = room.text_of(room.see(factories.client_of(alice), "room_lane", lane))

    assert str(lanes.BY_SLUG[lane].empty) in page


def test_practice_account_and_what_was_put_aside_stand_in_no_list_of_mine(alice, bob):
    practice, aside = factories.submission_at(), factories.submission_at()
    Submission.objects.filter(pk=practice.pk).update(practice_for=alice)
    Aside.objects.create(submission=aside, person=alice)

    assert list(lanes.lane_rows("new", alice)) == []
    assert lanes.lane_counts(alice)["new"] == 0
    assert list(lanes.lane_rows("new", bob)) == [aside]


def test_urgent_lane_shows_take_down_requests_that_wait(alice):
    request = TakeDownRequest.objects.create(
        story=factories.live_story(), ground="about-me", week=lifecycle.this_week(), queue_epoch=factories.queue_key()
    )

    page = room.text_of(room.see(factories.client_of(alice), "room_lane", "urgent"))

    assert reverse("room_take_down", args=[request.pk]) in page


# --- Labels ---------------------------------------------------------------------------------


def test_labels_are_in_the_page_of_an_open_vault_and_in_no_other(alice):
    factories.submission_at(kinds=["outed"], case="court", account="word " * 400)

    unlocked = room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))
    locked = room.text_of(room.see(factories.client_of(alice, unlocked=False), "room_lane", "new"))

    for label in ("Used to out me", "3 minutes", "a case is going on", "hard to read"):
        assert label in unlocked
        # The filters name the kinds; no row does.
        assert label not in locked.partition('class="listing"')[2]


def test_what_has_no_labels_is_listed_without_any(alice):
    submission = factories.submission_at()
    Submission.objects.update(labels=None)

    response = room.see(factories.client_of(alice), "room_lane", "new")

    assert _names(response) == [submission.short_name]


# --- Filters --------------------------------------------------------------------------------


def test_columns_are_filtered_and_the_filters_stay_in_every_link(alice, seeded):
    seeded(90)
    some = list(lanes.lane_rows("new", alice).values_list("pk", flat=True)[:40])
    Submission.objects.filter(pk__in=some).update(language="cy")
    browser = factories.client_of(alice)

    first = browser.get("/admin/queue/new/?language=cy")
    second = browser.get(first.context["later"])

    assert "language=cy" in first.context["later"]
    assert len(_names(first)) == 20
    assert {row.language for row in (*first.context["object_list"], *second.context["object_list"])} == {"cy"}


def test_age_leaves_out_what_came_lately(alice):
    old, new = factories.submission_at(), factories.submission_at()
    Submission.objects.filter(pk=old.pk).update(week=lifecycle.this_week() - timedelta(weeks=3))

    response = factories.client_of(alice).get("/admin/queue/new/?age=3")

    assert _names(response) == [old.short_name]
    assert new.short_name not in _names(response)


@pytest.mark.parametrize("query", ["kind=outed", "minutes=15", "first=yes"])
def test_sealed_labels_are_filtered_by_with_an_open_vault(alice, query):
    wanted = factories.submission_at(kinds=["outed"], account="word " * 1_500, consent_ask_again=True)
    factories.submission_at()

    response = factories.client_of(alice).get(f"/admin/queue/new/?{query}")

    assert _names(response) == [wanted.short_name]


def test_locked_vault_filters_by_no_label_and_says_why(alice):
    factories.submission_at(kinds=["outed"])

    response = factories.client_of(alice, unlocked=False).get("/admin/queue/new/?kind=outed")

    assert _names(response) == []
    assert "only an open vault can look for them" in room.text_of(response)


def test_filter_looks_through_a_part_of_the_list_says_so_and_goes_on(alice, seeded, monkeypatch):
    seeded(90)
    monkeypatch.setattr(pages, "MOST_OPENED", 10)
    browser, expected = factories.client_of(alice), list(lanes.lane_rows("new", alice))
    wanted = factories.submission_at(kinds=["fake", "outed", "money", "taken"], account="word " * 3_000)

    first = browser.get("/admin/queue/new/?minutes=more")
    seen = _walk(browser, "/admin/queue/new/?minutes=more", "later")
    back = _walk(browser, "/admin/queue/new/?minutes=more&to=end", "earlier")

    assert "this page looked at 10 accounts, and there are more" in room.text_of(first)
    assert "Look further" in room.text_of(first)
    assert sum(seen, []) == sum(back, []) == [wanted.short_name]
    assert len(seen) == len(expected) // 10 + 1


def test_column_filter_looks_no_further_than_its_window_at_once(alice, seeded, monkeypatch):
    seeded(60)
    monkeypatch.setattr(pages, "WINDOW", 20)
    wanted = factories.submission_at()
    Submission.objects.exclude(pk=wanted.pk).update(language="en-gb")
    Submission.objects.filter(pk=wanted.pk).update(language="cy")

    seen = _walk(factories.client_of(alice), "/admin/queue/new/?language=cy", "later")
    back = _walk(factories.client_of(alice), "/admin/queue/new/?language=cy&to=end", "earlier")

    assert seen[0] == back[-1] == []
    assert sum(seen, []) == sum(back, []) == [wanted.short_name]


# --- Mine -----------------------------------------------------------------------------------


def test_answer_to_my_question_is_mine_until_somebody_takes_it(alice, bob):
    submission = factories.submission_at()
    claims.take_claim(submission, by=alice)
    lifecycle.advance(submission, "ask", by=alice)
    claims.end_claim(submission)
    messages.write_message(coming_back.open_code(submission.code), "Yes, in May.")

    assert list(lanes.lane_rows("mine", alice)) == [submission]
    assert list(lanes.lane_rows("mine", bob)) == []
    assert list(lanes.lane_rows("new", bob)) == [submission]

    claims.take_claim(submission, by=bob)
    assert list(lanes.lane_rows("mine", alice)) == []


def test_text_that_was_sent_back_is_its_writers(alice, bob):
    submission = factories.submission_at("prepared", first="alice")

    lifecycle.advance(submission, "send back", by=bob, reason="")

    assert list(lanes.lane_rows("mine", alice)) == [submission]
    page = room.text_of(factories.client_of(alice).get(reverse("wagtailadmin_home")))
    assert "came back to you" in page


def test_what_came_back_to_me_is_anybodys_once_i_hand_it_on(alice):
    submission = factories.submission_at("prepared", first="alice")
    lifecycle.advance(submission, "send back", reason="changed")

    room.press(factories.client_of(alice), "room_hand_on", submission.pk)

    assert list(lanes.lane_rows("mine", alice)) == []


def test_what_moves_on_is_nobodys_any_more(alice, bob):
    submission = factories.submission_at("prepared", first="alice")
    lifecycle.advance(submission, "send back", by=bob)

    factories.put_forward(submission, by=alice)

    assert list(lanes.lane_rows("mine", alice)) == []


# --- Age ------------------------------------------------------------------------------------


def test_clock_stops_while_the_contributor_is_asked(alice):
    submission = factories.submission_at()
    weeks_ago = lambda weeks: lifecycle.this_week() - timedelta(weeks=weeks)  # noqa: E731
    lifecycle.advance(submission, "ask", by=alice)
    submission.events.filter(deed="ask").update(week=weeks_ago(3))
    Submission.objects.update(week=weeks_ago(5))
    browser = factories.client_of(alice)
    assert "clock stopped" in room.text_of(room.see(browser, "room_lane", "waiting"))

    decisions.stop_waiting(submission, by=alice)

    [row] = room.see(browser, "room_lane", "new").context["object_list"]
    assert row.target == "1 week left"


def test_account_past_its_target_is_late(alice):
    factories.submission_at()
    Submission.objects.update(week=lifecycle.this_week() - timedelta(weeks=5))

    assert "2 weeks late" in room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))


# --- Cost -----------------------------------------------------------------------------------


def _queries_of_every_page(browser):
    """How many queries the first, a later and the last page of each list take."""
    addresses = [reverse("room_lane", args=[lane.slug]) for lane in lanes.LANES]
    new = reverse("room_lane", args=["new"])
    found = {}
    for address in (*addresses, f"{new}?to=end", f"{new}?language=cy", f"{new}?minutes=5"):
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        found[address] = len(queries)
    return found


@pytest.mark.full
@pytest.mark.slow
def test_every_page_asks_the_database_as_often_at_three_hundred_as_at_thirty(alice, seeded):
    browser = factories.client_of(alice)
    seeded(30)
    for changes in ({"is_urgent": True}, {"is_flood": True}, {"meant_for": alice}, {"language": "cy"}):
        Submission.objects.filter(pk=lanes.lane_rows("new", alice).filter(meant_for=None).last().pk).update(**changes)
    for status in ("waiting", "held"):
        Submission.objects.filter(pk=lanes.lane_rows("new", alice).filter(meant_for=None).first().pk).update(
            status=status
        )
    few = _queries_of_every_page(browser)
    seeded(300)

    many = _queries_of_every_page(browser)

    assert many == few
    assert max(many.values()) < 24


@pytest.mark.parametrize("lane", [found.slug for found in lanes.LISTS if found.slug not in ("mine", "flood")])
def test_list_is_read_in_the_order_of_an_index_and_never_sorted(alice, lane):
    place = pages.Place.read(f"{lifecycle.this_week()}.{'0' * 32}", "")
    _as_if_there_were_many()

    plan = pages._rows_from(lanes.rows_in_lane(lanes.BY_SLUG[lane], alice), place)[:20].explain()

    assert "submission_" in plan
    # In the words of either database.
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def _as_if_there_were_many():
    """PostgreSQL sorts a handful of rows rather than walk an index; where it may not, it sorts only if it has to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
