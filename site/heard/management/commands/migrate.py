"""`manage.py migrate`: Django's own, once today's migrations can go on from what the database is.

Each app's `0001_initial` replaced a longer chain and has the name of its first link, so Django would take a database
halfway through that chain for a whole one. One at its end is as `0001_initial` makes it. Its rows of
`django_migrations` stay: code that knows those migrations has nothing to do then, if somebody goes back to it.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

_LAST_COMMIT = "c29ee287"
# Of the longer chain: the second link and the last one; and a table that its first one didn't make, and today's does.
_SECOND = {("campaign", "0002_wide_tables_and_parts"), ("moderation", "0002_moderators_room")}
_SECOND |= {("stories", "0002_countedanswers")}
_LAST = {("campaign", "0014_easy_read_and_languages"), ("moderation", "0020_languages_read")}
_LAST |= {("stories", "0031_unsent_words")}
_TABLES = {"campaign": "campaign_ask", "moderation": "moderation_readywords", "stories": "stories_peppercheck"}


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if _is_halfway(connections[options["database"]]):
            raise CommandError(
                "This database is halfway through migrations that are gone, and nothing was changed: "
                f"first run `manage.py migrate` with the code of commit {_LAST_COMMIT}."
            )
        super().handle(*args, **options)


def _is_halfway(connection: BaseDatabaseWrapper) -> bool:
    applied = MigrationRecorder(connection).applied_migrations().keys()
    if applied >= _LAST:
        return False
    made = {table for app, table in _TABLES.items() if (app, "0001_initial") in applied}
    return bool(applied & _SECOND) or not made <= set(connection.introspection.table_names())
