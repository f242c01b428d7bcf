"""Copy every row of a site on SQLite into PostgreSQL, and compare: the process that `heard move-to-postgresql` starts.

It takes the new database's address from MOVE_TO; `manage.py migrate` has made its tables, and what rows they have goes.
While it runs it holds SQLite's one place for writing, so that the site goes on reading and nothing written meanwhile
is left behind; it lets go when its standard input says so, or ends.
"""

import os
import sys
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

import environ

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
from heard import settings as site_settings

TARGET = "target"
site_settings.DATABASES[TARGET] = {**environ.Env().db_url("MOVE_TO"), "CONN_MAX_AGE": None}

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from stories.core import snapshot  # noqa: E402
from stories.reading.search import store  # noqa: E402

# Each store keeps its own index of what editors search; `update_index` fills it.
_LEFT_OUT = {"wagtailsearch"}
_AT_ONCE = 500


def main() -> None:
    """Print `copied` and the numbers once all is there and equal, and wait for a line before letting writers in."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _LEFT_OUT
    ]
    # Both databases' whole transactions: an error on either side leaves nothing behind.
    with transaction.atomic("default"), transaction.atomic(TARGET):
        _empty(models)
        copied = {model._meta.db_table: _copy(model) for model in models}
        _close_fences(models)
        for model in models:
            _compare(model)
        store.create_search(TARGET)
        snapshot.start_over(TARGET)
        transaction.on_commit(lambda: _wait(copied), using=TARGET)


def _wait(copied: dict[str, int]) -> None:
    print(f"copied {sum(copied.values())} rows of {len(copied)} tables", flush=True)
    sys.stdin.readline()


def _empty(models: list[type[Model]]) -> None:
    """Take out what migrating laid, and switch our own triggers off: they ask for rows that come later."""
    names = [connections[TARGET].ops.quote_name(model._meta.db_table) for model in models]
    with connections[TARGET].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")


def _copy(model: type[Model]) -> int:
    connection, fields = connections[TARGET], model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    name = connection.ops.quote_name(model._meta.db_table)
    many, rows = 0, _rows("default", model)
    with connection.cursor() as cursor:
        while some := list(islice(rows, _AT_ONCE)):
            prepared = [
                [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                for row in some
            ]
            cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", prepared)
            many += len(some)
    return many


def _rows(alias: str, model: type[Model]) -> Iterator[tuple[Any, ...]]:
    """The rows of this model's own table, in the order of their keys."""
    own = [field.attname for field in model._meta.local_concrete_fields]
    assert model._meta.pk is not None
    found = model._base_manager.using(alias).order_by(model._meta.pk.attname).values_list(*own)
    return found.iterator(chunk_size=_AT_ONCE)


def _close_fences(models: list[type[Model]]) -> None:
    """Check every reference, switch the triggers on, have each story pass them, and go on counting where it was."""
    connection = connections[TARGET]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in models:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(model._meta.db_table)} ENABLE TRIGGER USER")
        cursor.execute("UPDATE stories_story SET slug = slug")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _compare(model: type[Model]) -> None:
    """Stop where one row differs: keys sort alike in both, but text keys may not, so these are compared as sets."""
    old, new = _rows("default", model), _rows(TARGET, model)
    if model._meta.pk and model._meta.pk.get_internal_type() in ("CharField", "SlugField", "UUIDField"):
        same = sorted(old, key=repr) == sorted(new, key=repr)
    else:
        same = all(here == there for here, there in zip_longest(old, new))
    if not same:
        raise SystemExit(f"{model._meta.db_table} isn't the same in both: nothing was moved.")


if __name__ == "__main__":
    main()
