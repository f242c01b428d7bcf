"""The mails to the team: once a day that something waits, and at nine and at six that something urgent came in.

Never what, or how much. A mail's time is written down by every server on its way, so one that left at once would tell
when somebody wrote.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.forces import answers
from moderation.models import RoomPreference
from moderation.queue import lanes
from moderation.team.permissions import PERMISSIONS
from stories.intake import labels
from stories.models import LastRun, Submission, lists

DAILY, DUTY = "daily mail", "duty mail"
DUTY_HOURS = (9, 18)
PERMISSION = "ask for a daily mail"
logger = logging.getLogger(__name__)


# --- The daily mail -------------------------------------------------------------------------


def send_daily_mail() -> tuple[int, int]:
    """Mail those who asked for it, once a day; returns how many went out, and how many failed.

    One that fails keeps no other from going.
    """
    if not settings.MAIL_IS_ON or not _daily_mail_is_due() or not something_waits():
        return 0, 0
    door = f"{settings.BASE_URL}{reverse('wagtailadmin_home')}"
    words = _("Something waits in the moderators’ room.\n\n%(door)s\n\nYou asked for this mail there, under “Care”.\n")
    addresses = _daily_readers().values_list("email", flat=True)
    went = [_send_one(address, subject=_("Something waits"), words=words % {"door": door}) for address in addresses]
    return went.count(True), went.count(False)


def something_waits() -> bool:
    """True where anybody could do something: the same for the whole team, whatever each has put aside."""
    waits = lists.URGENT | lists.NEW | lists.PUT_FORWARD | lists.UNOPENED | lists.FLOOD
    due = (lanes.held_to_look_at_again(), lanes.due_with_objections(), answers.open_answers())
    return any(rows.exists() for rows in (Submission.objects.filter(waits), *due))


def wants_daily_mail(person: User) -> bool:
    """True where this person asked for the mail."""
    return RoomPreference.objects.filter(person=person, wants_mail=True).exists()


def set_wants_mail(person: User, *, wants_mail: bool) -> None:
    """Keep whether this person wants the mail."""
    RoomPreference.objects.update_or_create(person=person, defaults={"wants_mail": wants_mail})


def _daily_mail_is_due() -> bool:
    """True for the first call after the hour, and for no other that day, also where nothing waits then.

    A mail in the middle of a day would tell when something came in.
    """
    now = timezone.localtime()
    return _is_first_run(
        DAILY, now, lambda last: now.hour >= settings.DAILY_MAIL_HOUR and timezone.localdate(last) < now.date()
    )


def _daily_readers() -> QuerySet[Any]:
    people = get_user_model().objects.filter(is_active=True, room_preference__wants_mail=True)
    return people.filter(groups__name__in=PERMISSIONS[PERMISSION]).exclude(email="").order_by("pk").distinct()


# --- The duty mail --------------------------------------------------------------------------


def send_duty_mail() -> tuple[int, int]:
    """Mail those on duty if something urgent came since the last time; returns how many went out, and how many failed.

    Where none goes out, the mark of it stays for the next time.
    """
    if not settings.MAIL_IS_ON or not settings.DUTY_EMAIL or not _duty_mail_is_due() or not labels.mark_is_left():
        return 0, 0
    # First, so that what comes in meanwhile leaves a new one.
    labels.take_mark_away()
    subject = _("Heard: something urgent waits")
    went = [_send_one(address, subject=subject, words="") for address in settings.DUTY_EMAIL]
    if not any(went):
        labels.leave_mark()
    return went.count(True), went.count(False)


def _duty_mail_is_due() -> bool:
    """True for the first call within one of the two hours, also where nothing waits then; never for a late one."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    return _is_first_run(DUTY, now, lambda last: now.hour in DUTY_HOURS and last < now)


# --- Both -----------------------------------------------------------------------------------


@transaction.atomic
def _is_first_run(name: str, now: datetime, is_due: Callable[[datetime], bool]) -> bool:
    """True where it is due since the last run, which this one then is; of two at once, for one of them."""
    LastRun.objects.get_or_create(name=name, defaults={"at": datetime.min.replace(year=1970, tzinfo=now.tzinfo)})
    last = LastRun.objects.select_for_update().get(name=name)
    if not is_due(last.at):
        return False
    LastRun.objects.filter(name=name).update(at=now)
    return True


def _send_one(address: str, *, subject: str, words: str) -> bool:
    """Send one mail; False if it fails, which the log says without a word of it."""
    try:
        return bool(EmailMessage(subject, words, to=[address]).send())
    except Exception as error:
        # Its name alone: a mail server's answer repeats the address.
        logger.error("A mail could not be sent: %s", type(error).__name__)
        return False
