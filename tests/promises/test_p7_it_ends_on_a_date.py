"""P7 It ends on a date: 30 days after the decision, 90 days undecided, a held one on its own date."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from stories import lifecycle
from stories.models import Event, SealedText, Story, Submission
from stories.telling import coming_back, retention
from tests import factories

pytestmark = pytest.mark.django_db


def test_undecided_account_is_erased_after_90_days_and_not_a_day_before(queue_key):
    submission = factories.submission_at("received")
    due = submission.week + timedelta(days=90)

    retention.run(today=due - timedelta(days=1))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=due)
    assert not SealedText.objects.filter(submission=submission).exists()


@pytest.mark.parametrize("status", ["declined", "counted", "agreed", "published"])
def test_decided_account_is_erased_30_days_after_the_decision(status, alice, bob):
    submission = factories.submission_at(status)
    due = lifecycle.today() + timedelta(days=30)

    retention.run(today=due - timedelta(days=1))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=due)
    assert not SealedText.objects.filter(submission=submission).exists()


def test_erasing_leaves_no_key_and_no_working_copy_or_agreement(alice, bob):
    submission = factories.submission_at("published")

    retention.run(today=lifecycle.today() + timedelta(days=31))

    submission.refresh_from_db()
    assert not any(bytes(key) for key in (submission.public_key, submission.key_under_code, submission.key_for_queue))
    assert not submission.working_copies.exists()


def test_published_story_stays_after_the_account_is_erased(alice, bob):
    story = factories.live_story()

    retention.run(today=lifecycle.today() + timedelta(days=31))

    assert Story.live.get().text == story.text


def test_code_still_takes_the_story_down_after_erasure(alice, bob):
    from stories.telling import withdrawal

    submission = factories.submission_at("published")
    retention.run(today=lifecycle.today() + timedelta(days=31))

    withdrawal.withdraw(coming_back.find(submission.code))

    assert not Story.live.exists()
    assert Story.objects.get().text == ""


def test_held_account_lives_until_its_own_date(alice):
    submission = factories.submission_at("held")
    later = submission.week + timedelta(days=200)
    Submission.objects.filter(pk=submission.pk).update(erase_on=later)

    retention.run(today=submission.week + timedelta(days=120))
    assert SealedText.objects.filter(submission=submission).exists()

    retention.run(today=later)
    assert not SealedText.objects.filter(submission=submission).exists()


def test_account_that_nobody_decided_says_so_in_its_events(queue_key):
    submission = factories.submission_at("received")

    retention.run(today=submission.week + timedelta(days=90))

    assert list(Event.objects.filter(submission=submission).values_list("deed", flat=True)) == [
        "receive",
        "lapse",
        "erase",
    ]


def test_running_twice_erases_once(queue_key):
    submission = factories.submission_at("received")
    day = submission.week + timedelta(days=91)

    assert [retention.run(today=day), retention.run(today=day)] == [1, 0]


def test_silence_of_the_clock_is_noticed_after_26_hours(db, client, monkeypatch):
    assert retention.is_late()

    call_command("retention")
    assert not retention.is_late()

    monkeypatch.setattr(retention, "LATE_AFTER", timedelta(0))
    assert retention.is_late()


def test_restored_backup_is_erased_again_by_the_next_run(queue_key):
    submission = factories.submission_at("received")
    rows = list(SealedText.objects.filter(submission=submission))
    day = submission.week + timedelta(days=91)
    retention.run(today=day)

    Submission.objects.filter(pk=submission.pk).update(erased_on=None)
    SealedText.objects.bulk_create(rows)
    retention.run(today=day)

    assert not SealedText.objects.exists()


def test_withdrawal_keeps_the_week_and_no_day(queue_key):
    from stories.telling import withdrawal

    submission = factories.submission_at("received")

    withdrawal.withdraw(coming_back.find(submission.code))

    submission.refresh_from_db()
    assert submission.erased_on == lifecycle.this_week()
