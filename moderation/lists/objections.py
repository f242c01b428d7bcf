"""Forces' objections as they wait: those that two people haven't settled, by the day that they were promised."""

from django.db.models import F, Q, QuerySet

from moderation.lists import clock
from stories.models import Objection


def due() -> QuerySet[Objection]:
    """Return what isn't settled, soonest `due_on` first, each with its story, its force and `is_late`."""
    return _dated(Objection.objects.filter(outcome="")).order_by(*clock.SOONEST)


def every() -> QuerySet[Objection]:
    """Return all of them: what is due as in `due`, then the settled ones, the newest first."""
    return _dated(Objection.objects.all()).order_by(F("settled_month").desc(nulls_first=True), *clock.SOONEST)


def _dated(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    return clock.dated(rows, still_open=Q(outcome="")).select_related("story__submission", "force", "first_by")
