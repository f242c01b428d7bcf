"""Receiving what somebody sends: sealed, stored once, and only then acknowledged."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from stories import lifecycle
from stories.models import QueueKey, SealedText, Submission
from stories.telling import cleaning, coming_back, conversation, receipts, sealed_store, sealing, token_keys

# As long as a token that carries a code is good, the same form can come again.
_REPEATS_FOR = 2 * token_keys.HOUR


class NotOpenYet(RuntimeError):
    """No queue key has been made, so nobody could ever read what is sent."""


class Rotated(RuntimeError):
    """The queue key was rotated while a row was being written; writing it again uses the new one."""


class TakenBack(RuntimeError):
    """What was sent under this code is erased, so nothing can be sealed under it any more."""


@dataclass(frozen=True)
class Sent:
    """What one person sends: their words, and their ticked answers by field name."""

    account: dict[str, str]
    answers: dict[str, Any] = field(default_factory=dict)


def is_open() -> bool:
    """True once the team has a queue key, so that what is sent can be read."""
    return queue_key() is not None


def queue_key() -> QueueKey | None:
    """The key to seal to; none where its fingerprint isn't the pinned one, for somebody may have swapped it."""
    queue = QueueKey.objects.filter(is_current=True).first()
    pinned = settings.QUEUE_KEY_FINGERPRINT.replace("-", "")
    if queue and pinned and sealing.fingerprint(bytes(queue.public)) != pinned:
        return None
    return queue


def receive(
    sent: Sent, *, code: str, keeps_code: bool = True, is_flood: bool = False, language: str = "en"
) -> Submission:
    """Seal and store `sent` once under `code`; when it returns, it is committed.

    The same code again stores nothing twice: the same words change nothing, and other words
    (somebody went back and wrote more) are kept too. Raises `NotOpenYet`, `TakenBack` and
    database errors.
    """
    sent = Sent({name: cleaning.clean(words) for name, words in sent.account.items()}, sent.answers)
    trace = _trace(sent, code=code)
    is_new = cache.add(trace, 1, timeout=_REPEATS_FOR)
    about: dict[str, Any] = {"keeps_code": keeps_code, "is_flood": is_flood, "language": language}
    try:
        return _receive_once(sent, code=code, is_new=is_new, **about)
    except Exception:
        cache.delete(trace)
        raise


def _receive_once(sent: Sent, *, code: str, is_new: bool, **about: Any) -> Submission:
    try:
        with transaction.atomic():
            return _store(sent, code=code, **about)
    except IntegrityError:
        found = _sent_before(code)
        if found is None:
            raise
        return _keep_what_is_new(found, sent, code=code, is_new=is_new)
    except Rotated:
        return _receive_once(sent, code=code, is_new=is_new, **about)


def _trace(sent: Sent, *, code: str) -> str:
    """Name in memory, for as long as a form is good, exactly what was sent: only the code could work it out again.

    Where nobody keeps the code nothing stored can be opened for comparing, and a second press would count as new.
    """
    key = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    words = json.dumps([sent.account, sent.answers], sort_keys=True).encode()
    return f"sent:{hashlib.blake2b(words, key=key, digest_size=16).hexdigest()}"


def _store(sent: Sent, *, code: str, keeps_code: bool, is_flood: bool, language: str) -> Submission:
    queue = queue_key()
    if queue is None:
        raise NotOpenYet
    pair, row_id, week = sealing.new_pair(), uuid.uuid4(), lifecycle.this_week()
    submission = Submission.objects.create(
        id=row_id,
        look_up_id=receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER),
        week=week,
        language=language,
        is_flood=is_flood,
        erase_on=week + timedelta(days=lifecycle.DAYS_UNDECIDED),
        public_key=pair.public,
        key_under_code=_under_code(pair.private, code, row_id) if keeps_code else b"",
        key_for_queue=sealing.seal_key(
            pair.private, to=bytes(queue.public), place=sealed_store.queue_place(row_id, queue.epoch)
        ),
        queue_epoch=queue,
    )
    refuse_if_rotated(queue)
    sealed_store.add(submission, SealedText.Kind.ACCOUNT, sent.account)
    sealed_store.add(submission, SealedText.Kind.ANSWERS, sent.answers)
    lifecycle.record(submission, "receive")
    return submission


def refuse_if_rotated(queue: QueueKey) -> None:
    """Raise `Rotated` if another key took over meanwhile; call it after the row that names `queue` is written.

    From then on a rotation waits for this transaction, so no row is left behind on an old epoch.
    """
    if not QueueKey.objects.filter(pk=queue.pk, is_current=True).exists():
        raise Rotated


def _under_code(private: bytes, code: str, row_id: uuid.UUID) -> bytes:
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    return sealing.lock_key(private, under=wrapping, place=sealed_store.key_place(row_id))


def _sent_before(code: str) -> Submission | None:
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    return Submission.objects.filter(look_up_id=look_up_id).first()


@transaction.atomic
def _keep_what_is_new(submission: Submission, sent: Sent, *, code: str, is_new: bool) -> Submission:
    """Keep changed words as a message and changed answers as the newest ones, so that no word or wish is lost."""
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.is_erased:
        raise TakenBack
    opened = coming_back.find(code)
    if opened is None:
        _keep(submission, sent, account=is_new, answers=is_new)
        return submission
    before = coming_back.what_i_sent(opened)
    is_other = before["account"] != sent.account and _as_message(sent) not in conversation.texts(opened)
    _keep(submission, sent, account=is_other, answers=before["answers"] != sent.answers)
    return submission


def _keep(submission: Submission, sent: Sent, *, account: bool, answers: bool) -> None:
    if answers:
        sealed_store.add(submission, SealedText.Kind.ANSWERS, sent.answers)
    if account:
        conversation.take(submission, _as_message(sent))


def _as_message(sent: Sent) -> str:
    return "\n\n".join(words for words in sent.account.values() if words)
