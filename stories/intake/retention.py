"""Erasing for good, by the clock or by the contributor: rows, keys, and what the database keeps of deleted rows."""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Q
from django.dispatch import Signal
from django.utils import timezone

from stories.core import disk_space, faults, journal, lifecycle, takedown
from stories.core.retention_days import DAYS_AFTER_DECISION, DAYS_UNDECIDED
from stories.crypto import tokens
from stories.intake import clock, messages
from stories.intake.coming_back import Opened
from stories.models import LastRun, OnItsWay, SealedText, Story, Submission, TakeDownRequest

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
    *("stories_response", "stories_response_stories"),
    *("stories_letter", "stories_letter_stories", "moderation_responseentry", "moderation_responseversion"),
    *("moderation_workingcopy", "moderation_keyshare", "moderation_aside", "moderation_claim", "stories_search"),
    *("stories_edition", "stories_markedset"),
    "wagtailcore_revision",
]
# Sent once a submission is erased, in the same transaction: whoever keeps something beside it lets it go.
erased = Signal()
# What a row holds once it is erased.
_NOTHING: dict[str, object] = {
    **dict.fromkeys(("public_key", "key_under_code", "key_for_queue"), b""),
    **{"yes_to_digest": "", "waits_for_yes": None, "queue_epoch": None, "look_again_on": None},
    **{"labels": None, "unopened_since": None, "meant_for": None},
}


def scrub_too(tables: Iterable[str]) -> None:
    """Scrub these tables of another room as well; call it while the apps get ready."""
    _TABLES.extend(table for table in tables if table not in _TABLES)


def erase_submission(submission: Submission, *, on: date) -> None:
    """Delete every sealed text (working copies and agreements go with them) and both keys.

    `on` is what the row keeps as its one date: the day for the clock, the week's Monday for a contributor.
    The date it would have had tells the day on which a draft was saved.
    Call it inside the transaction of the deed; the scrubbing comes after its commit.
    """
    submission.texts.all().delete()
    OnItsWay.objects.filter(submission=submission).delete()
    for name, value in (_NOTHING | {"erased_on": on, "erase_on": on}).items():
        setattr(submission, name, value)
    submission.save()
    erased.send(sender=None)
    # Robust: the erasure stands even if the scrubbing has to wait for the next run.
    transaction.on_commit(scrub_database, robust=True)


def take_out(ids: Collection[UUID], *, on: date) -> None:
    """Do the same for many at once, in two deeds; the next run of the retention scrubs.

    In a flood a scrub for each would cost more than all the rest.
    """
    SealedText.objects.filter(submission__in=ids).delete()
    Submission.objects.filter(pk__in=ids).update(**_NOTHING, erased_on=on, erase_on=on)
    erased.send(sender=None)


def scrub_database(*, tries: int = 5) -> None:
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
        logger.error("Erased rows could not be wiped: %s", faults.Fault(error))
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


@disk_space.with_reserve
@transaction.atomic
def withdraw_submission(opened: Opened) -> None:
    """Erase everything of this submission and take its story down at once; doing it twice is once."""
    submission, story = lifecycle.lock_both(opened.submission.pk)
    journal.note_deed("withdrawn", submission.pk)
    if submission.status != Submission.Status.WITHDRAWN:
        lifecycle.advance(submission, "withdraw")
    if not submission.is_empty:
        # Of a correction alone the day is kept on which what they sent was erased: it is what they were told.
        erase_submission(submission, on=submission.erased_on or lifecycle.this_week())
    if story and story.status != Story.Status.REMOVED:
        takedown.remove_story(story)


NAME = "retention"
LATE_AFTER = timedelta(hours=26)
# Whoever sets a site up gets so long to let the clock run for the first time.
NEW_FOR = timedelta(minutes=10)
# Sent once what is due is erased: whoever keeps something else for a time forgets it then.
ran = Signal()


class NotAllErased(RuntimeError):
    """Some that were due could not be erased; the others were, and the run counts as late."""


class ClockInDoubt(NotAllErased):
    """The machine's clock may be wrong, so nothing was erased."""


def run_retention(*, today: date | None = None, clock_is_right: bool = False) -> int:
    """Erase every submission whose date has come; returns how many. Each in its own transaction.

    One that fails keeps no other from being erased. Raises `NotAllErased` at the end, and `ClockInDoubt` before
    anything is done, unless somebody has looked and says that the `clock_is_right`.
    """
    if clock_is_right:
        clock.believe_clock()
    elif doubt := clock.why_in_doubt(NAME):
        raise ClockInDoubt(
            f"Nothing was erased: this machine says that it is {timezone.localtime():%H:%M on %d %B %Y}, but {doubt}. "
            "If that is the time, run `manage.py retention --clock-is-right`."
        )
    today = today or lifecycle.today()
    # A correction that was begun after the erasing has a key and a date of its own.
    holds_something = Q(erased_on__isnull=True) | Q(queue_epoch__isnull=False)
    due = Submission.objects.filter(holds_something, erase_on__lte=today)
    erased = [
        _attempted(partial(erase_when_due, pk, today), "A submission that is due")
        for pk in list(due.order_by("erase_on").values_list("pk", flat=True))
    ]
    _erase_words_of_requests(today)
    messages.clear_away()
    tokens.destroy_stale_keys()
    erased.append(_attempted(_let_others_erase, "What goes with the erasing"))
    journal.renew_journal()
    # Nobody waits for this one, and a backup may be reading.
    scrub_database(tries=9)
    disk_space.keep_reserve()
    if None in erased:
        raise NotAllErased(f"{erased.count(None)} could not be erased; the log says why.")
    LastRun.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})
    return sum(filter(None, erased))


def is_late() -> bool:
    """True when nothing has run for 26 hours, or ever, on a site that isn't just being set up."""
    if last := LastRun.objects.filter(name=NAME).first():
        return timezone.now() - last.at > LATE_AFTER
    made = MigrationRecorder.Migration.objects.aggregate(at=Max("applied"))["at"]
    return made is None or timezone.now() - made > NEW_FOR


def _attempted(erase: Callable[[], int], what: str) -> int | None:
    """Return how many were erased; None where it failed, and the log has the error's name alone."""
    try:
        return erase()
    except Exception as error:
        logger.error("%s could not be erased: %s", what, faults.Fault(error))
        return None


def _let_others_erase() -> int:
    ran.send(sender=None)
    return 0


@disk_space.with_reserve
@transaction.atomic
def erase_when_due(pk: UUID, today: date) -> int:
    """Erase one whose date has come, as its state asks for; returns how many were."""
    row, story = lifecycle.lock_both(pk)
    if row.is_empty or row.erase_on > today:
        # Withdrawn, or held or agreed to, since the list was made.
        return 0
    if row.status == Submission.Status.DRAFT or row.practice_for_id is not None:
        row.delete()
        return 1
    if row.status in lifecycle.UNDECIDED:
        # It waited for its contributor's yes alone: they asked to see the text, and silence is a no.
        is_silent = row.status == Submission.Status.PREPARED and row.waits_for_yes
        row = lifecycle.advance(row, "lapse", reason="silent" if is_silent else "")
    elif row.status in lifecycle.CORRECTED:
        row = lifecycle.advance(row, "drop the correction", reason="too-late")
    erase_submission(row, on=row.erased_on or lifecycle.today())
    lifecycle.record_event(row, "erase")
    # Its contributor said no to publishing it or to this text of it, or it never went out: from here on nobody could
    # look at it again, and no batch takes a story without what its two readers said of it, which goes with the account.
    if story is not None and (
        not story.may_publish or story.sequence is None or lifecycle.wants_a_change(row, since="agree")
    ):
        takedown.remove_story(story)
    return 1


def _erase_words_of_requests(today: date) -> None:
    """Erase the words of take-down requests with our answers and their codes, on the date that their pages told.

    What a force wrote goes too; that it objected, and what came of it, stays.
    """
    undecided = Q(settled_on=None, week__lte=today - timedelta(days=DAYS_UNDECIDED))
    settled = Q(settled_on__lte=today - timedelta(days=DAYS_AFTER_DECISION))
    code = dict.fromkeys(("look_up_id", "public_key", "key_under_code", "answer"))
    gone = {"box": b"", "due_on": None, **code}
    TakeDownRequest.objects.filter(undecided | settled).exclude(**gone).update(**gone)
