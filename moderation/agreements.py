"""Two people, one text: the first reader puts it forward, the second agrees, each to one digest."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from moderation import policies, publishing, reading
from moderation.errors import Refused
from moderation.models import Agreement, WorkingCopy
from moderation.vault import OpenVault
from stories import agreed_text, lifecycle
from stories.models import SealedText, Story, Submission
from stories.telling import sealed_store


@transaction.atomic
def put_forward(copy: WorkingCopy, digest: str, *, vault: OpenVault, check: dict[str, str]) -> Agreement:
    """Record the first reader's yes to exactly the text that `digest` names; raises `Refused`."""
    copy = _locked(copy)
    answers = reading.answers(copy.submission, vault=vault)
    _refuse_if(policies.why_not_put_forward(copy, digest, vault=vault, answers=answers, check=check))
    lifecycle.advance(copy.submission, "put forward", by=vault.moderator)
    return _record(copy, Agreement.Place.FIRST, by=vault.moderator)


@transaction.atomic
def agree(copy: WorkingCopy, digest: str, *, vault: OpenVault, check: dict[str, str]) -> Story:
    """Record the second reader's yes and write the story; raises `Refused` and leaves nothing half done."""
    copy = _locked(copy)
    answers = reading.answers(copy.submission, vault=vault)
    _refuse_if(policies.why_not_agree(copy, digest, vault=vault, answers=answers, check=check))
    opened = reading.working_copy(copy.sealed, vault=vault)
    if agreed_text.digest(agreed_text.canonical(opened["fields"]), salt=opened["salt"]) != digest:
        raise Refused("The sealed text doesn't carry its digest. Tell a coordinator before anything else.")
    second = _record(copy, Agreement.Place.SECOND, by=vault.moderator)
    lifecycle.advance(copy.submission, "agree", by=vault.moderator)
    first = copy.agreements.get(place=Agreement.Place.FIRST)
    return publishing.write(copy, opened, answers, first_reader=first.by, second_reader=second.by)


@transaction.atomic
def send_back(copy: WorkingCopy, note: str, *, vault: OpenVault) -> None:
    """Give a text back to its first reader with a sealed note; raises `Refused`."""
    copy = _locked(copy)
    _refuse_if(policies.why_not("agree", vault.moderator))
    _refuse_if(lifecycle.why_not("send back", status=copy.submission.status))
    if not note.strip():
        raise Refused("Say in a sentence what should change, so that the first reader knows.")
    payload = {"by": vault.moderator.get_username(), "text": note.strip(), "version": copy.number}
    sealed_store.add(copy.submission, SealedText.Kind.NOTE, payload)
    Agreement.objects.filter(working_copy__submission=copy.submission).delete()
    lifecycle.advance(copy.submission, "send back", by=vault.moderator)


def _locked(copy: WorkingCopy) -> WorkingCopy:
    """Take the submission's row, so that of two requests at once the second sees what the first did."""
    Submission.objects.select_for_update().get(pk=copy.submission_id)
    return WorkingCopy.objects.select_related("submission", "sealed").get(pk=copy.pk)


def _record(copy: WorkingCopy, place: str, *, by: Any) -> Agreement:
    at = timezone.now().replace(second=0, microsecond=0)
    return Agreement.objects.create(working_copy=copy, digest=copy.digest, place=place, by=by, at=at)


def _refuse_if(reason: str | None) -> None:
    if reason:
        raise Refused(reason)
