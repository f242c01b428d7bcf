"""Triggers in the database itself: no row of a story can hold words that two people did not agree on.

Python's checks can be walked round (`bulk_create`, `update`, `loaddata`, a shell); these can't, and are created again
after every migration. A story is bound to its own submission's agreements, so that another's agreed words don't fit
it; once its submission is erased the agreements are gone, and only what doesn't touch the words can still change. No
row of a story is ever deleted: its words go, and its address stays to say so. Releases of figures are only added to.
"""

from django.db import connections

from stories.core import tables
from stories.core.agreed_text import FIELDS, LEFT_OUT_WHEN_EMPTY, TEXT_COLUMNS

_SQL = tables.read(__file__)
_PARTS, _STATEMENTS = _SQL.pop("parts"), _SQL.pop("statements")
# How each public column stands in the canonical document, where everything is text.
_COLUMNS = {
    **{name: f"NEW.{name}" for name in FIELDS},
    "force": "COALESCE(NEW.force_id, '')",
    "outcome": "COALESCE(NEW.outcome_id, '')",
    "year": "COALESCE(CAST(NEW.year AS TEXT), '')",
}
_WORDS = (*TEXT_COLUMNS, "agreed", "salt", "digest")
_REMOVED = " AND ".join(
    [
        "NEW.status = 'removed'",
        *(f"NEW.{name} = ''" for name in _WORDS),
        *(f"NEW.{name} IS NULL" for name in ("force_id", "outcome_id", "year")),
    ]
)


def create_triggers(using: str = "default", **kwargs: object) -> None:
    """Put every trigger in place in the database `using`; safe to call again."""
    connection = connections[using]
    standing = set(connection.introspection.table_names())
    if not {"moderation_agreement", "stories_story"} <= standing:
        return
    with connection.cursor() as cursor:
        for name, trigger in _triggers(connection.vendor).items():
            for statement in _STATEMENTS[connection.vendor] if trigger["table"] in standing else ():
                cursor.execute(" ".join(statement.split()).format(name=name, **trigger))


def _triggers(vendor: str) -> dict[str, dict[str, str]]:
    """Each trigger by its name, with what is good of a row in the SQL of that database."""
    parts = {"fits": _fits_its_digest(vendor), "removed": _REMOVED}
    for name, sql in _PARTS.items():
        parts[name] = " ".join(sql.split()).format(**parts)
    return {
        name: trigger | {"good": " ".join(trigger["good"].split()).format(**parts)} for name, trigger in _SQL.items()
    }


def _fits_its_digest(vendor: str) -> str:
    """Say in SQL that the columns equal the agreed document, and that it carries its digest."""
    if vendor == "sqlite":
        # SHA256 is Django's own function: a connection without it can't write such a row at all.
        sha = "SHA256(NEW.salt || char(10) || NEW.agreed)"
        says = "json_extract(CASE WHEN json_valid(NEW.agreed) THEN NEW.agreed ELSE '{{}}' END, '$.{name}')"
    else:
        sha = "encode(sha256(convert_to(NEW.salt || chr(10) || NEW.agreed, 'UTF8')), 'hex')"
        says = "(NULLIF(NEW.agreed, '')::json ->> '{name}')"
    named = {name: says.format(name=name) for name in _COLUMNS}
    named |= {name: f"COALESCE({named[name]}, '')" for name in LEFT_OUT_WHEN_EMPTY}
    parts = [f"{words} = {_COLUMNS[name]}" for name, words in named.items()]
    return " AND ".join(["NEW.agreed <> ''", f"NEW.digest = {sha}", *parts])
