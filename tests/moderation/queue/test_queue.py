"""The lanes and who sees which, what comes next, and looking for an account."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from moderation import claims, conflict_of_interest, publishing, working_copies
from moderation.models import Claim
from moderation.queue import lanes as queue_lanes, search
from moderation.team.permissions import EDITORS
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle
from stories.intake import retention
from stories.models import Event, LastRun, Submission, TakeDownRequest
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


def test_next_one_is_shown_and_not_opened_and_a_second_reading_unfolded_from_there(alice, bob, browser):
    submission = factories.submission_at("received", account="A telling account")

    page = room.text_of(room.see(browser, "room_next"))

    assert (submission.short_name in page, "A telling account" in page) == (True, False)
    assert not Event.objects.filter(deed="open").exists()
    assert not Claim.objects.exists()
    factories.put_forward(submission, by=alice)
    assert reverse("room_unfold", args=[submission.pk]) in room.text_of(room.see(factories.client_of(bob), "room_next"))


def test_another_is_another_one_until_none_is_left(browser):
    factories.submission_at("received"), factories.submission_at("received")
    seen, address = [], reverse("room_next")
    for _ in range(2):
        response = browser.get(address)
        seen.append(response.context["row"].pk)
        address = f"{reverse('room_next')}?skip={response.context['skip']}"

    assert len(set(seen)) == 2
    assert "Nothing else waits for you" in room.text_of(browser.get(address))
    assert browser.get(f"{reverse('room_next')}?skip=no,{'0' * 40},").status_code == 200


@pytest.mark.store
def test_next_asks_the_database_twenty_times_at_most_however_many_wait(browser):
    room.see(browser, "room_next")
    for _ in range(200):
        factories.submission_at("received")

    assert len(room.queries_of(room.see, browser, "room_next")) <= 20


def test_enough_for_today_hands_on_what_is_open_and_keeps_an_exercise(alice, bob, browser):
    mine, colleagues = (factories.submission_at("received") for _ in range(2))
    claims.take_claim(mine, by=alice)
    claims.take_claim(colleagues, by=bob)

    response = room.press(browser, "room_enough")

    assert "Thank you." in room.text_of(browser.get(response.url))
    assert [claim.holder for claim in Claim.objects.all()] == [bob]


TITLE = "The desk with the blue lamp"


@pytest.fixture
def written(alice):
    """With a title, a force and a label, in nobody's table in the clear."""
    found = factories.submission_at("received", force="kent", kinds=["threat"], case="court")
    claims.take_claim(found, by=alice)
    working_copies.save_version(found, factories.FIELDS | {"title": TITLE, "force": "essex"}, by=alice)
    return found


def found_by(browser, words):
    """The accounts that the box finds."""
    table = room.press(browser, "room_find", q=words).context["table"]
    return [row.pk for row in table.data] if table else []


def test_account_is_found_by_its_six_letters_or_any_day_of_its_week(written, alice):
    locked, name = factories.client_of(alice, unlocked=False), written.short_name
    Submission.objects.filter(pk=written.pk).update(week=lifecycle.monday(date(2025, 11, 13)))
    factories.submission_at()

    for said in (
        *(name, name.upper(), f" {name[:2]} {name[2:4]}-{name[4:]} ", "13 November 2025", "week of 10 Nov 2025"),
        *("the week of the 16th November 2025", "13/11/2025", "2025-11-12"),
    ):
        assert found_by(locked, said) == [written.pk], said
    for said in ("17 November 2025", "9 November 2025"):
        assert found_by(locked, said) == [], said

    assert room.see(locked, "room_find").context["table"] is None
    [row] = locked.get(f"{reverse('room_find')}?q={name}").context["table"].data
    assert row.pk == written.pk


def test_day_without_a_year_is_the_last_one_that_was(monkeypatch):
    monkeypatch.setattr(lifecycle, "today", lambda: date(2026, 3, 4))

    assert search.week_named("11 November") == date(2025, 11, 10)
    assert search.week_named("4 March") == date(2026, 3, 2)
    assert search.week_named("decade") is search.week_named("31 February") is None


def test_words_are_found_in_an_open_vault_by_a_post_alone(written, alice):
    browser, locked = factories.client_of(alice), factories.client_of(alice, unlocked=False)

    for words in ("blue LAMP", "Kent Police", "essex", "a case is going on", "minute"):
        assert found_by(browser, words) == [written.pk], words
        answer = room.press(locked, "room_find", q=words)
        assert not answer.context["table"], words
        assert "The vault is locked" in room.text_of(answer), words
        asked = browser.get(reverse("room_find"), {"q": words})
        assert asked.context["table"] is None, words
        assert words not in room.text_of(asked)
    # Practice and drafts are never found.
    for changes in ({"practice_for": alice}, {"practice_for": None, "status": "draft"}):
        Submission.objects.filter(pk=written.pk).update(**changes)
        assert found_by(browser, written.short_name) == [], changes


def test_what_is_found_shows_no_word_of_it_and_leaves_no_trace(written, alice, bob):
    before = written.events.count()

    page = room.text_of(room.press(factories.client_of(bob), "room_find", q="lamp"))

    shown = (written.short_name, TITLE, factories.ACCOUNT["account"][:20])
    assert [words in page for words in shown] == [True, False, False]
    assert written.events.count() == before


@pytest.mark.parametrize("put_aside", [conflict_of_interest.skip_account, conflict_of_interest.declare_conflict])
def test_nobody_finds_what_they_put_aside_or_know_somebody_in(written, alice, bob, put_aside):
    story = factories.live_story(fields=factories.FIELDS | {"title": "Lamp of glass"})
    browser = factories.client_of(bob)
    assert found_by(browser, "lamp")
    for row in (written, story.submission):
        put_aside(row, by=bob)

    for words in (written.short_name, "lamp", "kent", f"{written.week:%d %B %Y}"):
        answer = room.press(browser, "room_find", q=words)
        assert answer.context["table"] is None, words
        assert not answer.context["stories"], words


def test_coordinator_finds_public_stories_and_no_account(written, coordinator):
    story = factories.live_story(fields=factories.FIELDS | {"title": "A lamp that stayed on"})

    answer = room.press(coordinator, "room_find", q="lamp")

    assert [*answer.context["stories"]] == [story]
    for words in (written.short_name, "lamp", f"{written.week:%d %B %Y}"):
        assert room.press(coordinator, "room_find", q=words).context["table"] is None


@pytest.mark.store
def test_box_asks_the_database_twenty_times_at_most_however_many_wait(written, alice):
    browser, asked = factories.client_of(alice), []
    for _round in range(2):
        asked.append(len(room.queries_of(found_by, browser, "minute")))
        for _number in range(30):
            factories.submission_at()

    # The first page of a log-in asks once more.
    assert asked[1] <= asked[0] <= 20


def test_each_start_page_has_the_boxes_of_what_somebody_may_find(alice, carol):
    for person, is_editor in ((alice, False), (carol, False), (factories.person("edi", EDITORS), True)):
        page = room.text_of(room.see(factories.client_of(person, unlocked=False), "wagtailadmin_home"))
        for words, is_there in (
            (f'action="{reverse("room_find")}" method="post"', not is_editor),
            # The box beside the menu.
            ('"wagtail.sidebar.SearchModule", "_args": ["/admin/find/"]', not is_editor),
            ("Search all pages", is_editor),
            ("Editor Guide", is_editor),
            *((gone, False) for gone in ("editor guide", "avatar-section", "in Wagtail 7")),
        ):
            assert (words in page) is is_there, (person, words)
