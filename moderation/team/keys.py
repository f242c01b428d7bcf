"""The deeds on the Keys screen: who may make, admit and stop a key, each leaving its trace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.models import KeyShare, ModeratorKey
from moderation.team import audit_log, vault
from moderation.team.permissions import (
    MODERATORS,
    REASONS,
    Refused,
    in_words,
    key_shares_in_use,
    person_of,
    refuse_if,
    why_not,
)
from moderation.team.vault import OpenVault
from stories.crypto import passphrases

# A key that was just admitted reads at once, and agrees to texts only after this: everybody sees it meanwhile.
NEW_KEY_WAITS = timedelta(hours=48)


@dataclass(frozen=True)
class Holder:
    person: User
    key: ModeratorKey | None
    share: KeyShare | None
    # It opened the vault once.
    was_stopped: bool

    @property
    def agrees_from(self) -> datetime | None:
        """The moment from which this key may agree to a text; None where it opens nothing."""
        return self.share.admitted_at + NEW_KEY_WAITS if self.share else None

    @property
    def may_agree(self) -> bool:
        return self.agrees_from is not None and self.agrees_from <= timezone.now()


@transaction.atomic
def make_key(person: User, *, is_newcomer: bool = False) -> str:
    """Make a moderator's key and return its six words, which are shown once; raises `Refused`.

    A newcomer is on their way in: nobody can admit their key before they have a part here.
    """
    refuse_if(None if is_newcomer else why_not("unlock the vault", person))
    words = vault.make_key(person)
    audit_log.log_deed(audit_log.MAKE, vault.own_key(person), by=person)
    return words


@transaction.atomic
def admit_key(key: ModeratorKey, *, by: OpenVault, fingerprint: str) -> KeyShare:
    """Share the vault with another moderator's key; raises `Refused`.

    A newcomer's too: what was given to them goes on waiting, and both waits are over together.
    `fingerprint` is what its owner read out. The row's public half is only what the database
    says, and sealing to a swapped one would hand the vault to whoever swapped it.
    """
    key = ModeratorKey.objects.select_for_update(of=("self",)).select_related("moderator").get(pk=key.pk)
    refuse_if(why_not("admit a key", by.moderator))
    _refuse_outsider(key.moderator)
    whole = vault.key_fingerprint(key.public)
    if not passphrases.same_fingerprint(fingerprint, whole):
        is_half = passphrases.same_fingerprint(fingerprint, whole[: len(whole) // 2])
        reason = REASONS["half_a_fingerprint" if is_half else "other_fingerprint"]
        raise Refused(reason % {"who": key.moderator.get_username()})
    share = vault.admit_holder(key, by=by)
    audit_log.log_deed(audit_log.ADMIT, key, by=by.moderator)
    return share


@transaction.atomic
def recover_key(moderator: User, paper: str) -> None:
    """Admit a moderator's key with the paper, when nobody is left who could; raises `Refused`."""
    _refuse_outsider(moderator)
    vault.refuse_other_mode()
    key = key_of(moderator)
    vault.admit_with_paper(key, paper)
    audit_log.log_deed(audit_log.RECOVER, key)


def admission_words(moderator: User) -> str:
    """From when on somebody whose key was just admitted reads, and agrees."""
    person = person_of(moderator)
    waits = person.roles_count_from if person.waiting_roles else None
    when = in_words(waits) if waits else _("now on")
    says = _("%(who)s can read from %(when)s, and agree to texts in 48 hours.")
    return says % {"who": moderator.get_username(), "when": when}


def _refuse_outsider(person: User) -> None:
    known = person_of(person)
    if known.is_log_in_new or MODERATORS not in known.waiting_roles:
        refuse_if(why_not("unlock the vault", person))


@transaction.atomic
def stop_key(key: ModeratorKey, *, by: User) -> None:
    """Take a key's shares away at once; raises `Refused`."""
    refuse_if(why_not("stop a key", by))
    gone, _each = KeyShare.objects.filter(key=key).delete()
    if gone:
        audit_log.log_deed(audit_log.STOP, key, by=by)


def key_of(moderator: User) -> ModeratorKey:
    """A moderator's key, for whoever works on the machine; raises `Refused` where they made none."""
    key = vault.current_key(moderator)
    if key is None:
        raise Refused(REASONS["no_key"] % {"who": moderator.get_username()})
    return key


def share_holders() -> list[Holder]:
    return holders_among(User.objects.filter(is_active=True, groups__name=MODERATORS).order_by("username"))


def holders_among(people: Iterable[User]) -> list[Holder]:
    keys = {key.moderator_id: key for key in ModeratorKey.objects.filter(is_current=True)}
    shares = {share.key_id: share for share in _shares()}
    stopped = set(audit_log.entries_of(audit_log.STOP).values_list("object_id", flat=True))
    own = ((person, keys.get(person.pk)) for person in people)
    return [
        Holder(person, key, shares.get(key.pk) if key else None, key is not None and str(key.pk) in stopped)
        for person, key in own
    ]


def recent_admissions() -> QuerySet[KeyShare]:
    """The shares of the last 48 hours, newest first: what every moderator should know of."""
    return _shares().filter(admitted_at__gt=timezone.now() - NEW_KEY_WAITS).order_by("-admitted_at")


def is_admitted(key: ModeratorKey) -> bool:
    return _shares().filter(key=key).exists()


def is_last(key: ModeratorKey) -> bool:
    """True when this key opens the vault and no other does, so that without it only the paper is left."""
    return {share.key_id for share in _shares()} == {key.pk}


def should_rotate() -> bool:
    """True since a key was stopped and until the team's key is changed: who left may have kept it."""
    newest = audit_log.entries_of(audit_log.STOP, audit_log.ROTATE, audit_log.BEGIN).first()
    return newest is not None and newest.action == audit_log.action_name(audit_log.STOP)


def why_locked(moderator: User) -> Refused | None:
    """Say why this person's six words couldn't open the vault even if they were right, or None."""
    try:
        vault.refuse_other_mode()
        key = vault.own_key(moderator)
    except Refused as reason:
        return reason
    return None if is_admitted(key) else vault.NotShared(REASONS["not_shared"])


def _shares() -> QuerySet[KeyShare]:
    return key_shares_in_use().select_related("key__moderator", "shared_by")
