"""Receiving what somebody sends: sealed, stored once, and only then acknowledged."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from stories import lifecycle
from stories.models import QueueKey, SealedText, Submission
from stories.telling import coming_back, conversation, receipts, sealed_store, sealing


class NotOpenYet(RuntimeError):
    """No queue key has been made, so nobody could ever read what is sent."""


@dataclass(frozen=True)
class Sent:
    """What one person sends: their words, and their ticked answers by field name."""

    account: dict[str, str]
    answers: dict[str, Any] = field(default_factory=dict)


def is_open() -> bool:
    """True once the team has a queue key, so that what is sent can be read."""
    return QueueKey.objects.filter(is_current=True).exists()


def receive(
    sent: Sent, *, code: str, keeps_code: bool = True, is_flood: bool = False, language: str = "en"
) -> Submission:
    """Seal and store `sent` once under `code`; when it returns, it is committed.

    The same code again stores nothing twice: the same words change nothing, and other words
    (somebody went back and wrote more) are kept too. Raises `NotOpenYet` and database errors.
    """
    try:
        with transaction.atomic():
            return _store(sent, code=code, keeps_code=keeps_code, is_flood=is_flood, language=language)
    except IntegrityError:
        found = _sent_before(code)
        if found is None:
            raise
        return _keep_what_is_new(found, sent, code=code)


def _store(sent: Sent, *, code: str, keeps_code: bool, is_flood: bool, language: str) -> Submission:
    queue = QueueKey.objects.filter(is_current=True).first()
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
    sealed_store.add(submission, SealedText.Kind.ACCOUNT, sent.account)
    sealed_store.add(submission, SealedText.Kind.ANSWERS, sent.answers)
    lifecycle.record(submission, "receive")
    return submission


def _under_code(private: bytes, code: str, row_id: uuid.UUID) -> bytes:
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    return sealing.lock_key(private, under=wrapping, place=sealed_store.key_place(row_id))


def _sent_before(code: str) -> Submission | None:
    look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
    return Submission.objects.filter(look_up_id=look_up_id).first()


def _keep_what_is_new(submission: Submission, sent: Sent, *, code: str) -> Submission:
    """Compare with what was stored; a changed account is kept as a message, so that no word is lost."""
    opened = coming_back.find(code)
    if opened is None or opened.submission.is_erased:
        return submission
    before = sealed_store.latest(submission, SealedText.Kind.ACCOUNT, private=opened.private)
    if before != sent.account:
        text = "\n\n".join(words for words in sent.account.values() if words)
        if text not in {message["text"] for message in conversation.messages(opened)}:
            conversation.write(opened, text)
    return submission
