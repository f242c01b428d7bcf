"""`manage.py hold_back_stories`: after a restore without a journal, take every story off the site at once.

Nobody can say then which of them somebody took back since the backup. Two moderators put each back, as after any take
down; what is in the next batch waits with them. It can run twice.
"""

from django.core.management.base import BaseCommand
from django.db import transaction

from moderation.models import PutBack
from stories.core import takedown


class Command(BaseCommand):
    help = "Hide every story and everything agreed; two moderators put each back. For a restore without a journal."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        # Somebody's wish of before, and one person more, would put one back.
        PutBack.objects.all().delete()
        count = takedown.hide_all_stories()
        if not count:
            self.stdout.write("No story was up or waited for the next batch.")
            return
        self.stdout.write(f"Held back: {count} {'story' if count == 1 else 'stories'}. Two moderators put each back.")
