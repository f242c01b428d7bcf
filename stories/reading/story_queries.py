"""Finding the stories that a filter asks for: a page of them, or every one, in one query at any depth and any size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stories.models import Story
from stories.reading import excerpts, facets, paging
from stories.reading.filters import StoryFilter
from stories.reading.search import asking, terms
from stories.reading.search.asking import Choices

_AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """A page of stories and how many there are in all.

    `searched` is the set of stories that hold the words, whatever else was chosen: None without a search.
    `is_capped` where only the newest matches were looked at, so that `count` is a floor; `is_counted` where
    `searched` holds every story with the words, so that choices can be counted in it.
    """

    stories: list[Story]
    count: int
    newer: str = ""
    older: str = ""
    searched: int | None = None
    is_capped: bool = False
    is_counted: bool = True


def find_page(wanted: StoryFilter, *, size: int = paging.SIZE, whole: bool = False) -> Found:
    """Return the page that `wanted` asks for: one query, beside the edition's; `whole` rows hold the text too."""
    if wanted.q:
        return _search(wanted, size)
    found = wanted.matching()
    page = paging.page_of_places(found, after=wanted.after, before=wanted.before, size=size)
    return Found(_rows(page.places, whole=whole), found.bit_count(), newer=page.newer, older=page.older)


def all_found(wanted: StoryFilter) -> Iterator[Story]:
    """Every story that it lists, newest first, some at a time: for files, which are streamed."""
    found = _searched(wanted) if wanted.q else wanted.matching()
    while places := facets.newest_places(found, most=_AT_ONCE):
        yield from _rows(places, whole=True)
        found = facets.older_than(found, places[-1])


def _rows(places: Sequence[int], *, whole: bool) -> list[Story]:
    rows = excerpts.opening_rows().only(*asking.COLUMNS) if whole else excerpts.opening_rows()
    # One that came down since the edition was read is missing, and nothing takes its place.
    return list(rows.filter(sequence__in=places)) if places else []


def _search(wanted: StoryFilter, size: int) -> Found:
    answer = asking.find_matches(
        terms.parse_search(wanted.q), Choices(*wanted.tokens()), after=wanted.after, before=wanted.before, size=size
    )
    found = Found(
        answer.stories,
        answer.matched.bit_count(),
        searched=answer.hits,
        is_capped=answer.is_capped,
        is_counted=answer.is_counted,
    )
    if not answer.stories:
        return found
    first, last = answer.stories[0].sequence or 0, answer.stories[-1].sequence or 0
    return replace(
        found,
        newer=paging.place_code(first) if facets.newer_than(answer.matched, first) else "",
        older=paging.place_code(last) if facets.older_than(answer.matched, last) else "",
    )


def _searched(wanted: StoryFilter) -> int:
    return asking.find_matches(terms.parse_search(wanted.q), Choices(*wanted.tokens()), size=0).matched
