"""What somebody with the database itself can do to the record: take its fences away, and change what they like."""

from django.db import connection

FENCES = dict.fromkeys(("log_insert", "log_update", "log_delete"), "moderation_logentry")


def drop_fences(fences=FENCES):
    """Take these away; `fences` has the table of each."""
    with connection.cursor() as cursor:
        for name, table in fences.items():
            of_it = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS heard_{name}{of_it}")
