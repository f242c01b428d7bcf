"""The days for which accounts are kept: each date that a contributor is told follows from these days.

A draft has days of its own (`stories.intake.drafts`), and an account on hold its own later date
(`moderation.policies.decisions`). `stories.intake.retention` erases what is due.
"""

from datetime import date, timedelta

# Counted from the Monday of the week in which it came.
DAYS_UNDECIDED = 90
# Counted from the day of the decision, so that its contributor can still come back and ask.
DAYS_AFTER_DECISION = 30


def erased_if_undecided(week: date) -> date:
    """The day on which an account that nobody decides about is erased; `week` is the Monday of its week."""
    return week + timedelta(days=DAYS_UNDECIDED)


def erased_after_decision(day: date) -> date:
    """The day on which an account is erased that was decided about on that day."""
    return day + timedelta(days=DAYS_AFTER_DECISION)
