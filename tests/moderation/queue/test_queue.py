from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from moderation import claims, publishing
from moderation.models import Claim
from moderation.queue import lanes as queue_lanes
from moderation.team.permissions import EDITORS
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle
from stories.intake import retention
from stories.models import LastRun, Submission, TakeDownRequest
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def _in(lane, user):
    return list(queue_lanes.lane_rows(lane, user))


_URGENT, _FLOOD = {"is_urgent": True}, {"is_flood": True}


def test_every_undecided_submission_is_in_one_lane_that_everybody_sees(submission, alice, bob):
    for status, changes, lane in (
        *(("received", {}, "new"), ("received", _URGENT, "urgent"), ("received", _FLOOD, "flood")),
        *(("received", _FLOOD | _URGENT, "flood"), ("prepared", {}, "second"), ("prepared", _URGENT, "second")),
        *(("waiting", {}, "waiting"), ("held", {}, "held")),
        *((status, {}, status) for status in ("agreed", "published", "counted", "declined", "withdrawn")),
    ):
        Submission.objects.update(status=status, **{"is_urgent": False, "is_flood": False} | changes)

        assert [found.slug for found in queue_lanes.LISTS if _in(found.slug, bob)] == [lane], status
        assert queue_lanes.lane_counts(bob).get(lane, 1) == 1, status

    Submission.objects.update(status="draft")
    assert not any(_in(found.slug, alice) for found in queue_lanes.LISTS)


def test_mine_holds_what_i_have_in_hand_now_and_the_oldest_stands_first_with_its_age(alice, bob):
    mine, theirs, lapsed = rows = [factories.submission_at("received") for _ in range(3)]
    for weeks, row in enumerate(rows):
        Submission.objects.filter(pk=row.pk).update(week=lifecycle.this_week() - timedelta(weeks=weeks))
        claims.take_claim(row, by=bob if row == theirs else alice)
    Claim.objects.filter(submission=lapsed).update(expires_at=timezone.now() - timedelta(seconds=1))

    response = room.see(factories.client_of(alice), "room_lane", "new")

    assert _in("mine", alice) == [mine]
    for words in ("you, until", "bob, until"):
        assert words in room.text_of(response)
    came = [(row.pk, row.came) for row in response.context["object_list"]]
    assert came == [(lapsed.pk, "2 weeks ago"), (theirs.pk, "1 week ago"), (mine.pk, "this week")]


@pytest.mark.parametrize("status", ["agreed", "published"])
def test_row_of_a_story_that_was_taken_down_says_so(alice, bob, status):
    down, up = (factories.submission_at(status) for _ in range(2))
    publishing.take_down(down.story, by=alice)

    rows = room.see(factories.client_of(alice), "room_lane", status).context["object_list"]

    told = {row.pk: "taken down" in [tag.words for tag in row.tags] for row in rows}
    assert told == {down.pk: True, up.pk: False}


def test_queue_opens_on_the_first_lane_that_holds_something(browser):
    factories.submission_at("received")
    assert browser.get("/admin/queue/").context["lane"].slug == "new"

    Submission.objects.update(is_urgent=True)

    assert browser.get("/admin/queue/").context["lane"].slug == "urgent"
    assert browser.get("/admin/queue/gossip/").status_code == 404


@pytest.fixture
def done(alice):
    return factories.submission_at()


def _next(user, done, beside=frozenset()):
    return queue_lanes.next_row_for(user, beside, skip=[done.pk])[0]


def test_each_comes_after_what_stands_before_it_in_the_team_s_order(alice, bob, done):
    assert _next(alice, done) is None
    # Neither what a colleague has nor danger that they opened is next.
    opened, in_hand, for_bob = (factories.submission_at() for _ in range(3))
    claims.take_claim(in_hand, by=bob)
    Submission.objects.filter(pk=for_bob.pk).update(meant_for=bob)
    room.see(factories.client_of(alice), "room_read", opened.pk)
    assert _next(alice, done, beside=frozenset([opened.pk])) is None

    new = factories.submission_at()
    assert _next(alice, done, beside=frozenset([opened.pk])) == new

    wrote = factories.submission_at("published")
    Submission.objects.filter(pk=wrote.pk).update(unopened_since=wrote.week)
    assert _next(alice, done) == wrote

    second = factories.submission_at("prepared", first="bob")
    assert _next(alice, done) == second

    urgent = factories.submission_at()
    assert _next(alice, done, beside=frozenset([urgent.pk])) == urgent


def test_decision_leads_there(alice, done):
    browser, later = factories.client_of(alice), factories.submission_at()
    claims.take_claim(done, by=alice)

    for deed in (
        lambda: room.decide(browser, alice, done, "urgent"),
        lambda: room.write_to(browser, alice, done, "decline", reason="legal", note="Kind words"),
    ):
        page = room.text_of(browser.get(deed().url))
        told = (later.short_name, reverse("room_claim", args=[later.pk]), f"<strong>{done.short_name}")
        assert [words in page for words in told] == [True, True, False]


def _start(user, **options):
    return factories.client_of(user, **options).get(reverse("wagtailadmin_home"))


def _panels(response):
    """Our panels by the function that fills them, and Wagtail's by their class."""
    return [getattr(panel, "says", type(panel)).__name__ for panel in response.context["panels"]]


def test_moderator_sees_the_lanes_first_then_second_readings_then_what_was_left(submission, alice):
    waits, own = (factories.submission_at("prepared", first=first) for first in ("bob", "alice"))

    response = _start(alice)

    page = room.text_of(response)
    assert page.index("The queue") < page.index("Second readings") < page.index("Where you left off")
    ways = (("room_second", waits, True), ("room_second", own, False), ("room_read", submission, True))
    for name, row, is_there in ways:
        assert (reverse(name, args=[row.pk]) in page) is is_there, name
    assert "RecentEditsPanel" not in _panels(response)


def test_take_down_request_counts_among_the_urgent_and_is_there_until_it_is_settled(alice, bob):
    for _ in range(2):
        factories.submission_at("received")
    ticked = factories.submission_at("received")
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)
    request = TakeDownRequest.objects.create(
        story=factories.live_story(), ground="about-me", week=lifecycle.this_week(), queue_epoch=factories.queue_key()
    )
    address = reverse("room_take_down", args=[request.pk])

    lanes = room.see(factories.client_of(alice), "room_queue").context["lanes"]

    assert {each["label"]: each["count"] for each in lanes if each["count"] != "0"} == {"Urgent": "2", "New": "2"}
    assert address in room.text_of(_start(alice))
    assert address in room.text_of(room.see(factories.client_of(alice), "room_lane", "urgent"))

    room.press(factories.client_of(alice), "room_settle", request.pk, **{TOKEN: words_token(alice)})

    assert address not in room.text_of(_start(alice))


def test_late_erasing_is_said_aloud(alice, clock):
    def is_said():
        return "Erasing is late." in room.text_of(_start(alice))

    # A site that isn't ten minutes old has nothing to erase yet.
    clock.shift(11 * 60)
    assert is_said()

    retention.run_retention()
    assert not is_said()

    LastRun.objects.filter(name=retention.NAME).update(at=timezone.now() - timedelta(hours=27))
    assert is_said()


def test_coordinator_and_editor_see_panels_of_their_own_and_no_queue(carol):
    of_moderators = {"lanes_panel", "second_readings_panel", "where_i_left_off_panel"}
    for person, has, others in (
        (carol, "desk_panel", {"RecentEditsPanel"}),
        (factories.person("erin", EDITORS), "RecentEditsPanel", {"desk_panel", "take_downs_panel"}),
    ):
        panels = set(_panels(_start(person, unlocked=False)))
        assert has in panels
        assert not panels & (of_moderators | others)


def test_menu_shows_only_doors_that_open(alice, carol):
    def menu(user):
        return {item.name for item in admin_menu.menu_items_for_request(SimpleNamespace(user=user))}

    ours = {"room_queue", "room_take_downs", "room_batch", "room_people", "vault_keys", "stories"}
    ours |= {"room_safeguarding:index", "room_ready_words:index"}
    assert "snippets" not in menu(alice) | menu(carol)
    assert menu(alice) & ours == ours - {"room_batch"}
    assert menu(carol) & ours == ours - {"room_queue"}
    assert menu(factories.person("root", is_superuser=True)) & ours == set()


def test_forces_answers_stand_there_for_who_can_bring_them_further(alice, bob, carol):
    entry = factories.an_entry(by=alice)
    where = reverse("room_answers:inspect", args=[entry.pk])

    assert [where in room.text_of(_start(person)) for person in (bob, alice)] == [True, False]
    assert "its answer waits for a moderator" in room.panel_of(carol, "desk", unlocked=False)

    state = entry.current_workflow_task_state
    state.task.specific.on_action(state, bob, "reject", revision=state.revision_id, reason="promise")

    for person in (alice, bob, carol):
        assert where in room.text_of(_start(person, unlocked=False))


def test_whose_key_is_new_reads_when_they_may_agree_and_nothing_of_stopping_themself(alice, bob):
    factories.submission_at("prepared", first="alice")
    carol = factories.moderator("carol", admitted_days_ago=0)

    for person, panel, says, stops in (
        (carol, "second-readings", "48 hours after your key was admitted", False),
        (bob, "second-readings", "needs only your yes", False),
        (carol, "vault", "Your key was admitted", False),
        (bob, "vault", "carol", True),
    ):
        shown = room.panel_of(person, panel)
        assert (says in shown, "stop that key" in shown) == (True, stops), (person, panel)
    # A locked vault shows the way to unlock it.
    assert reverse("vault_unlock") in room.text_of(_start(alice, unlocked=False))


def test_address_that_is_not_there_leads_back_to_the_start_within_the_room(alice):
    for address in ("/admin/nothing/", "/admin/queue/00000000-0000-4000-8000-000000000000/"):
        answer = factories.client_of(alice).get(address)

        assert answer.status_code == 404
        for words in ("Nothing is here", "wagtail-sidebar-props"):
            assert words in room.text_of(answer)
