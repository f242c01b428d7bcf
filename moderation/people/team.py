"""What colleagues do for somebody's log-in: end it everywhere, take a lost second factor away, end a leaver's part."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.deeds import COORDINATORS, why_not
from moderation.errors import refuse_if
from moderation.log import record
from moderation.models import LogEntry
from moderation.people import second_factor, sessions

RESET, SET_UP = "reset a second factor", "set up a second factor"
TOLD_FOR = timedelta(hours=48)


@transaction.atomic
def end_sessions(person: Any, *, by: Any) -> int:
    """End this person's log-ins on every machine; returns how many. Raises `Refused`."""
    refuse_if(why_not("end sessions", by))
    ended = sessions.end(person)
    record.add("end sessions", item=person.get_username(), by=by)
    return ended


@transaction.atomic
def reset_second_factor(person: Any, *, by: Any) -> None:
    """Take a lost second factor away and end every log-in; everybody sees a notice. Raises `Refused`."""
    refuse_if(why_not_reset(person, by))
    second_factor.take_away(person)
    sessions.end(person)
    record.add(RESET, item=person.get_username(), by=by)


def why_not_reset(person: Any, by: Any) -> str | None:
    """Say why `by` may not take this person's second factor away, or None."""
    if reason := why_not(RESET, by):
        return reason
    if person.pk == by.pk:
        return _("Another coordinator takes your second step away. With your phone at hand you can change it yourself.")
    return _why_not_administrator(person)


@transaction.atomic
def leave(person: Any, *, by: Any) -> None:
    """End a leaver's part: no log-in, no key, no session; the team's key wants changing then. Raises `Refused`."""
    refuse_if(why_not_leave(person, by))
    person.is_active = False
    # Saving it stops their key (`leaving`).
    person.save(update_fields=["is_active"])
    sessions.end(person)
    record.add("write down a leaver", item=person.get_username(), by=by)


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
    person.is_active = True
    person.save(update_fields=["is_active"])
    record.add("bring back", item=person.get_username(), by=by)


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


def recent_changes() -> QuerySet[LogEntry]:
    """Second factors that were taken away or set up in the last 48 hours, newest first: all should know of it."""
    since = timezone.now() - TOLD_FOR
    return LogEntry.objects.filter(deed__in=(RESET, SET_UP), at__gt=since).select_related("by").order_by("-number")
