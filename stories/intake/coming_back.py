"""Opening a receipt code: the submission, its story key, and the words and answers of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from stories.core import lifecycle, sealed_store
from stories.core.retention_days import DAYS_UNDECIDED
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen, UnreadableCode
from stories.models import Event, LastRun, SealedText, Submission


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
    """Return the newest words and answers, as they were sent, without what a restore had brought back."""
    if not opened.private:
        return Sent({}, {})
    kinds = (SealedText.Kind.ACCOUNT, SealedText.Kind.ANSWERS)
    sent = Sent(*(sealed_store.latest_opened(opened.submission, kind, private=opened.private) for kind in kinds))
    return Sent(sent.account, sent.answers | choices_taken_back(changes_of(opened.submission)))


# The least that each of these can allow. After a restore an event with its name as reason says that it was chosen:
# what is sealed is of before, and nobody is there to seal another.
LEAST: dict[str, object] = {
    **dict.fromkeys(("consent_publish", "consent_quote", "consent_training", "consent_count"), False),
    **{"consent_ask_again": True, "place_shown": "nothing"},
}


def changes_of(submission: Submission) -> QuerySet[Event]:
    return Event.objects.filter(submission=submission, deed__in=lifecycle.CHANGES)


def choices_taken_back(events: Iterable[Event]) -> dict[str, object]:
    """What a restore had brought back, as answers that take it back, for as long as they haven't chosen again."""
    found: dict[str, object] = {}
    for event in events:
        if event.reason in LEAST:
            found[event.reason] = LEAST[event.reason]
        elif event.deed in ("answers", "consents"):
            is_kept = "consent_" if event.deed == "answers" else "place_shown"
            found = {name: least for name, least in found.items() if name.startswith(is_kept)}
    return found


_LOST = ("codes lost from", "codes lost until")


def remember_lost_codes(since: datetime, until: datetime) -> None:
    """Have the page where a code opens nothing say that a restore lost what came in between."""
    for name, at in zip(_LOST, (since, until), strict=True):
        LastRun.objects.update_or_create(name=name, defaults={"at": at})


def days_of_lost_codes() -> tuple[date, date] | None:
    """The first and the last day on which a code may have been given that is lost; nothing 90 days later."""
    told = dict(LastRun.objects.filter(name__in=_LOST).values_list("name", "at"))
    if len(told) < len(_LOST):
        return None
    first, last = (timezone.localdate(told[name]) for name in _LOST)
    return (first, last) if lifecycle.today() <= last + timedelta(days=DAYS_UNDECIDED) else None
