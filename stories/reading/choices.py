"""The choices beside the list of stories: what may be ticked, drawn as it stands, with how many stories each has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from stories.core import snapshot
from stories.reading import marked_sets
from stories.reading.facets import FACETS, Facet
from stories.reading.filters import StoryFilter
from stories.reading.search.store import Found

# A longer list of choices folds into a select: a page of 48 tick boxes is no help.
_LONGEST_LIST = 20


@dataclass(frozen=True)
class _Option:
    """A choice, the stories that carry its marks, and its two drawings up to where the number stands."""

    stories: int
    tick: str
    words: str
    line: str


@dataclass(frozen=True)
class Group:
    """One facet: `ticks` as tick boxes, `more` as the lines of a select, both safe HTML; `how_many` are chosen."""

    name: str
    label: str
    ticks: SafeString
    more: SafeString
    how_many: int


def make_groups(wanted: StoryFilter, found: Found) -> list[Group]:
    """Every facet with all its options, those without a story too.

    The number of a choice is how many stories the list shows with it, or, with a plus, how many more; none where nobody
    counted. A facet's choices add up, but for what is left out.
    """
    return [_group(facet, wanted, found) for facet in FACETS]


def choice_counts(facet: Facet, wanted: StoryFilter, *, searched: int | None = None) -> dict[str, int]:
    """The number beside each option of a facet, everything else as it is.

    Where nothing of it is chosen: how many stories the list then shows. Else, of what is chosen, how many of those that
    it shows; of the others, how many more it then shows. Of what is left out: how many it then shows.
    """
    options, chosen = _options(wanted)[facet.name], wanted.chosen.get(facet.name, ())
    groups = wanted.groups(besides=facet.name)
    others = marked_sets.current_sets().matching(groups, wanted.left_out(), within=searched)
    if facet.leaves_out:
        return {slug: (others & ~option.stories).bit_count() for slug, option in options.items()}
    more = others & ~reduce(or_, (options[slug].stories for slug in chosen), 0)
    return {
        slug: (option.stories & (others if slug in chosen else more)).bit_count() for slug, option in options.items()
    }


def _options(wanted: StoryFilter) -> dict[str, dict[str, _Option]]:
    """The options of each facet by its name, and by their slugs; once an edition."""

    def make() -> dict[str, dict[str, _Option]]:
        return {facet.name: dict(_drawn(facet, wanted)) for facet in FACETS}

    return snapshot.cached(("choices", get_language()), make)


def _drawn(facet: Facet, wanted: StoryFilter) -> Iterator[tuple[str, _Option]]:
    for slug, words in facet.options(wanted.names).items():
        yield (
            slug,
            _Option(
                marked_sets.current_sets().having(facet.marks(wanted.names, slug)),
                format_html('<label class="choice"><input type="checkbox" name="{}" value="{}"', facet.name, slug),
                format_html('><span class="choice__words">{}', words),
                format_html('<option value="{}">{}', slug, words),
            ),
        )


def _group(facet: Facet, wanted: StoryFilter, found: Found) -> Group:
    options, chosen = _options(wanted)[facet.name], wanted.chosen.get(facet.name, ())
    # Where only the newest matches were looked at, no number beside a choice would be what the list then shows.
    counted = choice_counts(facet, wanted, searched=found.searched) if found.is_counted else {}
    adds = bool(chosen) and not facet.leaves_out
    ticks, more = list[str](), list[str]()
    for slug, option in options.items():
        is_chosen = slug in chosen
        count = f"{'+' if adds and not is_chosen else ''}{counted[slug]}" if counted else ""
        if is_chosen or len(options) <= _LONGEST_LIST:
            number = count and f' <span class="filters__count">{count}</span>'
            ticks.append(f"{option.tick}{' checked' if is_chosen else ''}{option.words}{number}</span></label>")
        else:
            more.append(f"{option.line}{count and f' ({count})'}</option>")
    return Group(facet.name, str(facet.label), _joined(ticks), _joined(more), len(chosen))


def _joined(parts: list[str]) -> SafeString:
    # All that isn't ours in it was escaped where its options were made.
    return mark_safe("".join(parts))  # noqa: S308
