"""Changing the team's queue key: a new epoch, every story key sealed to it, the old shares gone.

It goes in batches, each one transaction, so that an interrupted rotation goes on where it stopped.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet

from moderation.models import Claim, KeyShare, ModeratorKey, ResponseVersion, RoomPreference
from moderation.team import audit_log, vault
from moderation.team.permissions import MODERATORS, REASONS, Refused
from moderation.team.vault import OpenVault, SwappedKey
from stories.core import sealed_store, snapshot
from stories.crypto import passphrases, sealing
from stories.crypto.sealing import DoesNotOpen, Place
from stories.intake import retention
from stories.models import QueueKey, Submission, TakeDownRequest

AT_ONCE = 200


def is_unfinished() -> bool:
    """True while shares of an older epoch are there, because something may still be sealed to it."""
    return KeyShare.objects.filter(epoch__is_current=False).exists()


def left_to_reseal() -> int:
    """The number of accounts, take-down requests, objections and forces' answers on an older epoch."""
    return sum(_behind(model).count() for model in _KINDS)


@transaction.atomic
def begin_rotation(*, by: OpenVault) -> OpenVault:
    """Make the next epoch and share it with every holder, the paper too; returns `by` with the new key in hand.

    Raises `Refused` while the last rotation is unfinished, `SwappedKey` where a holder's public
    half isn't the one that was admitted.
    """
    before = QueueKey.objects.select_for_update().filter(is_current=True).first()
    if before is None or is_unfinished():
        raise Refused(REASONS["key_is_changing"])
    old_private = by.key_of(before.epoch)
    vault.check_pair(before, old_private)
    stop_leavers()
    queue = sealing.new_pair()
    QueueKey.objects.filter(pk=before.pk).update(is_current=False)
    after = QueueKey.objects.create(epoch=before.epoch + 1, public=queue.public, made_for_demo=before.made_for_demo)
    for share in before.shares.select_related("key__moderator"):
        if not vault.is_own(share, old_private):
            who = share.key.moderator.get_username() if share.key else "the paper"
            raise SwappedKey(REASONS["holder_swapped"] % {"who": who})
        # The same holder's, in a row of its own.
        share.pk, share.epoch = None, after
        vault.seal_share(share, queue.private)
    audit_log.log_deed(audit_log.ROTATE, after, by=by.moderator)
    return OpenVault(by.moderator, admitted_at=by.admitted_at, keys={**by.keys, after.epoch: queue.private})


@transaction.atomic
def begin_with_new_paper(*, by: OpenVault) -> tuple[OpenVault, str]:
    """Begin a rotation, and make another paper in the old one's place; returns its text too, to be shown once.

    The older epoch is shared with the new paper as well, so that from this moment the old one
    opens nothing, and a change that is interrupted can still be finished by the new one.
    """
    after, paper = begin_rotation(by=by), sealing.new_pair()
    KeyShare.objects.filter(key=None).delete()
    for epoch, private in sorted(after.keys.items()):
        vault.seal_share(KeyShare(epoch_id=epoch, paper_public=paper.public, shared_by=by.moderator), private)
    audit_log.log_deed(audit_log.NEW_PAPER, QueueKey.objects.get(is_current=True), by=by.moderator)
    return after, passphrases.key_as_paper(paper.private)


def reseal_some(*, by: OpenVault) -> int:
    """Move up to 200 story keys to the current epoch; returns how many are left. Call until it is 0.

    When none is left the older epochs' shares are deleted. `by` has to hold the old and the new
    epoch. What doesn't open is passed over; when only that is left, this raises `Refused`.
    """
    with transaction.atomic():
        queue = QueueKey.objects.get(is_current=True)
        vault.check_pair(queue, by.key_of(queue.epoch))
        moved = _move_some(queue, by=by)
        still = _finish(queue, by=by.moderator)
    if still and not moved:
        raise Refused(REASONS["one_does_not_open" if still == 1 else "some_do_not_open"] % {"count": still})
    return still


_KEY, _PAYLOAD = (sealing.open_key, sealing.seal_key), (sealing.open_sealed, sealing.seal_payload)
# What is sealed to the queue key: its column, how it is opened and sealed, and its place under an epoch.
_KINDS: dict[type[Model], tuple[str, Callable[..., Any], Callable[..., bytes], Callable[..., Place]]] = {
    Submission: ("key_for_queue", *_KEY, lambda row, epoch: sealed_store.queue_place(row.pk, epoch)),
    TakeDownRequest: ("box", *_PAYLOAD, lambda row, _epoch: sealed_store.place_of_request(row)),
    ResponseVersion: ("box", *_PAYLOAD, lambda row, _epoch: sealed_store.response_place(row.entry_id, row.number)),
}


def _behind(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(queue_epoch__is_current=False)


def _move_some(queue: QueueKey, *, by: OpenVault) -> int:
    """Reseal until 200 are moved or none is left that opens; returns how many were moved."""
    moved = 0
    for model in _KINDS:
        for pk in list(_behind(model).order_by("pk").values_list("pk", flat=True)):
            if moved == AT_ONCE:
                return moved
            row: Any = model._default_manager.select_for_update().filter(pk=pk, queue_epoch_id__lt=queue.epoch).first()
            moved += bool(row and _reseal(row, queue, old_private=by.key_of(row.queue_epoch_id)))
    return moved


def _reseal(row: Any, queue: QueueKey, *, old_private: bytes) -> bool:
    """Move what is sealed in this row; one whose words are erased goes along with nothing in it."""
    column, opened, sealed, place = _KINDS[type(row)]
    if box := bytes(getattr(row, column)):
        try:
            content = opened(box, private=old_private, place=place(row, row.queue_epoch_id))
        except DoesNotOpen:
            return False
        setattr(row, column, sealed(content, to=bytes(queue.public), place=place(row, queue.epoch)))
    row.queue_epoch = queue
    row.save(update_fields=[column, "queue_epoch"])
    return True


def _finish(queue: QueueKey, *, by: User) -> int:
    """Delete the older shares once nothing stands on them; returns how many still do.

    The older rows are locked first, so that whoever is storing an account under one of them at
    this moment is waited for, and counted.
    """
    list(QueueKey.objects.select_for_update().filter(is_current=False))
    still = left_to_reseal()
    if not still and is_unfinished():
        KeyShare.objects.filter(epoch__is_current=False).delete()
        audit_log.log_deed(audit_log.ROTATED, queue, by=by)
        transaction.on_commit(retention.scrub_database)
    return still


def stop_leavers() -> None:
    """Stop each key that opens the vault and isn't an active moderator's; what they had in hand anybody may take."""
    moderators = User.objects.filter(is_active=True, groups__name=MODERATORS)
    holding = ModeratorKey.objects.filter(shares__isnull=False).select_related("moderator").distinct()
    for key in holding.exclude(moderator__in=moderators):
        KeyShare.objects.filter(key=key).delete()
        audit_log.log_deed(audit_log.STOP, key)
    Claim.objects.exclude(holder__in=moderators).delete()
    # What the public pages say of the languages that we read.
    if RoomPreference.objects.exclude(person__in=moderators).exclude(languages=[]).update(languages=[]):
        snapshot.invalidate()
