"""Messages between a contributor and the moderators, each sealed to the story key."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from stories import lifecycle
from stories.models import SealedText, Submission
from stories.telling import labels, on_its_way, sealed_store
from stories.telling.coming_back import Opened

CONTRIBUTOR, MODERATOR = "contributor", "moderator"


class NothingToWriteTo(RuntimeError):
    """What was sent is erased, and its key with it, so no message can be sealed to it."""


def messages(opened: Opened) -> list[dict[str, Any]]:
    """Return every message that was sent, oldest first: {"from": contributor or moderator, "text", "week"}."""
    if not opened.private:
        return []
    return [sealed_store.opened(text, private=opened.private) for text in _sent(opened.submission)]


def texts(opened: Opened) -> set[str]:
    """Return the words of every message."""
    return {message["text"] for message in messages(opened)}


@transaction.atomic
def write(opened: Opened, text: str) -> None:
    """Keep what the contributor wrote; an answer to a question brings it back to the moderators.

    The form again, from a second press or a reload, keeps nothing twice. Raises `NothingToWriteTo`.
    """
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    if submission.is_erased:
        raise NothingToWriteTo
    if not was_just_said(opened, text):
        take(submission, text)
        labels.renew(submission, private=opened.private)


def was_just_said(opened: Opened, text: str) -> bool:
    """True if the newest message is the contributor's and says just this."""
    newest = _sent(opened.submission).last()
    last = sealed_store.opened(newest, private=opened.private) if newest else {}
    return (last.get("from"), last.get("text")) == (CONTRIBUTOR, text)


def take(submission: Submission, text: str) -> None:
    """Seal a contributor's message and do what it brings about; the row is locked by the caller.

    Raises `sealed_store.Full`, which every public form answers with the words given back.
    """
    sealed_store.refuse_if_full(submission, more=text)
    seal_message(submission, text, sender=CONTRIBUTOR)
    if is_asked(submission):
        lifecycle.advance(submission, "reply")
    else:
        lifecycle.record(submission, "write")


def is_asked(submission: Submission) -> bool:
    """True while a question waits for its contributor, who has been sent it: what they write then is the answer."""
    return submission.status == Submission.Status.WAITING and on_its_way.of(submission) is None


def _sent(submission: Submission) -> QuerySet[SealedText]:
    return submission.texts.filter(on_its_way.is_sent(), kind=SealedText.Kind.MESSAGE).order_by("number")


def seal_message(submission: Submission, text: str, *, sender: str, is_wish: bool = False) -> SealedText:
    """Seal one message with the week it was written in, and no finer time; a wish is about the text that waits."""
    payload = {"from": sender, "text": text, "week": lifecycle.this_week().isoformat()}
    if is_wish:
        payload["about"] = "text"
    return sealed_store.add(submission, SealedText.Kind.MESSAGE, payload)
