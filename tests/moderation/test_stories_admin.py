from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from moderation import publishing
from moderation.team.permissions import Refused
from stories.core import lifecycle, snapshot, takedown
from stories.intake import retention
from stories.models import Event, Story, Submission
from tests import factories
from tests.moderation import room
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice, bob):
    return factories.live_story(fields={"title": "A title of its own", "text": "The text of the story."})


def _do(user, name, story):
    return factories.client_of(user).post(reverse(f"room_stories:{name}", args=[story.pk]))


def _status(story):
    return Story.objects.get(pk=story.pk).status


def test_list_and_page_show_a_story_and_to_a_coordinator_live_ones_only(story, alice, coordinator):
    browser, index = factories.client_of(alice), reverse("room_stories:index")
    address = reverse("room_stories:inspect", args=[story.pk])
    takedown.hide_story(factories.live_story())

    assert "A title of its own" in room.text_of(browser.get(index))
    assert [found.pk for found in browser.get(index, {"status": "live"}).context["object_list"]] == [story.pk]
    shown = ("The text of the story.", "First reader: alice. Second reader: bob.", "/take-down/")
    assert [words for words in shown if words not in room.text_of(browser.get(address))] == []
    assert "The text of the story." in room.text_of(coordinator.get(address))
    assert coordinator.post(reverse("room_stories:take_down", args=[story.pk])).status_code == 403
    assert _status(story) == "live"

    _do(alice, "take_down", story)

    for page in (coordinator.get(address), coordinator.get(index)):
        assert "The text of the story." not in room.text_of(page)
        assert "A title of its own" not in room.text_of(page)


def test_one_moderator_takes_a_story_down_at_once_after_a_question(story, alice):
    before = snapshot.invalidate()
    asked = factories.client_of(alice).get(reverse("room_stories:take_down", args=[story.pk]))
    assert "Take it down now" in room.text_of(asked)
    assert _status(story) == "live"

    response = _do(alice, "take_down", story)

    snapshot.forget_snapshot()
    assert response.status_code == 302
    assert _status(story) == "hidden"
    assert snapshot.snapshot_number() > before
    assert Event.objects.get(deed="take down").by == alice
    # No cookie of the admin goes to public pages.
    assert {cookie["path"] for cookie in response.cookies.values()} <= {"/admin/"}


def test_wish_to_put_back_is_good_for_one_and_the_record_names_each_deed_once(story, alice, bob, charlie):
    _do(alice, "take_down", story)
    _do(alice, "put_back", story)
    _do(bob, "put_back", story)
    assert Story.objects.get().text == "The text of the story."

    item, before = story.submission_id.hex[:12], logged()
    found = sorted((row.deed, row.who, row.item) for row in before if row.deed in ("take down", "ask back", "put back"))
    assert found == [("ask back", "alice", item), ("put back", "bob", item), ("take down", "alice", item)]
    assert not logged(item=story.slug)
    assert not ModelLogEntry.objects.filter(content_type__model="story").exists()
    _do(charlie, "take_down", story)
    _do(bob, "put_back", story)
    assert _status(story) == "hidden"
    before = logged()
    retention.erase_submission(story.submission, on=lifecycle.today())
    assert logged() == before


def test_removed_story_is_put_back_by_nobody_and_shows_no_words(story, alice, bob):
    takedown.remove_story(story)

    for person in (alice, bob):
        _do(person, "put_back", story)

    assert _status(story) == "removed"
    page = room.text_of(factories.client_of(alice).get(reverse("room_stories:inspect", args=[story.pk])))
    assert "The text of the story." not in page
    assert "room-letter" not in page


@pytest.mark.parametrize("hidden_by_request", [True, False])
def test_passwords_alone_put_no_story_back(story, alice, bob, hidden_by_request):
    takedown.hide_story(story, by_request=hidden_by_request)

    for user in (alice, bob):
        factories.client_of(user, unlocked=False).post(reverse("room_stories:put_back", args=[story.pk]))

    assert _status(story) == "hidden"


def _agreed(count):
    return [factories.submission_at("agreed") for _ in range(count)]


def test_thin_batch_waits_and_page_and_command_say_why(alice, bob, coordinator, capsys):
    _agreed(2)

    page = room.text_of(room.see(coordinator, "room_batch"))
    room.press(coordinator, "room_batch")
    call_command("publish_batch")

    assert "2 agreed stories wait." in page
    assert "the batch waits for more, four weeks at most" in page
    assert "Publish this batch" not in page
    assert "Nothing was published. Fewer than three" in capsys.readouterr().out
    assert not Story.live.exists()

    Story.objects.update(agreed_week=lifecycle.this_week() - timedelta(weeks=4))
    call_command("publish_batch")
    assert capsys.readouterr().out == "Published: 2.\n"
    assert Story.live.count() == 2


def test_three_go_live_with_a_coordinators_button_in_an_order_that_says_nothing(alice, bob, coordinator, monkeypatch):
    before = snapshot.invalidate()
    submissions = _agreed(3)
    monkeypatch.setattr("random.SystemRandom.shuffle", lambda self, stories: stories.reverse())
    asked = [story.pk for story in publishing.waiting_stories()]
    assert "Publish this batch" in room.text_of(room.see(coordinator, "room_batch"))
    with pytest.raises(Refused, match="Only coordinators"):
        publishing.publish_batch(by=alice)

    room.press(coordinator, "room_batch")

    snapshot.forget_snapshot()
    live = Story.live.order_by("sequence").values_list("sequence", "pk")
    assert list(live) == list(enumerate(asked[::-1], 1))
    assert snapshot.snapshot_number() > before
    for submission in submissions:
        submission.refresh_from_db()
        assert submission.status == "published"


def test_page_names_what_would_go_and_who_must_still_say_yes_to_the_rest(alice, bob, coordinator):
    story = factories.submission_at("agreed", fields={"title": "A title of its own", "force": "kent"}).story
    forward, sees_first = factories.submission_at("prepared"), factories.submission_at("prepared")
    Submission.objects.filter(pk=sees_first.pk).update(waits_for_yes=True)

    for page in ("room_batch", "wagtailadmin_home"):
        shown = room.text_of(room.see(coordinator, page))
        assert f'{reverse("room_stories:inspect", args=[story.pk])}">A title of its own</a> · {story.force}' in shown
        assert f"{forward.short_name} · <em>alice said yes; a second moderator has to" in shown
        assert f"{sees_first.short_name} · <em>its contributor has to say yes" in shown
        assert reverse("room_read", args=[forward.pk]) not in shown


def _leave(browser, story, name="leave"):
    return room.press(browser, f"room_batch_{name}", story.pk)


def test_one_that_a_coordinator_left_waits_for_monday_and_one_taken_down_stays_so(
    alice, coordinator, story, monkeypatch
):
    left, taken_in, down, *_ = (each.story for each in _agreed(6))
    assert _leave(factories.client_of(alice), left).status_code == 403
    _leave(coordinator, story)
    assert not Story.objects.exclude(left_out_until=None).exists(), "one is left by a coordinator, and only what waits"
    for each in (left, taken_in):
        _leave(coordinator, each)
    _leave(coordinator, taken_in, "take")
    publishing.take_down(down, by=alice)
    assert "left for next week" in room.text_of(room.see(coordinator, "room_batch"))

    published = {each.pk for each in publishing.publish_batch()}

    assert len(published) == 4
    assert (_status(left), _status(down)) == ("agreed", "hidden")
    assert [row.who for row in logged("leave for next week")] == ["carol", "carol"]
    monday = lifecycle.this_week() + timedelta(weeks=1)
    monkeypatch.setattr(lifecycle, "this_week", lambda: monday)
    assert [each.pk for each in publishing.waiting_stories()] == [left.pk]


def test_nobody_makes_a_batch_of_one_by_leaving_the_others(alice, coordinator):
    _left_alone, *others = (each.story for each in _agreed(3))
    Story.objects.update(agreed_week=lifecycle.this_week() - timedelta(weeks=9))
    for story in others:
        _leave(coordinator, story)

    assert publishing.publish_batch() == []
    assert "the batch waits for them" in room.text_of(room.see(coordinator, "room_batch"))
