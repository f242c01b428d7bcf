"""The second yes to a force's answer, which writes the response; sending it back; and taking it down again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from moderation import reading, two_people
from moderation.errors import refuse_if
from moderation.log import response_log
from moderation.models import ResponseEntry, ResponseVersion, ResponseYes
from moderation.policies import responses as policies
from moderation.responses import entries, seen, silence
from moderation.safekeeping.vault import OpenVault
from stories import agreed_response
from stories.identifying.wordings import Wording
from stories.looking import Look
from stories.models import Letter, Response, Story
from stories.public import edition
from stories.telling import retention

_WRITTEN = ("kind", "words", "context", "source", "source_url", "owner", "evidence_url", "ask")


def agree(entry: ResponseEntry, digest: str, *, vault: OpenVault, look: Look | None = None) -> Response:
    """Record the second person's yes to exactly the text that `digest` names, and write the response.

    It is public at once. Raises `Refused` and leaves nothing half done.
    """
    version = entries.current(entry)
    refuse_if(policies.why_not_agree_response(version, digest, vault=vault))
    fields = reading.response(version, vault=vault)["fields"]
    # A look takes a while, so never while the row is locked; what was seen holds for as long as the version does.
    return _agree(entry, digest, vault=vault, held_back=seen.surely(fields, look or Look()).held_back)


@transaction.atomic
def _agree(entry: ResponseEntry, digest: str, *, vault: OpenVault, held_back: list[Wording]) -> Response:
    row = entries.locked(entry)
    version = entries.current(row)
    refuse_if(policies.why_not_agree_response(version, digest, vault=vault))
    payload = reading.response(version, vault=vault)
    left = payload["left"]
    refuse_if(policies.why_not_answered_any_more(payload["fields"]))
    refuse_if(policies.why_not_agree_response(version, digest, vault=vault, held_back=held_back, left=left))
    two_people.refuse_unfit(agreed_response.canonical(payload["fields"]), salt=payload["salt"], digest=digest)
    second = two_people.a_yes(ResponseYes.Place.SECOND, digest=digest, by=vault.moderator)
    ResponseYes.objects.create(version=version, **second)
    response = _write(row, version, payload, second_reader=vault.moderator)
    _is_over(row)
    response_log.note(row, response_log.AGREE, by=vault.moderator)
    edition.bump()
    return response


def _write(row: ResponseEntry, version: ResponseVersion, payload: dict[str, Any], *, second_reader: Any) -> Response:
    """Put the agreed words into the response's own row: a new one, or the same where this corrects it."""
    fields = payload["fields"]
    response = entries.response_of(row) or Response(pk=row.pk)
    for name in _WRITTEN:
        setattr(response, name, fields[name])
    response.force_id = fields["force"]
    response.about_year = int(fields["about_year"]) if fields["about_year"] else None
    response.month, response.due_on = _day(fields["month"]), _day(fields["due_on"])
    response.agreed, response.salt = agreed_response.canonical(fields), payload["salt"]
    response.digest, response.first_reader, response.second_reader = version.digest, version.written_by, second_reader
    response.save()
    response.stories.set(Story.objects.filter(slug__in=fields["stories"].split()))
    letters = Letter.objects.filter(Q(pk=row.letter_id) | Q(pk__in=row.speaks_to.all()))
    letters.update(answer=response, is_answered=True)
    return response


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_over(row: ResponseEntry) -> None:
    """Nothing sealed is kept of what two agreed to: its words stand on the site."""
    row.versions.update(box=b"", queue_epoch=None)
    row.state, row.sent_back_for = ResponseEntry.State.AGREED, ""
    row.save(update_fields=["state", "sent_back_for"])
    transaction.on_commit(retention.scrub, robust=True)


@transaction.atomic
def send_back(entry: ResponseEntry, reason: str, *, shown: str, by: Any) -> None:
    """Give an answer back to who entered it, for a reason of the closed list; raises `Refused`.

    `shown` is the digest of what stood on the screen.
    """
    row = entries.locked(entry)
    refuse_if(policies.why_not_send_response_back(entries.current(row), reason, shown=shown, user=by))
    ResponseYes.objects.filter(version__entry=row).delete()
    row.state, row.sent_back_for = ResponseEntry.State.SENT_BACK, reason
    row.save(update_fields=["state", "sent_back_for"])
    response_log.note(row, response_log.SEND_BACK, by=by)


@transaction.atomic
def take_down(response: Response, *, by: Any) -> None:
    """Take what a force said off the site at once, with everything that was entered of it; raises `Refused`.

    One person is enough. To stand again it is entered anew and agreed by two.
    """
    refuse_if(policies.why_not_take_response_down(by))
    response_log.note(response, response_log.TAKE_DOWN, by=by)
    for entry in ResponseEntry.objects.filter(pk=response.pk):
        silence.has_ended(entry)
        entry.delete()
    response.delete()
    edition.bump()
    transaction.on_commit(retention.scrub, robust=True)
