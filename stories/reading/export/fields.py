"""Every field that goes out of the site: the one list behind the files, their descriptions and the page about them.

The list is `fields.toml`. A field is the attribute of its name, or of the name in `value`, unless `_VALUES` works it
out. A `facet` of a story without either comes from the story's marks. `told` marks somebody's own words, which have
terms of their own.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.core.dates import Quarter
from stories.core.named_lists import NamedLists
from stories.models import Response
from stories.reading import ask_progress, facets, offences, responses, story_facts
from stories.reading.ask_progress import PublicAsk
from stories.reading.export import terms

Value = str | int | list[str] | None
_DATA = tomllib.loads((Path(__file__).parent / "fields.toml").read_text(encoding="utf-8"))
KINDS: dict[str, str | Promise] = {kind: gettext_lazy(words) for kind, words in _DATA["kinds"].items()}


def _history(ask: PublicAsk) -> str:
    """The updates of an ask, the oldest first, each on a line of its own."""
    lines = (
        (f"{each.on}", each.state, each.words, each.missing, each.who_says, each.source_url) for each in ask.updates
    )
    return "\n".join(" · ".join(filter(None, line)) for line in sorted(lines))


# What a row doesn't hold as it goes out, by table and field, or by field in every table.
_VALUES: dict[str, Callable[[Any], Any]] = {
    "stories.url": lambda story: terms.story_url(story.slug),
    "stories.place_shown": lambda story: story.place_shown or "nothing",
    "stories.responses": responses.slugs_to,
    "stories.uses": story_facts.uses_allowed,
    "stories.terms": lambda _story: terms.story_terms(),
    "responses.url": lambda row: f"{settings.BASE_URL}/forces/{row.force}/#said",
    "letters.answered": lambda row: "yes" if row.is_answered else "no",
    "asks.url": lambda row: f"{settings.BASE_URL}/asks/{row.slug}/",
    "asks.history": _history,
    "stories": lambda row: [each.slug for each in row.stories],
    "terms": lambda _row: terms.record_terms(),
}
# Lists of words that pages show too; the others stand beside their field.
_CHOICES: dict[str, Mapping[str, str | Promise]] = {
    "stories.uses": story_facts.USES,
    "responses.kind": dict(Response.Kind.choices),
    "asks.state": ask_progress.STATE_WORDS,
}


@dataclass(frozen=True)
class Field:
    """One field of a row; `kind` is one of `KINDS`."""

    table: str
    name: str
    kind: str
    about: str
    value: str = ""
    facet: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    told: bool = False

    @property
    def words(self) -> str:
        """What it is, in the language of the page."""
        return _(self.about)

    @cached_property
    def _made(self) -> Callable[[Any], Any] | None:
        return _VALUES.get(f"{self.table}.{self.name}") or _VALUES.get(self.name)

    @property
    def is_marked(self) -> bool:
        return bool(self.facet and not self.value and not self._made)

    def options(self, names: NamedLists) -> Mapping[str, str]:
        """What it may be, in words by slug; empty where that is no list."""
        if self.facet:
            return facets.BY_NAME[self.facet].options(names)
        listed = _CHOICES.get(f"{self.table}.{self.name}")
        return {slug: str(words) for slug, words in listed.items()} if listed else _in_words(self.choices)

    def value_of(self, row: object) -> Value:
        """The value in JSON; None where nothing is known."""
        found = self._made(row) if self._made else getattr(row, self.value or self.name)
        if isinstance(found, date):
            return f"{found:%Y-%m}" if self.kind == "month" else found.isoformat()
        return found if isinstance(found, list) else found or None


def _in_words(choices: Mapping[str, str]) -> dict[str, str]:
    return {slug: _(words) for slug, words in choices.items()}


class Rows:
    """Rows of some fields, as values for JSON and as cells for a spreadsheet.

    What a story is sorted by comes from its marks, as the counts and the lists do: a file can be counted, and gives
    the numbers of the pages.
    """

    def __init__(self, fields: Sequence[Field], names: NamedLists) -> None:
        self.fields, self._names = fields, names
        self.header = [field.name for field in fields]
        self._slugs = {field.facet: self._slugs_by_mark(field.facet) for field in fields if field.is_marked}

    def values(self, row: Any) -> dict[str, Value]:
        """Every field by name; None where nothing is known."""
        marks = list(facets.story_marks(row, self._names)) if self._slugs else []
        return {
            field.name: self._marked(field, marks) if field.is_marked else field.value_of(row) for field in self.fields
        }

    def cells(self, row: object) -> list[str]:
        """The same as texts; a list is written with spaces, which no slug and no id has."""
        return [
            " ".join(value) if isinstance(value, list) else str("" if value is None else value)
            for value in self.values(row).values()
        ]

    def table(self, rows: Iterable[object]) -> Iterator[list[str]]:
        """The header, then the cells of each row."""
        yield self.header
        yield from map(self.cells, rows)

    def _marked(self, field: Field, marks: list[str]) -> Value:
        found = [slug for mark in marks for slug in self._slugs[field.facet].get(mark, ())]
        return found if field.kind == "slugs" else next(iter(found), None)

    def _slugs_by_mark(self, name: str) -> Mapping[str, list[str]]:
        """One mark can stand for several choices: a force that has spoken may still owe an answer."""
        facet, found = facets.BY_NAME[name], dict[str, list[str]]()
        for slug in facet.options(self._names):
            for mark in facet.marks(self._names, slug):
                found.setdefault(mark, []).append(slug)
        return found


def _fields(table: str) -> tuple[Field, ...]:
    return tuple(Field(table, name, **said) for name, said in _DATA[table]["fields"].items())


STORY, FIGURE = _fields("stories"), _fields("figures")


@dataclass(frozen=True)
class Record:
    """A kind of record that has files of its own; `read` gives every row of the snapshot.

    `schema` is what programs call one row. Of those that are `dated` a quarter's zip holds those of its months alone,
    of the others all as they stand now.
    """

    name: str
    fields: tuple[Field, ...]
    read: Callable[[], Iterable[Any]]
    title: str
    about: str
    schema: str
    dated: bool = False

    def rows_in(self, quarter: Quarter) -> list[Any]:
        """The rows in the zip of a quarter."""
        rows = list(self.read())
        return [row for row in rows if row.month and Quarter.of(row.month) == quarter] if self.dated else rows


_READ: dict[str, Callable[[], Iterable[object]]] = {
    "responses": responses.get_responses,
    "letters": responses.get_letters,
    "asks": ask_progress.get_asks,
    "offences": offences.all_offences,
}
RECORDS = {name: Record(name, read=read, **{**_DATA[name], "fields": _fields(name)}) for name, read in _READ.items()}
# Every table of a quarter's zip: what it holds, and its fields.
TABLES: dict[str, tuple[str, tuple[Field, ...]]] = {
    "stories": (_DATA["stories"]["about"], STORY),
    **{record.name: (record.about, record.fields) for record in RECORDS.values()},
    **{name: (_DATA[name]["about"], FIGURE) for name in ("answers", "transparency")},
}


def outward() -> dict[type[Model], set[str]]:
    """Every column that goes out in any way, by table."""
    found: dict[type[Model], set[str]] = {}
    for tables in _DATA["columns"].values():
        for name, columns in tables.items():
            found.setdefault(apps.get_model("stories", name), set()).update(columns)
    return found
