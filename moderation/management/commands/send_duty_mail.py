"""`manage.py send_duty_mail`: mail at 09:00 and 18:00 that something urgent came in. A timer calls it every hour."""

from django.core.management.base import BaseCommand

from moderation import mails


class Command(BaseCommand):
    help = "Mail DUTY_EMAIL at 09:00 and 18:00 if something urgent came since the last time. Run it every hour."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = mails.send_duty_mail()
        self.stdout.write(f"Sent: {sent}. Failed: {failed}.")
