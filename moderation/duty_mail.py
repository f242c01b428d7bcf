"""A mail to whoever is on duty that something urgent came in: at nine and at six alone, and empty.

A mail's time is written down by every server on its way, so one that left at once would tell when somebody wrote.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import daily_mail
from stories.models import LastRun
from stories.telling import labels

NAME = "duty mail"
HOURS = (9, 18)


def send() -> tuple[int, int]:
    """Mail those on duty if something urgent came since the last time; returns how many went out, and how many failed.

    Where none goes out, the mark of it stays for the next time.
    """
    if not settings.MAIL_IS_ON or not settings.DUTY_EMAIL or not _is_time() or not labels.mark_is_left():
        return 0, 0
    # First, so that what comes in meanwhile leaves a new one.
    labels.take_mark_away()
    went = [_mail(address) for address in settings.DUTY_EMAIL]
    if not any(went):
        labels.leave_mark()
    return went.count(True), went.count(False)


@transaction.atomic
def _is_time() -> bool:
    """True for the first call within one of the two hours, also where nothing waits then; never for a late one."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    LastRun.objects.get_or_create(name=NAME, defaults={"at": datetime.min.replace(year=1970, tzinfo=now.tzinfo)})
    last = LastRun.objects.select_for_update().get(name=NAME)
    if now.hour not in HOURS or last.at >= now:
        return False
    LastRun.objects.filter(name=NAME).update(at=now)
    return True


def _mail(address: str) -> bool:
    return daily_mail.send_one(address, subject=_("Heard: something urgent waits"), words="")
