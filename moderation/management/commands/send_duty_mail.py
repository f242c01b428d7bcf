"""`manage.py send_duty_mail`: mail at 09:00 and 18:00 that something urgent came in. A timer calls it every hour.

The mail is empty but for its subject, and says nothing of any account. It goes to the addresses of DUTY_EMAIL where
MAIL_IS_ON, if something urgent came since the last one. Between those hours, and where nothing came, nothing goes.

Prints how many mails went and how many failed. Where one failed, the mark that something urgent came is left again,
so that the next hour tries once more.
"""

from django.core.management.base import BaseCommand

from moderation import mails


class Command(BaseCommand):
    help = "Mail DUTY_EMAIL at 09:00 and 18:00 if something urgent came since the last time. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = mails.send_duty_mail()
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")
