"""Erasing for good: rows, keys, and what the database keeps of deleted rows."""

from datetime import date

from django.db import connection, transaction

from stories.models import Submission

# Every table from which an erasure deletes, or whose old row versions could still be read.
_TABLES = (
    *("stories_sealedtext", "stories_submission", "stories_story", "stories_takedownrequest"),
    *("moderation_workingcopy", "moderation_keyshare"),
)


def erase(submission: Submission, *, on: date) -> None:
    """Delete every sealed text (working copies and agreements go with them) and both keys.

    `on` is what the row keeps as its date: the day for the clock, the week's Monday for a contributor.
    Call it inside the transaction of the deed; the scrubbing comes after its commit.
    """
    submission.texts.all().delete()
    submission.public_key = submission.key_under_code = submission.key_for_queue = b""
    submission.yes_to_digest = ""
    submission.queue_epoch = None
    submission.look_again_on = None
    submission.erased_on = on
    submission.save()
    # Robust: the erasure stands even if the scrubbing has to wait for the next run.
    transaction.on_commit(scrub, robust=True)


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
