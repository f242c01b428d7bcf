"""The team's vault: one queue key, sealed to each moderator's own key and to one paper.

Nothing here knows of requests: `vault_session` carries an open vault through a session, `keys` has
the rules and the trace, `rotation` changes the queue key.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from moderation.models import KeyShare, ModeratorKey
from moderation.team.permissions import REASONS, Refused
from stories.crypto import passphrases, sealing
from stories.crypto.sealing import DoesNotOpen, NotEnoughMemory, Place, SealingError
from stories.intake import receive
from stories.models import QueueKey

_TAG_LENGTH = 32


class WrongPassphrase(Refused):
    """The six words don't open this moderator's key."""


class NotShared(Refused):
    """The key has no share: nobody admitted it, or somebody stopped it."""


class SwappedKey(Refused):
    """Somebody changed a key or a share in the database: it isn't the one that belongs there."""


@dataclass(frozen=True)
class OpenVault:
    """An unlocked vault in one moderator's hands: the queue key's private half by epoch."""

    moderator: User
    admitted_at: datetime
    keys: Mapping[int, bytes] = field(repr=False)

    def without_retired(self) -> "OpenVault":
        """The same without the epochs that a finished rotation left behind."""
        used = set(KeyShare.objects.filter(epoch__in=self.keys).values_list("epoch", flat=True))
        return replace(self, keys={epoch: private for epoch, private in self.keys.items() if epoch in used})

    def key_of(self, epoch: int) -> bytes:
        """The private half of `epoch`; raises `Refused` where this vault was opened before it began."""
        if epoch not in self.keys:
            raise Refused(REASONS["key_changed_since"])
        return self.keys[epoch]


def current_queue_key() -> QueueKey | None:
    """The queue key that intake seals to, or None before `vault init`."""
    return QueueKey.objects.filter(is_current=True).first()


def key_fingerprint(public: bytes | memoryview) -> str:
    """Return a public key's name for people to compare and to pin in the environment: eight groups of four."""
    name = sealing.fingerprint(bytes(public))
    return "-".join(name[start : start + 4] for start in range(0, len(name), 4))


@transaction.atomic
def begin_vault(*, for_demo: bool | None = None, paper: sealing.Pair | None = None) -> str:
    """Make the first queue key; returns the paper's text, which is shown once and kept nowhere."""
    refuse_second()
    queue, paper = sealing.new_pair(), paper or sealing.new_pair()
    made_for_demo = settings.DEMO if for_demo is None else for_demo
    QueueKey.objects.create(epoch=1, public=queue.public, made_for_demo=made_for_demo)
    seal_share(KeyShare(epoch_id=1, paper_public=paper.public), queue.private)
    return passphrases.key_as_paper(paper.private)


def refuse_second() -> None:
    if QueueKey.objects.exists():
        raise Refused(REASONS["begun_already"])


@transaction.atomic
def make_key(moderator: User) -> str:
    """Make a moderator's pair; returns the six words, which are shown once. An older key ends here."""
    words, pair = passphrases.six_words(), sealing.new_pair()
    older = ModeratorKey.objects.filter(moderator=moderator, is_current=True)
    KeyShare.objects.filter(key__in=older).delete()
    older.update(is_current=False)
    ModeratorKey.objects.create(
        moderator=moderator,
        public=pair.public,
        locked_private=sealing.lock_with_passphrase(pair.private, words, place=_key_place(moderator)),
        made_at=timezone.now(),
    )
    return words


@transaction.atomic
def admit_holder(key: ModeratorKey, *, by: OpenVault) -> KeyShare:
    """Share the queue key with `key`, in every epoch that is in use; it reads at once and agrees after 48 hours.

    A retired epoch has no shares left, and gets none back from a session that still holds its private half.
    """
    key = ModeratorKey.objects.select_for_update().get(pk=key.pk)
    if not key.is_current:
        raise Refused(REASONS["key_replaced"])
    if key.moderator_id == by.moderator.pk:
        raise Refused(REASONS["admits_own_key"])
    # Locked, as a rotation that ends at this moment locks them.
    epochs = list(QueueKey.objects.select_for_update().order_by("pk"))
    by.key_of(next(epoch.pk for epoch in epochs if epoch.is_current))
    used = sorted(by.without_retired().keys.items())
    return [_share(key, epoch, private, by=by.moderator) for epoch, private in used][-1]


@transaction.atomic
def admit_with_paper(key: ModeratorKey, paper: str) -> None:
    """Share the queue key from the paper: at the beginning, or when every moderator is gone."""
    try:
        paper_private = passphrases.paper_as_key(paper)
    except passphrases.Misread as misread:
        raise Refused(str(misread)) from None
    for on_paper in KeyShare.objects.filter(key__isnull=True).select_related("epoch"):
        if not sealing.matches(bytes(on_paper.paper_public or b""), paper_private):
            raise Refused(REASONS["paper_of_another_vault"])
        private = open_share(on_paper, private=paper_private)
        _check_epoch(on_paper.epoch, private)
        _share(key, on_paper.epoch_id, private, by=None)


def _share(key: ModeratorKey, epoch: int, private: bytes, *, by: User | None) -> KeyShare:
    had = KeyShare.objects.filter(epoch=epoch, key=key).first()
    return had or seal_share(KeyShare(epoch_id=epoch, key=key, shared_by=by), private)


def unlock_vault(moderator: User, words: str) -> OpenVault:
    """Open the vault with a moderator's six words; raises one of the errors above."""
    refuse_other_mode()
    key = own_key(moderator)
    return open_shares(key, _private_half(key, words))


def refuse_other_words(moderator: User, words: str) -> None:
    """Raise one of the errors above unless these are the six words of this moderator's key; it need not be admitted."""
    _private_half(own_key(moderator), words)


def current_key(person: User | None) -> ModeratorKey | None:
    """A person's own key, the newest that was made for them."""
    return ModeratorKey.objects.filter(moderator=person, is_current=True).first()


def own_key(moderator: User) -> ModeratorKey:
    """The same; raises `Refused` where they made none."""
    key = current_key(moderator)
    if key is None:
        raise Refused(REASONS["no_own_key"])
    return key


def refuse_other_mode() -> QueueKey:
    """Return the current queue key; raises `Refused` where there is none, or the demo and a real site met."""
    queue = current_queue_key()
    if queue is None:
        raise Refused(REASONS["not_begun"])
    if queue.made_for_demo != settings.DEMO:
        raise Refused(REASONS["of_the_demo" if queue.made_for_demo else "of_a_real_site"])
    return queue


def _private_half(key: ModeratorKey, words: str) -> bytes:
    try:
        private = sealing.unlock_with_passphrase(bytes(key.locked_private), words, place=_key_place(key.moderator))
    except NotEnoughMemory:
        raise Refused(REASONS["out_of_memory"]) from None
    except DoesNotOpen:
        hint = passphrases.slip_in(words)
        raise WrongPassphrase(f"{REASONS['wrong_words']} {hint or ''}".strip()) from None
    if not sealing.matches(bytes(key.public), private):
        raise SwappedKey(REASONS["own_key_swapped"])
    return private


def open_shares(key: ModeratorKey, private: bytes) -> OpenVault:
    shares = list(KeyShare.objects.filter(key=key).select_related("epoch", "key").order_by("epoch_id"))
    if not any(share.epoch.is_current for share in shares):
        raise NotShared(REASONS["not_shared"])
    keys = {share.epoch_id: open_share(share, private=private) for share in shares}
    for share in shares:
        _check_epoch(share.epoch, keys[share.epoch_id])
    return OpenVault(key.moderator, admitted_at=min(share.admitted_at for share in shares), keys=keys)


def check_pair(epoch: QueueKey, private: bytes) -> None:
    """Raise `SwappedKey` unless the public half in the database belongs to `private`."""
    if not sealing.matches(bytes(epoch.public), private):
        raise SwappedKey(REASONS["queue_key_swapped"])


def _check_epoch(epoch: QueueKey, private: bytes) -> None:
    """Do so, and also where the environment pins another key than the current one."""
    check_pair(epoch, private)
    if epoch.is_current and not receive.is_as_pinned(epoch):
        raise SwappedKey(REASONS["not_the_pinned_key"])


def seal_share(share: KeyShare, private: bytes) -> KeyShare:
    """Seal the queue key of its epoch to the holder of a new share, in 144 bytes with a tag, and store it.

    Whoever can write in the database could put a key of their own beside a share and wait for the next rotation to
    seal to it; the tag names the holder's public half, and only somebody who holds the queue key can make it.
    """
    try:
        share.box = sealing.seal_key(private, to=_holder_of(share), place=_share_place(share)) + _tag(share, private)
    except SealingError:
        raise SwappedKey(REASONS["queue_key_swapped"]) from None
    share.admitted_at = share.admitted_at or timezone.now()
    share.save()
    return share


def open_share(share: KeyShare, *, private: bytes) -> bytes:
    """Return the queue key of a share; raises `SwappedKey` where it was moved to another row or altered."""
    try:
        queue_private = sealing.open_key(bytes(share.box)[:-_TAG_LENGTH], private=private, place=_share_place(share))
    except SealingError:
        raise SwappedKey(REASONS["share_swapped"]) from None
    if not is_own(share, queue_private):
        raise SwappedKey(REASONS["share_swapped"])
    return queue_private


def is_own(share: KeyShare, queue_private: bytes) -> bool:
    """True when the holder's public half is the one that the share was made for."""
    return hmac.compare_digest(bytes(share.box)[-_TAG_LENGTH:], _tag(share, queue_private))


def _holder_of(share: KeyShare) -> bytes:
    return bytes((share.key.public if share.key else share.paper_public) or b"")


def _share_place(share: KeyShare) -> Place:
    return Place(row=str(share.key_id or "paper"), kind="queue-key", number=share.epoch_id)


def _tag(share: KeyShare, queue_private: bytes) -> bytes:
    place = _share_place(share)
    named = f"{place.row} {place.number} {_holder_of(share).hex()}".encode()
    return hashlib.blake2b(named, key=queue_private, digest_size=_TAG_LENGTH, person=b"heard share").digest()


def _key_place(moderator: User) -> Place:
    return Place(row=str(moderator.pk), kind="moderator-key", number=0)
