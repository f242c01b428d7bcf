"""It ends on a date: erase what is due, and remember when this last ran."""

import logging
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from stories import going_down, lifecycle
from stories.models import LastRun, Story, Submission, TakeDownRequest
from stories.telling import erasing, locking, on_its_way, token_keys

NAME = "retention"
LATE_AFTER = timedelta(hours=26)
# Sent once what is due is erased: whoever keeps something else for a time forgets it then.
ran = Signal()
logger = logging.getLogger(__name__)


class NotAllErased(RuntimeError):
    """Some that were due could not be erased; the others were, and the run counts as late."""


def run(*, today: date | None = None) -> int:
    """Erase every submission whose date has come; returns how many. Each in its own transaction.

    One that fails keeps no other from being erased. Raises `NotAllErased` at the end.
    """
    today = today or lifecycle.today()
    # A correction that was begun after the erasing has a key and a date of its own.
    holds_something = Q(erased_on__isnull=True) | Q(queue_epoch__isnull=False)
    due = Submission.objects.filter(holds_something, erase_on__lte=today)
    erased = [_try_to_erase(pk, today) for pk in list(due.order_by("erase_on").values_list("pk", flat=True))]
    _erase_words_of_requests(today)
    on_its_way.clear_away()
    token_keys.destroy_stale()
    erased.append(_let_others_erase())
    # Nobody waits for this one, and a backup may be reading.
    erasing.scrub(tries=9)
    if None in erased:
        raise NotAllErased(f"{erased.count(None)} could not be erased; the log says why.")
    LastRun.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})
    return sum(filter(None, erased))


def is_late() -> bool:
    """True when nothing has run for 26 hours, or ever: what should be erased may still be here."""
    last = LastRun.objects.filter(name=NAME).first()
    return last is None or timezone.now() - last.at > LATE_AFTER


def _let_others_erase() -> int | None:
    try:
        ran.send(sender=None)
        return 0
    except Exception as error:
        logger.error("What goes with the erasing could not be erased: %s", type(error).__name__)
        return None


def _try_to_erase(pk: UUID, today: date) -> int | None:
    try:
        return _erase_one(pk, today)
    except Exception as error:
        logger.error("A submission that is due could not be erased: %s", type(error).__name__)
        return None


@transaction.atomic
def _erase_one(pk: UUID, today: date) -> int:
    row, story = locking.both(pk)
    if row.is_empty or row.erase_on > today:
        # Withdrawn, or held or agreed to, since the list was made.
        return 0
    if row.status == Submission.Status.DRAFT or row.practice_for_id is not None:
        row.delete()
        return 1
    if row.status in lifecycle.UNDECIDED:
        row = lifecycle.advance(row, "lapse", reason="silent" if _is_silent(row) else "")
    elif row.status in lifecycle.CORRECTED:
        row = lifecycle.advance(row, "drop the correction", reason="too-late")
    erasing.erase(row, on=row.erased_on or lifecycle.today())
    lifecycle.record(row, "erase")
    if story is not None and _is_refused(story, row):
        # From here on nobody could look at it again.
        going_down.remove(story)
    return 1


def _is_silent(row: Submission) -> bool:
    """True if it waited for its contributor's yes alone: they asked to see the text, and silence is a no."""
    return row.status == Submission.Status.PREPARED and bool(row.waits_for_yes)


def _is_refused(story: Story, row: Submission) -> bool:
    """True if its contributor said no to publishing it or to this text of it, or if it never went out.

    With the account goes what its two readers said of it, and no batch takes a story without.
    """
    return not story.may_publish or story.sequence is None or lifecycle.wants_a_change(row, since="agree")


def _erase_words_of_requests(today: date) -> None:
    """What somebody wrote with a take-down request goes with our answer and its code, on the date its page told.

    What a force wrote goes too; that it objected, and what came of it, stays.
    """
    undecided = Q(settled_on=None, week__lte=today - timedelta(days=lifecycle.DAYS_UNDECIDED))
    settled = Q(settled_on__lte=today - timedelta(days=lifecycle.DAYS_AFTER_DECISION))
    code = dict.fromkeys(("look_up_id", "public_key", "key_under_code", "answer"))
    gone = {"box": b"", "due_on": None, **code}
    TakeDownRequest.objects.filter(undecided | settled).exclude(**gone).update(**gone)
