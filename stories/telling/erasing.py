"""Erasing for good: rows, keys, and what the database keeps of deleted rows."""

import logging
import time
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.dispatch import Signal

from stories.models import LastRun, OnItsWay, SealedText, Submission

NOT_WIPED = "not wiped"
# Nothing says when: a scrub follows a contributor's deed.
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# Whoever reads is mostly done in between; each pause is twice as long as the one before.
_FIRST_PAUSE = 0.1
_MS_FOR_READERS = 200
logger = logging.getLogger(__name__)
# Every table from which an erasure deletes, or whose old row versions could still be read; other rooms add theirs.
_TABLES = [
    *("stories_sealedtext", "stories_submission", "stories_story", "stories_takedownrequest", "stories_onitsway"),
    *("stories_responsemark", "stories_response", "stories_response_stories"),
    "wagtailcore_revision",
    *("stories_letter", "stories_letter_stories", "moderation_responseentry", "moderation_responseversion"),
    *("moderation_workingcopy", "moderation_keyshare", "moderation_aside", "moderation_claim", "stories_search"),
    "stories_edition",
]
# Sent once a submission is erased, in the same transaction: whoever keeps something beside it lets it go.
erased = Signal()
# What a row holds once it is erased.
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("public_key", "key_under_code", "key_for_queue"), b""),
    **{"yes_to_digest": "", "waits_for_yes": None, "queue_epoch": None, "look_again_on": None},
    **{"labels": None, "unopened_since": None, "meant_for": None},
}


def scrub_too(tables: Iterable[str]) -> None:
    """Scrub these tables of another room as well; call it while the apps get ready."""
    _TABLES.extend(table for table in tables if table not in _TABLES)


def erase(submission: Submission, *, on: date) -> None:
    """Delete every sealed text (working copies and agreements go with them) and both keys.

    `on` is what the row keeps as its one date: the day for the clock, the week's Monday for a contributor.
    The date it would have had tells the day on which a draft was saved.
    Call it inside the transaction of the deed; the scrubbing comes after its commit.
    """
    submission.texts.all().delete()
    OnItsWay.objects.filter(submission=submission).delete()
    for name, value in (_NOTHING | _dated(on)).items():
        setattr(submission, name, value)
    submission.save()
    erased.send(sender=None)
    # Robust: the erasure stands even if the scrubbing has to wait for the next run.
    transaction.on_commit(scrub, robust=True)


def take_out(ids: Collection[UUID], *, on: date) -> None:
    """Do the same for many at once, in two deeds; the next run of the retention scrubs.

    In a flood a scrub for each would cost more than all the rest.
    """
    SealedText.objects.filter(submission__in=ids).delete()
    Submission.objects.filter(pk__in=ids).update(**_NOTHING, **_dated(on))
    erased.send(sender=None)


def _dated(on: date) -> dict[str, date]:
    return {"erased_on": on, "erase_on": on}


def scrub(*, tries: int = 5) -> None:
    """Have the database forget what it still holds of deleted rows; does nothing inside a transaction.

    Whoever still reads what was there before keeps it from that. Five tries take up to about 3 seconds, nine half a
    minute; after the last, `is_unfinished` until a later scrub gets through.
    """
    if connection.in_atomic_block:
        return
    for number in range(tries):
        if number:
            time.sleep(_FIRST_PAUSE * 2 ** (number - 1))
        if _try_to_wipe():
            if is_unfinished():
                LastRun.objects.filter(name=NOT_WIPED).delete()
            return
    LastRun.objects.get_or_create(name=NOT_WIPED, defaults={"at": _LONG_AGO})


def is_unfinished() -> bool:
    """True while erased rows can still be read in the database's files."""
    return LastRun.objects.filter(name=NOT_WIPED).exists()


def _try_to_wipe() -> bool:
    try:
        return _wipe_sqlite() if connection.vendor == "sqlite" else _wipe_postgresql()
    except DatabaseError as error:
        logger.error("Erased rows could not be wiped: %s", type(error).__name__)
        return False


def _wipe_sqlite() -> bool:
    """Move the pages that secure_delete emptied out of the log, and cut the log; False if somebody reads from it."""
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        # The connection's own 20 seconds, in which a request would hold its thread.
        cursor.execute(f"PRAGMA busy_timeout = {_MS_FOR_READERS}")
        try:
            is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not is_busy


def _wipe_postgresql() -> bool:
    """Vacuum; False if row versions are left, which an older transaction, of whatever role, could still read."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(_TABLES)}")
        # The vacuum itself writes down how many it had to leave. Others may have added some since: the next try tells.
        left = "SELECT 1 FROM pg_stat_user_tables WHERE relname = ANY(%s) AND n_dead_tup > 0 LIMIT 1"
        return cursor.execute(left, [_TABLES]).fetchone() is None
