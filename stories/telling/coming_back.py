"""Finding and opening a submission by its receipt code; nothing of the code is ever kept."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from stories.models import SealedText, Submission
from stories.telling import receipts, sealed_store, sealing


@dataclass(frozen=True)
class Opened:
    """A submission with the private half of its story key; `private` is empty once it is erased."""

    submission: Submission
    private: bytes = field(repr=False)


def find(code: str) -> Opened | None:
    """Return what `code` opens, or None where it opens nothing; raises `UnreadableCode`."""
    code = receipts.read_code(code)
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    submission = Submission.objects.filter(look_up_id=look_up_id).first()
    if submission is None:
        return None
    if submission.is_erased:
        return Opened(submission, b"")
    if not submission.key_under_code:
        return None
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    place = sealed_store.key_place(submission.pk)
    return Opened(submission, sealing.unlock_key(bytes(submission.key_under_code), under=wrapping, place=place))


def what_i_sent(opened: Opened) -> dict[str, Any]:
    """Return {"account": {…}, "answers": {…}} as they were sent; empty once erased."""
    if not opened.private:
        return {"account": {}, "answers": {}}
    return {
        "account": sealed_store.latest(opened.submission, SealedText.Kind.ACCOUNT, private=opened.private),
        "answers": sealed_store.latest(opened.submission, SealedText.Kind.ANSWERS, private=opened.private),
    }
