"""Rights that people give each other, and what colleagues do for somebody's log-in, each written down.

A right that reaches accounts counts 48 hours later. Screens may ask more kindly before; these are the deeds, whichever
screen they come from. Who acts is whom Wagtail says is at work. Nobody is where somebody works on the machine itself:
what they give counts at once.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import ModelLogEntry

from moderation.models import RIGHT_WAITS, ModeratorKey, RightGiven
from moderation.team import audit_log, permissions, rotation, second_factor, vault
from moderation.team.audit_log import PUT_IN, TAKE_OUT
from stories.intake import retention

ADD, BRING_BACK, LEAVE, STOP, TRUST = "add a person", "bring back", "write down a leaver", "stop a right", "trust"
END_SESSIONS = "end sessions"
_LOOKED_AT = ("password", "is_active")


def waiting_rights() -> QuerySet[RightGiven]:
    rows = RightGiven.objects.filter(given_at__gt=timezone.now() - RIGHT_WAITS)
    return rows.select_related("person", "given_by").order_by("-given_at")


def record_right(person: User, deed: str, *, by: User | None) -> None:
    """Write down what was given to somebody, and have it wait where it reaches accounts."""
    audit_log.log_deed(deed, person, by=by)
    if by is None:
        # In the place of what a colleague did: with the machine's own password somebody is themself again.
        RightGiven.objects.filter(person=person, what=deed).delete()
    elif _reaches_accounts(person, deed):
        RightGiven.objects.create(person=person, what=deed, given_by=by, given_at=timezone.now())


def _reaches_accounts(person: User, deed: str) -> bool:
    """False also for a first team: before the vault there is no account, and the first has nobody to wait for."""
    if vault.current_queue_key() is None:
        return False
    groups = set(person.groups.values_list("name", flat=True))
    if deed in permissions.LOG_IN_CHANGES:
        return bool(groups & {permissions.MODERATORS, permissions.COORDINATORS})
    makes_a_moderator = deed in (PUT_IN + permissions.MODERATORS, BRING_BACK) and permissions.MODERATORS in groups
    return makes_a_moderator and ModeratorKey.objects.exclude(moderator=person).exists()


@transaction.atomic
def stop_right(right: RightGiven, *, by: User) -> None:
    """Undo what was given before it counts: out of the group, or no log-in till another password. Raises `Refused`."""
    person = right.person
    permissions.refuse_if(why_not_do(STOP, person, by))
    if right.what in permissions.LOG_IN_CHANGES:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        second_factor.remove_factor(person)
    else:
        with LogContext(user=by):
            person.groups.remove(*Group.objects.filter(name=permissions.MODERATORS))
    end_log_ins(person)
    RightGiven.objects.filter(pk=right.pk).delete()
    audit_log.log_deed(STOP, person, by=by)


def why_not_change(people: Iterable[User], by: User, *, regroups: bool = False) -> str | None:
    if regroups and any(person.pk == by.pk for person in people):
        return permissions.REASONS["own_groups"]
    return permissions.why_not_yet({permissions.COORDINATORS}, permissions.person_of(by))


@receiver(pre_save, sender=User, dispatch_uid="heard-rights")
def _before_saving(*, instance: User, raw: bool, update_fields: Collection[str] | None, **kwargs: object) -> None:
    """Keep what the row says until it is saved."""
    is_looked_at = not raw and instance.pk and (update_fields is None or set(_LOOKED_AT) & set(update_fields))
    before = User.objects.only(*_LOOKED_AT).filter(pk=instance.pk).first() if is_looked_at else None
    instance._heard_before = before  # type: ignore[attr-defined]
    by = get_active_log_context().user
    if before and by and by.pk != instance.pk:
        _refuse([instance], by)


@receiver(post_save, sender=User, dispatch_uid="heard-rights")
def _after_saving(*, instance: User, created: bool, raw: bool, **kwargs: object) -> None:
    before, by = instance._heard_before, get_active_log_context().user  # type: ignore[attr-defined]
    if not instance.is_active:
        rotation.stop_leavers()
    # Who is invited is inactive, and comes in with “welcome”.
    elif created and not raw:
        audit_log.log_deed(ADD, instance, by=by)
    if before is None:
        return
    if before.is_active != instance.is_active:
        _change_activity(instance, by=by)
    if instance.password != before.password and instance.has_usable_password():
        # A log-in hashes a password anew that was hashed as Django did it before, and is nobody's deed.
        is_chosen = instance.is_active and instance._password is not None  # type: ignore[attr-defined]
        if is_chosen if by is None else by.pk != instance.pk:
            record_right(instance, permissions.SET_PASSWORD, by=by)


def _change_activity(person: User, *, by: User | None) -> None:
    if person.is_active:
        record_right(person, BRING_BACK, by=by)
    else:
        audit_log.log_deed(LEAVE, person, by=by)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="heard-rights")
def _on_regrouping(*, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: object) -> None:
    """Before: refuse, and keep who comes into which group or goes out of it. Afterwards: write it down."""
    by = get_active_log_context().user
    if action in ("post_remove", "post_clear"):
        rotation.stop_leavers()
    if action.startswith("pre_"):
        # Each person with each group; `pk_set` is None where all of them go.
        theirs = instance.user_set.all() if reverse else instance.groups.all()
        found = (User if reverse else Group)._default_manager.all() if action == "pre_add" else theirs
        found = found if pk_set is None else found.filter(pk__in=pk_set)
        instance._heard_pairs = [(each, instance) if reverse else (instance, each) for each in found]
        _refuse([person for person, _group in instance._heard_pairs], by, regroups=True)
        return
    for person, group in instance._heard_pairs:
        if action == "post_add":
            record_right(person, f"{PUT_IN}{group.name}"[:40], by=by)
        else:
            RightGiven.objects.filter(person=person, what=f"{PUT_IN}{group.name}"[:40]).delete()
            audit_log.log_deed(f"{TAKE_OUT}{group.name}"[:40], person, by=by)


def _refuse(people: Iterable[User], by: User, *, regroups: bool = False) -> None:
    if by and (reason := why_not_change(people, by, regroups=regroups)):
        raise PermissionDenied(reason)


@hooks.register("after_bulk_action")
def _after_bulk_action(request: Any, action_type: str, objects: Iterable[User], action: Any) -> None:
    """Making many active or inactive sends no signal; `objects` say what each was before."""
    if action.model is not User:
        return
    rotation.stop_leavers()
    if action_type != "set_active_state":
        return
    is_active = action.cleaned_form.cleaned_data["mark_as_active"]
    for person in objects:
        if person.is_active != is_active:
            person.is_active = is_active
            _change_activity(person, by=request.user)


@receiver(retention.ran, dispatch_uid="heard-rights")
def _forget_what_counts(**kwargs: object) -> None:
    """A log-in that ended goes too: its row still says to the second when somebody was last at work."""
    RightGiven.objects.filter(given_at__lte=timezone.now() - RIGHT_WAITS).delete()
    Session.objects.filter(expire_date__lte=timezone.now()).delete()


def why_not_do(deed: str, person: User, by: User) -> str | None:
    if reason := permissions.why_not(LEAVE if deed == BRING_BACK else deed, by):
        return reason
    if person.pk == by.pk and f"own {deed}" in permissions.REASONS:
        return permissions.REASONS[f"own {deed}"]
    if deed == BRING_BACK and person.is_active:
        return permissions.REASONS["logs_in_already"]
    if person.is_superuser and deed in (LEAVE, BRING_BACK, permissions.RESET_FACTOR):
        return permissions.REASONS["administrator"]
    return None


@transaction.atomic
def change_colleague(deed: str, person: User, *, by: User | None) -> int:
    """Do this to a colleague's log-in or part; returns how many log-ins ended. Raises `Refused`, but to the machine.

    Somebody whose second factor is reset sets up another. A leaver has no log-in and no key any more, and the team's
    key wants changing then; whoever is brought back logs in again, and their key stays stopped.
    """
    permissions.refuse_if(why_not_do(deed, person, by) if by else None)
    if deed in (LEAVE, BRING_BACK):
        # Saving it writes it down, and stops a leaver's key.
        with LogContext(user=by):
            person.is_active = deed == BRING_BACK
            person.save(update_fields=["is_active"])
    if deed == permissions.RESET_FACTOR:
        second_factor.remove_factor(person)
        record_right(person, deed, by=by)
    ended = 0 if deed == BRING_BACK else end_log_ins(person)
    if deed == END_SESSIONS:
        audit_log.log_deed(deed, person, by=by)
    return ended


def recent_changes() -> QuerySet[ModelLogEntry]:
    """The changes to people's parts and log-ins in the last 48 hours, newest first: all should know of them."""
    done = audit_log.entries_of(*audit_log.CHANGES).filter(timestamp__gt=timezone.now() - RIGHT_WAITS)
    return done.select_related("user")


def end_log_ins(person: User) -> int:
    """End every log-in of this person; returns how many there were.

    Whose a session is stands inside it. There are as many as log-ins of twelve hours, so reading
    them all is a matter of milliseconds, and no request has to ask for a stamp.
    """
    live = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [each.pk for each in live if each.get_decoded().get(SESSION_KEY) == str(person.pk)]
    gone, _each = Session.objects.filter(pk__in=theirs).delete()
    return gone
