"""What a reader asked of the stories: one object that filters them, names itself in words and links to itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stories import addresses, lifecycle
from stories.models import Story
from stories.public import facts, named_lists, paging
from stories.public.named_lists import NamedLists

_LIST = "/stories/"
# Enough for an honest slip of the hand; a longer list would let an address write our page.
_UNKNOWN_NAMED, _UNKNOWN_LENGTH = 3, 40


@dataclass(frozen=True)
class Facet:
    """One parameter: what may be chosen (words by slug, in order), and which stories a choice means."""

    name: str
    label: str | Promise
    options: Callable[[NamedLists], Mapping[str, str]]
    condition: Callable[[Iterable[str]], Q]


@dataclass(frozen=True)
class Tag:
    """One choice in words, and the address of the same list without it."""

    words: str
    without_url: str


def _forces(names: NamedLists) -> dict[str, str]:
    return {force.id: force.name for force in names.forces.values()}


def _years(names: NamedLists) -> dict[str, str]:
    years = range(lifecycle.today().year, facts.FIRST_YEAR - 1, -1)
    return {slug: facts.year_words(slug) for slug in (*map(str, years), facts.BEFORE)}


def _told_in(slugs: Iterable[str]) -> Q:
    years = [int(slug) for slug in slugs if slug != facts.BEFORE]
    earlier = Q(year__lt=facts.FIRST_YEAR) if facts.BEFORE in slugs else Q()
    return earlier | Q(year__in=years) if years else earlier


FACETS = (
    Facet("force", _("Police force"), _forces, lambda slugs: Q(force__in=slugs)),
    Facet("outcome", _("What came of it"), lambda names: names.outcomes, lambda slugs: Q(outcome__in=slugs)),
    Facet("year", _("Year they told the police"), _years, _told_in),
)
_BY_NAME = {facet.name: facet for facet in FACETS}
_PLACES = ("after", "before")
# Every parameter that changes a list of stories; a page cache may drop no other without dropping what it names.
PARAMETERS = (*_BY_NAME, *_PLACES)


@dataclass(frozen=True)
class StoryFilter:
    """The choices of one address: `chosen` slugs by facet, the place to page from, and what nobody knows."""

    names: NamedLists
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: int | None = None
    before: int | None = None
    unknown: tuple[str, ...] = ()
    has_blanks: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "StoryFilter":
        """Read an address; what it can't read it keeps in `unknown`, and the list answers all the same."""
        names = named_lists.read()
        options = {facet.name: facet.options(names) for facet in FACETS}
        return cls(
            names=names,
            chosen={name: known for name in options if (known := _known(options[name], query.getlist(name)))},
            unknown=tuple(_unknown(query, options)),
            has_blanks=any("" in query.getlist(name) for name in options),
            **{name: paging.place(query.get(name, "")) for name in _PLACES},
        )

    def apply(self, stories: QuerySet[Story]) -> QuerySet[Story]:
        """Narrow `stories`: either of two choices of one facet, both of two facets."""
        for name, slugs in self.chosen.items():
            stories = stories.filter(_BY_NAME[name].condition(slugs))
        return stories

    @property
    def is_on(self) -> bool:
        return bool(self.chosen)

    @property
    def is_first_page(self) -> bool:
        return self.after is None and self.before is None

    @property
    def how_many(self) -> int:
        return sum(len(slugs) for slugs in self.chosen.values())

    def canonical(self, **place: str) -> str:
        """The query string of this list: every choice once, in one order, then `after` or `before`."""
        return urlencode([*self._pairs(), *((name, code) for name, code in place.items() if code)])

    def url(self, **place: str) -> str:
        return _address(self.canonical(**place))

    def tags(self) -> list[Tag]:
        """The choices in words, each with a way to undo it."""
        return [Tag(self._words(name, slug), self._without(name, slug)) for name, slug in self._pairs()]

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, slug) for name in _BY_NAME for slug in self.chosen.get(name, ())]

    def _words(self, name: str, slug: str) -> str:
        return _BY_NAME[name].options(self.names)[slug]

    def _without(self, name: str, slug: str) -> str:
        return _address(urlencode([pair for pair in self._pairs() if pair != (name, slug)]))


def _address(query: str) -> str:
    address = addresses.in_language(_LIST)
    return f"{address}?{query}" if query else address


def _known(options: Mapping[str, str], slugs: list[str]) -> tuple[str, ...]:
    """The slugs that are options, each once and in the options' order, so that equal lists have equal addresses."""
    return tuple(slug for slug in options if slug in slugs)


def _unknown(query: QueryDict, options: Mapping[str, Mapping[str, str]]) -> list[str]:
    named = [
        _short(f"{name}={value}")
        for name, values in query.lists()
        for value in values
        if not _is_known(name, value, options)
    ]
    return named[:_UNKNOWN_NAMED]


def _is_known(name: str, value: str, options: Mapping[str, Mapping[str, str]]) -> bool:
    if name in _PLACES:
        return paging.place(value) is not None
    return name in options and (not value or value in options[name])


def _short(words: Any) -> str:
    shown = "".join(letter for letter in words if letter.isprintable())
    return shown if len(shown) <= _UNKNOWN_LENGTH else f"{shown[:_UNKNOWN_LENGTH]}…"
