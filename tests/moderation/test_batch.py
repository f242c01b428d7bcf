from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from moderation import publishing
from moderation.team.permissions import COORDINATORS, MODERATORS, Refused
from stories.core import lifecycle, snapshot
from stories.models import Story
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def _agreed(count):
    return [factories.submission_at("agreed") for _ in range(count)]


def test_thin_batch_waits_and_the_page_says_why(alice, bob, carol):
    _agreed(2)
    browser = factories.client_of(carol, unlocked=False)

    page = room.text_of(room.see(browser, "room_batch"))
    room.press(browser, "room_batch")

    assert "2 agreed stories wait." in page
    assert "the batch waits for more, four weeks at most" in page
    assert "Publish this batch" not in page
    assert not Story.live.exists()


def test_three_go_live_with_a_coordinators_button(alice, bob, carol):
    before = snapshot.invalidate()
    submissions = _agreed(3)
    browser = factories.client_of(carol, unlocked=False)
    assert "Publish this batch" in room.text_of(room.see(browser, "room_batch"))

    room.press(browser, "room_batch")

    snapshot.forget_snapshot()
    assert Story.live.count() == 3
    assert sorted(Story.live.values_list("sequence", flat=True)) == [1, 2, 3]
    assert snapshot.snapshot_number() > before
    for submission in submissions:
        submission.refresh_from_db()
        assert submission.status == "published"


def test_page_names_what_would_go_and_its_title_to_who_reads_it(alice, bob, carol):
    story = factories.submission_at("agreed", fields={"title": "A title of its own", "force": "kent"}).story
    both = factories.person("dora", COORDINATORS, MODERATORS)

    for_carol, for_both = (
        room.text_of(room.see(factories.client_of(person, unlocked=False), "room_batch")) for person in (carol, both)
    )

    for page in (for_carol, for_both):
        assert reverse("room_stories:inspect", args=[story.pk]) in page
        assert story.force.name in page
    assert "A title of its own" in for_both
    assert "A title of its own" not in for_carol


def test_two_go_live_after_four_weeks(alice, bob):
    _agreed(2)
    Story.objects.update(agreed_week=lifecycle.this_week() - timedelta(weeks=4))

    assert len(publishing.publish_batch()) == 2


def test_order_of_a_batch_says_nothing_of_who_came_first(alice, bob, monkeypatch):
    _agreed(3)
    monkeypatch.setattr("random.SystemRandom.shuffle", lambda self, stories: stories.reverse())
    asked = [story.pk for story in publishing.waiting_stories()]

    assert [story.pk for story in publishing.publish_batch()] == asked[::-1]


def test_moderator_publishes_no_batch(alice, bob):
    _agreed(3)

    with pytest.raises(Refused, match="Only coordinators"):
        publishing.publish_batch(by=alice)
    assert room.press(factories.client_of(alice), "room_batch").status_code == 403
    assert not Story.live.exists()


def test_command_publishes_and_says_how_many_or_why_a_batch_waits(alice, bob, capsys):
    _agreed(1)
    call_command("publish_batch")
    assert "Nothing was published. Fewer than three" in capsys.readouterr().out
    _agreed(2)

    call_command("publish_batch")

    assert capsys.readouterr().out == "Published: 3.\n"
    assert Story.live.count() == 3


def test_story_that_was_taken_down_before_its_batch_stays_down(alice, bob):
    hidden, *_ = _agreed(4)
    publishing.take_down(Story.objects.get(submission=hidden), by=alice)

    publishing.publish_batch()

    assert Story.live.count() == 3
    assert Story.objects.get(submission=hidden).status == "hidden"
