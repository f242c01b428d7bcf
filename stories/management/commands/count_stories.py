"""`manage.py count_stories`: count every live story anew, beside the sets that followed each change.

A timer does so once a day. Prints the marks whose sets differed, which are right from then on, and ends with status 1
where there were any: a mark is a force, an outcome or another thing that stories are chosen by.
"""

from django.core.management.base import BaseCommand, CommandError

from stories.models import Story
from stories.reading import marked_sets


class Command(BaseCommand):
    help = "Count every live story anew, beside the sets that lists and figures are counted from."

    def handle(self, *args: object, **options: object) -> None:
        if differing := marked_sets.count_all(again=True):
            named = ", ".join(mark or "all stories" for mark in differing)
            raise CommandError(f"These differed, and are right again: {named}")
        self.stdout.write(f"Counted {Story.live.count()}; every set was right.")
