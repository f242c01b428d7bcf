"""The lists of the queue: the conditions that its questions and its indexes share to the letter."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

# A practice account stands in no list.
REAL = Q(practice_for=None)


def one_of(column: str, values: Iterable[str]) -> Q:
    """One comparison for each: SQLite sees that an index holds what is asked for, which it doesn't through IN."""
    return reduce(or_, (Q(**{column: value}) for value in values))


NEW = Q(status="received", is_urgent=False, is_flood=False) & REAL
# Also what is ticked as urgent: in a flood a tick is cheap, so it stands first in the tray and nowhere else.
FLOOD = Q(status="received", is_flood=True) & REAL
URGENT = Q(status="received", is_urgent=True, is_flood=False) & REAL
PUT_FORWARD = one_of("status", ("prepared", "rereading")) & REAL
# The rest are asked for one at a time.
OTHERS = ("waiting", "held", "correcting", "agreed", "published", "counted", "declined", "withdrawn")
ONE_OF_OTHERS = one_of("status", OTHERS) & REAL
UNOPENED = Q(unopened_since__isnull=False) & REAL
