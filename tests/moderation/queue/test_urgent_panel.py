"""The first panel of the start page, as moderators see it with the vault open and locked, and as coordinators do."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from moderation import claims, reading
from moderation.team.permissions import COORDINATORS
from moderation.team.vault_session import MEMORY
from stories.core import lifecycle
from stories.intake import coming_back, messages
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
NOW = "I have the tablets here and I will end it tonight."
PANEL = 'id="urgent-section"'
CHILD = "My son is 14 and they shared it."


@pytest.fixture(autouse=True)
def nothing_known():
    MEMORY.forget()


def _panel(user, **options):
    page = room.text_of(factories.client_of(user, **options).get(reverse("wagtailadmin_home")))
    start = page.index(PANEL)
    return page[start : page.index("</section>", start)]


def _names(panel):
    return re.findall(r'class="room-urgent__name"[^>]*>([0-9a-f]{6})<', panel)


def test_it_stands_before_everything_else_red_only_when_something_waits(alice, bob):
    page = room.text_of(factories.client_of(alice).get(reverse("wagtailadmin_home")))
    assert page.index(PANEL) < page.index("Second readings")
    assert "room-urgent--waits" not in _panel(alice)

    account = factories.submission_at(account=NOW)

    panel = _panel(alice)
    assert "room-urgent--waits" in panel
    assert reverse("room_read", args=[account.pk]) in panel
    assert "life now" in panel


def test_life_stands_before_a_child_and_a_child_before_a_tick(alice):
    ticked, child, now = (factories.submission_at(account=words) for words in ("I rang.", CHILD, NOW))
    long_ago = lifecycle.this_week() - timedelta(weeks=5)
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True, week=long_ago)

    panel = _panel(alice)

    assert _names(panel) == [now.short_name, child.short_name, ticked.short_name]
    assert "came 5 weeks ago" in panel
    assert "marked urgent" in panel


def test_it_says_since_when_nobody_has_opened_it(alice, bob):
    account = factories.submission_at(account=NOW)
    week = lifecycle.this_week() - timedelta(weeks=2)
    Submission.objects.update(week=week)
    assert f"unread since {week.day} {week:%B}" in _panel(alice)

    reading.read_account(account, vault=factories.open_vault(bob))
    assert "somebody has opened it" in _panel(alice)

    messages.write_message(coming_back.open_code(account.code), "Are you there?")
    assert "they wrote again, unread since this week" in _panel(alice)

    claims.take_claim(account, by=bob)
    assert "in bob’s hands" in _panel(alice)


def test_unread_danger_stands_before_opened_and_opened_danger_before_a_bare_tick(alice, bob):
    opened, unread = (factories.submission_at(account=NOW) for _ in range(2))
    ticked = factories.submission_at()
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)
    reading.read_account(opened, vault=factories.open_vault(bob))

    assert _names(_panel(alice)) == [unread.short_name, opened.short_name, ticked.short_name]


def test_with_a_locked_vault_it_sees_ticks_alone_says_so_and_never_that_nothing_is_urgent(alice):
    factories.submission_at(account=NOW)
    assert "Nothing is urgent" not in _panel(alice, unlocked=False)
    ticked = factories.submission_at()
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)

    panel = _panel(alice, unlocked=False)

    assert _names(panel) == [ticked.short_name]
    assert "sees ticks alone" in panel
    assert "life now" not in panel


def test_it_says_that_nothing_is_urgent(alice):
    assert "Nothing is urgent" in _panel(alice)


def test_more_than_it_shows_lead_to_the_list(alice):
    for _ in range(9):
        factories.submission_at(account=NOW)

    panel = _panel(alice)

    assert len(_names(panel)) == 8
    assert "And 1 more" in panel


def test_coordinator_reads_two_numbers_and_that_they_count_ticks_alone(queue_key):
    factories.submission_at(account=NOW)
    ticked, late, in_a_flood = (factories.submission_at() for _ in range(3))
    Submission.objects.filter(pk=ticked.pk).update(is_urgent=True)
    Submission.objects.filter(pk=in_a_flood.pk).update(is_urgent=True, is_flood=True)
    Submission.objects.filter(pk=late.pk).update(week=lifecycle.this_week() - timedelta(weeks=20))

    panel = _panel(factories.person("carol", COORDINATORS), unlocked=False)

    assert "<strong>1</strong> account is marked urgent" in panel
    assert "<strong>1</strong> has waited longer than" in panel
    assert "counts ticks and marks alone" in panel
    assert not re.search(r"[0-9a-f]{6}</a>", panel)


def test_who_reads_and_coordinates_has_one_panel_of_it(queue_key):
    both = factories.moderator("both")
    both.groups.add(*factories.Group.objects.filter(name=COORDINATORS))

    page = room.text_of(factories.client_of(both).get(reverse("wagtailadmin_home")))

    assert page.count(PANEL) == 1
