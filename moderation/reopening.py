"""Taking back a text that waits for its second reader or its batch: every yes ends, and it is with its first reader.

Below everything that opens an account, because opening one is what can show that its danger isn't over.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from moderation import versions
from moderation.models import Agreement, Claim
from stories import lifecycle
from stories.models import SealedText, Submission
from stories.telling import sealed_store

_NOT_PUBLIC_YET = (*lifecycle.PUT_FORWARD, Submission.Status.AGREED)


def for_danger(row: Submission, *, by: Any) -> bool:
    """Take it back because something about danger came after a yes to it; True if there was something to take back.

    In the tables it is a colleague's sending back like any other: what kind of one is sealed. The caller has locked
    the story and the row, in this order.
    """
    if row.status not in _NOT_PUBLIC_YET:
        return False
    note = _(
        "Something that may speak of danger, or of somebody under 18, came after the yes to this text. "
        "Take the first look again; then both of you say anew that nobody is in danger."
    )
    send_back(row, note, by=by)
    return True


def send_back(row: Submission, note: str, *, by: Any) -> None:
    """End what was said yes to, seal the note for its first reader, and have it wait with them; the row is locked."""
    copy = versions.current(row)
    payload = {"by": by.get_username(), "text": note.strip(), "version": copy.number if copy else 0}
    sealed_store.add(row, SealedText.Kind.NOTE, payload)
    end_agreements(row)
    Claim.objects.filter(submission=row).delete()
    was_agreed = row.status == Submission.Status.AGREED
    lifecycle.advance(row, "send back", by=by)
    if was_agreed:
        # Whoever works on it again has the time that a decision leaves. Its story stays where it is, in no batch.
        row.erase_on = max(row.erase_on, lifecycle.today() + timedelta(days=lifecycle.DAYS_AFTER_DECISION))
        row.save(update_fields=["erase_on"])


def end_agreements(submission: Submission) -> None:
    """End the moderators' yeses; the contributor's own yes stays, because the text does."""
    Agreement.objects.filter(working_copy__submission=submission).delete()
