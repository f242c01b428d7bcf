"""`manage.py seed_submissions N`: N invented accounts in the demo, to see the moderators' room at size."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bench.seeding import submissions


class Command(BaseCommand):
    help = "Put N invented accounts into the demo's queue, sealed so that the demo's moderators can open them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--chance", type=int, help="a number; the same one makes the same texts")

    def handle(self, *args: object, **options: Any) -> None:
        if reason := submissions.why_not_seed():
            raise CommandError(reason)
        if options["count"] < 1:
            raise CommandError("Say how many: a whole number above nought.")
        began = time.monotonic()
        submissions.seed(options["count"], chance=options["chance"])
        self.stdout.write(f"{options['count']} invented accounts wait to be read ({time.monotonic() - began:.1f} s).")
