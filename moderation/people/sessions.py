"""Ending somebody's log-ins: each is a row of Django's sessions, and goes."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from stories.telling import retention


def watch() -> None:
    """Let go by the clock of log-ins that ended; called once, when the site starts."""
    retention.ran.connect(_clear_away, dispatch_uid="heard-sessions")


def _clear_away(**kwargs: Any) -> None:
    """One that ended still says to the second when somebody was last at work."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()


def end(person: Any) -> int:
    """End every log-in of this person; returns how many there were.

    Whose a session is stands inside it. There are as many as log-ins of twelve hours, so reading
    them all is a matter of milliseconds, and no request has to ask for a stamp.
    """
    live = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [each.pk for each in live if each.get_decoded().get(SESSION_KEY) == str(person.pk)]
    gone, _each = Session.objects.filter(pk__in=theirs).delete()
    return gone
