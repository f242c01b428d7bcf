"""The stories that a filter asks for, in one query at any depth and size, and their openings for lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import QuerySet

from stories.core import named_lists, story_sections
from stories.core.named_lists import NamedLists
from stories.models import Story
from stories.reading import facets, filters, story_facts
from stories.reading.filters import StoryFilter
from stories.reading.search import marks, store, terms
from stories.reading.search.marks import Piece
from stories.reading.search.store import Found
from stories.reading.search.terms import Search

_AT_ONCE = 500


def find_page(wanted: StoryFilter, *, size: int = filters.SIZE) -> Found:
    """Return the page that `wanted` asks for: one query, beside the edition's."""
    if wanted.q:
        return _searched(wanted, size, after=wanted.after, before=wanted.before)
    found = wanted.matching()
    places = filters.page_of_places(found, after=wanted.after, before=wanted.before, size=size)
    return Found(_rows(places), found, places)


def all_found(wanted: StoryFilter) -> Iterator[Story]:
    """Every story that it lists, newest first: for files, which are streamed."""
    return stories_at(_searched(wanted, 0).matched if wanted.q else wanted.matching())


def stories_at(found: int) -> Iterator[Story]:
    """The stories of a set of places, newest first, some at a time."""
    while places := facets.newest_places(found, most=_AT_ONCE):
        yield from _rows(places)
        found = facets.older_than(found, places[-1])


def _rows(places: Sequence[int]) -> list[Story]:
    # One that came down since the edition was read is missing, and nothing takes its place.
    return list(opening_rows().filter(sequence__in=places)) if places else []


def _searched(wanted: StoryFilter, size: int, **place: int | None) -> Found:
    return store.find_matches(terms.parse_search(wanted.q), wanted.tokens(), size=size, **place)


@dataclass(frozen=True)
class Opening:
    """The row of `includes/story_opening.html`."""

    url: str
    title: str
    lines: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    # Of a search: its title and its lines in pieces, those that were searched for marked.
    title_pieces: tuple[Piece, ...] = ()
    pieces: tuple[Piece, ...] = ()


def newest_openings(count: int) -> list[Opening]:
    """The openings of the newest live stories: one query, beside the edition's."""
    return make_openings(opening_rows()[:count], named_lists.get_named_lists())


def opening_rows() -> QuerySet[Story]:
    """Live stories, newest first, with what their openings and their rows in files are made of."""
    return Story.live.using(settings.PUBLIC_READS).order_by("-sequence").only(*store.COLUMNS)


def make_openings(stories: Iterable[Story], names: NamedLists, *, search: Search | None = None) -> list[Opening]:
    """Turn rows of `opening_rows()` into openings; those that a search gave show where the words stand."""
    return [_opening(story, names, search) for story in stories]


def _opening(story: Story, names: NamedLists, search: Search | None) -> Opening:
    facts = (
        story_facts.place_words(story, names).words,
        story_facts.year_of_story(story),
        names.outcomes.get(story.outcome_id or "", ""),
    )
    opening = Opening(
        url=story.get_absolute_url(),
        title=story.title,
        lines=story.opening,
        facts=tuple(filter(None, facts)),
        notes=tuple(story_facts.words_of_slugs(story.content_notes, names.notes)),
    )
    if search is None:
        return opening
    texts = (story.text, *(getattr(story, name) for name in story_sections.NAMES))
    lines = next((found for text in texts if (found := marks.marked_snippet(text, search))), [])
    return replace(opening, title_pieces=tuple(marks.marked_text(story.title, search)), pieces=tuple(lines))
