"""The OpenAPI 3.1 document: made of the filter and of the fields, so that it can't say anything else."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stories.public import named_lists
from stories.public.figures import in_words
from stories.public.filters import CHOOSING
from stories.public.named_lists import NamedLists
from stories.public.open_data import asking, links, parameters, schemas, story_json, terms, turns
from stories.public.open_data.fields import IN_FILES
from stories.public.open_data.parameters import Parameter
from stories.public.open_data.record_fields import RECORDS, Record

_HEADERS = ("Link", "ETag", asking.IGNORED, asking.LIMIT)
_QUARTER = r"^\d{4}-q[1-4]$"


def document() -> dict[str, Any]:
    """Everything that a program needs to know, as one mapping for JSON."""
    names = named_lists.read()
    every = parameters.every(names)
    shared = {each.name: {"$ref": f"#/components/parameters/{each.name}"} for each in every}
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": settings.BASE_URL}],
        "externalDocs": {"url": f"{settings.BASE_URL}{links.PAGE}"},
        "paths": _paths(shared),
        "components": {
            "parameters": {each.name: _parameter(each) for each in (*every, parameters.BOM)},
            "headers": _headers(),
            "responses": _responses(),
            "schemas": {"Story": schemas.as_json(IN_FILES, names), "StoryPage": _page(), **_records(names)},
        },
    }


def _info() -> dict[str, Any]:
    about = _(
        "The stories that people told us about how the police handled their report of intimate image abuse, "
        "and the figures that we released. The words of stories have terms of their own: %(url)s"
    )
    return {
        "title": "Heard",
        "version": "1",
        "description": f"{about % {'url': links.terms()}} {in_words.caution()}",
        "license": {"name": terms.FACTS.title, "identifier": terms.FACTS.name},
    }


def _paths(shared: dict[str, dict[str, str]]) -> dict[str, Any]:
    paged, whole = list(shared.values()), [shared[name] for name in CHOOSING]
    bom = {"$ref": f"#/components/parameters/{parameters.BOM.name}"}
    quarter = {"name": "quarter", "in": "path", "required": True, "schema": {"type": "string", "pattern": _QUARTER}}
    return {
        links.JSON: _get("listStories", _("Stories, a page at a time"), paged, "application/json", "StoryPage"),
        links.CSV: _get("downloadStories", _("Every story of a list, as CSV"), [*whole, bom], "text/csv"),
        links.ATOM: _get("followStories", _("A feed of a list"), paged, "application/atom+xml"),
        **_record_paths(bom),
        links.of_package("{quarter}"): _get("getQuarter", _("One quarter, as a zip"), [quarter], "application/zip"),
    }


def _record_paths(bom: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for record in RECORDS:
        of = (f"{record.name.capitalize()}", str(record.about))
        as_json, as_csv = (links.of_record(record.name, kind) for kind in ("json", "csv"))
        made[as_json] = _get(f"list{of[0]}", of[1], [], "application/json", f"{record.schema}List")
        made[as_csv] = _get(f"download{of[0]}", of[1], [bom], "text/csv")
    return made


def _records(names: NamedLists) -> dict[str, Any]:
    """A schema for the rows of each kind of record, and one for a whole answer."""
    made: dict[str, Any] = {}
    for record in RECORDS:
        made[record.schema] = schemas.as_json(record.fields, names)
        made[f"{record.schema}List"] = _list(record)
    return made


def _list(record: Record) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["title", "licence", "count", "ignored", record.name],
        "properties": {
            "title": text,
            "licence": {"type": "object", "properties": dict.fromkeys(("name", "title", "url"), text)},
            "count": {"type": "integer", "minimum": 0},
            "ignored": {"type": "array", "items": text},
            record.name: {"type": "array", "items": {"$ref": f"#/components/schemas/{record.schema}"}},
        },
    }


def _get(name: str, about: str, asked: list[Any], kind: str, schema: str = "") -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    headers = {each: {"$ref": f"#/components/headers/{each}"} for each in _HEADERS}
    found = {"description": about, "headers": headers, "content": {kind: content}}
    others = {"304": "Held", "503": "Busy"} if kind in ("text/csv", "application/zip") else {"304": "Held"}
    answers = {status: {"$ref": f"#/components/responses/{each}"} for status, each in others.items()}
    if kind == "application/zip":
        answers["404"] = {"$ref": "#/components/responses/NoSuchQuarter"}
    return {"get": {"operationId": name, "summary": about, "parameters": asked, "responses": {"200": found, **answers}}}


def _parameter(each: Parameter) -> dict[str, Any]:
    made: dict[str, Any] = {"name": each.name, "in": "query", "description": str(each.about)}
    if each.options:
        return made | {"explode": True, "schema": {"type": "array", "items": schemas.one_of(each.options)}}
    rules = {"pattern": each.pattern} if each.pattern else {"maxLength": each.longest}
    return made | {"schema": {"type": "string", **rules}}


def _headers() -> dict[str, Any]:
    said = {
        "Link": _("Where the list goes on, by RFC 8288: next, prev and first; and the terms, as license."),
        "ETag": _("Send it back as If-None-Match, and what hasn’t changed isn’t sent again."),
        asking.LIMIT: _("How many matches of a search are listed at most: the newest."),
        asking.IGNORED: _("What of the address means nothing here, and so changed nothing."),
    }
    return {name: {"description": about, "schema": {"type": "string"}} for name, about in said.items()}


def _responses() -> dict[str, Any]:
    return {
        "Held": {"description": _("Nothing has changed since the answer that you hold.")},
        "Busy": {
            "description": _("Others are taking whole files at the moment."),
            "headers": {"Retry-After": {"schema": {"type": "integer", "const": turns.AGAIN_AFTER_SECONDS}}},
        },
        "NoSuchQuarter": {"description": _("Nothing was released for this quarter.")},
    }


def _page() -> dict[str, Any]:
    text, address = {"type": "string"}, {"type": "string", "format": "uri"}
    licence = {"type": "object", "properties": {"name": text, "title": text, "url": address}}
    end = {"anyOf": [address, {"type": "null"}]}
    return {
        "type": "object",
        "required": ["title", "caution", "licence", "count", "size", "ignored", "links", "stories"],
        "properties": {
            "title": text,
            "caution": text,
            "licence": {"type": "object", "properties": {"facts": licence, "words": licence}},
            "count": {"type": "integer", "minimum": 0, "description": _("How many stories the whole list holds.")},
            "count_is_a_floor": {
                "type": "boolean",
                "description": _("True where a search looked at its newest matches alone, so there may be more."),
            },
            "size": {"const": story_json.SIZE, "description": _("How many stories an answer holds at most.")},
            "ignored": {"type": "array", "items": text},
            "links": {"type": "object", "properties": dict.fromkeys(("first", "prev", "next", "alternate"), end)},
            "stories": {"type": "array", "items": {"$ref": "#/components/schemas/Story"}},
        },
    }
