"""P7 It ends on a date: 30 days after the decision, 90 days undecided, a draft 30, a held one on its own date."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from operations import archive

from moderation import conflict_of_interest, publishing
from moderation.models import Aside
from stories.core import lifecycle
from stories.crypto import receipts
from stories.intake import coming_back, drafts, flood_tray, receive, retention
from stories.models import SealedText, Story, Submission
from tests import factories
from tests.record_of_room import logged
from tests.stories.intake.changes import deeds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["received", "draft", "held", "declined", "counted", "agreed", "published"])
def test_words_are_erased_on_their_date_and_not_a_day_before(status, alice, bob):
    if status == "draft":
        submission, _both = drafts.keep_draft(factories.sent(), receive.Arrival(receipts.new_code()))
    else:
        submission = factories.submission_at(status)
    due, early = lifecycle.today() + timedelta(days=30), []
    if status == "received":
        due = submission.week + timedelta(days=90)
    elif status == "held":
        due, early = submission.week + timedelta(days=200), [submission.week + timedelta(days=120)]
        Submission.objects.filter(pk=submission.pk).update(erase_on=due)

    for day in (*early, due - timedelta(days=1), due):
        retention.run_retention(today=day)
        assert SealedText.objects.filter(submission=submission).exists() is (day < due), day


def test_undecided_account_says_so_is_erased_once_and_again_after_a_restore(queue_key):
    submission = factories.submission_at("received")
    rows = list(SealedText.objects.filter(submission=submission))
    day = submission.week + timedelta(days=91)

    assert [retention.run_retention(today=day), retention.run_retention(today=day)] == [1, 0]
    assert deeds(submission) == ["receive", "lapse", "erase"]

    Submission.objects.filter(pk=submission.pk).update(erased_on=None)
    SealedText.objects.bulk_create(rows)
    retention.run_retention(today=day)
    assert not SealedText.objects.exists()


@pytest.fixture
def erased(alice, bob):
    """What is left of a published one once its account went."""
    submission = factories.submission_at("published")
    retention.run_retention(today=lifecycle.today() + timedelta(days=31))
    return submission


def test_erasing_leaves_no_key_and_no_working_copy_and_the_code_still_takes_it_down(erased):
    submission = Submission.objects.get(pk=erased.pk)

    assert not any(bytes(key) for key in (submission.public_key, submission.key_under_code, submission.key_for_queue))
    assert not submission.working_copies.exists()
    assert Story.live.get().text == factories.FIELDS["text"]

    retention.withdraw_submission(coming_back.open_code(erased.code))
    assert not Story.live.exists()
    assert Story.objects.get().text == ""


def test_no_backup_of_any_day_is_kept_for_28_days(clock):
    today = lifecycle.today()
    days = [today - timedelta(days=back) for back in range(28, 800)]

    names = [name for day in days for name in (f"heard-{day}T03-abcdef.1.tar.gz.age", f"journal-{day}-abcdef.age")]

    assert all(map(archive.day_of, names))
    assert not [name for name in names if not archive.is_old(name)]


def test_silence_of_the_clock_is_noticed_after_26_hours(db, clock):
    clock.shift(11 * 60)
    assert retention.is_late()

    call_command("retention")
    assert not retention.is_late()

    clock.shift(26 * 3600)
    assert not retention.is_late()
    clock.shift(1)
    assert retention.is_late()


def test_withdrawal_keeps_the_week_and_no_day(queue_key):
    submission = factories.submission_at("received")

    retention.withdraw_submission(coming_back.open_code(submission.code))

    submission.refresh_from_db()
    assert submission.erased_on == lifecycle.this_week()


def _lapses(submission):
    retention.run_retention(today=submission.week + timedelta(days=90))


def _is_withdrawn(submission):
    retention.withdraw_submission(coming_back.open_code(submission.code))


def _gives_way(submission):
    """Declined as spam, and let go of when another flood needs its room."""
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    lifecycle.advance(submission, "decline", reason=flood_tray.REASON)
    retention.take_out([submission.pk], on=lifecycle.this_week())


def _is_declined(submission):
    lifecycle.advance(submission, "decline", reason="legal")
    retention.run_retention(today=lifecycle.today() + timedelta(days=30))


@pytest.mark.parametrize("ends", [_lapses, _is_withdrawn, _gives_way, _is_declined])
def test_who_knew_somebody_and_who_would_rather_not_read_is_erased_with_the_account(ends, alice, bob):
    submission, other = factories.submission_at("received"), factories.submission_at("received")
    Submission.objects.filter(pk=other.pk).update(erase_on=submission.erase_on + timedelta(days=300))
    for each in (submission, other):
        conflict_of_interest.declare_conflict(each, by=alice)
        conflict_of_interest.skip_account(each, by=bob)

    ends(submission)

    assert set(Aside.objects.values_list("submission", "person")) == {(other.pk, alice.pk), (other.pk, bob.pk)}
    # Nor does the record say it, from which nothing can be erased.
    assert not [row for row in logged() if row.deed.startswith("know")]


def test_what_was_put_aside_after_the_erasing_or_restored_goes_the_next_night(erased, alice):
    Aside.objects.create(submission=erased, person=alice, is_conflict=True)

    retention.run_retention(today=lifecycle.today() + timedelta(days=32))

    assert not Aside.objects.exists()


def test_who_knows_somebody_stays_away_from_a_correction_of_an_erased_account(erased, alice, charlie):
    publishing.begin_correction(Story.objects.get(), by=alice)
    conflict_of_interest.declare_conflict(Submission.objects.get(pk=erased.pk), by=charlie)

    retention.run_retention(today=lifecycle.today())

    assert Aside.objects.get().person == charlie
    retention.withdraw_submission(coming_back.open_code(erased.code))
    assert not Aside.objects.exists()
