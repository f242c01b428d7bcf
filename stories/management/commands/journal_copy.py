"""`manage.py journal_copy > FILE`: the journal as one file of a size that tells nothing, to be encrypted and sent away.

A timer calls it every five minutes, whether anything was added or not, so that when it is sent tells nothing either.
`manage.py replay_journal -` reads it. It holds keyed hashes alone, and is a tar, filled up with zeros. Where the
journal can't be read, nothing is written, and the command ends with status 1.
"""

import sys

from django.core.management.base import BaseCommand, CommandError

from stories.core import journal


class Command(BaseCommand):
    help = "Write a padded copy of the journal to standard output."

    def handle(self, *args: object, **options: object) -> None:
        try:
            copy = journal.padded_copy()
        except OSError as error:
            why = type(error).__name__
            raise CommandError(f"The journal can't be copied ({why}). Look at DATA_DIR/journal.") from None
        sys.stdout.buffer.write(copy)
        sys.stdout.buffer.flush()
