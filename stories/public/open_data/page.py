"""What the page about open data shows: files, terms, filters and fields, from the lists that the files are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stories.public import named_lists
from stories.public.named_lists import NamedLists
from stories.public.open_data import links, parameters, quarters, story_json, terms
from stories.public.open_data.fields import FIGURE, IN_FILES, WORDS_OF_KINDS, Field
from stories.public.open_data.parameters import Parameter
from stories.public.open_data.record_fields import RECORDS, Record

# So many values stand in the line itself; a longer list folds.
_IN_A_LINE = 8


@dataclass(frozen=True)
class File:
    """One file: its name and address, and what it holds."""

    name: str
    url: str
    about: str


@dataclass(frozen=True)
class Entry:
    """One line of the dictionary, of fields or of parameters; `same_as` is the parameter whose values it has."""

    name: str
    kind: str
    about: str
    values: Mapping[str, str]
    same_as: str = ""
    is_told: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.values) > _IN_A_LINE


def context() -> dict[str, Any]:
    """What `open_data.html` reads."""
    names = named_lists.read()
    return {
        "files": _files(),
        "quarters": [File(quarter, links.of_package(quarter), "") for quarter in quarters.released()],
        "openapi": links.OPENAPI,
        "facts": terms.FACTS,
        "attribution": terms.attribution(_("stories in Wales")),
        "parameters": [_of_parameter(each) for each in (*parameters.every(names), parameters.BOM)],
        "story_fields": _of_fields(IN_FILES, names),
        "figure_fields": _of_fields(FIGURE, names),
        "records": [_of_record(record, names) for record in RECORDS],
        "base": settings.BASE_URL,
    }


def _files() -> list[File]:
    every = _("Every story, one to a row, with its whole text.")
    return [
        File("stories.csv", links.CSV, every),
        File(
            "stories.json",
            links.JSON,
            _("The same, %(size)s at a time, with links to the next ones.") % {"size": story_json.SIZE},
        ),
        File("stories.atom", links.ATOM, _("The newest, for a feed reader: title and first lines.")),
    ]


def _of_record(record: Record, names: NamedLists) -> dict[str, Any]:
    """A kind of record with its two files and its fields."""
    files = [File(f"{record.name}.{kind}", links.of_record(record.name, kind), "") for kind in ("csv", "json")]
    return {"record": record, "files": files, "fields": _of_fields(record.fields, names)}


def _of_parameter(each: Parameter) -> Entry:
    values = {} if each.name == parameters.BOM.name else each.options
    return Entry(each.name, "", str(each.about), values)


def _of_fields(fields: Iterable[Field], names: NamedLists) -> list[Entry]:
    return [_of_field(field, names) for field in fields]


def _of_field(field: Field, names: NamedLists) -> Entry:
    values = {} if field.facet else field.options(names)
    return Entry(field.name, str(WORDS_OF_KINDS[field.kind]), str(field.about), values, field.facet, field.is_told)
