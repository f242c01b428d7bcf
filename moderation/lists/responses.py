"""Letters and forces' answers as they wait: what nobody answered, what nobody agreed to yet, and what stands."""

from typing import Any

from django.db.models import QuerySet

from moderation.deeds import why_not
from moderation.models import ResponseEntry
from stories.models import Letter, Response


def letters_without_answer() -> QuerySet[Letter]:
    """The letters to which no answer stands on the site or waits, the oldest first."""
    waiting = open_entries()
    to, spoken = (waiting.filter(**{f"{name}__isnull": False}).values(name) for name in ("letter", "speaks_to"))
    without = Letter.objects.filter(answer=None).exclude(pk__in=to).exclude(pk__in=spoken)
    return without.select_related("force").order_by("month", "force", "pk")


def open_entries() -> QuerySet[ResponseEntry]:
    """What was entered and two people haven't agreed to."""
    return ResponseEntry.objects.exclude(state=ResponseEntry.State.AGREED)


def waiting() -> list[ResponseEntry]:
    """What was entered and isn't agreed, each with its newest `version`: first what was sent back, then the oldest."""
    rows = list(open_entries().select_related("force", "letter").prefetch_related("versions__written_by"))
    for row in rows:
        row.version = list(row.versions.all())[-1]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (row.state, row.version.written_on, row.pk))  # type: ignore[attr-defined]


def waiting_for(user: Any) -> list[ResponseEntry]:
    """Of `waiting`, what a person can bring further: what came back, and what they may agree to as a second person."""
    may_agree = why_not("agree to a response", user) is None
    return [row for row in waiting() if _came_back(row) or (may_agree and not _wrote(row, user))]


def _came_back(row: ResponseEntry) -> bool:
    return row.state == ResponseEntry.State.SENT_BACK


def _wrote(row: ResponseEntry, user: Any) -> bool:
    return user.pk in {version.written_by_id for version in row.versions.all()}


def standing() -> QuerySet[Response]:
    """What two people agreed to, the newest month first."""
    return Response.objects.select_related("force", "first_reader", "second_reader")
