"""The dates that we tell a contributor: when we expect to read, and how long people wait at the moment."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from stories import lifecycle
from stories.models import Event, Submission, UsualWait, lists

Pace = UsualWait.Pace
# Once the one who waits longest has waited more days than this, we say "slow" whatever is set.
SLOW_AFTER = timedelta(days=21)
_SLOW_WEEKS = 4
# Past this an account is erased undecided, so no longer wait can be told.
_LONGEST = lifecycle.DAYS_UNDECIDED // 7


@dataclass(frozen=True)
class Wait:
    """How it goes at the moment: `weeks` until an account is read, and while we are away the day of return, if set."""

    pace: str
    weeks: int
    back_on: date | None = None

    @property
    def is_slow(self) -> bool:
        return self.pace == Pace.SLOW

    @property
    def is_away(self) -> bool:
        return self.pace == Pace.AWAY


def usual_wait() -> Wait:
    """Say how it goes: as coordinators set it, and slower where the queue itself says so."""
    is_set = UsualWait.objects.first() or UsualWait()
    first = _first_unread()
    weeks = min(max(_weeks_since(first), 1), _LONGEST)
    if is_set.pace == Pace.AWAY and (is_set.back_on is None or is_set.back_on > lifecycle.today()):
        return Wait(Pace.AWAY, weeks, is_set.back_on)
    if is_set.pace == Pace.SLOW:
        return Wait(Pace.SLOW, max(weeks, _SLOW_WEEKS))
    is_slow = first is not None and lifecycle.today() - first > SLOW_AFTER
    return Wait(Pace.SLOW if is_slow else Pace.NORMAL, weeks)


def read_by(submission: Submission) -> date | None:
    """The Sunday by which we expect to have read it, never later than the day on which it is erased.

    None while nobody reads and nobody knows until when: then there is no day to promise.
    """
    wait = usual_wait()
    if wait.is_away and wait.back_on is None:
        return None
    begins = max(submission.week, lifecycle.monday(wait.back_on)) if wait.back_on else submission.week
    sunday = begins + timedelta(weeks=wait.weeks + 1, days=-1)
    late = lifecycle.this_week() + timedelta(days=6)
    return min(max(sunday, late), submission.erase_on)


def _first_unread() -> date | None:
    """The week of the oldest account that nobody has opened."""
    opened = Event.objects.filter(submission=OuterRef("pk"), deed="open")
    weeks: list[date] = []
    # Two questions, for each has an index that holds its rows in order, however many wait.
    for waiting in (lists.NEW, lists.URGENT & Q(is_flood=False)):
        rows = Submission.objects.filter(~Exists(opened), waiting).order_by("week", "id")
        weeks += rows.values_list("week", flat=True)[:1]
    return min(weeks, default=None)


def _weeks_since(week: date | None) -> int:
    return (lifecycle.this_week() - week).days // 7 if week else 0
