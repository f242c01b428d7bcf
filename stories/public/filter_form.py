"""The filter as a form: which choices to show, which are ticked, and how many stories stand under each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from stories.public import edition
from stories.public.filters import FACETS, Facet, StoryFilter

# A longer list of choices folds into a select: a page of 48 tick boxes is no help.
_LONGEST_LIST = 20


@dataclass(frozen=True)
class Option:
    slug: str
    words: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One facet: `ticks` as tick boxes, `more` in a select."""

    name: str
    label: str | Promise
    ticks: list[Option]
    more: list[Option]


def groups(wanted: StoryFilter) -> list[Group]:
    """Every facet with its options. Counts are of the whole list, so they are left out once something is chosen."""
    counts = {} if wanted.is_on else edition.made("story_counts") or {}
    return [_group(facet, wanted, counts.get(facet.name)) for facet in FACETS]


def _group(facet: Facet, wanted: StoryFilter, counts: Mapping[str, int] | None) -> Group:
    chosen = wanted.chosen.get(facet.name, ())
    options = [
        Option(slug, words, None if counts is None else counts.get(slug, 0), is_chosen=slug in chosen)
        for slug, words in facet.options(wanted.names).items()
    ]
    if len(options) <= _LONGEST_LIST:
        return Group(facet.name, facet.label, ticks=options, more=[])
    ticked = [option for option in options if option.is_chosen]
    return Group(facet.name, facet.label, ticks=ticked, more=[option for option in options if not option.is_chosen])
