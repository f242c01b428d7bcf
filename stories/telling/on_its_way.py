"""What moderators wrote or decided a moment ago: until it is sent, its contributor sees nothing of it."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from stories import lifecycle
from stories.models import OnItsWay, SealedText, Submission
from stories.telling.coming_back import Opened

# So long anything that goes to a contributor can be taken back.
UNDO_TIME = timedelta(minutes=10)


def sends_at() -> datetime:
    """When what is written now is sent: at a whole minute, and ten minutes away at least."""
    in_time = timezone.now() + UNDO_TIME + timedelta(minutes=1) - timedelta.resolution
    return in_time.replace(second=0, microsecond=0)


def is_sent() -> Q:
    """For a query of sealed texts: what has reached its contributor, or was never held back."""
    return Q(sends_at=None) | Q(sends_at__lte=timezone.now())


def is_waiting() -> Exists:
    """For a query of submissions: whether something was decided that its contributor isn't told yet."""
    return Exists(OnItsWay.objects.filter(submission=OuterRef("pk"), sends_at__gt=timezone.now()))


def remember(submission: Submission, deed: str, *, message: SealedText | None) -> None:
    """Remember how it stands before `deed`, which its contributor isn't told yet; the row is locked by the caller."""
    stands = {"deed": deed, "status": submission.status, "erase_on": submission.erase_on}
    told_at = message.sends_at if message else sends_at()
    words = {"message": message.pk if message else None, "sends_at": told_at}
    OnItsWay.objects.update_or_create(submission=submission, defaults=stands | words)


def remember_all(submissions: Iterable[Submission], deed: str) -> None:
    """The same for many, in few queries: no words go with it, and the rows are locked by the caller."""
    at = sends_at()
    rows = [
        OnItsWay(submission=row, deed=deed, status=row.status, erase_on=row.erase_on, sends_at=at)
        for row in submissions
    ]
    pks = [row.submission_id for row in rows]
    # What was on its way before has arrived: nothing is done to a row while anything is.
    OnItsWay.objects.filter(pk__in=pks).delete()
    OnItsWay.objects.bulk_create(rows)


def of(submission: Submission) -> OnItsWay | None:
    """The deed that its contributor isn't told yet; None where none is, or something else was done since."""
    if submission.is_erased:
        return None
    found = OnItsWay.objects.filter(submission=submission, sends_at__gt=timezone.now()).first()
    return found if found and submission.status == lifecycle.MOVES[found.deed].target else None


def told_status(submission: Submission) -> str:
    """Where its contributor knows it to stand; what their page offers there is done, whatever is on its way."""
    before = of(submission)
    return before.status if before else submission.status


def stands_as_received(submission: Submission) -> None:
    """What its contributor did ended the text that was put forward: taken back, it stands with its first reader."""
    OnItsWay.objects.filter(submission=submission).update(status=Submission.Status.RECEIVED)


def as_told(opened: Opened) -> Opened:
    """The same submission as its contributor knows it, only to be shown and never to be saved."""
    before = of(opened.submission)
    if before is None:
        return opened
    told = copy.copy(opened.submission)
    told.status, told.erase_on = before.status, before.erase_on
    return replace(opened, submission=told)


def clear_away() -> None:
    """Forget when what was sent was sent, and how things stood before it; none of it can be taken back any more."""
    now = timezone.now()
    OnItsWay.objects.filter(sends_at__lte=now).delete()
    SealedText.objects.filter(sends_at__lte=now).update(sends_at=None)
