"""The record: every deed of the team in one chain, from which nothing can be taken without its being seen.

A row's hash covers the hash of the row before it, and one row apart says where the chain ends. It names who, the
kind of deed, the item and the minute, and no word of anything; so erasing an account needs no change to it.

Whoever writes here holds the end of the chain until their transaction is over. A deed that locks several rows of
anything else locks them all before its first entry: otherwise two deeds could wait for each other.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from moderation.models import LogEntry, LogHead
from stories import lifecycle
from stories.models import Event

# Of a random id: no two of a million are likely to share so many, and the first six are what screens show.
_ID = 12


def watch() -> None:
    """Write down what moderators do to submissions, as it is done; called once, when the site starts."""
    lifecycle.left.connect(_after_events, dispatch_uid="heard-record")


def item(pk: UUID) -> str:
    """How the record names a submission, also when its words are gone."""
    return pk.hex[:_ID]


def add(deed: str, *, item: str = "", by: Any) -> None:
    """Write one deed down, inside the caller's transaction; `by` is None for the clock and the command line."""
    add_all([(deed, item)], by=by)


@transaction.atomic(savepoint=False)
def add_all(deeds: Iterable[tuple[str, str]], *, by: Any) -> None:
    """Write down many deeds of one person, each with its item, in as many queries as one takes."""
    # The lock: of two at once, the second waits here and goes on from the first one's hash.
    head, _made = LogHead.objects.select_for_update().get_or_create(pk=1)
    entries = list(_chain(deeds, head, by=by))
    if not entries:
        return
    LogEntry.objects.bulk_create(entries, batch_size=500)
    head.number, head.chained = entries[-1].number, entries[-1].chained
    head.save(update_fields=["number", "chained"])


def chained(before: str, entry: LogEntry) -> str:
    """The hash of `entry` after a row whose hash is `before`, as hex."""
    fields = [entry.number, entry.deed, entry.item, entry.by_id, minute(entry.at)]
    said = f"{before}\n{json.dumps(fields, ensure_ascii=True, separators=(',', ':'))}"
    return hashlib.blake2b(said.encode(), digest_size=32, person=b"heard record").hexdigest()


def minute(at: datetime) -> str:
    """The minute as the hash and the export have it, in UTC whatever the database gives back."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _chain(deeds: Iterable[tuple[str, str]], head: LogHead, *, by: Any) -> Iterator[LogEntry]:
    now, before = timezone.now().replace(second=0, microsecond=0), head.chained
    for number, (deed, about) in enumerate(deeds, start=head.number + 1):
        entry = LogEntry(number=number, deed=deed, item=about[:64], by_id=by and by.pk, at=now)
        entry.chained = before = chained(before, entry)
        yield entry


def _after_events(*, events: list[Event], **kwargs: Any) -> None:
    """A contributor's events have no `by`, and stand in no record: it is of the team."""
    by_people = [event for event in events if event.by_id is not None]
    if by_people:
        add_all([(event.deed, item(event.submission_id)) for event in by_people], by=by_people[0].by)
