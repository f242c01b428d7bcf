"""The edition: one row that changes with anything public, and carries what every page shares.

Other rooms register what they make for it (`register_builder`); `invalidate` makes everything again in the transaction
of the change, so that a page and its counts can't disagree. What is made is under the name of its release: while two of
them serve, neither shows what the other made, for its shape may be another.
"""

import logging
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from math import inf
from threading import Lock, local
from typing import Any, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, transaction
from django.db.models import Case, F, JSONField, Value, When
from django.utils import translation

from stories.core import faults, replica
from stories.models import Edition

# How long a process may trust the number it read.
TRUSTED_SECONDS = 1.0

logger = logging.getLogger(__name__)
_makers: dict[str, Callable[[], object]] = {}
# Of them those that a change of stories leaves as it is.
_beside_stories: set[str] = set()
_followers: list[Callable[[int, str], None]] = []
# More than this that a process worked out for itself begins anew.
_MOST_KEPT = 2000
_NOTHING = object()
T = TypeVar("T")
# What is kept under each name, in what JSON has.
Made = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What a process read of the edition, and when; `source` is the database that public reads then used."""

    number: int = 0
    made: Made = field(default_factory=dict)
    asked_at: float = -inf
    source: str = DEFAULT_DB_ALIAS
    # What this process worked out for the edition of that number.
    kept: dict[Hashable, Any] = field(default_factory=dict)
    # What it takes from one edition to the next.
    carried: dict[Hashable, Any] = field(default_factory=dict)
    # True while what follows the stories has followed them up to this edition.
    is_followed: bool = False

    @property
    def age(self) -> float:
        """Seconds since it was read."""
        return time.monotonic() - self.asked_at


# Replaced whole, so that no thread sees one edition's number with another's things.
_seen = Seen()
_lock = Lock()
# Of a thread whose transaction began an edition: what it sees of that, and nobody else before it is committed.
_alone = local()
# True where the last who asked got no answer.
_is_away = False


def register_builder(name: str, make: Callable[[], object], *, hangs_on_stories: bool = True) -> None:
    """Have `make()` (JSON-able) worked out for each edition, and kept in it under `name`.

    One that doesn't hang on stories is not made again where only those changed.

    Call it while the apps get ready, in every process; `make` changes nothing that anybody reads (a smaller picture may
    be drawn for the first time) and never asks this module.
    """
    _makers[name] = make
    if not hangs_on_stories:
        _beside_stories.add(name)


def register_follower(follow: Callable[[int, str], None]) -> None:
    """Have `follow(number, using)` change by the difference what an edition of that number says of the stories.

    Call it while the apps get ready. Where it fails, whoever reads counts anew.
    """
    _followers.append(follow)


@transaction.atomic
def invalidate(*, only_stories: bool = False) -> int:
    """Begin a new edition inside the caller's transaction, where anything or `only_stories` changed.

    Returns its number.
    """
    row = Edition.objects.select_for_update().get(pk=1)
    row.number += 1
    made: Made = row.made.get(settings.VERSION, {}) if only_stories else {}
    as_it_was = {name: made[name] for name in _beside_stories & made.keys()}
    row.made = {settings.VERSION: {**as_it_was, **_made_of(_makers.keys() - as_it_was.keys())}}
    _follow(row, DEFAULT_DB_ALIAS)
    row.save()
    see_alone()
    transaction.on_commit(_look_anew)
    return row.number


def _follow(row: Edition, using: str) -> None:
    try:
        with transaction.atomic(using=using):
            for follow in _followers:
                follow(row.number, using)
    except Exception as error:
        logger.error("The edition is counted anew: %s", faults.Fault(error))
    else:
        row.followed += row.followed == row.number - 1


def start_over(using: str = DEFAULT_DB_ALIAS, *, recount: bool = False, **kwargs: object) -> None:
    """Begin a new edition with nothing made yet; whoever reads first makes it; `recount` all stories too.

    For what changes many rows in a breath, or before there is an edition: a migration, an editor's list.
    """
    with transaction.atomic(using=using):
        row = Edition.objects.using(using).select_for_update().filter(pk=1).first()
        if row is None:
            return
        row.number, row.made = row.number + 1, {}
        if not recount:
            _follow(row, using)
        row.save(using=using)
        see_alone()
        transaction.on_commit(_look_anew, using=using)


def snapshot_number() -> int:
    """The number of the edition now, at most a second old."""
    return _read().number


def look_again() -> None:
    """Read the number before it is too old, so that nobody waits for it; what goes wrong the next reader meets."""
    global _seen
    if _lock.acquire(blocking=False):
        try:
            _seen = _ask(_seen)
        except DatabaseError:
            pass
        finally:
            _lock.release()


def get_built(name: str) -> Any:
    """The thing built under `name` for the edition now; None if no builder has that name."""
    return _read().made.get(name)


def public_reads() -> str:
    """The name of the database that public reads use now: the replica while it holds this edition, else the primary.

    Raises `DatabaseError` where there is a replica and the primary can't be asked: nobody knows then what went down.
    """
    return _read().source if replica.REPLICA in settings.DATABASES else DEFAULT_DB_ALIAS


def has_left(source: str) -> bool:
    """True where public reads leave the database that one of them just failed on, until a later look finds it well."""
    global _seen
    if source == _seen.source == replica.REPLICA and not replica.holds_edition(_seen.number):
        _seen = replace(_seen, source=DEFAULT_DB_ALIAS)
    return source != _seen.source


def is_followed() -> bool:
    """True while what follows the stories has followed them up to the edition now."""
    return _read().is_followed


def carried() -> dict[Hashable, Any]:
    """What this process takes from one edition to the next."""
    return _read().carried


def last_seen() -> Seen:
    """What this process read last, however long ago: for what goes on without a database."""
    return _seen


def cached(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make()` gave when this process first asked for `key` in this edition; nobody may change it.

    For what hangs on editors' words and costs time; where the edition can't be read, it is made each time.
    """
    try:
        seen = _read()
    except DatabaseError:
        return make()
    found = seen.kept.get(key, _NOTHING)
    if found is _NOTHING:
        found = make()
        # To make it, this thread may have written what nobody else may see yet.
        (_seen_alone() or seen).kept[key] = found
    kept: T = found
    return kept


def from_row(kind: type[T], row: Mapping[str, Any], **others: object) -> T:
    """A dataclass made of what the snapshot holds of it: its days are text in JSON. `others` replace what is held."""
    days = {each.name for each in fields(kind) if each.type in (date, date | None)}  # type: ignore[arg-type]
    read = {name: date.fromisoformat(value) if value and name in days else value for name, value in row.items()}
    return kind(**{**read, **others})


def forget_snapshot() -> None:
    """Stop trusting anything that this process read."""
    global _seen
    _seen, _alone.seen = Seen(), None


def see_alone() -> None:
    """Keep what this thread reads to itself until its transaction ends: what it changed may never be committed."""
    _alone.seen = replace(_seen_alone() or Seen(_seen.number, _seen.made), asked_at=-inf)


def _look_anew() -> None:
    global _seen
    _seen, _alone.seen = Seen(carried=_seen.carried), None


def _made_of(names: Iterable[str]) -> Made:
    """Make what can be made; what fails waits for the next reader.

    A mistake in one maker must neither keep a story up that is going down, nor close a page that doesn't need it.
    """
    made: Made = {}
    for name in sorted(names):
        try:
            # What is made is kept for readers of every language, whoever's change or visit began it.
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                made[name] = _makers[name]()
        except Exception as error:
            logger.error("The edition goes on without %s: %s", name, faults.Fault(error))
    return made


def _read() -> Seen:
    global _seen, _is_away
    if (alone := _seen_alone()) is not None:
        if alone.age >= TRUSTED_SECONDS:
            alone = _alone.seen = replace(_ask(alone), carried={})
        return alone
    # One asks, and the others wait for the answer; while none comes, nobody waits for who tries again.
    if not _lock.acquire(timeout=0 if _is_away else -1):
        raise OperationalError("The edition can't be read just now.")
    try:
        if _seen.age >= TRUSTED_SECONDS:
            _seen = _ask(_seen)
            _is_away = False
        return _seen
    except DatabaseError:
        _is_away = True
        raise
    finally:
        _lock.release()


def _seen_alone() -> Seen | None:
    if not transaction.get_connection().in_atomic_block:
        _alone.seen = None
    found: Seen | None = getattr(_alone, "seen", None)
    return found


def _ask(before: Seen) -> Seen:
    asked_at = time.monotonic()
    # Only what was made for another number: it can be half a megabyte.
    known = When(number=before.number, then=Value(None))
    made_since = Case(known, default=F("made"), output_field=JSONField())
    number, followed, changed = Edition.objects.filter(pk=1).values_list("number", "followed", made_since).get()
    made: Made = before.made if changed is None else changed.get(settings.VERSION, {})
    if not _makers.keys() <= made.keys():
        made = _make_what_is_lacking()
    is_same = number == before.number and len(before.kept) <= _MOST_KEPT
    source = replica.REPLICA if replica.holds_edition(number) else DEFAULT_DB_ALIAS
    kept = before.kept if is_same else {}
    return Seen(number, made, asked_at, source, kept, before.carried, followed == number)


@transaction.atomic
def _make_what_is_lacking() -> Made:
    """Fill an edition that a migration emptied, or that this release hasn't made yet: once, for every process."""
    row = Edition.objects.select_for_update().get(pk=1)
    made: Made = row.made.get(settings.VERSION, {})
    if lacking := _makers.keys() - made.keys():
        row.made = {**row.made, settings.VERSION: {**made, **_made_of(lacking)}}
        row.save(update_fields=["made"])
        # As every other process will read it: JSON turns tuples and the keys of mappings into its own kinds.
        row.refresh_from_db(fields=["made"])
    return dict(row.made[settings.VERSION])
