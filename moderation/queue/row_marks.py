"""What a list says of its rows' history, in three queries for a page however long each history is."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from moderation.facts import unread_marks
from moderation.models import WorkingCopy
from stories.core import lifecycle
from stories.models import Event, Story, Submission

Rows = Sequence[Submission]
Happened = tuple[str, date]  # a deed and its week
_ENDS_WAITING = frozenset(deed for deed, move in lifecycle.MOVES.items() if Submission.Status.WAITING in move.sources)


def mark_rows(rows: Rows, user: Any) -> None:
    """Tell each row what its contributor wrote since it was opened (`wrote`, `wants_change`, `said_yes`, `changed`),
    whether it was ever sent back (`was_sent_back`), whether there is a text (`has_text`) that `user` wrote a version
    of (`is_my_text`), for how many weeks its contributor was asked something (`weeks_asked`), and whether its story was
    taken down (`is_down`)."""
    histories, writers, down = _histories(rows), _writers(rows), _taken_down(rows)
    row: Any
    for row in rows:
        history, wrote = histories.get(row.pk, []), writers.get(row.pk, set())
        # What two people agreed on past a yes needs nothing any more, opened or not.
        came = [deed for deed, _week in history] if row.unopened_since else []
        for name, is_so in unread_marks(came).items():
            setattr(row, name, is_so)
        row.was_sent_back = any(deed == "send back" for deed, _week in history)
        row.has_text, row.is_my_text = bool(wrote), user.pk in wrote
        row.weeks_asked, row.is_down = _weeks_asked(history), row.pk in down


def _histories(rows: Rows) -> dict[UUID, list[Happened]]:
    found: dict[UUID, list[Happened]] = {}
    events = Event.objects.filter(submission__in=rows).order_by("number")
    for pk, deed, week in events.values_list("submission", "deed", "week"):
        found.setdefault(pk, []).append((deed, week))
    return found


def _writers(rows: Rows) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = {}
    copies = WorkingCopy.objects.filter(submission__in=rows).order_by()
    for pk, by in copies.values_list("submission", "written_by").distinct():
        found.setdefault(pk, set()).add(by)
    return found


def _taken_down(rows: Rows) -> set[UUID]:
    decided = [row for row in rows if row.status not in lifecycle.UNDECIDED]
    hidden = Story.objects.filter(submission__in=decided, status=Story.Status.HIDDEN)
    return set(hidden.values_list("submission", flat=True))


def _weeks_asked(history: list[Happened]) -> int:
    """From each question to whatever moved it on, or until now."""
    weeks, since = 0, None
    for deed, week in history:
        if deed == "ask":
            since = week
        elif since and deed in _ENDS_WAITING:
            weeks, since = weeks + (week - since).days // 7, None
    return weeks + ((lifecycle.this_week() - since).days // 7 if since else 0)
