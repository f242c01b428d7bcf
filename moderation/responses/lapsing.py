"""It ends on a date: an answer that nobody agreed to and nobody entered again goes once it has rested long enough."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from moderation.log import response_log
from moderation.models import ResponseEntry
from moderation.responses import entering, entries
from stories import lifecycle
from stories.telling import retention


def watch() -> None:
    """Let answers lapse whenever what is due is erased; called once, when the site starts."""
    retention.ran.connect(_let_lapse, dispatch_uid="heard-responses")


def ends_on(written_on: date) -> date:
    """The day on which an answer goes whose newest version was entered on that day."""
    return written_on + timedelta(days=lifecycle.DAYS_UNDECIDED)


def _let_lapse(**kwargs: Any) -> None:
    for entry in ResponseEntry.objects.exclude(state=ResponseEntry.State.AGREED):
        _let_one_lapse(entry)


@transaction.atomic
def _let_one_lapse(entry: ResponseEntry) -> None:
    """Erase it as a person's drop does, but the force did answer: its letter never says again that it didn't."""
    row = ResponseEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if row is None or row.state == ResponseEntry.State.AGREED:
        # Dropped, or agreed to, since the list was made.
        return
    if ends_on(entries.current(row).written_on) <= lifecycle.today():
        response_log.note(row, response_log.LAPSE, by=None)
        entering.erase_what_waits(row)
