"""`manage.py send_duty_mail`: mail at 09:00 and 18:00 that something urgent came in. A timer calls it every hour.

The mail is empty but for its subject. Where nothing came, nothing goes; where none goes out, the mark that something
came is left again, so that the next of the two hours tries once more. It prints how many went and how many failed.
"""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.team.mails import is_first_run, send_mails
from stories.intake import labels

_HOURS = (9, 18)


class Command(BaseCommand):
    help = "Mail DUTY_EMAIL at 09:00 and 18:00 if something urgent came since the last time. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = 0, 0
        if settings.MAIL_IS_ON and settings.DUTY_EMAIL and _is_due() and labels.mark_is_left():
            # First, so that what comes in meanwhile leaves a new one.
            labels.take_mark_away()
            sent, failed = send_mails(settings.DUTY_EMAIL, subject=_("Heard: something urgent waits"))
            if not sent:
                labels.leave_mark()
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")


def _is_due() -> bool:
    """True for the first call within one of the two hours, also where nothing waits then; never for a late one."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    return is_first_run("duty mail", now, lambda last: now.hour in _HOURS and last < now)
