import pytest

from moderation import vault
from stories.models import Submission
from stories.telling import intake, receipts
from tests import factories

pytestmark = pytest.mark.django_db


def test_nothing_is_sealed_to_a_key_that_is_not_the_pinned_one(queue_key, settings):
    settings.QUEUE_KEY_FINGERPRINT = "0000-0000-0000-0000"

    assert not intake.is_open()
    with pytest.raises(intake.NotOpenYet):
        intake.receive(factories.sent(), code=receipts.new_code())
    assert not Submission.objects.exists()


def test_the_pinned_key_is_sealed_to(queue_key, settings):
    settings.QUEUE_KEY_FINGERPRINT = vault.fingerprint(queue_key.public)

    intake.receive(factories.sent(), code=receipts.new_code())

    assert Submission.objects.count() == 1
