import nacl.exceptions
import nacl.pwhash
import pytest

from moderation.models import KeyShare, ModeratorKey
from moderation.team import vault
from moderation.team.permissions import MODERATORS, Refused
from stories.crypto import passphrases, sealing
from stories.models import QueueKey
from tests import factories
from tests.stories.intake.visiting import raising
from tests.vaults import key_of, opened_by, private_of

pytestmark = pytest.mark.django_db


def test_vault_begins_once_and_keeps_nothing_that_opens_it():
    paper = passphrases.paper_as_key(vault.begin_vault())

    share = KeyShare.objects.get()
    assert sealing.matches(bytes(share.paper_public), paper)
    assert paper not in bytes(share.box)
    with pytest.raises(Refused, match="begun already"):
        vault.begin_vault()


def test_each_vault_that_cannot_be_opened_says_what_to_do_instead(settings):
    alice = factories.person("alice", MODERATORS)
    with pytest.raises(Refused, match="vault init"):
        vault.unlock_vault(alice, factories.WORDS)
    factories.queue_key()
    with pytest.raises(Refused, match="Make one under"):
        vault.unlock_vault(alice, factories.WORDS)
    for made_for_demo, runs_as_demo in ((True, False), (False, True)):
        QueueKey.objects.update(made_for_demo=made_for_demo)
        settings.DEMO = runs_as_demo
        with pytest.raises(Refused, match="made this vault"):
            vault.unlock_vault(alice, factories.WORDS)


def test_lack_of_memory_is_never_called_a_wrong_passphrase(alice, monkeypatch):
    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", raising(nacl.exceptions.RuntimeError("failed")))

    with pytest.raises(Refused, match="may well be right"):
        vault.unlock_vault(alice, factories.WORDS)


def test_swapped_queue_key_is_noticed(alice):
    QueueKey.objects.update(public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="isn’t the team’s"):
        opened_by(alice)


def test_swapped_key_of_a_moderator_is_noticed_when_they_unlock(alice):
    ModeratorKey.objects.filter(moderator=alice).update(public=sealing.new_pair().public)

    with pytest.raises(vault.SwappedKey, match="Your key was changed"):
        vault.unlock_vault(alice, factories.WORDS)


def test_share_put_into_another_holders_row_or_under_another_epoch_does_not_open(alice, bob):
    hers = KeyShare.objects.get(key=key_of(alice))
    KeyShare.objects.filter(pk=hers.pk).update(box=KeyShare.objects.get(key=key_of(bob)).box)
    with pytest.raises(vault.SwappedKey, match="moved or altered"):
        opened_by(alice)

    hers.save()
    QueueKey.objects.update(is_current=False)
    QueueKey.objects.create(epoch=2, public=factories.queue_pair().public)
    KeyShare.objects.update(epoch_id=2)
    with pytest.raises(vault.SwappedKey, match="moved or altered"):
        opened_by(alice)


def test_share_with_any_byte_changed_does_not_open(alice):
    share = KeyShare.objects.get(key=key_of(alice))
    whole = bytes(share.box)

    for position in (0, 40, 111, 112, 143):
        share.box = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        with pytest.raises(vault.SwappedKey, match="moved or altered"):
            vault.open_share(share, private=private_of(alice))


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
