"""What waits for a second person: a panel for everybody who may be the one, and for nobody else."""

import pytest
from django.urls import reverse

from moderation import claims, decisions, first_look, publishing
from moderation.policies.danger import CASE, LIFE, UNDER_18
from moderation.team.permissions import COORDINATORS
from stories.models import Submission
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db
NOW = "I have the tablets here and I will end it tonight."


@pytest.fixture
def eve(queue_key):
    return factories.moderator("eve")


def _panel(user, **options):
    return room.panel_of(user, "second-yes", **options)


def _look(submission, user, **answers):
    """As somebody answers it on its page, with nobody else at work on it."""
    claims.end_claim(submission)
    first_look.take_first_look(submission, factories.NO_RISK | answers, vault=factories.open_vault(user))


@pytest.mark.parametrize("unlocked", [True, False])
def test_letting_go_waits_visibly_for_everybody_but_who_asked(alice, bob, eve, unlocked):
    held = factories.submission_at("held")
    decisions.release_hold(held, by=alice)

    for colleague in (bob, eve):
        panel = _panel(colleague, unlocked=unlocked)
        assert "alice asked to let it go" in panel
        assert reverse("room_read", args=[held.pk]) in panel
    for other in (alice, factories.person("carol", COORDINATORS)):
        assert _panel(other, unlocked=unlocked and other == alice) == ""
    for person, is_told in ((bob, True), (alice, False)):
        listed = room.text_of(room.see(factories.client_of(person), "room_lane", "held"))
        assert ("waits for your second yes" in listed) is is_told, person

    # Nobody hears of a wish about what they put aside, or that nobody stands by.
    room.press(factories.client_of(eve), "room_put_aside", held.pk)
    assert (_panel(eve), bool(_panel(bob))) == ("", True)
    alice.is_active = False
    alice.save()
    assert _panel(bob) == ""


def test_putting_a_story_back_waits_visibly_in_the_panel_and_the_lists(alice, bob, eve):
    story = factories.live_story()
    publishing.take_down(story, by=alice)
    assert "asked back" not in room.text_of(factories.client_of(bob).get(reverse("room_stories:index")))

    publishing.put_back(story, vault=factories.open_vault(alice))

    for person, is_told in ((bob, True), (eve, True), (alice, False)):
        browser, panel = factories.client_of(person), _panel(person)
        assert ("alice asked to put the story back" in panel) == is_told
        assert (reverse("room_stories:inspect", args=[story.pk]) in panel) == is_told
        assert ("waits for your second yes" in room.text_of(room.see(browser, "room_lane", "published"))) == is_told
    assert "taken down, asked back" in room.text_of(browser.get(reverse("room_stories:index")))


def test_second_no_to_what_the_scanner_said_waits_visibly_until_two_have_said_it(alice, bob):
    account, browser = factories.submission_at(account=NOW), factories.client_of(alice)
    assert _panel(bob) == ""

    _look(account, alice)

    assert reverse("room_first_look", args=[account.pk]) in _panel(bob)
    assert _panel(alice) == ""
    for person, unlocked, is_told in ((bob, True, True), (bob, False, False), (alice, True, False)):
        rows = factories.client_of(person, unlocked=unlocked).get(reverse("room_lane", args=["urgent"]))
        assert ("waits for your second no" in room.text_of(rows)) == is_told
    assert _lanes_of(account, browser) == ["urgent"]

    _look(account, bob)

    assert _lanes_of(account, browser) == ["new"]


@pytest.mark.parametrize(
    ("slug", "words"),
    [(LIFE, "nobody is in danger now"), (UNDER_18, "nobody is in danger now"), (CASE, "no case is active now")],
)
def test_second_no_to_a_first_look_waits_visibly_once_the_vault_is_open(alice, bob, eve, slug, words):
    account = factories.submission_at()
    _look(account, alice, **{slug: "yes"})
    assert _panel(bob) == ""

    _look(account, alice)

    assert f"one person said that {words}" in _panel(bob)
    assert _panel(alice) == ""
    assert _panel(bob, unlocked=False) == ""

    _look(account, bob)
    assert _panel(eve) == ""


def test_what_a_first_look_found_in_a_published_one_is_urgent_until_it_is_answered(alice, bob, browser):
    account = factories.submission_at("published")
    _look(account, alice, **{LIFE: "yes"})
    assert _lanes_of(account, browser) == ["urgent"]

    for person in (alice, bob):
        _look(account, person)

    assert Submission.objects.get().status == "published"
    assert _lanes_of(account, browser) == []


def _lanes_of(account, browser):
    lanes = ("urgent", "new")
    return [lane for lane in lanes if account.short_name in room.text_of(room.see(browser, "room_lane", lane))]
