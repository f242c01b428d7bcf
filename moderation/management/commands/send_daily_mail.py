"""`manage.py send_daily_mail`: mail once a day that something waits. A timer calls it every hour.

It goes to those who asked for it on their page about wellbeing, and says the same to all: that something waits, and
where the log-in is. An hour that was missed does no harm. It prints how many mails went and how many failed.
"""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.forces import answers
from moderation.queue import lanes
from moderation.team.mails import is_first_run, send_mails
from moderation.team.permissions import PERMISSIONS
from stories.models import Submission, lists


class Command(BaseCommand):
    help = "Mail those who asked for it that something waits, once a day after DAILY_MAIL_HOUR. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = 0, 0
        if settings.MAIL_IS_ON and _is_due() and _something_waits():
            says = _(
                "Something waits in the moderators’ room.\n\n%(door)s\n\nYou asked for this mail there, under “Care”.\n"
            )
            words = says % {"door": f"{settings.DESK_URL}{reverse('wagtailadmin_home')}"}
            people = User.objects.filter(is_active=True, room_preference__wants_mail=True).exclude(email="")
            people = people.filter(groups__name__in=PERMISSIONS["ask for a daily mail"]).distinct()
            addresses = people.values_list("email", flat=True)
            sent, failed = send_mails(addresses, subject=_("Something waits"), words=words)
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")


def _is_due() -> bool:
    """True for the first call after the hour, and for no other that day, also where nothing waits then.

    A mail in the middle of a day would tell when something came in.
    """
    now = timezone.localtime()
    hour = settings.DAILY_MAIL_HOUR
    return is_first_run("daily mail", now, lambda last: now.hour >= hour and timezone.localdate(last) < now.date())


def _something_waits() -> bool:
    """True where anybody could do something: the same for the whole team, whatever each has put aside."""
    waits = lists.URGENT | lists.NEW | lists.PUT_FORWARD | lists.UNOPENED | lists.FLOOD
    due = (lanes.held_to_look_at_again(), lanes.due_with_objections(), answers.open_answers())
    return any(rows.exists() for rows in (Submission.objects.filter(waits), *due))
