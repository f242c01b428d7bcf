from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bench.seeding import submissions as seeding_queue
from moderation import reading
from moderation.queue import lanes
from stories.models import QueueKey, SealedText, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, queue_key):
    settings.DEMO = True
    QueueKey.objects.update(made_for_demo=True)


def seed(count, *options):
    call_command("seed_submissions", count, *options, stdout=StringIO())


@pytest.mark.full
def test_invented_accounts_open_for_the_demos_moderators_and_say_that_they_are_invented(demo, alice):
    seed(60)

    rows = list(Submission.objects.all())
    vault = factories.open_vault(alice)
    assert len(rows) == 60
    assert len(reading.open_labels(rows, vault)) == 60
    for row in rows[:10]:
        assert reading.read_account(row, vault=vault).account["account"].endswith(seeding_queue.MARK)


@pytest.mark.full
def test_every_lane_gets_some_and_the_flood_tray_no_more_than_it_holds(demo, alice, monkeypatch):
    monkeypatch.setattr("stories.intake.flood_tray.MOST_KEPT", 4)

    seed(300, "--chance", "1")

    assert all(lanes.lane_counts(alice)[lane.slug] for lane in lanes.LANES)
    assert lanes.lane_counts(alice)["flood"] == 4


def test_no_word_of_them_is_stored_in_the_clear(demo):
    seed(5)

    assert not any(b"invented" in bytes(text.box) for text in SealedText.objects.all())


@pytest.mark.parametrize(("is_demo", "made_for_demo"), [(False, True), (True, False)])
def test_a_real_site_refuses(settings, queue_key, is_demo, made_for_demo):
    settings.DEMO = is_demo
    QueueKey.objects.update(made_for_demo=made_for_demo)

    with pytest.raises(CommandError):
        seed(5)

    assert not Submission.objects.exists()
