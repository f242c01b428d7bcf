"""`manage.py retention`: erase what is due. A timer calls it every hour.

Prints how many accounts were erased. One that can't be erased doesn't stop the others; the command then ends with
status 1 and one line, and `/healthz` says that it is late; so it does where the clock may be wrong, and erases
nothing, until somebody says `--clock-is-right`. Each account is erased in its own transaction: a run that
is stopped half way leaves the rest to the next.
"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stories.intake import retention


class Command(BaseCommand):
    help = "Erase every account whose date has come. Run it every hour; /healthz says when it is late."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clock-is-right", action="store_true", help="you have looked, and it is the time it says")

    def handle(self, *args: object, **options: object) -> None:
        try:
            count = retention.run_retention(clock_is_right=bool(options["clock_is_right"]))
        except retention.NotAllErased as error:
            # What failed stands in the log already, by the name of its error alone: a trace could hold more.
            raise CommandError(str(error)) from None
        if not count:
            self.stdout.write("Nothing was due.")
            return
        self.stdout.write(f"Erased {count} {'account' if count == 1 else 'accounts'} whose date had come.")
