"""`manage.py count_stories`: count every live story anew, beside the sets that followed each change.

A timer does so once a day. Prints the marks whose sets differed, which are right from then on, and ends with status 1
where there were any: a mark is a force, an outcome or another thing that stories are chosen by. Nobody is held up,
and what changes while it counts is left to the next run.
"""

from django.core.management.base import BaseCommand, CommandError

from stories.models import Story
from stories.reading import marked_sets


class Command(BaseCommand):
    help = "Count every live story anew, beside the sets that lists and figures are counted from."
    # It counts what a release's own tables hold.
    requires_migrations_checks = True

    def handle(self, *args: object, **options: object) -> None:
        differing = marked_sets.prove_sets()
        if differing:
            named = ", ".join(mark or "all stories" for mark in differing)
            raise CommandError(f"These differed, and are right again: {named}")
        stories = Story.live.count()
        self.stdout.write(f"Counted {stories} {'story' if stories == 1 else 'stories'}; every set was right.")
