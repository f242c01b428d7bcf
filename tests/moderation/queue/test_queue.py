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


def test_every_undecided_submission_is_in_one_lane_that_everybody_sees(alice, bob):
    submission = factories.submission_at("received")
    claims.take_claim(submission, by=alice)
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


def test_mine_holds_what_i_have_in_hand_now(alice, bob):
    mine, theirs, lapsed = (factories.submission_at("received") for _ in range(3))
    claims.take_claim(mine, by=alice)
    claims.take_claim(theirs, by=bob)
    claims.take_claim(lapsed, by=alice)
    Claim.objects.filter(submission=lapsed).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert _in("mine", alice) == [mine]
    page = room.text_of(room.see(factories.client_of(alice), "room_lane", "new"))
    assert "you, until" in page
    assert "bob, until" in page


def test_oldest_stands_first_with_its_age(alice):
    rows = [factories.submission_at("received") for _ in range(3)]
    for weeks, row in enumerate(rows):
        Submission.objects.filter(pk=row.pk).update(week=lifecycle.this_week() - timedelta(weeks=weeks))

    response = room.see(factories.client_of(alice), "room_lane", "new")

    assert [(row.pk, row.came) for row in response.context["object_list"]] == [
        *((rows[2].pk, "2 weeks ago"), (rows[1].pk, "1 week ago"), (rows[0].pk, "this week")),
    ]


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

    new = factories.submission_at()
    assert _next(alice, done) == new

    wrote = factories.submission_at("published")
    Submission.objects.filter(pk=wrote.pk).update(unopened_since=wrote.week)
    assert _next(alice, done) == wrote

    second = factories.submission_at("prepared", first="bob")
    assert _next(alice, done) == second

    urgent = factories.submission_at()
    assert _next(alice, done, beside=frozenset([urgent.pk])) == urgent


def test_neither_what_a_colleague_has_nor_danger_that_they_opened_is_next(alice, bob, done):
    urgent, in_hand, for_bob = (factories.submission_at() for _ in range(3))
    claims.take_claim(in_hand, by=bob)
    Submission.objects.filter(pk=for_bob.pk).update(meant_for=bob)
    room.see(factories.client_of(alice), "room_read", urgent.pk)

    assert _next(alice, done, beside=frozenset([urgent.pk])) is None


def test_decision_leads_there(alice, done):
    browser, later = factories.client_of(alice), factories.submission_at()
    claims.take_claim(done, by=alice)

    for deed in (
        lambda: room.decide(browser, alice, done, "urgent"),
        lambda: room.write_to(browser, alice, done, "decline", reason="legal", note="Kind words"),
    ):
        page = room.text_of(browser.get(deed().url))
        assert later.short_name in page
        assert f"<strong>{done.short_name}" not in page
        assert reverse("room_claim", args=[later.pk]) in page


def _start(user, **options):
    return factories.client_of(user, **options).get(reverse("wagtailadmin_home"))


def _panels(response):
    """Our panels by the function that fills them, and Wagtail's by their class."""
    return [getattr(panel, "says", type(panel)).__name__ for panel in response.context["panels"]]


def test_moderator_sees_the_lanes_first_then_second_readings_then_what_was_left(alice, bob):
    waits = factories.submission_at("prepared", first="bob")
    own = factories.submission_at("prepared", first="alice")
    mine = factories.submission_at("received")
    claims.take_claim(mine, by=alice)

    response = _start(alice)

    page = room.text_of(response)
    assert page.index("The queue") < page.index("Second readings") < page.index("Where you left off")
    assert reverse("room_second", args=[waits.pk]) in page
    assert reverse("room_second", args=[own.pk]) not in page
    assert reverse("room_read", args=[mine.pk]) in page
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
    # A site that isn't ten minutes old has nothing to erase yet.
    clock.shift(11 * 60)
    assert "Erasing is late." in room.text_of(_start(alice))

    retention.run_retention()
    assert "Erasing is late." not in room.text_of(_start(alice))

    LastRun.objects.filter(name=retention.NAME).update(at=timezone.now() - timedelta(hours=27))
    assert "Erasing is late." in room.text_of(_start(alice))


def test_key_admitted_lately_is_told_and_a_locked_vault_shows_the_way_to_unlock_it(alice):
    factories.moderator("eve", admitted_days_ago=0)

    assert "eve" in room.text_of(_start(alice))
    assert reverse("vault_unlock") in room.text_of(_start(alice, unlocked=False))


def test_coordinator_and_editor_see_panels_of_their_own_and_no_queue(carol):
    of_carol = _panels(_start(carol, unlocked=False))
    of_erin = _panels(_start(factories.person("erin", EDITORS), unlocked=False))

    assert "desk_panel" in of_carol
    assert not {"lanes_panel", "second_readings_panel", "where_i_left_off_panel", "RecentEditsPanel"} & set(of_carol)
    assert "RecentEditsPanel" in of_erin
    assert not {"lanes_panel", "desk_panel", "take_downs_panel"} & set(of_erin)


def test_menu_shows_only_doors_that_open(alice, carol):
    def menu(user):
        return {item.name for item in admin_menu.menu_items_for_request(SimpleNamespace(user=user))}

    ours = {"room_queue", "room_take_downs", "room_batch", "room_people", "vault_keys", "stories"}
    ours |= {"room_safeguarding:index", "room_ready_words:index"}
    assert "snippets" not in menu(alice) | menu(carol)
    assert menu(alice) & ours == ours - {"room_batch"}
    assert menu(carol) & ours == ours - {"room_queue"}
    assert menu(factories.person("root", is_superuser=True)) & ours == set()


def test_start_page_asks_the_database_as_often_for_fifteen_as_for_five(alice, bob):
    browser, asked = factories.client_of(alice), []

    for more in (5, 10):
        for _ in range(more):
            claims.take_claim(factories.submission_at("received"), by=alice)
        asked.append(len(room.queries_of(room.see, browser, "wagtailadmin_home")))

    assert asked[0] == asked[1]


def test_forces_answers_stand_there_for_who_can_bring_them_further(alice, bob, carol):
    entry = factories.an_entry(by=alice)
    where = reverse("room_answers:inspect", args=[entry.pk])

    assert where in room.text_of(_start(bob))
    assert where not in room.text_of(_start(alice))
    assert "its answer waits for a moderator" in room.panel_of(carol, "desk", unlocked=False)

    state = entry.current_workflow_task_state
    state.task.specific.on_action(state, bob, "reject", revision=state.revision_id, reason="promise")

    for person in (alice, bob, carol):
        assert where in room.text_of(_start(person, unlocked=False))


def test_whose_key_is_new_reads_when_they_may_agree_and_nothing_of_stopping_themself(alice, bob):
    factories.submission_at("prepared", first="alice")
    carol = factories.moderator("carol", admitted_days_ago=0)

    assert "48 hours after your key was admitted" in room.panel_of(carol, "second-readings")
    assert "needs only your yes" in room.panel_of(bob, "second-readings")
    assert "Your key was admitted" in (own := room.panel_of(carol, "vault"))
    assert "stop that key" not in own
    assert "stop that key" in room.panel_of(bob, "vault")


def test_address_that_is_not_there_leads_back_to_the_start_within_the_room(alice):
    for address in ("/admin/nothing/", "/admin/queue/00000000-0000-4000-8000-000000000000/"):
        answer = factories.client_of(alice).get(address)

        assert answer.status_code == 404
        assert "Nothing is here" in room.text_of(answer)
        assert "wagtail-sidebar-props" in room.text_of(answer)
