"""The pages of stories and of forces: each reads an address, asks once, and answers without knowing who asks."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import named_lists, rendering, snapshot
from stories.core.named_lists import NamedLists
from stories.figures import charts, counts
from stories.models import Story
from stories.reading import facets, force_page, pictures, story_facts, story_page, story_queries
from stories.reading.facets import FACETS, NATIONS, QUOTABLE, SAYS, Facet
from stories.reading.filters import StoryFilter
from stories.reading.search import terms
from stories.reading.search.store import Found


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The stories that were asked for, newest first, a page at a time."""
    wanted = StoryFilter.from_query(request.GET)
    if wanted.has_blanks and not wanted.unknown:
        # A form sends its empty fields too; the address that people share holds only what was chosen.
        return redirect(wanted.page_url())
    found = story_queries.find_page(wanted)
    search, is_first_page = terms.parse_search(wanted.q), wanted.after is None and wanted.before is None
    context = {
        "filter": wanted,
        "search_notes": story_queries.search_notes(search),
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
    response = render(request, "stories/reading/story_list.html", context)
    if wanted.unknown or wanted.q:
        # It names what one reader typed, so nobody else is shown a kept copy.
        response["Cache-Control"] = "no-store"
    return response


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


@require_safe
def force_list(request: HttpRequest) -> HttpResponse:
    """Every force in the order of its name within its nation, with no number beside it, and on a map."""
    names = named_lists.get_named_lists()
    forces = sorted(names.forces.values(), key=lambda force: force.name)
    groups = [(_(nation), [force for force in forces if force.nation == nation]) for nation in NATIONS]
    groups.append((_("In more than one nation"), [force for force in forces if force.nation not in NATIONS]))
    context = {"groups": [group for group in groups if group[1]], "chart": charts.force_map(names, to_pages=True)}
    return render(request, "stories/reading/force_list.html", context)


# A theme, the list of its stories that say so, and the places of the few that stand for it.
_Theme = tuple[str, StoryFilter, list[int]]
_PASSAGES_OF_A_THEME = 3
# Contributors allow short quotes; the rest stands in the story.
_LONGEST_PASSAGE = 280
_PASSAGE_COLUMNS = ("slug", "sequence", "title", *SAYS.values(), "force_id", "region", "nation")


@require_safe
def what_should_change(request: HttpRequest) -> HttpResponse:
    """Words on what should have been done differently and what was done well, by theme, where quotes are allowed.

    Every number is that of the list it leads to: all the stories that say so, whether or not they may be quoted.
    """
    names = named_lists.get_named_lists()
    themes = {says: list(_themes(says, names)) for says in SAYS}
    places = {place for found in themes.values() for _theme, _wanted, few in found for place in few}
    # Whether it may be quoted is asked of the row too: the edition may be a second old.
    stories = Story.live.using(settings.PUBLIC_READS).filter(sequence__in=places, may_quote=True)
    rows = {story.sequence: story for story in stories.only(*_PASSAGE_COLUMNS)}
    context: dict[str, object] = {"caution": counts.caution_words()}
    for says, column in SAYS.items():
        whole = StoryFilter.of(names, says=says)
        groups = [
            {
                "slug": theme,
                "name": names.themes[theme],
                "url": wanted.url(),
                "count": wanted.count(),
                "passages": [_passage(rows[place], column, names) for place in few if place in rows],
            }
            for theme, wanted, few in themes[says]
        ]
        context[says] = {"says": says, "url": whole.url(), "count": whole.count(), "groups": groups}
    return render(request, "stories/reading/what_should_change.html", context)


def _themes(says: str, names: NamedLists) -> Iterator[_Theme]:
    """The newest few of each theme; a story of two stands under the first, unless the other would have none."""
    quotable, shown = facets.facet_index().having([QUOTABLE]), 0
    for theme in names.themes:
        wanted = StoryFilter.of(names, says=says, theme=theme)
        found = wanted.matching()
        if not found:
            continue
        places = facets.newest_places(found & quotable & ~shown, most=_PASSAGES_OF_A_THEME)
        yield theme, wanted, places or facets.newest_places(found & quotable, most=1)
        shown |= facets.place_bits(places)


def _passage(story: Story, column: str, names: NamedLists) -> dict[str, object]:
    path = story.get_absolute_url()
    return {
        "words": rendering.text_opening(getattr(story, column), length=_LONGEST_PASSAGE),
        "title": story.title,
        "url": path,
        "permanent_url": story_page.permanent_url(path),
        "place": story_facts.place_words(story, names),
    }


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One live story; 451 for one that a legal objection withholds, 410 for one that was live, else 404."""
    found, near = story_page.story_with_related(slug)
    if found is None or found.status == Story.Status.AGREED:
        raise Http404
    if found.is_withheld:
        return render(request, "stories/reading/withheld.html", story_page.withheld_context(found), status=451)
    if found.status != Story.Status.LIVE:
        return render(request, "stories/reading/gone.html", status=410)
    return render(
        request, "stories/reading/story.html", story_page.page_context(found, near, named_lists.get_named_lists())
    )


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The share picture of a live story; 410 for one that was live, 404 where its contributor wants no quotes."""
    rows = Story.objects.using(settings.PUBLIC_READS).only("slug", "title", "status", "may_quote")
    found = rows.filter(slug=slug, sequence__isnull=False).exclude(status=Story.Status.AGREED).first()
    if found is None or (found.status == Story.Status.LIVE and not found.may_quote):
        raise Http404
    if found.status != Story.Status.LIVE:
        return HttpResponse(status=410)
    title = found.title
    return HttpResponse(snapshot.cached(("card", title), lambda: pictures.share_card(title)), content_type="image/png")


@require_safe
def force(request: HttpRequest, force_id: str) -> HttpResponse:
    """One force: what people told us, and what it said; whole even when there is neither."""
    names = named_lists.get_named_lists()
    named = names.forces.get(force_id)
    if named is None:
        raise Http404
    return render(request, "stories/reading/force.html", force_page.page_context(named, names))
