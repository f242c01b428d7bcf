"""The clock of what came from outside, a take-down request or an objection: somebody looks by a promised day."""

from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories import lifecycle

Row = TypeVar("Row", bound=Model)
SOONEST = (F("due_on").asc(nulls_first=True), "week", "pk")


def dated(rows: QuerySet[Row], *, still_open: Q) -> QuerySet[Row]:
    """The rows, each with `is_late`. One without a day has waited past every clock."""
    is_over = Q(due_on=None) | Q(due_on__lt=lifecycle.today())
    late: Any = rows.annotate(is_late=still_open & is_over)
    found: QuerySet[Row] = late
    return found


def is_late(row: Any, *, is_open: bool) -> bool:
    """The same of one row that is at hand."""
    return is_open and (row.due_on is None or row.due_on < lifecycle.today())


def due_in_words(row: Any, *, is_open: bool) -> str:
    """The day by which somebody has to look; nothing once it is settled."""
    if not is_open:
        return ""
    if row.due_on is None:
        return _("late")
    day = date_format(row.due_on, "l j F")
    return _("late: %(day)s") % {"day": day} if is_late(row, is_open=True) else day
