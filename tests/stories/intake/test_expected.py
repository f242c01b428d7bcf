"""How long people wait at the moment, told honestly: normal, slow or away, and the dates that follow."""

from datetime import timedelta

import pytest

from stories.core import lifecycle
from stories.intake import status_page
from stories.models import Submission, UsualWait
from tests import factories
from tests.moderation import room

pytestmark = pytest.mark.django_db


def waiting_since(days):
    """Somebody who has waited at least that many days, as far as a Monday tells."""
    submission = factories.submission_at("received")
    week = lifecycle.monday(lifecycle.today() - timedelta(days=days))
    Submission.objects.filter(pk=submission.pk).update(week=week)
    submission.refresh_from_db()
    return submission


def set_to(pace, back_on=None):
    UsualWait.objects.update_or_create(pk=1, defaults={"pace": pace, "back_on": back_on})


def in_days(days):
    return lifecycle.today() + timedelta(days=days)


@pytest.mark.parametrize(("weeks", "pace"), [(1, "normal"), (2, "normal"), (4, "slow"), (9, "slow")])
def test_oldest_unread_account_says_how_it_goes(weeks, pace, queue_key):
    waiting_since(7 * weeks)

    wait = status_page.usual_wait()

    assert (wait.pace, wait.weeks) == (pace, weeks)


@pytest.mark.parametrize(("days", "pace"), [(21, "normal"), (22, "slow")])
def test_over_twenty_one_days_is_slow_by_itself(days, pace, queue_key, monkeypatch):
    submission = factories.submission_at("received")
    monkeypatch.setattr(lifecycle, "today", lambda: submission.week + timedelta(days=days))

    assert status_page.usual_wait().pace == pace


def test_account_that_somebody_has_opened_waits_no_more(alice):
    submission = waiting_since(70)
    room.see(factories.client_of(alice), "room_read", submission.pk)

    assert status_page.usual_wait().pace == "normal"


def test_flood_and_drafts_make_nobody_slow(queue_key):
    submission = waiting_since(70)
    Submission.objects.filter(pk=submission.pk).update(is_flood=True)
    other = waiting_since(70)
    Submission.objects.filter(pk=other.pk).update(status="draft")

    assert status_page.usual_wait().pace == "normal"


def test_normal_that_a_coordinator_set_hides_no_long_wait(queue_key):
    waiting_since(35)
    set_to("normal")

    assert status_page.usual_wait().pace == "slow"


def test_away_ends_by_itself_on_its_day(db):
    set_to("away", in_days(1))
    assert status_page.usual_wait().pace == "away"

    set_to("away", in_days(0))
    assert status_page.usual_wait().pace == "normal"


def test_day_of_reading_is_a_sunday_and_never_after_the_erasing(queue_key):
    submission = factories.submission_at("received")

    assert status_page.read_by(submission).isoweekday() == 7
    set_to("away", in_days(400))
    assert status_page.read_by(submission) == submission.erase_on


def test_no_day_is_promised_while_nobody_knows_when_we_are_back(queue_key, visitor):
    submission = factories.submission_at("received")
    set_to("away")

    visitor.come_back(submission.code)

    assert status_page.read_by(submission) is None
    assert "We expect to read it" not in visitor.text()
    assert "cannot say yet when we are back" in visitor.text()
