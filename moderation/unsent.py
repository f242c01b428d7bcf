"""Words that a moderator typed into a form of an account and hasn't sent: sealed, for that person alone to get back."""

from collections.abc import Mapping
from uuid import UUID
from zlib import crc32

from django.contrib.auth.models import User
from django.db import transaction

from moderation.facts import load_facts
from moderation.policies.access import why_not_conflicted
from moderation.team.permissions import Refused
from stories.core import lifecycle, sealed_store
from stories.models import SealedText, Submission

_UNSENT = SealedText.Kind.UNSENT


def keep(submission: Submission, address: str, words: Mapping[str, str], *, by: User) -> None:
    """Seal what stands in the form that goes to `address` in place of what was kept of it; raises `Refused`."""
    if reason := why_not_conflicted(load_facts(submission, by)):
        raise Refused(reason)
    number = _number(address, by)
    with transaction.atomic():
        row, _story = lifecycle.lock_both(submission.pk)
        forget(row.pk, address, by=by)
        if not row.is_empty and any(text.strip() for text in words.values()):
            payload = {"by": by.pk, "address": address, "words": dict(words)}
            sealed_store.sealed_texts(row, _UNSENT, payload, number=number).save(force_insert=True)


def forget(pk: UUID, address: str, *, by: User) -> None:
    """Nothing of that form is kept any more: it was sent, or emptied."""
    SealedText.objects.filter(submission=pk, kind=_UNSENT, number=_number(address, by)).delete()


def _number(address: str, by: User) -> int:
    """One place for each person and form, known while the vault is locked; whoever has the tables can work it out."""
    return crc32(f"{by.pk} {address}".encode()) >> 1
