"""What a moderator decides about a submission, short of a story: each one deed, one transaction, one event."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from moderation import agreements, claims, counting, policies, reading
from moderation.errors import refuse_if
from moderation.vault import OpenVault
from stories import lifecycle
from stories.models import Submission
from stories.telling import conversation


@transaction.atomic
def decline(submission: Submission, *, reason: str, by: Any, note: str = "") -> None:
    """End it without a story, for a reason of the closed list; a note goes sealed to the contributor."""
    row = _locked(submission)
    refuse_if(policies.why_not_decline(row, reason, by))
    if note.strip():
        conversation.seal_message(row, note.strip(), sender=conversation.MODERATOR)
    _decided(row, "decline", by=by, reason=reason)
    submission.refresh_from_db()


@transaction.atomic
def ask(submission: Submission, question: str, *, by: Any) -> None:
    """Send the contributor a sealed question; it waits until they come back with their code."""
    row = _locked(submission)
    refuse_if(policies.why_not_ask(row, question, by))
    conversation.seal_message(row, question.strip(), sender=conversation.MODERATOR)
    _decided(row, "ask", by=by)
    submission.refresh_from_db()


@transaction.atomic
def hold(submission: Submission, *, look_again_on: date, by: Any, reason: str = "safety") -> None:
    """Keep it undecided until a day; what it holds is kept for 30 days beyond that day at least."""
    row = _locked(submission)
    refuse_if(policies.why_not_hold(row, reason, look_again_on, by))
    _decided(row, "hold", by=by, reason=reason)
    kept_until = look_again_on + timedelta(days=lifecycle.DAYS_AFTER_DECISION)
    row.look_again_on, row.erase_on = look_again_on, max(row.erase_on, kept_until)
    row.save(update_fields=["look_again_on", "erase_on"])
    submission.refresh_from_db()


@transaction.atomic
def release(submission: Submission, *, by: Any) -> None:
    """Let a held one go on."""
    row = _locked(submission)
    refuse_if(policies.why_not_triage("release", row, by, move="release"))
    _decided(row, "release", by=by)
    row.look_again_on = None
    row.save(update_fields=["look_again_on"])
    submission.refresh_from_db()


@transaction.atomic
def stop_waiting(submission: Submission, *, by: Any) -> None:
    """Go on without the contributor's answer."""
    row = _locked(submission)
    refuse_if(policies.why_not_triage("stop waiting", row, by, move="stop waiting"))
    _decided(row, "stop waiting", by=by)
    submission.refresh_from_db()


@transaction.atomic
def count(submission: Submission, *, vault: OpenVault) -> None:
    """Keep its ticked answers for the totals and write no story; the vault shows whether they may be counted."""
    row = _locked(submission)
    answers = reading.answers(row, vault=vault)
    refuse_if(policies.why_not_count(row, answers, vault.moderator))
    counting.keep(answers)
    _decided(row, "count", by=vault.moderator)
    submission.refresh_from_db()


@transaction.atomic
def mark_urgent(submission: Submission, *, urgent: bool, by: Any) -> None:
    """Put it into the urgent lane, or take it out."""
    row = _locked(submission)
    refuse_if(policies.why_not_triage("mark urgent", row, by))
    row.is_urgent = urgent
    row.save(update_fields=["is_urgent"])
    lifecycle.record(row, "urgent" if urgent else "not urgent", by=by)
    submission.refresh_from_db()


@transaction.atomic
def take_out_of_flood(submission: Submission, *, by: Any) -> None:
    """Move it from the flood tray to the new ones."""
    row = _locked(submission)
    refuse_if(policies.why_not_triage("take out of the flood", row, by))
    row.is_flood = False
    row.save(update_fields=["is_flood"])
    lifecycle.record(row, "out of the flood", by=by)
    submission.refresh_from_db()


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _decided(row: Submission, deed: str, *, by: Any, reason: str = "") -> None:
    lifecycle.advance(row, deed, by=by, reason=reason)
    # A yes that was given before counts for nothing once the text has to come forward again.
    agreements.end_agreements(row)
    claims.end(row)
