"""Checking the record: the first row that doesn't fit the chain, in a sentence, or that all of it fits.

A chain that somebody wrote anew as a whole fits itself. What it can't fit is a head, a number and its hash, that
was noted before and kept elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moderation.log import record
from moderation.models import LogEntry, LogHead


@dataclass(frozen=True)
class Head:
    """A row's number and its hash; what was noted of it is enough to know it again."""

    number: int
    chained: str

    def __str__(self) -> str:
        return f"{self.number}:{self.chained}"


class NotAHead(ValueError):
    """What was typed isn't NUMBER:HASH."""


def head() -> Head:
    """Where the record ends, for somebody to note."""
    row = LogHead.objects.filter(pk=1).first() or LogHead()
    return Head(row.number, row.chained)


def read_head(typed: str) -> Head:
    """Read a head as somebody noted it; raises `NotAHead`."""
    number, colon, chained = typed.strip().partition(":")
    if not (colon and number.isascii() and number.isdigit() and chained):
        raise NotAHead(typed)
    return Head(int(number), chained.lower())


def why_not_whole(noted: Iterable[Head] = ()) -> str | None:
    """Name the first row that doesn't fit, or say which noted head it doesn't lead to; None if all is well.

    It reads the log once, a few rows at a time.
    """
    ends, left = head(), {each.number: each.chained for each in noted}
    before = Head(0, "")
    for entry in LogEntry.objects.order_by("number").iterator(chunk_size=2000):
        if reason := _why_not_after(before, entry) or _why_not_noted(entry, left.pop(entry.number, None)):
            return reason
        before = Head(entry.number, entry.chained)
    return _why_not_the_end(before, ends) or _why_not_reached(before, left)


def _why_not_after(before: Head, entry: LogEntry) -> str | None:
    if entry.number != before.number + 1:
        return _("Row %(number)d is missing.") % {"number": before.number + 1}
    if entry.chained != record.chained(before.chained, entry):
        return _("Row %(number)d doesn’t fit: it, or a row that stood before it, was changed.") % {
            "number": entry.number
        }
    return None


def _why_not_noted(entry: LogEntry, noted: str | None) -> str | None:
    if noted is None or noted == entry.chained:
        return None
    return _("Row %(number)d isn’t the one that was noted: the record was written anew, up to it at least.") % {
        "number": entry.number
    }


def _why_not_the_end(last: Head, ends: Head) -> str | None:
    if last == ends:
        return None
    if last.number < ends.number:
        return _("Row %(number)d is missing: the record once went on to row %(end)d.") % {
            "number": last.number + 1,
            "end": ends.number,
        }
    return _("Row %(number)d doesn’t fit the end that is kept beside the record.") % {"number": last.number}


def _why_not_reached(last: Head, left: dict[int, str]) -> str | None:
    if not left:
        return None
    return _("Row %(number)d was noted and isn’t here: the record ends with row %(end)d.") % {
        "number": min(left),
        "end": last.number,
    }
