"""The team's vault: one queue key, sealed to each moderator's own key and to one paper.

Nothing here knows of requests; `moderation.vault_door` carries an open vault through a session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from moderation import passphrases
from moderation.errors import Refused
from moderation.models import KeyShare, ModeratorKey
from stories.models import QueueKey, Submission, TakeDownRequest
from stories.telling import sealed_store, sealing
from stories.telling.errors import DoesNotOpen
from stories.telling.sealing import Pair, Place

ROTATE_AT_ONCE = 200


@dataclass(frozen=True)
class OpenVault:
    """An unlocked vault in one moderator's hands: the queue key's private half by epoch."""

    moderator: Any
    admitted_at: datetime
    keys: Mapping[int, bytes] = field(repr=False)


class WrongPassphrase(Refused):
    """The six words don't open this moderator's key."""

    def __init__(self) -> None:
        super().__init__("These six words don't open your key. Check each word; capitals and spaces don't matter.")


class NotAdmitted(Refused):
    """The moderator has no key, or nobody has admitted it yet."""


class SwappedKey(Refused):
    """A public key isn't the one that belongs to the private half: somebody changed the database."""

    def __init__(self) -> None:
        super().__init__("The vault's public key isn't the team's. Stop, and tell every moderator.")


def current() -> QueueKey | None:
    """The queue key that intake seals to, or None before `vault init`."""
    return QueueKey.objects.filter(is_current=True).first()


def fingerprint(public: bytes) -> str:
    """Return a public key's name for people to compare and to pin in the environment: 16 hex digits in groups."""
    name = sealing.fingerprint(bytes(public))
    return "-".join(name[start : start + 4] for start in range(0, len(name), 4))


# --- Beginning, keys, admitting -------------------------------------------------------------


@transaction.atomic
def begin(*, for_demo: bool = False) -> str:
    """Make the first queue key; returns the paper's text, which is shown once and kept nowhere."""
    if QueueKey.objects.exists():
        raise Refused("The vault has begun already. `vault status` shows it; `vault rotate` makes a new key.")
    queue, paper = sealing.new_pair(), sealing.new_pair()
    epoch = QueueKey.objects.create(epoch=1, public=queue.public, made_for_demo=for_demo)
    KeyShare.objects.create(
        epoch=epoch,
        paper_public=paper.public,
        box=sealing.seal_key(queue.private, to=paper.public, place=_share_place("paper", 1)),
        admitted_at=timezone.now(),
    )
    return passphrases.key_as_paper(paper.private)


@transaction.atomic
def make_key(moderator: Any) -> str:
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
def admit(key: ModeratorKey, *, by: OpenVault) -> KeyShare:
    """Share every epoch's queue key with `key`; it reads at once and agrees after 48 hours."""
    if not key.is_current:
        raise Refused("This key has been replaced by a newer one.")
    if key.moderator_id == by.moderator.pk:
        raise Refused("Another moderator has to admit your key.")
    shares = [_share(key, epoch, private, by=by.moderator) for epoch, private in by.keys.items()]
    return shares[-1]


@transaction.atomic
def admit_with_paper(key: ModeratorKey, paper: str) -> None:
    """Share the queue key from the paper: at the beginning, or when every moderator is gone."""
    paper_private = passphrases.paper_as_key(paper)
    for on_paper in KeyShare.objects.filter(key__isnull=True).select_related("epoch"):
        private = sealing.open_key(
            bytes(on_paper.box), private=paper_private, place=_share_place("paper", on_paper.epoch_id)
        )
        _check_pair(on_paper.epoch, private)
        _share(key, on_paper.epoch_id, private, by=None)


@transaction.atomic
def stop(key: ModeratorKey) -> None:
    """Take a key's shares away at once: it opens nothing from the next request on."""
    KeyShare.objects.filter(key=key).delete()


def _share(key: ModeratorKey, epoch: int, private: bytes, *, by: Any) -> KeyShare:
    box = sealing.seal_key(private, to=bytes(key.public), place=_share_place(key.pk, epoch))
    share, _ = KeyShare.objects.get_or_create(
        epoch_id=epoch, key=key, defaults={"box": box, "shared_by": by, "admitted_at": timezone.now()}
    )
    return share


# --- Unlocking ------------------------------------------------------------------------------


def unlock(moderator: Any, words: str) -> OpenVault:
    """Open the vault with a moderator's six words; raises `WrongPassphrase`, `NotAdmitted`, `SwappedKey`."""
    key = ModeratorKey.objects.filter(moderator=moderator, is_current=True).first()
    if key is None:
        raise NotAdmitted("You have no key yet. Make one under “Keys”, then ask a moderator to admit it.")
    try:
        private = sealing.unlock_with_passphrase(bytes(key.locked_private), words, place=_key_place(moderator))
    except DoesNotOpen:
        raise WrongPassphrase from None
    if not sealing.matches(bytes(key.public), private):
        raise SwappedKey
    return open_shares(key, private)


def open_shares(key: ModeratorKey, private: bytes) -> OpenVault:
    """Open every share of a key; raises `NotAdmitted` where there is none."""
    shares = list(KeyShare.objects.filter(key=key).select_related("epoch").order_by("epoch_id"))
    if not shares:
        raise NotAdmitted("Your key isn't admitted yet, or was stopped. Ask another moderator to admit it under “Keys”.")
    keys = {}
    for share in shares:
        place = _share_place(key.pk, share.epoch_id)
        keys[share.epoch_id] = sealing.open_key(bytes(share.box), private=private, place=place)
        _check_pair(share.epoch, keys[share.epoch_id])
    return OpenVault(key.moderator, admitted_at=min(share.admitted_at for share in shares), keys=keys)


def _check_pair(epoch: QueueKey, private: bytes) -> None:
    """Raise `SwappedKey` unless the public half in the database belongs to `private`, and is the pinned one."""
    pinned = settings.QUEUE_KEY_FINGERPRINT
    if not sealing.matches(bytes(epoch.public), private):
        raise SwappedKey
    if epoch.is_current and pinned and pinned != fingerprint(epoch.public):
        raise SwappedKey


# --- Rotating -------------------------------------------------------------------------------


@transaction.atomic
def begin_rotation(*, by: OpenVault) -> QueueKey:
    """Make the next epoch and share it with everyone who holds the current one, paper included."""
    before = QueueKey.objects.select_for_update().get(is_current=True)
    _check_pair(before, by.keys[before.epoch])
    queue = sealing.new_pair()
    QueueKey.objects.filter(pk=before.pk).update(is_current=False)
    after = QueueKey.objects.create(epoch=before.epoch + 1, public=queue.public, made_for_demo=before.made_for_demo)
    for share in before.shares.select_related("key"):
        _carry_over(share, after, queue)
    return after


def _carry_over(share: KeyShare, after: QueueKey, queue: Pair) -> None:
    holder = share.key.public if share.key else share.paper_public
    place = _share_place(share.key_id or "paper", after.epoch)
    KeyShare.objects.create(
        epoch=after,
        key=share.key,
        paper_public=share.paper_public,
        box=sealing.seal_key(queue.private, to=bytes(holder or b""), place=place),
        shared_by=share.shared_by,
        admitted_at=share.admitted_at,
    )


def reseal_some(*, by: OpenVault) -> int:
    """Move up to 200 story keys to the current epoch; returns how many are left. Call until it is 0.

    Each call is one transaction, so an interrupted rotation goes on where it stopped. When none
    is left the older epochs' shares are deleted. `by` has to hold the old and the new epoch.
    """
    with transaction.atomic():
        queue = QueueKey.objects.get(is_current=True)
        _check_pair(queue, by.keys[queue.epoch])
        behind = Submission.objects.filter(queue_epoch__epoch__lt=queue.epoch)
        for submission in behind.select_for_update()[:ROTATE_AT_ONCE]:
            _reseal(submission, queue, by.keys[submission.queue_epoch_id or 0])
        requests_behind = TakeDownRequest.objects.filter(queue_epoch__epoch__lt=queue.epoch)
        for request in requests_behind.select_for_update()[:ROTATE_AT_ONCE]:
            _reseal_request(request, queue, by.keys[request.queue_epoch_id])
        left = behind.count() + requests_behind.count()
        if not left:
            KeyShare.objects.filter(epoch__epoch__lt=queue.epoch).delete()
    return left


def _reseal(submission: Submission, queue: QueueKey, old_private: bytes) -> None:
    place = sealed_store.queue_place(submission.pk, submission.queue_epoch_id or 0)
    story_key = sealing.open_key(bytes(submission.key_for_queue), private=old_private, place=place)
    submission.key_for_queue = sealing.seal_key(
        story_key, to=bytes(queue.public), place=sealed_store.queue_place(submission.pk, queue.epoch)
    )
    submission.queue_epoch = queue
    submission.save(update_fields=["key_for_queue", "queue_epoch"])


def _reseal_request(request: TakeDownRequest, queue: QueueKey, old_private: bytes) -> None:
    if request.box:
        words = sealed_store.request_opened(request, private=old_private)
        request.box = sealed_store.request_sealed(words, to=bytes(queue.public), request_id=request.pk)
    request.queue_epoch = queue
    request.save(update_fields=["box", "queue_epoch"])


def _share_place(holder: object, epoch: int) -> Place:
    return Place(row=str(holder), kind="queue-key", number=epoch)


def _key_place(moderator: Any) -> Place:
    return Place(row=str(moderator.pk), kind="moderator-key", number=0)
