"""Words that go to a contributor, and the ten minutes in which they can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from moderation import claims, working_copies
from moderation.facts import TextFacts, load_facts, load_text_facts
from moderation.policies.access import why_not_claim, why_not_conflicted
from moderation.policies.decisions import why_not_take_back, why_not_write_to
from moderation.team.permissions import Refused, refuse_if
from stories.core import lifecycle
from stories.intake import retention
from stories.intake.messages import MODERATOR, remember_before, seal_message, sends_at
from stories.models import OnItsWay, SealedText, Submission

_MESSAGE = "message"
_NAMES = {
    _MESSAGE: gettext_lazy("A message goes to the contributor"),
    "ask": gettext_lazy("A question goes to the contributor"),
    "decline": gettext_lazy("The contributor is told that no story comes of it"),
}


@dataclass(frozen=True)
class Leaving:
    """One thing on its way: what it is in words, the text that it carries (if any), and when it is sent."""

    says: object
    message: UUID | None
    sends_at: datetime


@transaction.atomic
def send_message(submission: Submission, text: str, *, by: User) -> SealedText:
    """Send a contributor a message that changes nothing about where it stands; raises `Refused`."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    facts = load_facts(row, by)
    refuse_if(why_not_conflicted(facts) or why_not_write_to(facts, text))
    lifecycle.record_event(row, _MESSAGE, by=by)
    return _sealed(row, text)


def send_with(row: Submission, deed: str, text: str) -> None:
    """Before `deed` is done, seal what goes with it and remember how it stood; the row is locked by the caller."""
    message = _sealed(row, text) if text.strip() else None
    remember_before([row], deed, message=message)


def leaving_messages(facts: TextFacts) -> list[Leaving]:
    """Everything that can still be taken back, the oldest first."""
    deed = facts.on_its_way
    messages = [text for text in facts.texts if text.kind == SealedText.Kind.MESSAGE]
    found = [
        Leaving(_NAMES[_MESSAGE], text.pk, text.sends_at)
        for text in messages
        if text.sends_at and text.sends_at > timezone.now() and (deed is None or text.pk != deed.message)
    ]
    return found + ([Leaving(_NAMES[deed.deed], deed.message, deed.sends_at)] if deed else [])


@transaction.atomic
def take_back(submission: Submission, message: UUID | str | None, *, by: User) -> None:
    """Erase a message that isn't sent yet, and undo the deed that it came with; raises `Refused`.

    Without a `message`, the deed that came without words. One that a form names can be anything.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    facts = load_text_facts(row, by)
    refuse_if(why_not_take_back(facts))
    found = next((each for each in leaving_messages(facts) if str(each.message or "") == str(message or "")), None)
    if found is None:
        raise Refused(_("It is sent already, or was taken back, so it stays as it is."))
    deed = facts.on_its_way
    if deed is not None and deed.message == found.message:
        _undo(facts, deed, row, by=by)
    else:
        lifecycle.record_event(row, "take back", by=by)
    if found.message is not None:
        row.texts.filter(pk=found.message).delete()
    transaction.on_commit(retention.scrub_database, robust=True)
    submission.refresh_from_db()


def _sealed(row: Submission, text: str) -> SealedText:
    sealed = seal_message(row, text.strip(), sender=MODERATOR)
    sealed.sends_at = sends_at()
    sealed.save(update_fields=["sends_at"])
    claims.clear_away_soon()
    return sealed


def _undo(facts: TextFacts, before: OnItsWay, row: Submission, *, by: User) -> None:
    """Have it stand as it stood, in the hands of whoever takes it back."""
    status = before.status
    if status == Submission.Status.PREPARED and not _can_stand_again(facts, before):
        status = Submission.Status.RECEIVED
        working_copies.end_agreements(row)
    lifecycle.advance(row, f"back to {status}", by=by)
    row.erase_on = before.erase_on
    row.save(update_fields=["erase_on"])
    before.delete()
    if why_not_claim(load_facts(row, by)) is None:
        claims.take_claim(row, by=by)


def _can_stand_again(facts: TextFacts, before: OnItsWay) -> bool:
    """True if what was put forward is still the newest text, and its contributor wanted nothing else meanwhile."""
    is_put_forward = facts.newest is not None and facts.first_yes(facts.newest) is not None
    done = [event.number for event in facts.events if event.deed == before.deed]
    wanted = [event.number for event in facts.events if event.deed in (*lifecycle.MESSAGES, *lifecycle.CHANGES)]
    return is_put_forward and bool(done) and not any(number > done[-1] for number in wanted)
