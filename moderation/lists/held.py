"""What is held, and erased before long."""

from datetime import timedelta

from django.db.models import QuerySet

from stories import lifecycle
from stories.models import Submission

# Time enough to find two people, to write to the contributor, or to hold it for longer.
WARNED = timedelta(days=14)


def ending_soon() -> QuerySet[Submission]:
    """The held ones that are erased within 14 days, the next one first."""
    held = Submission.objects.filter(status=Submission.Status.HELD, erased_on=None, practice_for=None)
    return held.filter(erase_on__lte=lifecycle.today() + WARNED).order_by("erase_on", "pk")
