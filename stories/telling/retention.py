"""It ends on a date: erase what is due, and remember when this last ran."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from stories import lifecycle
from stories.models import LastRun, Submission
from stories.telling import erasing

NAME = "retention"
LATE_AFTER = timedelta(hours=26)


def run(*, today: date | None = None) -> int:
    """Erase every submission whose date has come; returns how many. Each in its own transaction."""
    due = Submission.objects.filter(erased_on__isnull=True, erase_on__lte=today or lifecycle.today())
    count = sum(_erase_one(pk) for pk in list(due.order_by("erase_on").values_list("pk", flat=True)))
    erasing.scrub()
    LastRun.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})
    return count


def is_late() -> bool:
    """True when nothing has run for 26 hours, or ever: what should be erased may still be here."""
    last = LastRun.objects.filter(name=NAME).first()
    return last is None or timezone.now() - last.at > LATE_AFTER


@transaction.atomic
def _erase_one(pk: UUID) -> int:
    row = Submission.objects.select_for_update().get(pk=pk)
    if row.is_erased:
        return 0
    if row.status == Submission.Status.DRAFT:
        row.delete()
        return 1
    if lifecycle.why_not("lapse", status=row.status) is None:
        row = lifecycle.advance(row, "lapse")
    erasing.erase(row)
    lifecycle.record(row, "erase")
    return 1
