"""Saving for later: a draft sealed to the code alone, which nobody else can open, kept for thirty days."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from stories.core import lifecycle
from stories.crypto import receipts, sealing
from stories.intake import coming_back, flood_tray, questions, receive
from stories.intake.coming_back import Opened
from stories.intake.receive import Sent
from stories.models import Submission

# From the day it was last saved.
DAYS_KEPT = 30
# Twice what can be sent, in characters: too long is no reason to lose it, and endless would fill the disk.
LONGEST = 2 * sum(question.limit for question in questions.TEXTS)


class NotADraft(RuntimeError):
    """The account of this code was sent or taken back, so no draft can be kept there."""


class TooLong(RuntimeError):
    """More words than a draft can hold; nothing of what was saved before is changed."""


class Kept(NamedTuple):
    """A draft as it was just saved; `has_both` if words from another window were put under these."""

    draft: Submission
    has_both: bool = False


def keep_draft(sent: Sent, *, code: str, began_from: str = "", is_flood: bool = False, language: str = "en") -> Kept:
    """Seal `sent` to `code` alone, in the place of what was saved under it before, for thirty days from today.

    `began_from` names the version that this form began from: where another one was saved meanwhile,
    both are kept. Nothing says when, but for the day of erasing. Raises `NotADraft`, `TooLong`
    and database errors.
    """
    sent = receive.cleaned_account(sent)
    try:
        with transaction.atomic():
            pair, row_id = sealing.new_pair(), uuid.uuid4()
            draft = Submission.objects.create(
                id=row_id,
                look_up_id=receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER),
                status=Submission.Status.DRAFT,
                week=lifecycle.this_week(),
                erase_on=lifecycle.today(),
                is_flood=is_flood,
                public_key=pair.public,
                key_under_code=receive.under_code(pair.private, code, row_id),
            )
            return _fill(draft, sent, language=language)
    except IntegrityError:
        found = receive.sent_before(code)
        if found is None:
            raise
        # In the flood tray it could give way, so what was saved within the limits is never put there.
        return _save_again(found, sent, code=code, began_from=began_from, language=language)


def opened_draft(code: str) -> Opened | None:
    """The draft that this code opens; None where there is none, or it is one no more."""
    found = coming_back.open_code(code)
    return found if found and found.submission.status == Submission.Status.DRAFT else None


@transaction.atomic
def _save_again(draft: Submission, sent: Sent, *, code: str, began_from: str, language: str) -> Kept:
    draft = Submission.objects.select_for_update().get(pk=draft.pk)
    found = opened_draft(code)
    if found is None:
        raise NotADraft
    both = sent
    if began_from != receive.question_version(draft):
        both = receive.put_together(sent, coming_back.what_i_sent(found))
    return _fill(draft, both, has_both=both.account != sent.account, language=language)


def _fill(draft: Submission, sent: Sent, *, language: str, has_both: bool = False) -> Kept:
    if sum(map(len, sent.account.values())) > LONGEST:
        raise TooLong
    draft.week, draft.language = lifecycle.this_week(), language
    draft.erase_on = lifecycle.today() + timedelta(days=DAYS_KEPT)
    draft.save()
    receive.replace_texts(draft, sent)
    flood_tray.make_room_for(draft)
    return Kept(draft, has_both)
