"""The files, described for programs: an OpenAPI document, and the Data Package of a quarter's zip.

Both are made of the filter and of the fields, so that they can't say anything else.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.core import named_lists
from stories.core.named_lists import NamedLists
from stories.figures import counts
from stories.models.story import SLUG_LETTERS
from stories.reading import filters
from stories.reading.export import terms
from stories.reading.export.fields import RECORDS, STORY, TABLES, Field
from stories.reading.facets import FACETS
from stories.reading.filters import CHOOSING, PARAMETERS, SEARCH
from stories.reading.search.store import MOST
from stories.reading.search.terms import LONGEST

# What JSON has for anything that is described here.
Json = dict[str, object]
# As many stories as the page cache has room for in nearly every answer.
PAGE_SIZE = 50
_PLACES = {
    "after": gettext_lazy("What is newer than this place. The links of an answer hold it; nobody can make one."),
    "before": gettext_lazy("What is older than this place. A CSV takes neither: it holds the whole list."),
}
_TEXT: Json = {"type": "string"}
# How a field's kind reads in JSON Schema and in Table Schema; every other kind is a text.
_SCHEMAS: dict[str, Json] = {
    "month": {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"},
    "address": {"type": "string", "format": "uri"},
    "number": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
    "ids": {"type": "array", "items": _TEXT, "uniqueItems": True},
}
_COLUMNS: dict[str, Json] = {
    "month": {"type": "yearmonth"},
    "address": {"format": "uri"},
    "number": {"type": "integer"},
    "day": {"type": "date"},
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a list; `options` are words by slug where it is chosen from them, as often as one likes."""

    name: str
    about: str | Promise
    options: Mapping[str, str]
    rules: Mapping[str, str | int]


BOM = Parameter("bom", gettext_lazy("1 for a CSV that Excel opens with every letter right."), {}, {"pattern": "^1$"})


def list_parameters(names: NamedLists) -> list[Parameter]:
    """The parameters of every file, in the order in which an address has them."""
    searched = _(
        "Words to search for: “words in quotes” together, -word to leave out, evid* for the beginning of a word."
    )
    newest = _("Of more than %(most)s matches only the newest are listed.") % {"most": counts.whole_number(MOST)}
    place = f"^[{SLUG_LETTERS}]{{{filters.LENGTH}}}$"
    return [
        *(Parameter(facet.name, facet.about, facet.options(names), {}) for facet in FACETS),
        Parameter(SEARCH, f"{searched} {newest}", {}, {"maxLength": LONGEST}),
        *(Parameter(name, about, {}, {"pattern": place}) for name, about in _PLACES.items()),
    ]


# --- The OpenAPI document -------------------------------------------------------------------


def openapi() -> Json:
    """All that a program needs to know of the files: `openapi.json`, filled in."""
    names = named_lists.get_named_lists()
    said = {"{base}": settings.BASE_URL, "{caution}": counts.caution_words()}
    document = json.loads(_with_words((Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"), said))
    paths, components = document["paths"], document["components"]
    for path, taken in {terms.JSON: PARAMETERS, terms.CSV: (*CHOOSING, BOM.name), terms.ATOM: PARAMETERS}.items():
        paths[path]["get"]["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in taken]
    components["parameters"] = {each.name: _parameter(each) for each in (*list_parameters(names), BOM)}
    components["schemas"]["Story"] = _object(STORY, names)
    # What stands in the document once, for whichever record, stands there for each.
    whole = json.dumps({"paths": _templates(paths), "schemas": _templates(components["schemas"])})
    for record in RECORDS.values():
        about = {"{record}": record.name, "{Record}": record.name.capitalize(), "{schema}": record.schema}
        made = json.loads(_with_words(whole, about | {"{about}": record.about}))
        paths.update(made["paths"])
        components["schemas"].update(made["schemas"] | {record.schema: _object(record.fields, names)})
    return document


def _templates(named: Json) -> Json:
    """Take out what is named after whichever record."""
    return {name: named.pop(name) for name in list(named) if "{record}" in name or "{schema}" in name}


def _with_words(text: str, said: Mapping[str, str]) -> str:
    """Put words into a text of JSON."""
    for place, words in said.items():
        text = text.replace(place, json.dumps(words)[1:-1])
    return text


def _parameter(each: Parameter) -> Json:
    made: Json = {"name": each.name, "in": "query", "description": str(each.about)}
    if each.options:
        return made | {"explode": True, "schema": {"type": "array", "items": _one_of(each.options)}}
    return made | {"schema": {"type": "string", **each.rules}}


def _object(fields: Iterable[Field], names: NamedLists) -> Json:
    """A row of these fields: every field is there, and null where nothing is known."""
    properties = {field.name: _property(field, field.options(names)) for field in fields}
    return {"type": "object", "required": [*properties], "properties": properties}


def _property(field: Field, options: Mapping[str, str]) -> Json:
    about = {"description": field.words}
    if field.kind == "slugs":
        return about | {"type": "array", "items": _one_of(options), "uniqueItems": True}
    value = _one_of(options) if field.kind == "slug" else _SCHEMAS.get(field.kind, _TEXT)
    is_there = field.required or field.kind == "ids"
    return about | (value if is_there else {"anyOf": [value, {"type": "null"}]})


def _one_of(options: Mapping[str, str]) -> Json:
    """One of these slugs, each with its words."""
    return {"type": "string", "oneOf": [{"const": slug, "title": str(words)} for slug, words in options.items()]}


# --- The Data Package (datapackage.org) -----------------------------------------------------


def data_package(quarter: str, held: Collection[str], names: NamedLists) -> Json:
    """The description of the zip of a quarter; `held` are the tables in it, by the names of their files."""
    tables = [_table(name, _(about), fields, names) for name, (about, fields) in TABLES.items() if name in held]
    tables[0]["licenses"] = [_licence(terms.FACTS), _licence(terms.story_licence())]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"heard-{quarter.lower()}",
        "title": _("Heard: stories and figures of %(quarter)s") % {"quarter": quarter},
        "description": counts.caution_words(),
        "homepage": f"{settings.BASE_URL}{terms.PAGE}",
        "version": quarter,
        "licenses": [_licence(terms.FACTS)],
        "resources": tables,
    }


def _table(name: str, about: str, fields: Sequence[Field], names: NamedLists) -> Json:
    schema: Json = {"fields": [_column(field, [*field.options(names)]) for field in fields], "missingValues": [""]}
    if fields[0].name == "id":
        schema["primaryKey"] = ["id"]
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": about,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _column(field: Field, options: Sequence[str]) -> Json:
    rules: Json = {"required": True} if field.required else {}
    if field.kind == "slug":
        rules["enum"] = options
    if field.kind == "slugs":
        # A text and not a list: every reader of Table Schema can check a pattern.
        either = "|".join(map(re.escape, options))
        rules["pattern"] = f"({either})( ({either}))*"
    column = {"name": field.name, "description": field.words, "type": "string", **_COLUMNS.get(field.kind, {})}
    return column | ({"constraints": rules} if rules else {})


def _licence(licence: terms.Licence) -> dict[str, str]:
    given = {"name": licence.name, "title": licence.title, "path": licence.url}
    return {name: value for name, value in given.items() if value}
