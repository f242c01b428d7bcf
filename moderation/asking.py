"""Words that go to a contributor, and the ten minutes in which they can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import claims, policies, reopening, unopened, versions
from moderation.errors import Refused, refuse_if
from moderation.models import Agreement
from stories import lifecycle
from stories.models import Event, OnItsWay, SealedText, Submission
from stories.telling import coming_back, retention

_MESSAGE = "message"
_NAMES = {
    _MESSAGE: gettext_lazy("A message goes to the contributor"),
    "ask": gettext_lazy("A question goes to the contributor"),
    "decline": gettext_lazy("The contributor is told that no story comes of it"),
}


@dataclass(frozen=True)
class Leaving:
    """One thing on its way: what it is in words, the text that it carries (if any), and when it is sent."""

    says: Any
    message: UUID | None
    sends_at: datetime


@transaction.atomic
def send(submission: Submission, text: str, *, by: Any) -> SealedText:
    """Send a contributor a message that changes nothing about where it stands; raises `Refused`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_apart(row, by) or policies.why_not_write_to(row, text, by))
    lifecycle.record(row, _MESSAGE, by=by)
    return _sealed(row, text)


def send_with(row: Submission, deed: str, text: str) -> None:
    """Before `deed` is done, seal what goes with it and remember how it stood; the row is locked by the caller."""
    message = _sealed(row, text) if text.strip() else None
    coming_back.remember_before(row, deed, message=message)


def leaving(submission: Submission) -> list[Leaving]:
    """Everything that can still be taken back, the oldest first."""
    deed = coming_back.deed_on_its_way(submission)
    found = [_leaving(deed.deed, deed.message, deed.sends_at)] if deed else []
    others = [text for text in coming_back.unsent_messages(submission) if deed is None or text.pk != deed.message]
    return [*(_leaving(_MESSAGE, text.pk, text.sends_at) for text in others), *found]


@transaction.atomic
def take_back(submission: Submission, message: UUID | None, *, by: Any) -> None:
    """Erase a message that isn't sent yet, and undo the deed that it came with; raises `Refused`.

    Without a `message`, the deed that came without words.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_take_back(row, by))
    if message not in [each.message for each in leaving(row)]:
        raise Refused(_("It is sent already, or was taken back, so it stays as it is."))
    deed = coming_back.deed_on_its_way(row)
    if deed is not None and deed.message == message:
        _undo(row, deed, by=by)
    else:
        lifecycle.record(row, "take back", by=by)
    if message is not None:
        row.texts.filter(pk=message).delete()
    transaction.on_commit(retention.scrub, robust=True)
    submission.refresh_from_db()


def _sealed(row: Submission, text: str) -> SealedText:
    sealed = coming_back.seal_message(row, text.strip(), sender=coming_back.MODERATOR)
    sealed.sends_at = coming_back.sends_at()
    sealed.save(update_fields=["sends_at"])
    claims.clear_away_soon()
    return sealed


def _leaving(deed: str, message: UUID | None, sends_at: Any) -> Leaving:
    return Leaving(_NAMES[deed], message, sends_at)


def _undo(row: Submission, before: OnItsWay, *, by: Any) -> None:
    """Have it stand as it stood, in the hands of whoever takes it back."""
    status = before.status
    if status == Submission.Status.PREPARED and not _can_stand_again(row, before):
        status = Submission.Status.RECEIVED
        reopening.end_agreements(row)
    lifecycle.advance(row, f"back to {status}", by=by)
    row.erase_on = before.erase_on
    row.save(update_fields=["erase_on"])
    before.delete()
    if policies.why_not_claim(row, by) is None:
        claims.take(row, by=by)


def _can_stand_again(row: Submission, before: OnItsWay) -> bool:
    """True if what was put forward is still the newest text, and its contributor wanted nothing else meanwhile."""
    copy = versions.current(row)
    is_put_forward = copy is not None and copy.agreements.filter(place=Agreement.Place.FIRST).exists()
    deed = Event.objects.filter(submission=row, deed=before.deed).last()
    wanted = (*unopened.MESSAGES, *unopened.CHANGES)
    has_moved = deed is None or Event.objects.filter(submission=row, deed__in=wanted, number__gt=deed.number).exists()
    return is_put_forward and not has_moved
