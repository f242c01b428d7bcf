"""The one table of states and moves; nothing else changes a status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stories.models import Event, Submission

DAYS_UNDECIDED = 90
DAYS_AFTER_DECISION = 30
DAYS_DRAFT = 7

# How many of each kind were replaced, and how many left.
Counts = Mapping[str, Mapping[str, int]]

_S = Submission.Status
UNDECIDED = (_S.RECEIVED, _S.WAITING, _S.HELD, _S.PREPARED)
_SENT = (*UNDECIDED, _S.AGREED, _S.PUBLISHED, _S.COUNTED, _S.DECLINED)


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
    # The contributor's no to a text that was put forward, with their words; nobody can agree to it meanwhile.
    "ask for a change": Move((_S.PREPARED,), _S.RECEIVED),
    "agree": Move((_S.PREPARED,), _S.AGREED, decides=True),
    "publish": Move((_S.AGREED,), _S.PUBLISHED),
    "count": Move((_S.RECEIVED, _S.WAITING), _S.COUNTED, decides=True),
    "decline": Move((_S.RECEIVED, _S.WAITING, _S.HELD, _S.PREPARED), _S.DECLINED, decides=True),
    # Of what was declined with a whole flood, until it is erased: a click can be a mistake.
    "back in the tray": Move((_S.DECLINED,), _S.RECEIVED),
    # Nobody decided in time: our failing, and said so.
    "lapse": Move(UNDECIDED, _S.DECLINED),
    # Chance let go of it: a flood left no room for its words. Declined as spam, it goes before its date.
    "give way": Move((_S.DRAFT, _S.RECEIVED, _S.DECLINED), _S.DECLINED),
    "withdraw": Move((_S.DRAFT, *_SENT), _S.WITHDRAWN),
}
# What a contributor does to a text that can't stay as it is, even where two have agreed on it.
WISHES = ("ask for a change", "show less")
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
def advance(
    submission: Submission, deed: str, *, by: Any = None, reason: str = "", counts: Counts | None = None
) -> Submission:
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
    record(row, deed, by=by, reason=reason, counts=counts)
    return row


@transaction.atomic(savepoint=False)
def advance_all(rows: QuerySet[Submission], deed: str, *, by: Any = None, reason: str = "") -> list[UUID]:
    """Do `deed` to each of `rows` from which it goes, in three queries however many they are; returns their ids."""
    move = MOVES[deed]
    found = rows.filter(status__in=move.sources).order_by("pk").select_for_update()
    ids = list(found.values_list("pk", flat=True))
    date_of_erasing = {"erase_on": today() + timedelta(days=DAYS_AFTER_DECISION)} if move.decides else {}
    Submission.objects.filter(pk__in=ids).update(status=move.target, **date_of_erasing)
    Event.objects.bulk_create([event_of(pk, deed, by=by, reason=reason) for pk in ids])
    return ids


def record(
    submission: Submission, deed: str, *, by: Any = None, reason: str = "", counts: Counts | None = None
) -> Event:
    """Leave an event: the minute for a moderator, the week alone for a contributor."""
    event = event_of(submission.pk, deed, by=by, reason=reason, counts=counts)
    event.save(force_insert=True)
    return event


def event_of(pk: UUID, deed: str, *, by: Any = None, reason: str = "", counts: Counts | None = None) -> Event:
    """Return the event that `record` leaves, for whoever stores it with other rows."""
    at = timezone.now().replace(second=0, microsecond=0) if by else None
    return Event(submission_id=pk, deed=deed, by=by, reason=reason, week=this_week(), at=at, counts=counts)


def wants_a_change(submission: Submission, *, since: str) -> bool:
    """True if the contributor's wish for another text is newer than the moderators' newest `since`."""
    last = Event.objects.filter(submission=submission, deed__in=(*WISHES, since)).last()
    return last is not None and last.deed != since


def today() -> date:
    """The day here, which every date that is told to a contributor is counted in."""
    return timezone.localdate()


def this_week() -> date:
    """The Monday of this week: the finest time that is kept of a contributor."""
    return monday(today())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
