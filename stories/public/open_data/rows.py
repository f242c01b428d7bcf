"""A story as the fields of its files: values for JSON, and cells for a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from stories.models import Story
from stories.public import facets
from stories.public.named_lists import NamedLists
from stories.public.open_data.fields import IN_FILES, Field, Kind

Value = str | list[str] | None


class Rows:
    """Makes rows of stories.

    What a story is sorted by comes from its marks, which the counts and the lists are made of too: so a file can
    be counted, and gives the same numbers.
    """

    def __init__(self, names: NamedLists, fields: Iterable[Field] = IN_FILES) -> None:
        self.names = names
        self.fields = tuple(fields)
        self.same = {field.name: field.same() for field in self.fields if field.same}
        self.slugs = {field.facet: self._slugs_by_mark(field) for field in self.fields if field.facet}

    def values(self, story: Story) -> dict[str, Value]:
        """Every field by name; None for what nothing is known of."""
        marks = list(facets.marks(story, self.names))
        return {field.name: self._value(field, story, marks) for field in self.fields}

    def cells(self, story: Story) -> list[str]:
        """The same as texts, in the order of the fields; a list is written with spaces, which no slug has."""
        return [_cell(value) for value in self.values(story).values()]

    def header(self) -> list[str]:
        return [field.name for field in self.fields]

    def _value(self, field: Field, story: Story, marks: list[str]) -> Value:
        if not field.facet:
            return self.same.get(field.name) or _given(field.words(story))
        slugs = self.slugs[field.facet]
        found = [slug for mark in marks for slug in slugs.get(mark, ())]
        return found if field.kind is Kind.SLUGS else next(iter(found), None)

    def _slugs_by_mark(self, field: Field) -> Mapping[str, list[str]]:
        """One mark can stand for several choices: a force that has spoken may still owe an answer."""
        facet, found = facets.BY_NAME[field.facet], dict[str, list[str]]()
        for slug in facet.options(self.names):
            for mark in facet.marks(self.names, slug):
                found.setdefault(mark, []).append(slug)
        return found


def _given(words: str | list[str]) -> Value:
    return words if isinstance(words, list) else words or None


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else value or ""
