"""Messages between a contributor and the moderators, and the ten minutes in which one can be taken back."""

import copy
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stories.core import lifecycle, sealed_store
from stories.intake import labels
from stories.intake.coming_back import Opened, Settled
from stories.models import OnItsWay, SealedText, Submission

# So long anything that goes to a contributor can be taken back.
UNDO_TIME = timedelta(minutes=10)


def sends_at() -> datetime:
    """The moment at which something written now is sent: a whole minute, and ten minutes away at least."""
    in_time = timezone.now() + UNDO_TIME + timedelta(minutes=1) - timedelta.resolution
    return in_time.replace(second=0, microsecond=0)


def is_sent() -> Q:
    """For a query of sealed texts: what has reached its contributor, or was never held back."""
    return Q(sends_at=None) | Q(sends_at__lte=timezone.now())


def is_waiting() -> Exists:
    """For a query of submissions: whether something was decided that its contributor isn't told yet."""
    return Exists(OnItsWay.objects.filter(submission=OuterRef("pk"), sends_at__gt=timezone.now()))


def remember_before(submissions: Collection[Submission], deed: str, *, message: SealedText | None = None) -> None:
    """Remember how they stand before `deed`, which nobody is told yet; the rows are locked by the caller."""
    told = {"message": message.pk if message else None, "sends_at": message.sends_at if message else sends_at()}
    rows = [
        OnItsWay(submission=row, deed=deed, status=row.status, erase_on=row.erase_on, **told) for row in submissions
    ]
    # What was on its way before has arrived: nothing is done to a row while anything is.
    OnItsWay.objects.filter(pk__in=[row.pk for row in submissions]).delete()
    OnItsWay.objects.bulk_create(rows)


def deed_on_its_way(submission: Submission) -> OnItsWay | None:
    """The deed that its contributor isn't told yet; None where none is, or something else was done since."""
    if submission.is_erased:
        return None
    found = OnItsWay.objects.filter(submission=submission, sends_at__gt=timezone.now()).first()
    return found if found and submission.status == lifecycle.MOVES[found.deed].target else None


def told_status(submission: Submission) -> str:
    """The status that its contributor knows; what their page offers there is done, whatever is on its way."""
    before = deed_on_its_way(submission)
    return before.status if before else submission.status


def stands_as_received(submission: Submission) -> None:
    """Have it stand with its first reader once it is taken back: its contributor ended the text put forward."""
    OnItsWay.objects.filter(submission=submission).update(status=Submission.Status.RECEIVED)


def as_told(opened: Opened) -> Opened:
    """The same submission as its contributor knows it, only to be shown and never to be saved."""
    before = deed_on_its_way(opened.submission)
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


CONTRIBUTOR, MODERATOR = "contributor", "moderator"


def opened_messages(opened: Opened) -> list[dict[str, str]]:
    """Return every message that was sent, oldest first: {"from": contributor or moderator, "text", "week"}."""
    if not opened.private:
        return []
    return [sealed_store.open_sealed_text(text, private=opened.private) for text in _sent(opened.submission)]


@transaction.atomic
def write_message(opened: Opened, text: str) -> None:
    """Keep what the contributor wrote, once however often the form comes. Raises `Settled` once it is erased."""
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    if submission.is_erased:
        raise Settled("no-message")
    if not was_just_said(opened, text):
        take_message(submission, text)
        labels.renew_labels(submission, private=opened.private)


def was_just_said(opened: Opened, text: str) -> bool:
    newest = _sent(opened.submission).last()
    last = sealed_store.open_sealed_text(newest, private=opened.private) if newest else {}
    return (last.get("from"), last.get("text")) == (CONTRIBUTOR, text)


def take_message(submission: Submission, text: str) -> None:
    """Seal a contributor's message and do what it brings about; the row is locked. Raises `sealed_store.Full`."""
    if not sealed_store.has_room(submission, more=text):
        raise sealed_store.Full
    seal_message(submission, text, sender=CONTRIBUTOR)
    if is_asked(submission):
        lifecycle.advance(submission, "reply")
    else:
        lifecycle.record_event(submission, "write")


def is_asked(submission: Submission) -> bool:
    """True while a question waits for its contributor, who has been sent it: what they write then is the answer."""
    return submission.status == Submission.Status.WAITING and deed_on_its_way(submission) is None


def _sent(submission: Submission) -> QuerySet[SealedText]:
    return submission.texts.filter(is_sent(), kind=SealedText.Kind.MESSAGE).order_by("number")


def seal_message(submission: Submission, text: str, *, sender: str, is_wish: bool = False) -> SealedText:
    """Seal one message with the week it was written in, and no finer time; a wish is about the text that waits."""
    payload = {"from": sender, "text": text, "week": lifecycle.this_week().isoformat()}
    payload |= {"about": "text"} if is_wish else {}
    return sealed_store.add_sealed(submission, SealedText.Kind.MESSAGE, payload)
