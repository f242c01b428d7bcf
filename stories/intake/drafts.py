"""Saving for later: a draft sealed to the code alone, which nobody else can open, kept for thirty days."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from stories.core import lifecycle
from stories.intake import changes, coming_back, questions, receive
from stories.intake.coming_back import Opened, Sent
from stories.models import SealedText, Submission

# From the day it was last saved.
DAYS_KEPT = 30
# Twice what can be sent, in characters: too long is no reason to lose it, and endless would fill the disk.
LONGEST = 2 * sum(question.limit for question in questions.TEXTS)


class NotADraft(RuntimeError):
    """The account of this code was sent or taken back, so no draft can be kept there."""


class TooLong(RuntimeError):
    """More words than a draft can hold; nothing of what was saved before is changed."""


def keep_draft(sent: Sent, arrival: receive.Arrival) -> tuple[Submission, bool]:
    """Seal `sent` to its code alone, in the place of what was saved under it before, for thirty days from today.

    Where another version than `began_from` was saved meanwhile, both are kept: the second thing returned says so.
    Nothing says when, but for the day of erasing. Raises `NotADraft`, `TooLong` and database errors.
    """
    sent = receive.cleaned_account(sent)
    draft, _private = receive.new_row(arrival.code, is_flood=arrival.is_flood)
    draft.status = Submission.Status.DRAFT
    try:
        with transaction.atomic():
            _fill(draft, sent, arrival)
        return draft, False
    except IntegrityError:
        found = receive.sent_before(arrival.code)
        if found is None:
            raise
        # In the flood tray it could give way, so what was saved within the limits is never put there.
        return _save_again(found, sent, arrival)


def opened_draft(code: str) -> Opened | None:
    found = coming_back.open_code(code)
    return found if found and found.submission.status == Submission.Status.DRAFT else None


@transaction.atomic
def _save_again(draft: Submission, sent: Sent, arrival: receive.Arrival) -> tuple[Submission, bool]:
    draft = Submission.objects.select_for_update().get(pk=draft.pk)
    found = opened_draft(arrival.code)
    if found is None:
        raise NotADraft
    both = sent
    if arrival.began_from != changes.newest_version(draft, SealedText.Kind.ACCOUNT):
        both = receive.put_together(sent, coming_back.what_i_sent(found))
    _fill(draft, both, arrival)
    return draft, both.account != sent.account


def _fill(draft: Submission, sent: Sent, arrival: receive.Arrival) -> None:
    if sum(map(len, sent.account.values())) > LONGEST:
        raise TooLong
    draft.week, draft.language = lifecycle.this_week(), arrival.language
    draft.erase_on = lifecycle.today() + timedelta(days=DAYS_KEPT)
    receive.save_with_texts(draft, sent)
