"""Opening what contributors sealed: the only place on the moderators' side that does."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from moderation.vault import OpenVault
from stories import lifecycle
from stories.models import SealedText, Submission
from stories.telling import sealed_store, sealing

Kind = SealedText.Kind


@dataclass(frozen=True)
class Opened:
    """Everything of one submission, in the clear, for one moderator's screen."""

    submission: Submission
    account: dict[str, str]
    answers: dict[str, Any]
    messages: list[dict[str, Any]]
    notes: list[dict[str, Any]]


def read(submission: Submission, *, vault: OpenVault) -> Opened:
    """Open a submission for `vault.moderator`, leaving an event; raises `DoesNotOpen`."""
    private = story_key(submission, vault=vault)
    opened = Opened(
        submission=submission,
        account=sealed_store.latest(submission, Kind.ACCOUNT, private=private),
        answers=sealed_store.latest(submission, Kind.ANSWERS, private=private),
        messages=sealed_store.all_opened(submission, Kind.MESSAGE, private=private),
        notes=sealed_store.all_opened(submission, Kind.NOTE, private=private),
    )
    with transaction.atomic():
        lifecycle.record(submission, "open", by=vault.moderator)
    return opened


def answers(submission: Submission, *, vault: OpenVault) -> dict[str, Any]:
    """Return the ticked answers alone, for a rule to look at; no event, as no person reads them."""
    return sealed_store.latest(submission, Kind.ANSWERS, private=story_key(submission, vault=vault))


def working_copy(sealed: SealedText, *, vault: OpenVault) -> dict[str, Any]:
    """Return {"fields": {…}, "salt": …} of one version."""
    return sealed_store.opened(sealed, private=story_key(sealed.submission, vault=vault))


def story_key(submission: Submission, *, vault: OpenVault) -> bytes:
    """Return the private half of the story key; raises `DoesNotOpen` where the vault has no such epoch."""
    epoch = submission.queue_epoch_id or 0
    return sealing.open_key(
        bytes(submission.key_for_queue),
        private=vault.keys.get(epoch, bytes(32)),
        place=sealed_store.queue_place(submission.pk, epoch),
    )
