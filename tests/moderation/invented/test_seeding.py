"""Stories and accounts that are invented, for a demo and for measuring."""

from functools import partial
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from bench.seeding import stories as seeding, submissions as seeding_queue
from moderation import reading
from moderation.models import Agreement
from moderation.queue import lanes
from stories.models import Edition, QueueKey, SealedText, Story, Submission
from tests import factories

pytestmark = pytest.mark.django_db
seed = partial(call_command, "seed_stories", stdout=StringIO())
seed_queue = partial(call_command, "seed_submissions", stdout=StringIO())


def test_invented_stories_are_live_in_order_and_leave_nothing_sealed_or_agreed():
    before = Edition.objects.get(pk=1).number
    for _ in range(2):
        seed(20, "--yes", "--chance=7")

    stories = list(Story.live.order_by("sequence"))
    assert [story.sequence for story in stories] == list(range(1, 41))
    for story in stories:
        assert story.why_not_save() is None
        assert story.text.endswith(seeding.MARK)
        assert 60 <= len(story.text.split()) <= 400
    assert [story.month for story in stories] == sorted(story.month for story in stories)
    assert all(story.month.day == 1 for story in stories)
    assert [story.text for story in stories[:20]] == [story.text for story in stories[20:]]
    assert Edition.objects.get(pk=1).number == before + 2
    readers = User.objects.filter(username__in=seeding.READERS)
    assert len(readers) == 2
    assert not any(reader.is_active or reader.has_usable_password() or reader.groups.exists() for reader in readers)
    assert not SealedText.objects.exists()
    assert not Agreement.objects.exists()
    assert {submission.is_erased for submission in Submission.objects.all()} == {True}


def test_no_story_is_invented_where_that_is_not_meant(settings):
    for count in (0, -1):
        with pytest.raises(CommandError, match="how many"):
            seed(count, "--yes")
    with pytest.raises(CommandError, match="not the demo"):
        seed(1)
    settings.DEMO = True
    seed(1)
    QueueKey.objects.create(epoch=1, public=b"k" * 32, made_for_demo=False)
    with pytest.raises(CommandError, match="real site"):
        seed(1)
    settings.DEMO = False
    factories.submission_at("received")
    with pytest.raises(CommandError, match="real one"):
        seed(1, "--yes")

    assert Story.objects.count() == 1, "the demo needs no yes"


@pytest.fixture
def demo(settings, queue_key):
    settings.DEMO = True
    QueueKey.objects.update(made_for_demo=True)


def test_invented_accounts_open_for_the_demos_moderators_and_say_so_in_no_clear_word(demo, alice):
    seed_queue(60)

    rows = list(Submission.objects.all())
    vault = factories.open_vault(alice)
    assert len(rows) == len(reading.open_labels(rows, vault)) == 60
    for row in rows[:10]:
        assert reading.read_account(row, vault=vault).account["account"].endswith(seeding_queue.MARK)
    assert not any(b"invented" in bytes(text.box) for text in SealedText.objects.all())


def test_every_lane_gets_some_and_the_flood_tray_no_more_than_it_holds(demo, alice, monkeypatch):
    monkeypatch.setattr("stories.intake.flood_tray.MOST_KEPT", 4)

    seed_queue(300, "--chance", "1")

    # Nobody has put forward or written anything yet.
    begun = [lane.slug for lane in lanes.LANES if lane not in (lanes.SECOND, lanes.WROTE)]
    assert all(lanes.lane_counts(alice)[slug] for slug in begun)
    assert lanes.lane_counts(alice)["flood"] == 4


@pytest.mark.parametrize(("is_demo", "made_for_demo"), [(False, True), (True, False)])
def test_a_real_site_refuses_accounts(settings, queue_key, is_demo, made_for_demo):
    settings.DEMO = is_demo
    QueueKey.objects.update(made_for_demo=made_for_demo)

    with pytest.raises(CommandError):
        seed_queue(5)

    assert not Submission.objects.exists()
