"""Opening a receipt code: the submission, its story key, and the words and answers of it."""

from dataclasses import dataclass, field

from django.conf import settings

from stories.core import sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen, UnreadableCode
from stories.models import SealedText, Submission


@dataclass(frozen=True)
class Opened:
    """A submission with the private half of its story key; `private` is empty once it is erased."""

    submission: Submission
    private: bytes = field(repr=False)


class Settled(RuntimeError):
    """A step came too late, or fits nothing that is theirs; it names the notice that says what became of it."""


@dataclass(frozen=True)
class Sent:
    """All that one person sends: their words and their ticked answers, each by field name; both empty once erased."""

    account: dict[str, str]
    answers: dict[str, object]


def open_code(code: str) -> Opened | None:
    """Return what `code` opens, or None where it opens nothing; raises `UnreadableCode`.

    Known, unknown or no code at all: each costs two derivations, one look-up and one try of a key,
    so that how long it takes says nothing. Raises `DoesNotOpen` where the key is another code's.
    """
    try:
        code = receipts.read_code(code)
    except UnreadableCode:
        open_code(receipts.new_code())
        raise
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    submission = Submission.objects.filter(look_up_id=look_up_id).first()
    locked = bytes(submission.key_under_code) if submission else b""
    place = sealed_store.key_place(submission.pk if submission else "")
    private = b""
    try:
        # As long as a locked key, and opened by none.
        private = sealing.unlock_key(locked or bytes(104), under=wrapping, place=place)
    except DoesNotOpen:
        if locked:
            raise
    return Opened(submission, private) if submission and (private or submission.is_erased) else None


def what_i_sent(opened: Opened) -> Sent:
    """Return the newest words and answers, as they were sent."""
    if not opened.private:
        return Sent({}, {})
    kinds = (SealedText.Kind.ACCOUNT, SealedText.Kind.ANSWERS)
    return Sent(*(sealed_store.latest_opened(opened.submission, kind, private=opened.private) for kind in kinds))
