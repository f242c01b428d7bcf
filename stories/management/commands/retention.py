"""`manage.py retention`: erase what is due. A timer calls it every hour.

Prints how many accounts were erased. One that can't be erased doesn't stop the others; the command then ends with an
error, and `/healthz` says that it is late.
"""

from django.core.management.base import BaseCommand

from stories.intake import retention


class Command(BaseCommand):
    help = "Erase every account whose date has come. Run it every hour; /healthz says when it is late."

    def handle(self, *args: object, **options: object) -> None:
        count = retention.run_retention()
        self.stdout.write(f"Erased {count} {'account' if count == 1 else 'accounts'} whose date had come.")
