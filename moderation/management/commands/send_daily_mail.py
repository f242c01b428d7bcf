"""`manage.py send_daily_mail`: mail once a day that something waits. A timer calls it every hour.

The mail is the same for everybody and says nothing of any account: that something waits, and where the log-in is.
It goes to those who asked for it on their page about wellbeing, once a day after DAILY_MAIL_HOUR, and only where
MAIL_IS_ON. Whatever was sent today is not sent again, so an hour that was missed does no harm.

Prints how many mails went and how many failed; one that fails keeps no other from going.
"""

from django.core.management.base import BaseCommand

from moderation import mails


class Command(BaseCommand):
    help = "Mail those who asked for it that something waits, once a day after DAILY_MAIL_HOUR. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = mails.send_daily_mail()
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")
