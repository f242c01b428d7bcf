"""Until when the contact of security.txt is promised to be read: whoever has the site in hand renews it.

It is renewed by a release of figures and by an update, which ends in a migration; never by the clock, for a site that
nobody looks after has nobody who reads that mail. Only a month is kept.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from stories.core import lifecycle
from stories.models import LastRun

NAME = "security-contact"
# RFC 9116 asks for less than a year.
_MONTHS = 11


def renew_contact(using: str = "default", **kwargs: object) -> None:
    """Promise it from this month on."""
    first = lifecycle.today().replace(day=1)
    at = datetime(first.year, first.month, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
    LastRun.objects.using(using).update_or_create(name=NAME, defaults={"at": at})


def good_until() -> date:
    """The first day of the month in which the promise ends; this month where nobody ever made it."""
    last = LastRun.objects.using(settings.PUBLIC_READS).filter(name=NAME).values_list("at", flat=True).first()
    first = last.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if last else None
    return _later(first, months=_MONTHS) if first else lifecycle.today().replace(day=1)


def _later(first: date, *, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
