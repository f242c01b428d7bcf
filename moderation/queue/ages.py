"""How long an account has waited for us: its age, and how much is left of the weeks in which we mean to look at it."""

from dataclasses import dataclass
from datetime import timedelta

from stories.core import lifecycle
from stories.intake import status_page
from stories.models import Submission

# After this the page that people read before they write says that it goes slowly.
TARGET = status_page.SLOW_AFTER.days // 7  # weeks
TARGET_WEEKS = timedelta(weeks=TARGET)


@dataclass(frozen=True)
class Age:
    """Whole weeks since it came, and weeks left until the target (below zero: late by so many).

    Its clock is stopped while the contributor is asked something. What is decided has no target.
    """

    weeks: int
    left: int
    is_stopped: bool = False
    is_decided: bool = False

    @property
    def late(self) -> int:
        """How many weeks past the target."""
        return max(-self.left, 0)


def age_words(row: Submission, *, weeks_asked: int = 0) -> Age:
    """The age of a row whose contributor was asked something for so many weeks of it."""
    weeks = (lifecycle.this_week() - row.week).days // 7
    return Age(
        weeks=weeks,
        left=TARGET - (weeks - weeks_asked),
        is_stopped=row.status == Submission.Status.WAITING,
        is_decided=row.status not in lifecycle.UNDECIDED,
    )
