"""`manage.py retention`: erase what is due. A timer calls it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from stories.intake import retention


class Command(BaseCommand):
    help = "Erase every account whose date has come. Run it once a day; /healthz says when it is late."

    def handle(self, *args: Any, **options: Any) -> None:
        count = retention.run_retention()
        self.stdout.write(f"Erased {count} {'account' if count == 1 else 'accounts'} whose date had come.")
