"""Take-down requests and objections of forces as they wait, by the promised day on which somebody has looked."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation.team.permissions import why_not
from stories.core import lifecycle
from stories.models import TakeDownRequest
from stories.models.take_down import OF_FORCES

_SOONEST = (F("due_on").asc(nulls_first=True), "week", "pk")


def due_requests() -> QuerySet[TakeDownRequest]:
    """What came from the pages of stories and nobody has settled; forces' objections stand in no lane of the queue."""
    return due_with_objections().exclude(ground__in=OF_FORCES)


def due_with_objections() -> QuerySet[TakeDownRequest]:
    """What nobody has settled, soonest `due_on` first, each with its story and `is_late`.

    One that came over the limits has its clock too, but stands behind the others.
    """
    return _dated(TakeDownRequest.objects.filter(settled_on=None)).order_by("is_flood", *_SOONEST)


def all_requests() -> QuerySet[TakeDownRequest]:
    """All of them: what is due as in `due_with_objections`, then the settled ones, the newest first."""
    newest = F("settled_on").desc(nulls_first=True)
    return _dated(TakeDownRequest.objects.all()).order_by(newest, "is_flood", *_SOONEST)


def seen_by(rows: QuerySet[TakeDownRequest], user: Any) -> QuerySet[TakeDownRequest]:
    """Of these, what this person may see: who reads no account sees the objections of forces alone."""
    return rows.filter(ground__in=OF_FORCES) if why_not("settle a take-down request", user) else rows


def _dated(rows: QuerySet[TakeDownRequest]) -> QuerySet[TakeDownRequest]:
    """The rows, each with `is_late`. One without a day has waited past every clock."""
    is_over = Q(due_on=None) | Q(due_on__lt=lifecycle.today())
    late: Any = rows.annotate(is_late=Q(settled_on=None) & is_over)
    found: QuerySet[TakeDownRequest] = late.select_related("story__submission", "force", "first_by", "settled_by")
    return found


def is_overdue(row: TakeDownRequest) -> bool:
    """The same of one row that is at hand."""
    return row.settled_on is None and (row.due_on is None or row.due_on < lifecycle.today())


def due_label(row: TakeDownRequest) -> str:
    """The day by which somebody has to look; nothing once it is settled."""
    if row.settled_on is not None:
        return ""
    if row.due_on is None:
        return _("late")
    day = date_format(row.due_on, "l j F")
    return _("late: %(day)s") % {"day": day} if is_overdue(row) else day
