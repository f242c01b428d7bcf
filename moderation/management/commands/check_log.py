"""`manage.py check_log`: say whether a row of the record of deeds was removed or changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from moderation.log import record_check


class Command(BaseCommand):
    help = "Check the chain of the record. Note the head it prints, away from this server, and give it next time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="NUMBER:HASH",
            help="a head that was noted earlier; can be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            noted = [record_check.read_head(typed) for typed in options["head"]]
        except record_check.NotAHead as wrong:
            raise CommandError(_("“%(typed)s” isn’t a head: NUMBER:HASH, as printed.") % {"typed": wrong}) from None
        if reason := record_check.why_not_whole(noted):
            raise CommandError(reason)
        self.stdout.write(_("The record is whole. Note its head away from this server:"))
        self.stdout.write(str(record_check.head()))
