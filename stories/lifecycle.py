"""The one table of states and moves; nothing else changes a status."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from stories.models import Event, Submission

DAYS_UNDECIDED = 90
DAYS_AFTER_DECISION = 30
DAYS_DRAFT = 7

_S = Submission.Status
_UNDECIDED = (_S.RECEIVED, _S.WAITING, _S.HELD, _S.PREPARED)
_SENT = (*_UNDECIDED, _S.AGREED, _S.PUBLISHED, _S.COUNTED, _S.DECLINED)


@dataclass(frozen=True)
class Move:
    """A deed that takes a submission from one of `sources` to `target`."""

    sources: tuple[str, ...]
    target: str
    decides: bool = False


MOVES: dict[str, Move] = {
    "send": Move((_S.DRAFT,), _S.RECEIVED),
    "ask": Move((_S.RECEIVED, _S.PREPARED), _S.WAITING),
    "reply": Move((_S.WAITING,), _S.RECEIVED),
    "stop waiting": Move((_S.WAITING,), _S.RECEIVED),
    "hold": Move((_S.RECEIVED, _S.PREPARED), _S.HELD),
    "release": Move((_S.HELD,), _S.RECEIVED),
    "put forward": Move((_S.RECEIVED,), _S.PREPARED),
    "send back": Move((_S.PREPARED,), _S.RECEIVED),
    "agree": Move((_S.PREPARED,), _S.AGREED, decides=True),
    "publish": Move((_S.AGREED,), _S.PUBLISHED),
    "count": Move((_S.RECEIVED, _S.WAITING), _S.COUNTED, decides=True),
    "decline": Move((_S.RECEIVED, _S.WAITING, _S.HELD, _S.PREPARED), _S.DECLINED, decides=True),
    # Nobody decided in time: our failing, and said so.
    "lapse": Move(_UNDECIDED, _S.DECLINED),
    "withdraw": Move((_S.DRAFT, *_SENT), _S.WITHDRAWN),
}
# Who has to do something next in each state; a state without an owner is where an account gets lost.
OWNERS: dict[str, str] = {
    _S.DRAFT: "contributor",
    _S.RECEIVED: "moderator",
    _S.WAITING: "contributor",
    _S.HELD: "moderator",
    _S.PREPARED: "moderator",
    _S.AGREED: "batch",
    _S.PUBLISHED: "retention",
    _S.COUNTED: "retention",
    _S.DECLINED: "retention",
    _S.WITHDRAWN: "nobody",
}


class NotPossible(ValueError):
    """The deed doesn't go from the state that the submission is in."""


def why_not(deed: str, *, status: str) -> str | None:
    """Say why `deed` can't be done from `status`, or None."""
    if status in MOVES[deed].sources:
        return None
    return (
        f"This can't be done while it is “{Submission.Status(status).label}”. Somebody may have acted just before you."
    )


@transaction.atomic
def advance(submission: Submission, deed: str, *, by: Any = None, reason: str = "") -> Submission:
    """Do `deed`, leave its event, and return the row as it stands; raises `NotPossible`.

    `by` is a moderator, or None for the contributor and the clock. The row is locked first, so
    that of two deeds at once one wins and the other is told.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if reason_against := why_not(deed, status=row.status):
        raise NotPossible(reason_against)
    move = MOVES[deed]
    row.status = move.target
    if move.decides:
        row.erase_on = today() + timedelta(days=DAYS_AFTER_DECISION)
    row.save(update_fields=["status", "erase_on"])
    submission.status, submission.erase_on = row.status, row.erase_on
    record(row, deed, by=by, reason=reason)
    return row


def record(submission: Submission, deed: str, *, by: Any = None, reason: str = "") -> Event:
    """Leave an event: the minute for a moderator, the week alone for a contributor."""
    at = timezone.now().replace(second=0, microsecond=0) if by else None
    return Event.objects.create(submission=submission, deed=deed, by=by, reason=reason, week=this_week(), at=at)


def today() -> date:
    """The day here, which every date that is told to a contributor is counted in."""
    return timezone.localdate()


def this_week() -> date:
    """The Monday of this week: the finest time that is kept of a contributor."""
    return monday(today())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
