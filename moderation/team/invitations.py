"""Inviting somebody: a link that is good once, and the newcomer's steps behind it.

Whoever is invited can't log in, and stands on no list, before the last step: for a moderator
that is to have typed back the six words that were shown to them.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from moderation.models import Invitation, RightGiven
from moderation.team import audit_log, rights, second_factor, vault
from moderation.team.mails import send_mails
from moderation.team.permissions import COORDINATORS, MODERATORS, REASONS, Refused, in_words, refuse_if, why_not
from stories.intake import retention

GOOD_FOR = timedelta(days=7)
PASSWORD, FACTOR, WORDS, READY = "password", "factor", "words", "ready"


@transaction.atomic
def invite_person(*, username: str, role: str, email: str = "", by: User | None) -> tuple[Invitation, str]:
    """Invite somebody; returns the invitation, and what its link carries, which is kept nowhere. Raises `Refused`.

    `by` is None for whoever works on the machine itself, while nobody else could invite.
    """
    refuse_if((why_not("invite", by) if by else _why_not_at_the_machine()) or why_not_called(username))
    token = secrets.token_urlsafe(32)
    now, begun = timezone.now(), _begun_as(username)
    if begun:
        begun.set_unusable_password()
        begun.save(update_fields=["password"])
    # Of two invitations in one name the newer is good, so that a lost link costs one press.
    open_invitations().filter(username__iexact=username).update(stopped_at=now, email="")
    invitation = Invitation.objects.create(
        username=username,
        role=role,
        email=email,
        link_hash=_hash(token),
        made_by=by,
        made_at=now,
        expires_at=now + GOOD_FOR,
        person=begun,
    )
    audit_log.log_deed("invite", invitation, by=by, label=username)
    return invitation, token


def _why_not_at_the_machine() -> str | None:
    there = User.objects.filter(is_active=True, groups__name=COORDINATORS).first()
    return REASONS["coordinator_invites"] % {"who": there.get_username()} if there else None


@transaction.atomic
def stop_invitation(invitation: Invitation, *, by: User) -> None:
    """Make a link good for nothing; raises `Refused`."""
    refuse_if(why_not("stop an invitation", by))
    if open_invitations().filter(pk=invitation.pk).update(stopped_at=timezone.now(), email=""):
        audit_log.log_deed("stop an invitation", invitation, by=by, label=invitation.username)


def why_not_called(username: str) -> str | None:
    """Say why nobody new can have this name: somebody has it, or had it."""
    begun = _begun_as(username)
    if any(person != begun for person in User.objects.filter(username__iexact=username)):
        return REASONS["name_taken"]
    return None


def _begun_as(username: str) -> User | None:
    """The person who began under this name by an earlier link and never came to the end; or nobody."""
    begun = Invitation.objects.filter(username__iexact=username, person__isnull=False, person__is_active=False)
    if begun.exclude(used_at=None).exists():
        return None
    earlier = begun.select_related("person").first()
    return earlier.person if earlier else None


def mail_link(invitation: Invitation, link: str) -> bool:
    """Mail the link where mail is set up and an address is known; False where it has to be handed over."""
    if not (settings.MAIL_IS_ON and invitation.email):
        return False
    until = in_words(invitation.expires_at)
    words = _("An invitation waits for you until %(until)s:\n\n%(link)s\n\nThe link works once, and only for you.\n")
    words %= {"until": until, "link": link}
    sent, _failed = send_mails([invitation.email], subject=_("An invitation waits for you"), words=words)
    return sent == 1


def open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, stopped_at=None, expires_at__gt=timezone.now())


@receiver(retention.ran, dispatch_uid="heard-inviting")
def _forget_addresses(**kwargs: object) -> None:
    """An address goes with its link, also that of somebody who began and never came to the end."""
    good = open_invitations().values("pk")
    Invitation.objects.exclude(pk__in=good).exclude(email="").update(email="")
    begun = Invitation.objects.filter(person__isnull=False)
    kept = begun.filter(Q(used_at__isnull=False) | Q(pk__in=good)).values("person")
    gone = User.objects.filter(is_active=False, pk__in=begun.values("person")).exclude(pk__in=kept)
    gone.exclude(email="").update(email="")


def invitation_behind(token: str) -> Invitation | None:
    return open_invitations().filter(link_hash=_hash(token)).select_related("person", "made_by").first()


def next_step(invitation: Invitation) -> str:
    """The step that comes next, from what is there already: whoever comes back goes on where they were."""
    person = invitation.person
    if person is None or not person.has_usable_password():
        return PASSWORD
    if second_factor.phone_of(person) is None:
        return FACTOR
    return WORDS if invitation.role == MODERATORS else READY


def newcomer_of(invitation: Invitation) -> User:
    """The person whom the link is for; not stored before they chose a password."""
    return invitation.person or User(username=invitation.username, email=invitation.email, is_active=False)


@transaction.atomic
def choose_password(invitation: Invitation, password: str) -> None:
    """Store the newcomer, who can't log in yet. What an earlier link left unfinished begins anew; raises `Refused`."""
    waits = _held(invitation)
    if next_step(waits) != PASSWORD:
        raise Refused(REASONS["password_chosen"])
    refuse_if(why_not_called(waits.username))
    person = newcomer_of(waits)
    person.email = waits.email or person.email
    person.set_password(password)
    person.save()
    second_factor.remove_factor(person)
    waits.person = person
    waits.save(update_fields=["person"])


@transaction.atomic
def finish_invitation(invitation: Invitation, *, words: str = "") -> None:
    """Let the newcomer in, for a moderator once they type their six words back; the link ends. Raises `Refused`."""
    waits = _held(invitation)
    refuse_if(REASONS["link_ended"] if next_step(waits) in (PASSWORD, FACTOR) else None)
    if waits.role == MODERATORS:
        vault.refuse_other_words(waits.person, words)
    person = waits.person
    # Past the signals, for the record calls it “welcome”.
    User.objects.filter(pk=person.pk).update(is_active=True)
    with LogContext(user=waits.made_by):
        person.groups.set(Group.objects.filter(name=waits.role))
    # All have seen the invitation since it was made, and could have stopped it.
    RightGiven.objects.filter(person=person, what=rights.PUT_IN + MODERATORS).update(given_at=waits.made_at)
    Invitation.objects.filter(pk=waits.pk).update(used_at=timezone.now(), email="")
    audit_log.log_deed("welcome", person, by=person)


def _held(invitation: Invitation) -> Invitation:
    """Lock the row while its link is good: of two tabs the second sees what the first did. Raises `Refused`."""
    waits = open_invitations().select_for_update().filter(pk=invitation.pk).first()
    if waits is None:
        raise Refused(REASONS["link_ended"])
    return waits


def _hash(token: str) -> str:
    """The part of a link that is kept; it carries 256 random bits, which need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
