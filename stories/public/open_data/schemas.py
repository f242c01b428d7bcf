"""The fields as schemas: JSON Schema for the OpenAPI document, Table Schema for a data package."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from stories.public.named_lists import NamedLists
from stories.public.open_data.fields import Field, Kind

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


def as_json(fields: Iterable[Field], names: NamedLists) -> dict[str, Any]:
    """What an object of these fields may be; every field is there, and None where nothing is known."""
    fields = tuple(fields)
    return {
        "type": "object",
        "required": [field.name for field in fields],
        "properties": {field.name: _property(field, names) for field in fields},
    }


def as_table(fields: Iterable[Field], names: NamedLists) -> dict[str, Any]:
    """The same for the columns of a CSV."""
    return {"fields": [_column(field, names) for field in fields], "missingValues": [""]}


def one_of(options: Mapping[str, str]) -> dict[str, Any]:
    """One of these slugs, each with its words."""
    return {"type": "string", "oneOf": [{"const": slug, "title": str(words)} for slug, words in options.items()]}


def _property(field: Field, names: NamedLists) -> dict[str, Any]:
    value = _value(field, field.options(names))
    about = {"description": str(field.about)}
    if not field.may_be_empty or field.kind in (Kind.SLUGS, Kind.IDS):
        return about | value
    return about | {"anyOf": [value, {"type": "null"}]}


def _value(field: Field, options: Mapping[str, str]) -> dict[str, Any]:
    match field.kind:
        case Kind.SLUG:
            return one_of(options)
        case Kind.SLUGS:
            return {"type": "array", "items": one_of(options), "uniqueItems": True}
        case Kind.MONTH:
            return {"type": "string", "pattern": MONTH}
        case Kind.ADDRESS:
            return {"type": "string", "format": "uri"}
        case Kind.NUMBER:
            return {"type": "integer", "minimum": 0}
        case Kind.DAY:
            return {"type": "string", "format": "date"}
        case Kind.IDS:
            return {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    return {"type": "string"}


def _column(field: Field, names: NamedLists) -> dict[str, Any]:
    rules: dict[str, Any] = {} if field.may_be_empty else {"required": True}
    options = list(field.options(names))
    column: dict[str, Any] = {"name": field.name, "description": str(field.about), "type": "string"}
    match field.kind:
        case Kind.SLUG:
            rules["enum"] = options
        case Kind.SLUGS:
            # A text and not a list: every reader of Table Schema can check a pattern.
            either = "|".join(map(re.escape, options))
            rules["pattern"] = f"({either})( ({either}))*"
        case Kind.MONTH:
            column["type"] = "yearmonth"
        case Kind.ADDRESS:
            column["format"] = "uri"
        case Kind.NUMBER:
            column["type"] = "integer"
        case Kind.DAY:
            column["type"] = "date"
    return column | ({"constraints": rules} if rules else {})
