"""`manage.py release_figures 2026-Q4`: make public what people answered, once a quarter, for good.

A table whose new numbers would let somebody work out one person's answer waits for a later release, and is named.
"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stories.figures import releases


class Command(BaseCommand):
    help = "Release the figures of a quarter that is over. They are frozen: they can't be changed or taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", help="the quarter that is over, such as 2026-Q4")

    def handle(self, *args: object, **options: object) -> None:
        try:
            done = releases.make_release(str(options["quarter"]))
        except releases.NotReleased as error:
            raise CommandError(f"Nothing was released. {error}") from error
        for number in done.held:
            what = f"how many were added to “{number.name}”" if number.is_added else f"“{number.name}”"
            self.stdout.write(f"{number.table} waits for a later release: {what} could be worked out.")
        renewed = ", ".join(done.renewed) or "none; every table repeats what it showed before"
        self.stdout.write(f"Released {done.quarter}. Tables with new numbers: {renewed}.")
