"""The audit log as tests read it, and what somebody with the database itself can do: take its fences away."""

from django.db import connection

from moderation.team import audit_log


def logged(deed="", item=""):
    """The lines of the log, first to last; a deed is in plain words."""
    rows = [audit_log.Entry(*row) for row in audit_log.log_entries(deed=deed, item=item)]
    plain = [row._replace(deed=row.deed.removeprefix("heard.").replace("_", " ")) for row in rows]
    return plain[::-1]


def drop_fences(fences):
    """Take these away; `fences` has the table of each."""
    with connection.cursor() as cursor:
        for name, table in fences.items():
            of_it = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS heard_{name}{of_it}")
