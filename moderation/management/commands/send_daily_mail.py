"""`manage.py send_daily_mail`: mail once a day that something waits. A timer calls it every hour."""

from django.core.management.base import BaseCommand

from moderation import mails


class Command(BaseCommand):
    help = "Mail those who asked for it that something waits, once a day after DAILY_MAIL_HOUR. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = mails.send_daily_mail()
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")
