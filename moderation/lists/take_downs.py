"""Take-down requests as they wait: those that nobody has settled, by the day on which somebody has to look."""

from django.db.models import F, Q, QuerySet

from stories import lifecycle
from stories.models import TakeDownRequest


def due() -> QuerySet[TakeDownRequest]:
    """Return what nobody has settled, soonest `due_on` first, each with its story and `is_late`.

    One that came over the limits has its clock too, but stands behind the others. A row without a
    day has waited past every clock.
    """
    return _dated(TakeDownRequest.objects.filter(settled_at=None)).order_by("is_flood", *_SOONEST)


def every() -> QuerySet[TakeDownRequest]:
    """Return all of them: what is due as in `due`, then the settled ones, the newest first."""
    return _dated(TakeDownRequest.objects.all()).order_by(F("settled_at").desc(nulls_first=True), "is_flood", *_SOONEST)


_SOONEST = (F("due_on").asc(nulls_first=True), "week", "pk")


def _dated(rows: QuerySet[TakeDownRequest]) -> QuerySet[TakeDownRequest]:
    is_over = Q(due_on=None) | Q(due_on__lt=lifecycle.today())
    return rows.annotate(is_late=Q(settled_at=None) & is_over).select_related("story")
