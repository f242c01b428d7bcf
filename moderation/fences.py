"""Triggers in the database itself: no row of a story can hold words that two people did not agree on.

Python's checks can be walked round (`bulk_create`, `update`, `loaddata`, a shell); these can't be
walked round from any of those. They are raised anew after every migration.
"""

from typing import Any

from django.db import connections

from stories.agreed_text import FIELDS

# How each public column stands in the canonical document, where everything is text.
_COLUMNS = {
    **{name: f"NEW.{name}" for name in FIELDS},
    "force": "COALESCE(NEW.force_id, '')",
    "outcome": "COALESCE(NEW.outcome_id, '')",
    "year": "COALESCE(CAST(NEW.year AS TEXT), '')",
}
_REMOVED = "NEW.status = 'removed' AND NEW.title = '' AND NEW.text = '' AND NEW.agreed = ''"
_ONE_YES = (
    "EXISTS (SELECT 1 FROM moderation_agreement"
    " WHERE digest = NEW.digest AND by_id = NEW.{reader} AND place = '{place}')"
)
_TWO_YESES = " AND ".join(
    (_ONE_YES.format(reader="first_reader_id", place="first"), _ONE_YES.format(reader="second_reader_id", place="second"))
)
_SAME_AS_BEFORE = (
    "NEW.digest = OLD.digest AND NEW.salt = OLD.salt AND OLD.status <> 'removed'"
    " AND NEW.first_reader_id = OLD.first_reader_id AND NEW.second_reader_id = OLD.second_reader_id"
)
_OWN_WORDS = (
    "EXISTS (SELECT 1 FROM moderation_workingcopy AS mine JOIN moderation_workingcopy AS agreed"
    " ON mine.submission_id = agreed.submission_id"
    " WHERE agreed.sealed_id = NEW.working_copy_id AND mine.written_by_id = NEW.by_id)"
)
_DIGEST_DIFFERS = (
    "NEW.digest <> (SELECT digest FROM moderation_workingcopy WHERE sealed_id = NEW.working_copy_id)"
)


def raise_them(using: str = "default", **kwargs: Any) -> None:
    """Put every trigger in place in the database `using`; safe to call again."""
    connection = connections[using]
    if not {"moderation_agreement", "stories_story"} <= set(connection.introspection.table_names()):
        return
    raisers = {"sqlite": _raise_on_sqlite, "postgresql": _raise_on_postgresql}
    with connection.cursor() as cursor:
        for name, table, event, broken, message in _rules(connection.vendor):
            raisers[connection.vendor](cursor, name, table, event, broken, message)


def _rules(vendor: str) -> list[tuple[str, str, str, str, str]]:
    """List (name, table, event, condition that breaks it, message)."""
    fits = f"(({_REMOVED}) OR ({_fits_its_digest(vendor)}))"
    return [
        ("story_insert", "stories_story", "INSERT", f"NOT (({_fits_its_digest(vendor)}) AND {_TWO_YESES})", "not agreed"),
        (
            "story_update",
            "stories_story",
            "UPDATE",
            f"NOT ({fits} AND (({_REMOVED}) OR ({_SAME_AS_BEFORE}) OR ({_TWO_YESES})))",
            "not agreed",
        ),
        ("agreement_insert", "moderation_agreement", "INSERT", _bad_agreement(), "not theirs to agree"),
        ("agreement_update", "moderation_agreement", "UPDATE", "1 = 1", "agreements are never changed"),
    ]


def _bad_agreement() -> str:
    return f"({_DIGEST_DIFFERS}) OR (NEW.place = 'second' AND {_OWN_WORDS})"


def _fits_its_digest(vendor: str) -> str:
    """Say in SQL that the columns equal the agreed document, and that it carries its digest."""
    if vendor == "sqlite":
        # SHA256 is Django's own function: a connection without it can't write a story at all.
        whole = "CASE WHEN json_valid(NEW.agreed) THEN NEW.agreed ELSE '{}' END"
        sha = "SHA256(NEW.salt || char(10) || NEW.agreed)"
        parts = [f"json_extract({whole}, '$.{name}') = {column}" for name, column in _COLUMNS.items()]
    else:
        sha = "encode(sha256(convert_to(NEW.salt || chr(10) || NEW.agreed, 'UTF8')), 'hex')"
        parts = [f"(NULLIF(NEW.agreed, '')::json ->> '{name}') = {column}" for name, column in _COLUMNS.items()]
    return " AND ".join(["NEW.agreed <> ''", f"NEW.digest = {sha}", *parts])


def _raise_on_sqlite(cursor: Any, name: str, table: str, event: str, broken: str, message: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS heard_{name}")
    cursor.execute(
        f"CREATE TRIGGER heard_{name} BEFORE {event} ON {table} WHEN COALESCE({broken}, 1)"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _raise_on_postgresql(cursor: Any, name: str, table: str, event: str, broken: str, message: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION heard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF COALESCE({broken}, true) THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NEW; END $$"
    )
    cursor.execute(f"DROP TRIGGER IF EXISTS heard_{name} ON {table}")
    cursor.execute(
        f"CREATE TRIGGER heard_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION heard_{name}()"
    )
