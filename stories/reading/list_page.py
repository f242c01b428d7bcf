"""The page of a list of stories, and the form that chooses what it lists."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.conf import settings
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from stories.reading import facets, story_queries
from stories.reading.facets import FACETS, Facet
from stories.reading.filters import StoryFilter
from stories.reading.search import terms
from stories.reading.search.store import Found
from stories.reading.search.terms import Search

# A longer list of choices folds into a select: a page of 48 tick boxes is no help.
_LONGEST_LIST = 20


def choice_counts(facet: Facet, wanted: StoryFilter, *, searched: int | None = None) -> dict[str, int]:
    """The number beside each option of a facet, everything else as it is.

    Where nothing of it is chosen: how many stories the list then shows. Else, of what is chosen, how many of those that
    it shows; of the others, how many more it then shows. Of what is left out: how many it then shows.
    """
    index, chosen = facets.facet_index(), wanted.chosen.get(facet.name, ())
    marked = {slug: index.having(facet.marks(wanted.names, slug)) for slug in facet.options(wanted.names)}
    others = index.matching(wanted.groups(besides=facet.name), wanted.left_out(), within=searched)
    if facet.leaves_out:
        return {slug: (others & ~found).bit_count() for slug, found in marked.items()}
    more = others & ~reduce(or_, (marked[slug] for slug in chosen), 0)
    return {slug: (found & (others if slug in chosen else more)).bit_count() for slug, found in marked.items()}


def _group(facet: Facet, wanted: StoryFilter, found: Found) -> dict[str, object]:
    """One facet: `ticks` as tick boxes, `more` in a select.

    The number of a choice is how many stories the list shows with it, or, with `adds`, how many more; None where nobody
    counted. A facet's choices add up, but for what is left out.
    """
    # Where only the newest matches were looked at, no number beside a choice would be what the list then shows.
    counted: Mapping[str, int] = choice_counts(facet, wanted, searched=found.searched) if found.is_counted else {}
    chosen = wanted.chosen.get(facet.name, ())
    adds = bool(chosen) and not facet.leaves_out
    ticks, more, words_by_slug = list[object](), list[object](), facet.options(wanted.names)
    for slug, words in words_by_slug.items():
        option = {"slug": slug, "words": words, "count": counted.get(slug), "is_chosen": slug in chosen}
        is_ticked = slug in chosen or len(words_by_slug) <= _LONGEST_LIST
        (ticks if is_ticked else more).append(option | {"adds": adds and slug not in chosen})
    return {"name": facet.name, "label": facet.label, "ticks": ticks, "more": more, "how_many": len(chosen)}


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


def list_context(wanted: StoryFilter, found: Found) -> dict[str, object]:
    """The context of `story_list.html`."""
    search, is_first_page = terms.parse_search(wanted.q), wanted.after is None and wanted.before is None
    return {
        "filter": wanted,
        "search_notes": search_notes(search),
        "found": found,
        "tags": wanted.tags(),
        # Every facet with all its options, those without a story too.
        "groups": [_group(facet, wanted, found) for facet in FACETS],
        "openings": story_queries.make_openings(found.stories, wanted.names, search=search if wanted.q else None),
        "is_first_page": is_first_page,
        "is_empty": is_first_page and not (wanted.is_on or found.count),
        "newer_url": found.newer and wanted.url(after=found.newer),
        "older_url": found.older and wanted.url(before=found.older),
        "canonical_url": f"{settings.BASE_URL}{wanted.page_url()}",
        "feed_url": wanted.url("/stories.atom"),
        "files": [(name, wanted.url(f"/stories.{name.lower()}")) for name in ("CSV", "JSON", "Atom")],
        "is_unlisted": wanted.how_many > 1 or bool(wanted.q or wanted.unknown),
    }


def search_notes(search: Search) -> list[StrPromise]:
    """Notes in words on what of a search wasn't read as it was typed."""
    return [_NOTES[note] for note in search.notes]
