"""`manage.py lost_codes FROM UNTIL`: say on *This code opens nothing* that codes given between the two may be lost.

From the backup that was restored until the site went down. The page shows the days, and stops by itself after ninety.
"""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from stories.intake import coming_back


class Command(BaseCommand):
    help = "Tell people whose code opens nothing that it may be lost through our fault, and not their mistake."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, says in (("since", "when the backup was made"), ("until", "when the site went down")):
            parser.add_argument(name, help=f"{says}: 2026-03-01 or 2026-03-01T04:00")

    def handle(self, *args: object, **options: object) -> None:
        try:
            since, until = (datetime.fromisoformat(str(options[name])) for name in ("since", "until"))
        except ValueError:
            raise CommandError("Say both as 2026-03-01 or 2026-03-01T04:00, the earlier one first.") from None
        aware = [each if each.tzinfo else timezone.make_aware(each) for each in (since, until)]
        if aware[0] > aware[1]:
            raise CommandError("The first has to be the earlier one: when the backup was made, then when it went down.")
        coming_back.remember_lost_codes(*aware)
        days = [f"{timezone.localtime(each):%d %B %Y}" for each in aware]
        self.stdout.write(f"People are told that codes given between {days[0]} and {days[1]} may be lost.")
