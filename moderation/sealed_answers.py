"""Answers of forces that an earlier release sealed: the first vault that opens makes drafts of them."""

from datetime import date
from typing import Any

from django.db import transaction

from moderation.models import ResponseEntry
from moderation.team.vault import OpenVault
from stories.core import sealed_store
from stories.crypto.sealing import DoesNotOpen
from stories.intake import retention
from stories.models import Force, Letter, Response

_TEXTS = ("kind", "words", "context", "source", "source_url", "owner", "evidence_url", "ask")
_DATES = ("month", "due_on")


def move_sealed_answers(vault: OpenVault) -> int:
    """Make a draft of every answer that this vault opens, and say how many; the others wait for another vault."""
    return sum(_move_one(entry.pk, vault) for entry in ResponseEntry.objects.all())


@transaction.atomic
def _move_one(pk: Any, vault: OpenVault) -> bool:
    entry = ResponseEntry.objects.select_for_update().filter(pk=pk).first()
    if entry is None:
        return False
    versions = list(entry.versions.exclude(box=b"").select_related("written_by"))
    try:
        payloads = [
            sealed_store.response_opened(
                bytes(version.box),
                private=vault.keys.get(version.queue_epoch_id or 0, bytes(32)),
                entry_id=entry.pk,
                number=version.number,
            )
            for version in versions
        ]
    except DoesNotOpen:
        return False
    for version, payload in zip(versions, payloads, strict=True):
        _save_draft(entry, payload, by=version.written_by)
    response = Response.objects.get(pk=entry.pk)
    # From here on their answer is told by the draft itself.
    Letter.objects.filter(pk__in=entry.speaks_to.all(), answer=None).update(is_answered=False)
    workflow = response.get_workflow()
    if workflow is not None and entry.state == "waiting":
        workflow.start(response.get_latest_revision_as_object(), versions[-1].written_by)
    Response.objects.filter(pk=entry.pk).update(is_entered=True)
    entry.delete()
    transaction.on_commit(retention.scrub_database, robust=True)
    return True


def _save_draft(entry: ResponseEntry, payload: dict[str, Any], *, by: Any) -> None:
    """One version as a revision by whoever wrote it; what stands on the site is left as it is."""
    fields = payload["fields"]
    row = Response.objects.filter(pk=entry.pk).first()
    draft = row or Response(pk=entry.pk, live=False)
    for name in _TEXTS:
        setattr(draft, name, fields[name])
    draft.force = Force.objects.get(pk=fields["force"])
    draft.about_year = int(fields["about_year"]) if fields["about_year"] else None
    draft.month, draft.due_on = (date.fromisoformat(fields[name]) if fields[name] else None for name in _DATES)
    draft.story_slugs, draft.letter = fields["stories"], entry.letter
    draft.checked = payload["checked"]
    draft.why_it_stays = "\n".join(f"{key}: {why}" for key, why in payload["left"].items())
    if not draft.live:
        draft.save()
    draft.save_revision(user=by, clean=False)
