"""What is held: whose day has come, and what is erased before long."""

from datetime import timedelta

from django.db.models import QuerySet

from stories.core import lifecycle
from stories.models import Submission, lists

# Time enough to find two people, to write to the contributor, or to hold it for longer.
WARNED = timedelta(days=14)


def held_to_look_at_again() -> QuerySet[Submission]:
    """The held ones whose day has come."""
    return _held().filter(look_again_on__lte=lifecycle.today()).order_by("look_again_on")


def ending_soon() -> QuerySet[Submission]:
    """The held ones that are erased within 14 days, the next one first."""
    soon = _held().filter(erased_on=None, erase_on__lte=lifecycle.today() + WARNED)
    return soon.order_by("erase_on", "pk")


def _held() -> QuerySet[Submission]:
    return Submission.objects.filter(lists.REAL, status=Submission.Status.HELD)
