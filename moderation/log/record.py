"""The record: every deed of the team in one chain, from which nothing can be taken without its being seen.

A row's hash covers the hash of the row before it, and one row apart says where the chain ends. It names who, the
kind of deed, the item and the day, and no word of anything; so erasing an account needs no change to it.

A row holds a minute or a submission, never both, and its place in the chain tells no minute either: between two deeds
of moderators stands a contributor's, and their minutes would be the contributor's. So what is done to submissions,
and the unlocking that comes before it, waits until its day is over, and comes into the chain in an order of chance.

Whoever writes into the chain holds its end until their transaction is over. A deed that locks several rows of
anything else locks them all before its first entry: otherwise two deeds could wait for each other.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from moderation.models import LogEntry, LogHead, PendingLogEntry
from stories import lifecycle
from stories.models import Event
from stories.telling import retention

# Of a random id: no two of a million are likely to share so many, and the first six are what screens show.
_ID = 12


def watch() -> None:
    """Write down what moderators do to submissions, as it is done, and each night chain what waits; called once, when
    the site starts.
    """
    lifecycle.left.connect(_after_events, dispatch_uid="heard-record")
    retention.ran.connect(_close_the_days, dispatch_uid="heard-record")


def item(pk: UUID) -> str:
    """How the record names a submission, also when its words are gone."""
    return pk.hex[:_ID]


def add(deed: str, *, item: str = "", by: Any) -> None:
    """Write down a deed to no submission with its minute, inside the caller's transaction.

    `by` is None for the clock and the command line.
    """
    now = timezone.now().replace(second=0, microsecond=0)
    _chain([LogEntry(deed=deed, item=item[:64], by_id=by and by.pk, day=timezone.localdate(now), at=now)])


def add_without_minute(deeds: Iterable[tuple[str, str]], *, by: Any) -> None:
    """Write down deeds to submissions, each with its item; they come into the chain once the day is over."""
    today, by_id = lifecycle.today(), by and by.pk
    waiting = [PendingLogEntry(deed=deed, item=about[:64], by_id=by_id, day=today) for deed, about in deeds]
    PendingLogEntry.objects.bulk_create(waiting, batch_size=500)


@transaction.atomic(savepoint=False)
def _chain(new: Sequence[LogEntry]) -> None:
    """Add to the chain what waits from days that are over, and then what is `new`."""
    # The lock: of two at once, the second waits here and goes on from the first one's hash.
    head, _made = LogHead.objects.select_for_update().get_or_create(pk=1)
    waiting = list(PendingLogEntry.objects.filter(day__lt=lifecycle.today()))
    over = [LogEntry(deed=each.deed, item=each.item, by_id=each.by_id, day=each.day) for each in waiting]
    entries = [*over, *new]
    if not entries:
        return
    for entry in entries:
        entry.number = head.number = head.number + 1
        entry.chained = head.chained = chained(head.chained, entry)
    LogEntry.objects.bulk_create(entries, batch_size=500)
    if waiting:
        PendingLogEntry.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    head.save(update_fields=["number", "chained"])


def chained(before: str, entry: LogEntry) -> str:
    """The hash of `entry` after a row whose hash is `before`, as hex."""
    fields = [entry.number, entry.deed, entry.item, entry.by_id, when(entry)]
    said = f"{before}\n{json.dumps(fields, ensure_ascii=True, separators=(',', ':'))}"
    return hashlib.blake2b(said.encode(), digest_size=32, person=b"heard record").hexdigest()


def when(entry: LogEntry) -> str:
    """The day or the minute as the hash and the export have it, a minute in UTC whatever the database gives back."""
    return f"{entry.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if entry.at else f"{entry.day}"


def _close_the_days(**kwargs: Any) -> None:
    _chain([])


def _after_events(*, events: list[Event], **kwargs: Any) -> None:
    """A contributor's events have no `by`, and stand in no record: it is of the team."""
    by_people = [event for event in events if event.by_id is not None]
    if by_people:
        add_without_minute([(event.deed, item(event.submission_id)) for event in by_people], by=by_people[0].by)
