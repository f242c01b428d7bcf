"""What waits moves with the team's key, and opens with the new one alone."""

import pytest

from moderation import reading
from moderation.models import KeyShare
from moderation.responses import agreeing
from moderation.safekeeping import rotation
from tests import factories

pytestmark = pytest.mark.django_db


def test_waiting_answer_moves_to_the_next_key_and_is_agreed_there(alice, bob):
    entry = factories.an_entry(by=alice)
    before = bytes(entry.versions.get().box)
    vault = rotation.begin_rotation(by=factories.open_vault(bob))
    assert rotation.left_to_reseal() == 1

    assert rotation.reseal_some(by=vault) == 0

    version = entry.versions.get()
    assert (version.queue_epoch_id, bytes(version.box) == before) == (2, False)
    with pytest.raises(reading.CannotOpen):
        reading.response(version, vault=factories.open_vault(bob))
    assert agreeing.agree(entry, version.digest, vault=vault).words == "We got this wrong."


def test_agreed_answer_holds_no_rotation_up(alice, bob):
    factories.a_response()
    vault = rotation.begin_rotation(by=factories.open_vault(bob))

    assert rotation.left_to_reseal() == 0
    assert rotation.reseal_some(by=vault) == 0
    assert not KeyShare.objects.filter(epoch__is_current=False).exists()
