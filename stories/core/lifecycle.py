"""The one way to change a status, by the one table of states and moves, `lifecycle.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from stories.core import retention_days, tables
from stories.models import Event, Story, Submission

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The deeds of a contributor that leave words, the one that is an answer without any, and what changes a wish.
WISH = ("ask for a change",)
MESSAGES = ("write", "reply", *WISH)
YES = ("say yes",)
CHANGES = ("answers", "consents", "show less")
_TOLD = frozenset(MESSAGES + YES + CHANGES)
# What brings it back to whoever asked, or wrote the text.
_COMES_BACK = frozenset({"reply", "send back", *WISH})
_SENT_OUT_BY = ("ask", "put forward")
# What an "open" says of itself: that the second reader unfolded the account, or that a colleague's text was seen and
# nothing of what its contributor wrote.
UNFOLDED, OF_A_TEXT = "unfolded", "text"


# Sent with a list of `events` that one deed left, inside its transaction: what can't be written down isn't done.
left = Signal()

# How many of each kind were replaced, and how many left.
Counts = Mapping[str, Mapping[str, int]]

_S = Submission.Status
UNDECIDED = (_S.RECEIVED, _S.WAITING, _S.HELD, _S.PREPARED)
# The story stays up as it is until two have agreed to its correction.
CORRECTED = (_S.CORRECTING, _S.REREADING)
# What somebody may take in hand, and what waits for a second reader.
OPEN_TO_WORK = (*UNDECIDED, *CORRECTED)
PUT_FORWARD = (_S.PREPARED, _S.REREADING)
# What an event says of a deed that is about a correction.
CORRECTION = "correction"


@dataclass(frozen=True)
class Move:
    """A deed that takes a submission from one of `sources` to `target`; `corrects` is its way in a correction.

    A correction is of a story that was decided, so nothing in it decides again: the dates stay as they are.
    """

    sources: tuple[str, ...]
    target: str
    decides: bool = False
    corrects: Sequence[str] = ()

    def leads_to(self, status: str) -> str | None:
        if self.corrects and status == self.corrects[0]:
            return self.corrects[1]
        return self.target if status in self.sources else None


MOVES = {
    deed: Move(tuple(map(_S, row.pop("from"))), _S(row.pop("to")), **row) for deed, row in tables.read(__file__).items()
}
# What a contributor does to a text that can't stay as it is, even where two have agreed on it.
WISHES = ("ask for a change", "show less")


class NotPossible(ValueError):
    """The deed doesn't go from the state that the submission is in."""


def why_not(deed: str, *, status: str) -> str | None:
    if MOVES[deed].leads_to(status):
        return None
    return (
        f"This can't be done while it is “{Submission.Status(status).label}”. Somebody may have acted just before you."
    )


@transaction.atomic
def advance(
    submission: Submission, deed: str, *, by: "User | None" = None, reason: str = "", counts: Counts | None = None
) -> Submission:
    """Do `deed`, leave its event, and return the row as it stands; raises `NotPossible`.

    `by` is a moderator, or None for the contributor and the clock. The row is locked first, so
    that of two deeds at once one wins and the other is told.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if reason_against := why_not(deed, status=row.status):
        raise NotPossible(reason_against)
    move, before = MOVES[deed], row.status
    row.status = move.leads_to(before) or before
    if move.corrects and before == move.corrects[0]:
        reason = reason or CORRECTION
    elif move.decides:
        row.erase_on = retention_days.erased_after_decision(today())
    row.save(update_fields=["status", "erase_on"])
    submission.status, submission.erase_on = row.status, row.erase_on
    _leave(row, deed, by=by, reason=reason, counts=counts)
    return row


@transaction.atomic(savepoint=False)
def advance_all(rows: QuerySet[Submission], deed: str, *, by: "User | None" = None, reason: str = "") -> list[UUID]:
    """Do `deed` to each of `rows` from which it goes, in four queries however many they are; returns their ids."""
    move = MOVES[deed]
    found = rows.filter(status__in=move.sources).order_by("pk").select_for_update()
    ids = list(found.values_list("pk", flat=True))
    date_of_erasing = {"erase_on": retention_days.erased_after_decision(today())} if move.decides else {}
    Submission.objects.filter(pk__in=ids).update(status=move.target, meant_for=None, **date_of_erasing)
    last = _last_numbers(ids)
    many = [event_of(pk, deed, number=last.get(pk, 0) + 1, by=by, reason=reason) for pk in ids]
    events = Event.objects.bulk_create(many)
    left.send(Event, events=events)
    return ids


@transaction.atomic(savepoint=False)
def record_event(
    submission: Submission, deed: str, *, by: "User | None" = None, reason: str = "", counts: Counts | None = None
) -> Event:
    """Leave an event, with the day for a moderator and the week alone for a contributor. Locks the row."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    return _leave(submission, deed, by=by, reason=reason, counts=counts)


def _leave(submission: Submission, deed: str, *, by: "User | None", reason: str, counts: Counts | None) -> Event:
    """Leave an event, and keep the row in step with it. Those of an exercise are told nobody: it touches no record."""
    number, row = last_number(submission.pk) + 1, Submission.objects.filter(pk=submission.pk)
    event = event_of(submission.pk, deed, number=number, by=by, reason=reason, counts=counts)
    event.save(force_insert=True)
    if deed in _TOLD and by is None:
        # What is erased holds nothing to open, but for a correction that has begun since.
        holds_something = row.filter(Q(erased_on=None) | Q(queue_epoch__isnull=False))
        holds_something.update(unopened_since=Coalesce("unopened_since", Value(event.week)))
    elif deed == "open" and reason != OF_A_TEXT:
        row.update(unopened_since=None)
    if deed in _COMES_BACK:
        sent_out = Event.objects.filter(submission=submission.pk, deed__in=_SENT_OUT_BY).order_by("-number")
        row.update(meant_for=sent_out.values_list("by", flat=True).first())
    elif deed in MOVES:
        row.update(meant_for=None)
    if submission.practice_for_id is None:
        left.send(Event, events=[event])
    return event


def last_number(pk: UUID) -> int:
    """The number of a submission's newest event: what comes after this moment has a higher one."""
    return _last_numbers([pk]).get(pk, 0)


def _last_numbers(ids: list[UUID]) -> dict[UUID, int]:
    events = Event.objects.filter(submission__in=ids).order_by().values_list("submission")
    return dict(events.annotate(last=Max("number")))


def event_of(
    pk: UUID, deed: str, *, number: int = 1, by: "User | None" = None, reason: str = "", counts: Counts | None = None
) -> Event:
    """Return the event that `record` leaves, for whoever stores it with other rows."""
    told = {"week": this_week(), "day": today() if by else None}
    return Event(submission_id=pk, number=number, deed=deed, by=by, reason=reason, counts=counts, **told)


def wants_a_change(submission: Submission, *, since: str) -> bool:
    """True if the contributor's wish for another text is newer than the moderators' newest `since`.

    What they want changed in a correction that was put forward is no wish about the story.
    """
    told = Event.objects.filter(submission=submission, deed__in=(*WISHES, since))
    last = (told.exclude(deed__in=WISHES, reason=CORRECTION) if since == "agree" else told).last()
    return last is not None and last.deed != since


def today() -> date:
    """The day here, which every date that is told to a contributor is counted in."""
    return timezone.localdate()


def this_week() -> date:
    """The Monday of this week: the finest time that is kept of a contributor."""
    return monday(today())


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def lock_both(pk: UUID) -> tuple[Submission, Story | None]:
    """Return the submission and its story, if it has one, both locked; call it inside a transaction.

    The story first, as a batch and every way down take it: in another order two of them would wait for each other.
    """
    while True:
        story = Story.objects.select_for_update().filter(submission=pk).first()
        with transaction.atomic():
            submission = Submission.objects.select_for_update().get(pk=pk)
            if story is not None or not Story.objects.filter(submission=pk).exists():
                return submission, story
            # A story was written while we waited for its submission. Undoing this lets go of the submission, and both
            # are taken once more, in their order.
            transaction.set_rollback(True)
