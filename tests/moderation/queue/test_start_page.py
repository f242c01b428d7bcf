from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from moderation import claims
from moderation.team.permissions import EDITORS
from moderation.views.decorators import TOKEN, words_token
from stories.core import lifecycle
from stories.intake import retention
from stories.models import LastRun, Submission, TakeDownRequest
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def _start(user, **options):
    return factories.client_of(user, **options).get(reverse("wagtailadmin_home"))


def _panels(response):
    """Our panels by the function that fills them, and Wagtail's by their class."""
    return [getattr(panel, "says", type(panel)).__name__ for panel in response.context["panels"]]


def test_moderator_sees_second_readings_first_then_what_was_left_then_the_lanes(alice, bob):
    waits = factories.submission_at("prepared", first="bob")
    own = factories.submission_at("prepared", first="alice")
    mine = factories.submission_at("received")
    claims.take_claim(mine, by=alice)

    response = _start(alice)

    page = room.text_of(response)
    assert page.index("Second readings") < page.index("Where you left off") < page.index("The queue")
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


def test_late_erasing_is_said_aloud(alice):
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

    assert "batch_panel" in of_carol
    assert not {"lanes_panel", "second_readings_panel", "where_i_left_off_panel", "RecentEditsPanel"} & set(of_carol)
    assert "RecentEditsPanel" in of_erin
    assert not {"lanes_panel", "batch_panel", "take_downs_panel"} & set(of_erin)


def test_menu_shows_only_doors_that_open(alice, carol):
    def menu(user):
        return {item.name for item in admin_menu.menu_items_for_request(SimpleNamespace(user=user))}

    ours = {"room_queue", "room_take_downs", "room_batch", "room_people", "vault_keys", "stories"}
    assert "snippets" not in menu(alice) | menu(carol)
    assert menu(alice) & ours == ours - {"room_batch"}
    assert menu(carol) & ours == ours - {"room_queue"}
    assert menu(factories.person("root", is_superuser=True)) & ours == set()


@pytest.mark.slow
def test_start_page_asks_the_database_as_often_for_fifteen_as_for_five(alice, bob):
    browser = factories.client_of(alice)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("wagtailadmin_home"))
        return len(captured)

    for _ in range(5):
        claims.take_claim(factories.submission_at("received"), by=alice)
    few = queries()
    for _ in range(10):
        claims.take_claim(factories.submission_at("received"), by=alice)

    assert queries() == few


def test_forces_answers_stand_there_for_who_can_bring_them_further(alice, bob, carol):
    entry = factories.an_entry(by=alice)
    where = reverse("room_answers:inspect", args=[entry.pk])

    assert where in room.text_of(_start(bob))
    assert where not in room.text_of(_start(alice))
    assert where not in room.text_of(_start(carol, unlocked=False))

    state = entry.current_workflow_task_state
    state.task.specific.on_action(state, bob, "reject", revision=state.revision_id, reason="promise")

    for person in (alice, bob, carol):
        assert where in room.text_of(_start(person, unlocked=False))
