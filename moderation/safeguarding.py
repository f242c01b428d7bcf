"""That somebody rang the safeguarding lead about an account: sealed with it, and a deed in its history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from moderation import policies
from moderation.errors import refuse_if
from moderation.safekeeping.vault import OpenVault
from stories import lifecycle
from stories.models import SealedText, Submission
from stories.telling import sealed_store

DEED = "ring safeguarding"
# What a sealed note is about, beside those that go with a text that is sent back.
ABOUT = "safeguarding"


@transaction.atomic
def note_call(submission: Submission, *, when: str, who: str, agreed: str, vault: OpenVault) -> None:
    """Seal when somebody rang, whom, and what was agreed; the event says that they did, and no more."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_if(policies.why_not_note_call(row, vault.moderator))
    payload = {"about": ABOUT, "by": vault.moderator.get_username(), "when": when, "who": who, "agreed": agreed}
    sealed_store.add(row, SealedText.Kind.NOTE, payload)
    lifecycle.record(row, "rang safeguarding", by=vault.moderator)


def calls_noted(notes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of an account's opened notes that say that somebody rang, oldest first."""
    return [note for note in notes if note.get("about") == ABOUT]
