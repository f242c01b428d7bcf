"""The files of responses, letters, asks and offences: each whole, from the edition alone."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from stories import spreadsheets
from stories.public.open_data import terms
from stories.public.open_data.fields import Field, Kind
from stories.public.open_data.record_fields import Record
from stories.public.open_data.story_csv import BOM

Value = str | int | list[str] | None


def as_json(record: Record, ignored: Iterable[str]) -> dict[str, Any]:
    """The whole answer; `openapi` says what is in it."""
    rows = [values(record, row) for row in record.read()]
    return {
        "title": str(record.title),
        "licence": asdict(terms.FACTS),
        "count": len(rows),
        "ignored": list(ignored),
        record.name: rows,
    }


def as_csv(record: Record, *, bom: bool = False) -> Iterator[str]:
    """A header, then a line for each row."""
    if bom:
        yield BOM
    yield from spreadsheets.lines([header(record)])
    yield from spreadsheets.lines(cells(record, row) for row in record.read())


def header(record: Record) -> list[str]:
    return [field.name for field in record.fields]


def values(record: Record, row: Any) -> dict[str, Value]:
    """Every field by name; None for what nothing is known of."""
    return {field.name: _value(field, row) for field in record.fields}


def cells(record: Record, row: Any) -> list[str]:
    """The same as texts; ids are written with spaces, which none has."""
    found = (field.same() if field.same else field.words(row) for field in record.fields)
    return [" ".join(each) if isinstance(each, list) else each for each in found]


def _value(field: Field, row: Any) -> Value:
    found = field.same() if field.same else field.words(row)
    if isinstance(found, list):
        return found
    return int(found) if found and field.kind is Kind.NUMBER else found or None
