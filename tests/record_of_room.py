"""The record the next day, and what somebody with the database itself can do to it: take its fences away."""

from datetime import timedelta

from django.db import connection

from moderation.log import record
from moderation.models import LogEntry, PendingLogEntry
from stories import lifecycle

FENCES = dict.fromkeys(("log_insert", "log_update", "log_delete"), "moderation_logentry")


def next_day():
    """The rows of the record the next day, when what was done to submissions today stands in it too."""
    PendingLogEntry.objects.update(day=lifecycle.today() - timedelta(days=1))
    record._close_the_days()
    return LogEntry.objects.all()


def drop_fences(fences=FENCES):
    """Take these away; `fences` has the table of each."""
    with connection.cursor() as cursor:
        for name, table in fences.items():
            of_it = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS heard_{name}{of_it}")
