"""Erasing for good: rows, keys, and what the database keeps of deleted rows."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal

from stories.models import OnItsWay, SealedText, Submission

# Every table from which an erasure deletes, or whose old row versions could still be read; other rooms add theirs.
_TABLES = [
    *("stories_sealedtext", "stories_submission", "stories_story", "stories_takedownrequest", "stories_onitsway"),
    *("stories_responsemark", "stories_objection", "stories_response", "stories_response_stories"),
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


def scrub() -> None:
    """Have the database forget what it still holds of deleted rows; does nothing inside a transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # secure_delete empties the pages; this moves them out of the log and cuts the log.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {', '.join(_TABLES)}")
