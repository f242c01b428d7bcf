"""A daily mail to who asked for one: something waits, the same words for everybody, and never what or how much."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.deeds import DEEDS
from moderation.lists import held, responses, take_downs
from moderation.models import RoomPreference
from stories.models import LastRun, Submission, lists

NAME = "daily mail"
DEED = "ask for a daily mail"
logger = logging.getLogger(__name__)


def send() -> tuple[int, int]:
    """Mail those who asked for it, once a day; returns how many went out, and how many failed.

    One that fails keeps no other from going.
    """
    if not settings.MAIL_IS_ON or not _is_time() or not something_waits():
        return 0, 0
    went = [_mail(address) for address in _to_whom().values_list("email", flat=True)]
    return went.count(True), went.count(False)


def something_waits() -> bool:
    """True where anybody could do something: the same for the whole team, whatever each has put aside."""
    waits = lists.URGENT | lists.NEW | lists.PUT_FORWARD | lists.UNOPENED | lists.FLOOD
    due = (held.to_look_at_again(), take_downs.due_with_objections(), responses.open_answers())
    return any(rows.exists() for rows in (Submission.objects.filter(waits), *due))


def wants(person: Any) -> bool:
    """Whether this person asked for the mail."""
    return RoomPreference.objects.filter(person=person, wants_mail=True).exists()


def set_wants_mail(person: Any, *, wants_mail: bool) -> None:
    """Keep whether this person wants the mail."""
    RoomPreference.objects.update_or_create(person=person, defaults={"wants_mail": wants_mail})


@transaction.atomic
def _is_time() -> bool:
    """True for the first call after the hour, and for no other that day, also where nothing waits then.

    A mail in the middle of a day would tell when something came in.
    """
    now = timezone.localtime()
    LastRun.objects.get_or_create(name=NAME, defaults={"at": datetime.min.replace(year=1970, tzinfo=now.tzinfo)})
    last = LastRun.objects.select_for_update().get(name=NAME)
    if now.hour < settings.DAILY_MAIL_HOUR or timezone.localdate(last.at) >= now.date():
        return False
    LastRun.objects.filter(name=NAME).update(at=now)
    return True


def _to_whom() -> QuerySet[Any]:
    people = get_user_model().objects.filter(is_active=True, room_preference__wants_mail=True)
    return people.filter(groups__name__in=DEEDS[DEED]).exclude(email="").order_by("pk").distinct()


def _mail(address: str) -> bool:
    door = f"{settings.BASE_URL}{reverse('wagtailadmin_home')}"
    words = _("Something waits in the moderators’ room.\n\n%(door)s\n\nYou asked for this mail there, under “Care”.\n")
    return send_one(address, subject=_("Something waits"), words=words % {"door": door})


def send_one(address: str, *, subject: str, words: str) -> bool:
    """Send one mail; False if it fails, which the log says without a word of it."""
    try:
        return bool(EmailMessage(subject, words, to=[address]).send())
    except Exception as error:
        # Its name alone: a mail server's answer repeats the address.
        logger.error("A mail could not be sent: %s", type(error).__name__)
        return False
