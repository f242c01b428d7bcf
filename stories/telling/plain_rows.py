"""What is asked of the database for each account that comes in, by statements that are made once.

Django works a statement out anew each time, which takes four times as long as the database takes to do it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, with the keys that they have by default; no signal is sent, as by `bulk_create`."""
    here = connections[DEFAULT_DB_ALIAS]
    statement, fields = _statement(type(rows[0]))
    values = [[field.get_db_prep_save(field.pre_save(row, True), here) for field in fields] for row in rows]
    with here.cursor() as cursor:
        cursor.executemany(statement, values)
    for row in rows:
        # As Django's own leave it: saving the row again changes it then.
        row._state.adding, row._state.db = False, here.alias


def is_there(model: type[models.Model], **values: Any) -> bool:
    """True if there is a row with just these values in these fields."""
    here = connections[DEFAULT_DB_ALIAS]
    statement, fields = _question(model, tuple(values))
    wanted = [field.get_db_prep_value(value, here) for field, value in zip(fields, values.values(), strict=True)]
    with here.cursor() as cursor:
        cursor.execute(statement, wanted)
        return cursor.fetchone() is not None


Statement = tuple[str, list[models.Field]]


@cache
def _statement(model: type[models.Model]) -> Statement:
    fields = list(model._meta.concrete_fields)
    places = ", ".join(["%s"] * len(fields))
    columns = ", ".join(_columns(fields))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608


@cache
def _question(model: type[models.Model], names: tuple[str, ...]) -> Statement:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    where = " AND ".join(f"{column} = %s" for column in _columns(fields))
    return f"SELECT 1 FROM {_quoted(model._meta.db_table)} WHERE {where}", fields  # noqa: S608


def _columns(fields: Sequence[models.Field]) -> list[str]:
    return [_quoted(str(field.column)) for field in fields]


def _quoted(name: str) -> str:
    quoted: str = connections[DEFAULT_DB_ALIAS].ops.quote_name(name)
    return quoted
