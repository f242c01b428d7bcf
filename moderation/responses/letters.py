"""Recording that a force was asked: in which month, which office, about what. The letter itself is kept nowhere."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from moderation.errors import refuse_if
from moderation.log import response_log
from moderation.policies import responses as policies
from stories.models import Letter, Story
from stories.public import edition
from stories.telling import posted


@transaction.atomic
def record(force: str, *, month: date, role: str, slugs: Iterable[str] = (), ask: str = "", by: Any) -> Letter:
    """Keep that a letter was sent; all but who wrote it down is public at once. Raises `Refused`."""
    role, slugs = " ".join(posted.cleaned_words(role).split()), list(slugs)
    slips = policies.letter_slips(force, month=month, role=role, slugs=slugs, ask=ask)
    refuse_if(policies.why_not_record_letter(slips, by))
    letter = Letter(force_id=force, month=month.replace(day=1), role=role, ask=ask, written_down_by=by)
    refuse_if(letter.why_not_public())
    letter.save()
    letter.stories.set(Story.live.filter(slug__in=slugs))
    response_log.note(letter, response_log.RECORD, by=by)
    edition.bump()
    return letter


@transaction.atomic
def take_out(letter: Letter, *, by: Any) -> None:
    """Take the record of a letter out again, that was never sent or was written down wrong. Raises `Refused`."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_if(policies.why_not_take_out(row, by))
    response_log.note(row, response_log.TAKE_OUT, by=by)
    row.delete()
    edition.bump()
