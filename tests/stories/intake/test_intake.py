"""Receiving: sealed to the pinned key, stored once, and only then acknowledged."""

import threading

import pytest
from django.db import DatabaseError, OperationalError, connection

from moderation.team import vault
from stories.core import lifecycle, sealed_store
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen
from stories.intake import coming_back, drafts, receive, retention
from stories.models import Event, QueueKey, SealedText, Submission
from tests import factories
from tests.stories.intake.visiting import ACCOUNT, TOLD, raising

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_what_is_stored_opens_with_code_and_with_queue_key_and_with_nothing_else(queue_key):
    submission, other = factories.submission_at("received"), factories.submission_at("received")
    text = SealedText.objects.get(submission=submission, kind="account")
    by_code, place = coming_back.open_code(submission.code).private, sealed_store.queue_place(submission.pk, 1)
    private = factories.queue_pair().private

    assert sealing.open_key(bytes(submission.key_for_queue), private=private, place=place) == by_code
    assert sealed_store.open_sealed_text(text, private=by_code)["account"] == factories.ACCOUNT["account"]
    for wrong in (bytes(submission.public_key), bytes(submission.look_up_id), private):
        with pytest.raises(DoesNotOpen):
            sealed_store.open_sealed_text(text, private=wrong)
    # Nor does a key that was moved to another row.
    with pytest.raises(DoesNotOpen):
        sealing.open_key(bytes(other.key_for_queue), private=private, place=place)


def test_half_a_submission_is_never_kept_and_none_under_a_code_that_was_withdrawn(queue_key, monkeypatch):
    submission = factories.submission_at("received")
    retention.withdraw_submission(coming_back.open_code(submission.code))
    with pytest.raises(receive.TakenBack):
        receive.receive_account(factories.sent(), receive.Arrival(submission.code))

    monkeypatch.setattr(lifecycle, "event_of", raising(DatabaseError))
    with pytest.raises(DatabaseError):
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    assert Submission.objects.get() == submission


# Two real connections have to meet, which they cannot inside one test's transaction.
@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_store_once_and_both_are_acknowledged():
    factories.queue_key()
    code, stored, start = receipts.new_code(), [], threading.Barrier(4)

    def send():
        start.wait()
        try:
            stored.append(receive.receive_account(factories.sent(), receive.Arrival(code)).pk)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(stored) == 4
    assert len(set(stored)) == 1
    assert Submission.objects.count() == 1
    assert SealedText.objects.count() == 2


# Only where commits are real can one fail.
@pytest.mark.django_db(transaction=True)
def test_commit_that_fails_shows_no_code_and_gives_the_words_back(visitor, monkeypatch):
    factories.queue_key()
    visitor.check()
    with monkeypatch.context() as broken:
        broken.setattr(connection, "_commit", raising(OperationalError("disk I/O error")))
        visitor.post("/tell/form/", step="send", **TOLD)

    assert visitor.response.status_code == 503
    assert not visitor.code()
    assert visitor.box("account") == ACCOUNT
    assert not Submission.objects.exists()


def test_unseen_characters_are_never_sealed_whoever_calls(queue_key):
    submission = factories.submission_at("received", account="Nobody\u202e rang\x07\u200b.\r\nEver.")

    stored = coming_back.what_i_sent(coming_back.open_code(submission.code))

    assert stored.account["account"] == "Nobody rang.\nEver."


@pytest.mark.parametrize("was_used", [False, True])
def test_nothing_is_sealed_to_a_key_that_is_not_the_pinned_one(was_used, queue_key, settings):
    if was_used:
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(queue_key.public)
    assert receive.is_open()
    settings.QUEUE_KEY_FINGERPRINT = "0000-0000-0000-0000"

    assert not receive.is_open()
    with pytest.raises(receive.NotOpenYet):
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    assert Submission.objects.count() == was_used


@pytest.mark.parametrize("is_draft", [False, True])
def test_key_that_is_rotated_while_somebody_sends_is_not_sealed_to(is_draft, queue_key, monkeypatch):
    code = receipts.new_code()
    if is_draft:
        drafts.keep_draft(factories.sent(), receive.Arrival(code))
    stale = QueueKey.objects.get()
    QueueKey.objects.update(is_current=False)
    fresh = QueueKey.objects.create(epoch=2, public=sealing.new_pair().public)
    # With a draft each try asks twice: for a new row, which the draft is in the way of, and for the draft.
    seen = iter([stale, stale, fresh, fresh] if is_draft else [stale, fresh])
    monkeypatch.setattr(receive, "queue_key", lambda: next(seen))

    receive.receive_account(factories.sent(), receive.Arrival(code))

    assert Submission.objects.get().queue_epoch == fresh
    assert Event.objects.filter(deed="send" if is_draft else "receive").count() == 1
