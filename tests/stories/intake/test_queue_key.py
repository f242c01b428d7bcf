import pytest

from moderation.team import vault
from stories.crypto import receipts, sealing
from stories.intake import receive
from stories.models import QueueKey, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("was_used", [False, True])
def test_nothing_is_sealed_to_a_key_that_is_not_the_pinned_one(was_used, queue_key, settings):
    if was_used:
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    settings.QUEUE_KEY_FINGERPRINT = "0000-0000-0000-0000"

    assert not receive.is_open()
    with pytest.raises(receive.NotOpenYet):
        receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))
    assert Submission.objects.count() == was_used


def test_the_pinned_key_is_sealed_to(queue_key, settings):
    settings.QUEUE_KEY_FINGERPRINT = vault.key_fingerprint(queue_key.public)

    receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))

    assert Submission.objects.count() == 1


def test_key_that_is_rotated_while_somebody_sends_is_not_sealed_to(queue_key, monkeypatch):
    stale = QueueKey.objects.get()
    QueueKey.objects.update(is_current=False)
    fresh = QueueKey.objects.create(epoch=2, public=sealing.new_pair().public)
    seen = iter([stale, fresh])
    monkeypatch.setattr(receive, "queue_key", lambda: next(seen))

    submission = receive.receive_account(factories.sent(), receive.Arrival(receipts.new_code()))

    assert submission.queue_epoch == fresh
    assert Submission.objects.count() == 1
