"""Every field that goes out of the site: the one list behind the files, their descriptions and the page about them.

The list is `fields.toml`. A field is the attribute of its name, or of the name in `value`, or a `link` that is made of
the row, unless `_VALUES` works it out. A `facet` of a story without any of these comes from the story's marks. `told`
marks somebody's own words, which have terms of their own.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from stories.core import named_lists, tables
from stories.core.dates import Quarter
from stories.figures import counts
from stories.models import Response
from stories.reading import ask_progress, facets, marked_sets, offences, responses, story_facts
from stories.reading.ask_progress import PublicAsk
from stories.reading.export import requests
from stories.reading.search.store import MOST

Value = str | int | list[str] | None
DATA = tables.read(__file__)


def _history(ask: PublicAsk) -> str:
    lines = (
        (f"{each.on}", each.state, each.words, each.missing, each.who_says, each.source_url) for each in ask.updates
    )
    return "\n".join(" · ".join(filter(None, line)) for line in sorted(lines))


def _yes_or_no(is_so: object) -> str:
    return "yes" if is_so else "no"


# What a row doesn't hold as it goes out, by table and field, or by field in every table.
_VALUES: dict[str, Callable[[Any], object]] = {
    "stories.place_shown": lambda story: story.place_shown or "nothing",
    "stories.responses": responses.slugs_to,
    "stories.uses": story_facts.uses_allowed,
    "stories.terms": lambda _story: requests.story_terms(),
    "forces.stories": lambda force: marked_sets.current_sets().having([f"force:{force.id}"]).bit_count(),
    "forces.letters": lambda force: len(responses.letters_to(force.id)),
    "forces.asked": lambda force: _yes_or_no(any(not each.is_answered for each in responses.letters_to(force.id))),
    "forces.responses": lambda force: len(responses.responses_by(force.id)),
    "forces.responded": lambda force: _yes_or_no(responses.responses_by(force.id)),
    "forces.last_response": lambda force: max(
        (each.month for each in responses.responses_by(force.id) if each.month), default=None
    ),
    "forces.terms": lambda _force: f"{counts.caution_words()} {requests.attribution_words(_('forces'))}",
    "letters.answered": lambda row: _yes_or_no(row.is_answered),
    "asks.history": _history,
    "stories": lambda row: [each.slug for each in row.stories],
    "terms": lambda _row: requests.attribution_words(_("answers, asks and the law")),
}
# Lists of words that pages show too; the others stand beside their field.
_CHOICES: dict[str, Mapping[str, str | Promise]] = {
    "stories.uses": story_facts.USES,
    "responses.kind": dict(Response.Kind.choices),
    "asks.state": ask_progress.STATE_WORDS,
}
_READ: dict[str, Callable[[], Iterable[object]]] = {
    "forces": lambda: named_lists.get_named_lists().real_forces,
    "responses": responses.get_responses,
    "letters": responses.get_letters,
    "asks": ask_progress.get_asks,
    "offences": offences.all_offences,
}


@dataclass(frozen=True)
class Field:
    """One field of a row; `kind` is one of the kinds of `fields.toml`."""

    table: str
    name: str
    kind: str
    about: str | Promise
    value: str = ""
    link: str = ""
    facet: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    told: bool = False

    @property
    def kind_words(self) -> str:
        return _(DATA["kinds"][self.kind])

    @property
    def options(self) -> dict[str, str]:
        """The values that it may have, in words by slug; empty where that is no list."""
        if self.facet:
            return {**facets.BY_NAME[self.facet].options(named_lists.get_named_lists())}
        if listed := _CHOICES.get(f"{self.table}.{self.name}"):
            return {slug: str(words) for slug, words in listed.items()}
        return {slug: _(words) for slug, words in self.choices.items()}

    @cached_property
    def made(self) -> Callable[[Any], object] | None:
        """The function that works its value out of a row; None where the marks of a story do."""
        if self.link:
            return lambda row: settings.BASE_URL + self.link.format(row=row)
        named = attrgetter(self.value or self.name) if self.value or not self.facet else None
        return _VALUES.get(f"{self.table}.{self.name}") or _VALUES.get(self.name) or named


class Rows:
    """Rows of some fields, as values for JSON and as cells for a spreadsheet.

    What a story is sorted by comes from its marks, as the counts and the lists do: a file can be counted, and gives
    the numbers of the pages.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields, self._names = fields, named_lists.get_named_lists()
        self._slugs: dict[str, dict[str, str]] = {}
        for facet in (facets.BY_NAME[each.facet] for each in fields if not each.made):
            slugs = facet.options(self._names)
            self._slugs[facet.name] = {mark: slug for slug in slugs for mark in facet.marks(self._names, slug)}

    def values(self, row: Any) -> dict[str, Value]:
        """Every field by name; None where nothing is known."""
        marks = list(facets.story_marks(row, self._names)) if self._slugs else []
        return {field.name: self._value(field, row, marks) for field in self.fields}

    def cells(self, row: object) -> list[str]:
        """The same as texts; a list is written with spaces, which no slug and no id has."""
        known = ("" if said is None else said for said in self.values(row).values())
        return [" ".join(said) if isinstance(said, list) else str(said) for said in known]

    def table(self, rows: Iterable[object]) -> Iterator[list[str]]:
        yield [field.name for field in self.fields]
        yield from map(self.cells, rows)

    def _value(self, field: Field, row: object, marks: list[str]) -> Value:
        if field.made is None:
            slugs = [slug for mark in marks if (slug := self._slugs[field.facet].get(mark))]
            return slugs if field.kind == "slugs" else next(iter(slugs), None)
        found: Any = field.made(row)
        if isinstance(found, date):
            return f"{found:%Y-%m}" if field.kind == "month" else found.isoformat()
        return None if found == "" else found


@dataclass(frozen=True)
class Table:
    """A table of a quarter's zip. Records have a `title` and files of their own, and programs call a row `schema`.

    Of those that are `dated` a quarter's zip holds those of its months alone, of the others all as they stand now.
    """

    name: str
    about: str | Promise
    fields: tuple[Field, ...]
    title: str | Promise = ""
    schema: str = ""
    dated: bool = False

    def rows(self, quarter: Quarter | None = None) -> list[Any]:
        rows: list[Any] = list(_READ[self.name]())
        if quarter is None or not self.dated:
            return rows
        return [row for row in rows if row.month and Quarter.of(row.month) == quarter]


def _fields(table: str) -> tuple[Field, ...]:
    rows = DATA[table]["fields"].items()
    return tuple(Field(table, name, **{**said, "about": gettext_lazy(said["about"])}) for name, said in rows)


def _table(name: str, *, about: str, title: str = "", fields: object = None, **said: Any) -> Table:
    """A table of `fields.toml`; one that has no fields there is of figures."""
    return Table(name, gettext_lazy(about), _fields(name) if fields else FIGURE, gettext_lazy(title), **said)


FIGURE = _fields("figures")
TABLES = {name: _table(name, **said) for name, said in DATA.items() if "about" in said}
STORY = TABLES["stories"].fields
RECORDS = {name: TABLES[name] for name in _READ}


def change_notes() -> list[str]:
    return [_(said["words"]) for said in DATA["changes"].values()]


# What JSON has for anything that is described here.
Json = dict[str, object]
# As many stories as the page cache has room for in nearly every answer.
PAGE_SIZE = 50


def list_parameters() -> list[dict[str, Any]]:
    """The parameters of every file in the order in which an address has them, and that of a CSV.

    `options` are words by slug where it is chosen from them, as often as one likes; another has `rules`.
    """
    names, most = named_lists.get_named_lists(), {"most": counts.whole_number(MOST)}
    made = [{"name": facet.name, "about": facet.about, "options": facet.options(names)} for facet in facets.FACETS]
    for name, said in DATA["parameters"].items():
        about = " ".join(_(said[key]) % most for key in ("about", "words") if key in said)
        made.append({"name": name, "about": about, "rules": said["rules"]})
    return made


def openapi() -> Json:
    """All that a program needs to know of the files: `openapi.json`, filled in."""
    document = _filled("openapi.json", {"{base}": settings.BASE_URL, "{caution}": counts.caution_words()})
    paths, components = document["paths"], document["components"]
    components["parameters"] = {each["name"]: _parameter(**each) for each in list_parameters()}
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
    return json.loads(text)


def _parameter(name: str, about: str, options: Mapping[str, str] = {}, rules: Mapping[str, object] = {}) -> Json:
    made: Json = {"name": name, "in": "query", "description": str(about)}
    if options:
        return made | {"explode": True, "schema": {"type": "array", "items": _one_of(options)}}
    return made | {"schema": {"type": "string", **rules}}


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
    return {"type": "string", "oneOf": [{"const": slug, "title": str(words)} for slug, words in options.items()]}


def data_package(quarter: str, held: Collection[str]) -> Json:
    """The description of the zip of a quarter; `held` are the tables in it, by the names of their files."""
    resources = [_resource(table) for table in TABLES.values() if table.name in held]
    resources[0]["licenses"] = [_licence(requests.FACTS), _licence(requests.story_licence())]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"heard-{quarter.lower()}",
        "title": _("Heard: stories and figures of %(quarter)s") % {"quarter": quarter},
        "description": counts.caution_words(),
        "homepage": f"{settings.BASE_URL}{requests.PAGE}",
        "version": quarter,
        "licenses": [_licence(requests.FACTS)],
        "resources": resources,
    }


def _licence(said: requests.Licence) -> Json:
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
