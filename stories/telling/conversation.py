"""Messages between a contributor and the moderators, each sealed to the story key."""

from typing import Any

from django.db import transaction

from stories import lifecycle
from stories.models import SealedText, Submission
from stories.telling import sealed_store
from stories.telling.coming_back import Opened

CONTRIBUTOR, MODERATOR = "contributor", "moderator"


def messages(opened: Opened) -> list[dict[str, Any]]:
    """Return every message, oldest first: {"from": contributor or moderator, "text", "week"}."""
    if not opened.private:
        return []
    return sealed_store.all_opened(opened.submission, SealedText.Kind.MESSAGE, private=opened.private)


@transaction.atomic
def write(opened: Opened, text: str) -> None:
    """Keep what the contributor wrote; an answer to a question brings it back to the moderators."""
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    seal_message(submission, text, sender=CONTRIBUTOR)
    if submission.status == Submission.Status.WAITING:
        lifecycle.advance(submission, "reply")
    else:
        lifecycle.record(submission, "write")


def seal_message(submission: Submission, text: str, *, sender: str) -> SealedText:
    """Seal one message with the week it was written in, and no finer time."""
    payload = {"from": sender, "text": text, "week": lifecycle.this_week().isoformat()}
    return sealed_store.add(submission, SealedText.Kind.MESSAGE, payload)
