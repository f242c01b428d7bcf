"""The filter as a form: which choices to show, which are ticked, and how many stories each would list."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from stories.public import facet_index
from stories.public.facets import FACETS, Facet
from stories.public.filters import StoryFilter
from stories.public.finding import Found

# A longer list of choices folds into a select: a page of 48 tick boxes is no help.
_LONGEST_LIST = 20


@dataclass(frozen=True)
class Option:
    """One choice and its number: how many stories the list shows with it, or, with `adds`, how many more.

    None where nobody counted. A facet's choices add up, but for what is left out.
    """

    slug: str
    words: str
    count: int | None
    is_chosen: bool
    adds: bool = False


@dataclass(frozen=True)
class Group:
    """One facet: `ticks` as tick boxes, `more` in a select."""

    name: str
    label: str | Promise
    ticks: list[Option]
    more: list[Option]
    how_many: int


def groups(wanted: StoryFilter, found: Found) -> list[Group]:
    """Every facet with all its options, those without a story too."""
    return [_group(facet, wanted, found) for facet in FACETS]


def counts(facet: Facet, wanted: StoryFilter, *, searched: int | None = None) -> dict[str, int]:
    """The number beside each option of a facet, everything else as it is.

    Where nothing of it is chosen: how many stories the list then shows. Else, of what is chosen, how many of those that
    it shows; of the others, how many more it then shows. Of what is left out: how many it then shows.
    """
    count = _left_out(facet, wanted, searched) if facet.leaves_out else _chosen(facet, wanted, searched)
    return {slug: count(slug) for slug in facet.options(wanted.names)}


def _chosen(facet: Facet, wanted: StoryFilter, searched: int | None) -> Callable[[str], int]:
    index = facet_index.read()
    others = index.matching(wanted.groups(besides=facet.name), wanted.left_out(), within=searched)
    chosen = wanted.chosen.get(facet.name, ())
    listed = index.having(mark for slug in chosen for mark in facet.marks(wanted.names, slug))

    def count(slug: str) -> int:
        found = others & index.having(facet.marks(wanted.names, slug))
        return (found if slug in chosen else found & ~listed).bit_count()

    return count


def _left_out(facet: Facet, wanted: StoryFilter, searched: int | None) -> Callable[[str], int]:
    index = facet_index.read()
    shown = index.matching(wanted.groups(), wanted.left_out(), within=searched)
    return lambda slug: (shown & ~index.having(facet.marks(wanted.names, slug))).bit_count()


def _group(facet: Facet, wanted: StoryFilter, found: Found) -> Group:
    # Where only the newest matches were looked at, no number beside a choice would be what the list then shows.
    counted: Mapping[str, int] = counts(facet, wanted, searched=found.searched) if found.is_counted else {}
    chosen = wanted.chosen.get(facet.name, ())
    options = [
        Option(slug, words, counted.get(slug), slug in chosen, adds=_adds(facet, slug, chosen))
        for slug, words in facet.options(wanted.names).items()
    ]
    if len(options) <= _LONGEST_LIST:
        return Group(facet.name, facet.label, ticks=options, more=[], how_many=len(chosen))
    ticked = [option for option in options if option.is_chosen]
    rest = [option for option in options if not option.is_chosen]
    return Group(facet.name, facet.label, ticks=ticked, more=rest, how_many=len(chosen))


def _adds(facet: Facet, slug: str, chosen: Collection[str]) -> bool:
    return bool(chosen) and slug not in chosen and not facet.leaves_out
