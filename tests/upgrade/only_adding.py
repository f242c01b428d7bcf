"""The rule that a release only adds to the database (docs/adr/0017): why one operation of a migration breaks it."""

import re

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import UniqueConstraint
from django.db.models.fields import NOT_PROVIDED
from wagtail.fields import StreamField

# What Django alone knows of a field.
_NOT_IN_THE_DATABASE = {"verbose_name", "help_text", "choices", "validators", "blank", "default", "editable"}
_NOT_IN_THE_DATABASE |= {"error_messages", "on_delete", "related_name", "related_query_name", "limit_choices_to"}
_NOT_IN_THE_DATABASE |= {"block_lookup"}
_HARMLESS = (migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex)
_HARMLESS += (migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.RemoveConstraint)
_HARMLESS += (migrations.RunPython,)
_TAKES_AWAY = (migrations.RemoveField, migrations.DeleteModel)
_DROPS = re.compile(r'(?:ALTER TABLE "?(\w+)"? DROP COLUMN|DROP TABLE) (?:IF EXISTS )?"?(\w+)"?', re.IGNORECASE)
_NARROWS = re.compile(r"\b(DROP|RENAME|SET NOT NULL|ALTER COLUMN|ADD CONSTRAINT|UNIQUE)\b", re.IGNORECASE)


def why_not(operation: Operation, *, app, state, base):
    """Why the release before couldn't live with this; None if it can.

    `state` is what the migrations before it say, and `base` what the release before says; operations of the state
    alone change nothing in the database, and are judged by what the new code leaves empty.
    """
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return _why_not_apart(operation, app=app, state=state, base=base)
    if isinstance(operation, migrations.RunSQL):
        return _why_not_sql(operation, base)
    if isinstance(operation, _TAKES_AWAY):
        return "the release before still reads it: give it up in the state alone, and drop it in the next release"
    if isinstance(operation, _HARMLESS):
        return None
    if model := base.models.get((app, getattr(operation, "model_name", getattr(operation, "name", "")).lower())):
        return _why_not_in_table(operation, app, state, model)
    return None


def _why_not_in_table(operation, app, state, model):
    """The same of a change in a table that the release before has."""
    if isinstance(operation, migrations.AddField):
        field = operation.field
        is_filled = field.null or field.has_db_default() or field.many_to_many or field.generated
        return None if is_filled else "the release before doesn't fill it: null=True or db_default"
    if isinstance(operation, migrations.AlterField):
        old = state.models[app, operation.model_name_lower].fields.get(operation.name)
        return _why_not_wider(old, operation.field) if operation.name in model.fields else None
    if isinstance(operation, migrations.AddConstraint):
        replaced = {each.name for each in model.options.get("constraints", ())}
        is_new = isinstance(operation.constraint, UniqueConstraint) or operation.constraint.name not in replaced
        return "the release before doesn't keep to it: add it in the next release" if is_new else None
    return f"{type(operation).__name__} does more than add"


def _why_not_wider(old, new):
    """None if every value that fits the old field fits the new one, and what the old code leaves out is filled."""
    (_, was_path, _, was), (_, is_path, _, now) = old.deconstruct(), new.deconstruct()
    changed = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)} - _NOT_IN_THE_DATABASE
    wider = {
        "null": new.null,
        "max_length": (new.max_length or 1 << 60) >= (old.max_length or 1 << 60),
        "db_default": new.db_default is not NOT_PROVIDED,
        "db_constraint": not getattr(new, "db_constraint", True),
        "db_index": True,
        "unique": not new.unique,
    }
    narrower = sorted(name for name in changed if not wider.get(name, False))
    if was_path != is_path:
        narrower.append("its type")
    # It leaves out the blocks of a stream that it doesn't know.
    if not _blocks(old) <= _blocks(new):
        narrower.append("its blocks")
    return f"the release before trips over another {', '.join(narrower)}" if narrower else None


def _blocks(field):
    return set(field.stream_block.child_blocks) if isinstance(field, StreamField) else set()


def _why_not_apart(operation, *, app, state, base):
    for each in operation.database_operations:
        if reason := why_not(each, app=app, state=state, base=base):
            return reason
    for each in operation.state_operations:
        if operation.database_operations or not isinstance(each, _TAKES_AWAY):
            continue
        is_field = isinstance(each, migrations.RemoveField)
        fields = state.models[app, (each.model_name if is_field else each.name).lower()].fields
        for name, field in fields.items():
            if (not is_field or name == each.name) and (reason := _why_not_given_up(field, is_field=is_field)):
                return f"{name} {reason}"
    return None


def _why_not_given_up(field, *, is_field):
    """Why the new code can't leave alone what stays in the database."""
    if getattr(field, "db_constraint", None) or (field.many_to_many and field.remote_field.db_constraint):
        return "keeps the row that it points at from being erased: first db_constraint=False"
    if is_field and not (field.null or field.has_db_default() or field.many_to_many):
        return "isn't filled by the new code: first null=True or db_default"
    return None


def _why_not_sql(operation, base):
    tables = {model._meta.db_table: model for model in base.apps.get_models(include_auto_created=True)}
    words = operation.sql if isinstance(operation.sql, str) else " ; ".join(map(str, operation.sql))
    for table, column_or_table in _DROPS.findall(words):
        model = tables.get(table or column_or_table)
        if model and (not table or column_or_table in {field.column for field in model._meta.local_fields}):
            return f"the release before still reads {table or column_or_table}"
    return "its SQL does more than add" if _NARROWS.search(_DROPS.sub("", words)) else None
