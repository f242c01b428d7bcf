"""The stories that a filter asks for, in one query at any depth and size, and their openings for lists."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from stories.core import named_lists, snapshot, story_sections
from stories.core.named_lists import NamedLists
from stories.models import Story
from stories.reading import facets, filters, marked_sets, story_facts
from stories.reading.filters import StoryFilter
from stories.reading.search import marks, store, terms
from stories.reading.search.store import Found
from stories.reading.search.terms import Search

_AT_ONCE = 500
Opening = dict[str, object]


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
    while places := marked_sets.newest_places(found, most=_AT_ONCE):
        yield from _rows(places)
        found = marked_sets.older_than(found, places[-1])


def _rows(places: Sequence[int]) -> list[Story]:
    # One that came down since the edition was read is missing, and nothing takes its place.
    return list(opening_rows().filter(sequence__in=places))


def _searched(wanted: StoryFilter, size: int, **place: int | None) -> Found:
    return store.find_matches(terms.parse_search(wanted.q), wanted.tokens(), size=size, **place)


def newest_quotable(count: int) -> list[Opening]:
    """The openings of the newest stories whose words may be quoted: one query, beside the edition's."""
    places = marked_sets.newest_places(marked_sets.current_sets().having([facets.QUOTABLE]), most=count)
    rows = opening_rows().filter(sequence__in=places, may_quote=True)
    return make_openings(rows, named_lists.get_named_lists())


def opening_rows() -> QuerySet[Story]:
    """Live stories, newest first, with what their openings and their rows in files are made of."""
    return Story.live.using(snapshot.public_reads()).order_by("-sequence").only(*store.COLUMNS)


# More dots than this are no picture, and no page: then the number and its list have to do.
MOST_DOTS = 300


def dots_of(found: int) -> dict[int, str]:
    """A dot for each story of a set by its place, the oldest first, as the address to which it leads.

    One query; none where they are too many.
    """
    if found.bit_count() > MOST_DOTS:
        return {}
    places = marked_sets.newest_places(found, most=MOST_DOTS, is_turned=True)
    rows = Story.live.using(snapshot.public_reads()).filter(sequence__in=places).order_by("sequence")
    return {story.sequence or 0: story.get_absolute_url() for story in rows.only("slug", "sequence")}


def make_openings(
    stories: Iterable[Story], names: NamedLists, *, search: Search | None = None, with_place: bool = True
) -> list[Opening]:
    """Turn rows of `opening_rows()` into what `includes/story_opening.html` reads.

    Those that a search gave have their title and their lines in pieces too, where the words stand marked.
    """
    openings = list[Opening]()
    for story in stories:
        place = story_facts.place_words(story, names).words if with_place else ""
        facts = (place, story_facts.year_of_story(story), names.outcomes.get(story.outcome_id or "", ""))
        opening: Opening = {
            "url": story.get_absolute_url(),
            "title": story.title,
            "lines": story.opening,
            "facts": list(filter(None, facts)),
            "notes": story_facts.words_of_slugs(story.content_notes, names.notes),
        }
        if search is not None:
            texts = (story.text, *(getattr(story, name) for name in story_sections.NAMES))
            opening["title_pieces"] = marks.marked_text(story.title, search)
            opening["pieces"] = next((found for text in texts if (found := marks.marked_snippet(text, search))), [])
        openings.append(opening)
    return openings


# What of a search wasn't read as it was typed.
_NOTES = {
    terms.TOO_LONG: gettext_lazy("Only the first 200 characters were searched for."),
    terms.STAR: gettext_lazy("A star stands at the end of a single word; elsewhere we left it out."),
    terms.TOO_MANY: gettext_lazy("Only the first 20 words were searched for, and the first six phrases."),
    terms.TOO_SHORT: gettext_lazy(
        "A beginning needs three letters or more before the star, so we looked for the whole word."
    ),
    terms.NOTHING: gettext_lazy("There is no word in what you searched for."),
}


def search_notes(search: Search) -> list[StrPromise]:
    return [_NOTES[note] for note in search.notes]
