"""What colleagues do for somebody's log-in: end it everywhere, take a lost second factor away, end a leaver's part."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from moderation.deeds import COORDINATORS, RESET_FACTOR, why_not
from moderation.errors import refuse_if
from moderation.log import audit_log
from moderation.models.people import RIGHT_WAITS
from moderation.people import rights, second_factor, sessions


@transaction.atomic
def end_sessions(person: Any, *, by: Any) -> int:
    """End this person's log-ins on every machine; returns how many. Raises `Refused`."""
    refuse_if(why_not("end sessions", by))
    ended = sessions.end(person)
    audit_log.log_deed("end sessions", person, by=by)
    return ended


@transaction.atomic
def reset_second_factor(person: Any, *, by: Any) -> None:
    """Take a lost second factor away and end every log-in; everybody sees a notice. Raises `Refused`."""
    refuse_if(why_not_reset(person, by))
    second_factor.remove_factor(person)
    sessions.end(person)
    rights.give(person, RESET_FACTOR, by=by)


def why_not_reset(person: Any, by: Any) -> str | None:
    """Say why `by` may not take this person's second factor away, or None."""
    if reason := why_not(RESET_FACTOR, by):
        return reason
    if person.pk == by.pk:
        return _("Another coordinator takes your second step away. With your phone at hand you can change it yourself.")
    return _why_not_administrator(person)


@transaction.atomic
def leave(person: Any, *, by: Any) -> None:
    """End a leaver's part: no log-in, no key, no session; the team's key wants changing then. Raises `Refused`."""
    refuse_if(why_not_leave(person, by))
    # Saving it stops their key (`leaving`), and is written down (`rights`).
    with LogContext(user=by):
        person.is_active = False
        person.save(update_fields=["is_active"])
    sessions.end(person)


def why_not_leave(person: Any, by: Any) -> str | None:
    """Say why `by` may not end this person's part, or None."""
    if reason := why_not("write down a leaver", by):
        return reason
    if person.pk == by.pk:
        return _("Another coordinator does this when you leave.")
    return _why_not_administrator(person)


@transaction.atomic
def bring_back(person: Any, *, by: Any) -> None:
    """Let somebody who was made inactive log in again; their key stays stopped. Raises `Refused`."""
    refuse_if(why_not_bring_back(person, by))
    with LogContext(user=by):
        person.is_active = True
        person.save(update_fields=["is_active"])


def why_not_bring_back(person: Any, by: Any) -> str | None:
    """Say why `by` may not let this person in again, or None."""
    if reason := why_not("write down a leaver", by):
        return reason
    if person.is_active:
        return _("They can log in already.")
    return _why_not_administrator(person)


def coordinators() -> list[str]:
    """The names of those who are at work."""
    people = get_user_model().objects.filter(is_active=True, groups__name=COORDINATORS)
    return list(people.order_by("username").values_list("username", flat=True))


def _why_not_administrator(person: Any) -> str | None:
    if person.is_superuser:
        return _("Only the command line of the server does this for an administrator.")
    return None


def recent_changes() -> QuerySet[ModelLogEntry]:
    """What changed people's parts and log-ins in the last 48 hours, newest first: all should know of it."""
    return audit_log.changes_since(timezone.now() - RIGHT_WAITS, *audit_log.CHANGES)
