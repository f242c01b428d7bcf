"""The files, described for programs: an OpenAPI document, and the Data Package of a quarter's zip.

Both are made of the filter and of the fields, so that they can't say anything else.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stories.core import named_lists
from stories.figures import counts
from stories.reading.export import terms
from stories.reading.export.fields import DATA, RECORDS, STORY, TABLES, Field, Table
from stories.reading.facets import FACETS
from stories.reading.search.store import MOST

# What JSON has for anything that is described here.
Json = dict[str, object]
# As many stories as the page cache has room for in nearly every answer.
PAGE_SIZE = 50


@dataclass(frozen=True)
class Parameter:
    """A parameter of a list; `options` are words by slug where it is chosen from them, as often as one likes."""

    name: str
    about: str | Promise
    options: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str | int] = field(default_factory=dict)


def list_parameters() -> list[Parameter]:
    """The parameters of every file in the order in which an address has them, and that of a CSV."""
    names, most = named_lists.get_named_lists(), {"most": counts.whole_number(MOST)}
    made = [Parameter(facet.name, facet.about, facet.options(names)) for facet in FACETS]
    for name, said in DATA["parameters"].items():
        about = " ".join(_(said[key]) % most for key in ("about", "words") if key in said)
        made.append(Parameter(name, about, rules=said["rules"]))
    return made


# --- The OpenAPI document -------------------------------------------------------------------


def openapi() -> Json:
    """All that a program needs to know of the files: `openapi.json`, filled in."""
    document = _filled("openapi.json", {"{base}": settings.BASE_URL, "{caution}": counts.caution_words()})
    paths, components = document["paths"], document["components"]
    components["parameters"] = {each.name: _parameter(each) for each in list_parameters()}
    components["schemas"]["Story"] = _object(STORY)
    for record in RECORDS.values():
        named = {"{record}": record.name, "{Record}": record.name.capitalize(), "{schema}": record.schema}
        made = _filled("openapi_record.json", {**named, "{about}": DATA[record.name]["about"]})
        paths.update(made["paths"])
        components["schemas"].update({**made["schemas"], record.schema: _object(record.fields)})
    return document


def _filled(name: str, said: Mapping[str, str]) -> dict[str, Any]:
    """A file of JSON beside this one, with words in the places that it keeps for them."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for place, words in said.items():
        text = text.replace(place, json.dumps(words)[1:-1])
    found: dict[str, Any] = json.loads(text)
    return found


def _parameter(each: Parameter) -> Json:
    made: Json = {"name": each.name, "in": "query", "description": str(each.about)}
    if each.options:
        return made | {"explode": True, "schema": {"type": "array", "items": _one_of(each.options)}}
    return made | {"schema": {"type": "string", **each.rules}}


def _object(fields: Iterable[Field]) -> Json:
    """A row of these fields: every field is there, and null where nothing is known."""
    properties = {field.name: _property(field) for field in fields}
    return {"type": "object", "required": [*properties], "properties": properties}


def _property(field: Field) -> Json:
    value = _one_of(options) if (options := field.options) else DATA["json"].get(field.kind, {"type": "string"})
    if field.kind == "slugs":
        value = {"type": "array", "items": value, "uniqueItems": True}
    if not field.required and field.kind not in ("slugs", "ids"):
        value = {"anyOf": [value, {"type": "null"}]}
    return {"description": str(field.about), **value}


def _one_of(options: Mapping[str, str]) -> Json:
    """One of these slugs, each with its words."""
    return {"type": "string", "oneOf": [{"const": slug, "title": str(words)} for slug, words in options.items()]}


# --- The Data Package (datapackage.org) -----------------------------------------------------


def data_package(quarter: str, held: Collection[str]) -> Json:
    """The description of the zip of a quarter; `held` are the tables in it, by the names of their files."""
    tables = [_resource(table) for table in TABLES.values() if table.name in held]
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


def _licence(said: terms.Licence) -> Json:
    return {"path" if name == "url" else name: words for name, words in said.items() if words}


def _resource(table: Table) -> Json:
    schema: Json = {"fields": list(map(_column, table.fields)), "missingValues": [""]}
    if table.fields[0].name == "id":
        schema["primaryKey"] = ["id"]
    named = {"name": table.name, "path": f"{table.name}.csv", "description": str(table.about)}
    return {**named, **DATA["resource"], "schema": schema}


def _column(field: Field) -> Json:
    rules: Json = {"required": True} if field.required else {}
    if field.kind == "slug":
        rules["enum"] = [*field.options]
    if field.kind == "slugs":
        # A text and not a list: every reader of Table Schema can check a pattern.
        either = "|".join(map(re.escape, field.options))
        rules["pattern"] = f"({either})( ({either}))*"
    column = {"name": field.name, "description": str(field.about), "type": "string", **DATA["csv"].get(field.kind, {})}
    return {**column, "constraints": rules} if rules else column
