import nacl.exceptions
import nacl.pwhash
import pytest

from moderation.models import KeyShare, ModeratorKey
from moderation.team import vault
from moderation.team.permissions import MODERATORS, Refused
from stories.crypto import sealing
from stories.models import QueueKey
from tests import factories
from tests.stories.intake.visiting import raising
from tests.vaults import key_of, opened_by

pytestmark = pytest.mark.django_db


def test_each_vault_that_cannot_be_opened_says_what_to_do_instead(settings, monkeypatch):
    def refused(why):
        with pytest.raises(Refused, match=why):
            vault.unlock_vault(alice, factories.WORDS)

    alice = factories.person("alice", MODERATORS)
    refused("vault init")
    factories.queue_key()
    refused("Make one under")
    for made_for_demo, runs_as_demo in ((True, False), (False, True)):
        QueueKey.objects.update(made_for_demo=made_for_demo)
        settings.DEMO = runs_as_demo
        refused("made this vault")
    # Lack of memory is never called a wrong passphrase.
    settings.DEMO, alice = False, factories.moderator("another")
    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", raising(nacl.exceptions.RuntimeError("failed")))
    refused("may well be right")


def test_swapped_key_of_the_team_or_of_a_moderator_is_noticed_when_they_unlock(alice):
    for rows, why in ((QueueKey.objects, "isn’t the team’s"), (ModeratorKey.objects, "Your key was changed")):
        rows.update(public=sealing.new_pair().public)
        with pytest.raises(vault.SwappedKey, match=why):
            vault.unlock_vault(alice, factories.WORDS)


def test_share_changed_in_any_byte_or_put_into_another_row_or_epoch_does_not_open(alice, bob):
    hers = KeyShare.objects.get(key=key_of(alice))
    whole, his = bytes(hers.box), KeyShare.objects.get(key=key_of(bob)).box
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (0, 40, 111, 112, 143)]

    for box in (*flipped, his):
        KeyShare.objects.filter(pk=hers.pk).update(box=box)
        with pytest.raises(vault.SwappedKey, match="moved or altered"):
            opened_by(alice)

    hers.save()
    assert opened_by(alice)
    QueueKey.objects.update(is_current=False)
    QueueKey.objects.create(epoch=2, public=factories.queue_pair().public)
    KeyShare.objects.update(epoch_id=2)
    with pytest.raises(vault.SwappedKey, match="moved or altered"):
        opened_by(alice)


def test_pinned_queue_key_opens_and_is_sealed_to(alice, settings):
    name = vault.key_fingerprint(factories.queue_pair().public)
    # The last two are pins of the first release, whose fingerprints had half as many.
    for pin in (name, name.replace("-", ""), name[:19], name.replace("-", "")[:16]):
        settings.QUEUE_KEY_FINGERPRINT = pin
        assert opened_by(alice).keys, pin
        assert factories.receive.is_open(), pin


def test_key_that_is_not_the_pinned_one_is_refused_even_with_its_private_half(alice, settings):
    name = sealing.fingerprint(factories.queue_pair().public)
    parts = [name[:digits] for digits in (4, 15, 17, 31)]
    another = vault.key_fingerprint(sealing.new_pair().public)

    for pin in (*parts, another, name[:16] + "".join(reversed(name[16:]))):
        settings.QUEUE_KEY_FINGERPRINT = pin
        assert not factories.receive.is_open(), pin
        with pytest.raises(vault.SwappedKey, match="QUEUE_KEY_FINGERPRINT"):
            opened_by(alice)


def test_open_vault_shows_no_key_when_it_is_printed(alice):
    opened = opened_by(alice)

    assert opened.keys[1].hex() not in repr(opened)
    assert repr(opened.keys[1]) not in repr(opened)
