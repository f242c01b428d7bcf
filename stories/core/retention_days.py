"""The days that an account is kept: every date of erasing that a contributor is told follows from these.

A draft has days of its own (`stories.intake.drafts`). What erases, once its day has come, is
`stories.intake.retention`.
"""

from datetime import date, timedelta

# Counted from the Monday of the week in which it came.
DAYS_UNDECIDED = 90
# Counted from the day of the decision, so that its contributor can still come back and ask.
DAYS_AFTER_DECISION = 30
# On hold: until somebody looks again; and, from the week it came in, until it is erased whatever the case is doing.
LONGEST_HOLD = timedelta(days=366)
LONGEST_KEPT = timedelta(days=3 * 366)


def erased_undecided(week: date) -> date:
    """The day on which an account that came in the week of that Monday is erased, where nobody decided about it."""
    return week + timedelta(days=DAYS_UNDECIDED)


def erased_after_decision(day: date) -> date:
    """The day on which an account is erased that was decided about on that day."""
    return day + timedelta(days=DAYS_AFTER_DECISION)
