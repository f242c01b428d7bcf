"""Take-down requests as they wait: those that nobody has settled, by the day on which somebody has to look."""

from django.db.models import F, Q, QuerySet

from moderation.lists import clock
from stories.models import TakeDownRequest


def due() -> QuerySet[TakeDownRequest]:
    """Return what nobody has settled, soonest `due_on` first, each with its story and `is_late`.

    One that came over the limits has its clock too, but stands behind the others.
    """
    return _dated(TakeDownRequest.objects.filter(settled_on=None)).order_by("is_flood", *clock.SOONEST)


def every() -> QuerySet[TakeDownRequest]:
    """Return all of them: what is due as in `due`, then the settled ones, the newest first."""
    return _dated(TakeDownRequest.objects.all()).order_by(
        F("settled_on").desc(nulls_first=True), "is_flood", *clock.SOONEST
    )


def _dated(rows: QuerySet[TakeDownRequest]) -> QuerySet[TakeDownRequest]:
    return clock.dated(rows, still_open=Q(settled_on=None)).select_related("story")
