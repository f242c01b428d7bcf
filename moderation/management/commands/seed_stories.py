"""`manage.py seed_stories N`: N live stories, all invented, to see the public side at size."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bench.seeding import stories


class Command(BaseCommand):
    help = "Make N live, invented stories. For trying the site out: never on a site that people write to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--yes", action="store_true", help="outside the demo: this database is for trying out")
        parser.add_argument("--chance", type=int, help="a number; the same one makes the same texts")

    def handle(self, *args: object, **options: Any) -> None:
        if reason := stories.why_not_seed(sure=options["yes"]):
            raise CommandError(reason)
        if options["count"] < 1:
            raise CommandError("Say how many: a whole number above nought.")
        began = time.monotonic()
        stories.seed(options["count"], chance=options["chance"])
        self.stdout.write(f"{options['count']} invented stories are live ({time.monotonic() - began:.1f} s).")
