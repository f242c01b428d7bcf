"""The dates that we tell a contributor: when we expect to read, and how long people wait at the moment."""

from datetime import date, timedelta

from stories import lifecycle
from stories.models import Submission

# Past this an account is erased undecided, so no longer wait can be told.
_LONGEST = lifecycle.DAYS_UNDECIDED // 7


def weeks_to_wait() -> int:
    """Whole weeks, at least one: how long the one who waits longest has been waiting."""
    waiting = Submission.objects.filter(status=Submission.Status.RECEIVED, is_flood=False)
    first = waiting.order_by("week").values_list("week", flat=True).first()
    weeks = (lifecycle.this_week() - first).days // 7 if first else 0
    return min(max(weeks, 1), _LONGEST)


def read_by(submission: Submission) -> date:
    """The Sunday by which we expect to have read it; never later than the day on which it is erased."""
    sunday = submission.week + timedelta(weeks=weeks_to_wait() + 1, days=-1)
    late = lifecycle.this_week() + timedelta(days=6)
    return min(max(sunday, late), submission.erase_on)
