"""Letters and forces' answers as they wait: what nobody answered, what nobody agreed to yet, and what stands."""

from django.db.models import QuerySet

from moderation.models import ResponseEntry
from stories.models import Letter, Response


def letters_without_answer() -> QuerySet[Letter]:
    """The letters to which no answer stands on the site or waits, the oldest first."""
    waiting = ResponseEntry.objects.exclude(state=ResponseEntry.State.AGREED).exclude(letter=None)
    without = Letter.objects.filter(answer=None).exclude(pk__in=waiting.values("letter"))
    return without.select_related("force").order_by("month", "force", "pk")


def waiting() -> list[ResponseEntry]:
    """What was entered and isn't agreed, each with its newest `version`: first what was sent back, then the oldest."""
    entries = ResponseEntry.objects.exclude(state=ResponseEntry.State.AGREED).select_related("force", "letter")
    rows = list(entries.prefetch_related("versions__written_by"))
    for row in rows:
        row.version = list(row.versions.all())[-1]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (row.state, row.version.written_on, row.pk))  # type: ignore[attr-defined]


def standing() -> QuerySet[Response]:
    """What two people agreed to, the newest month first."""
    return Response.objects.select_related("force", "first_reader", "second_reader")
