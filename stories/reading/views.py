"""The pages of stories and of forces: each reads an address, asks once, and answers without knowing who asks."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import addresses, named_lists, snapshot
from stories.figures import charts
from stories.models import Story
from stories.reading import choices, force_page, passages, patterns, pictures, story_page, story_queries
from stories.reading.export import feeds
from stories.reading.facets import NATIONS
from stories.reading.filters import StoryFilter
from stories.reading.search import terms


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
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
        "patterns": [each for each in patterns.get_patterns() if {*each.themes} & {*wanted.chosen.get("theme", ())}],
        "groups": choices.make_groups(wanted, found),
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


@require_safe
def force_list(request: HttpRequest) -> HttpResponse:
    """Every force in the order of its name within its nation, with no number beside it, and on a map."""
    names = named_lists.get_named_lists()
    forces = sorted(names.real_forces, key=lambda force: force.name)
    groups = [(_(nation), [force for force in forces if force.nation == nation]) for nation in NATIONS]
    groups.append((_("In more than one nation"), [force for force in forces if force.nation not in NATIONS]))
    groups.append((_("Invented for the demo"), [force for force in names.forces.values() if force.is_example]))
    context = {
        "groups": [group for group in groups if group[1]],
        "chart": charts.force_map(names, charts.story_dots(), to_pages=True),
    }
    return render(request, "stories/reading/force_list.html", context)


@require_safe
def what_should_change(request: HttpRequest) -> HttpResponse:
    """The former address of what people say should change."""
    return redirect(addresses.path_in_language("/patterns/#change"), permanent=True)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One live story; 451 for one that a legal objection withholds, 410 for one that was live, else 404."""
    found = story_page.story_at(slug)
    if found is None or found.status == Story.Status.AGREED:
        raise Http404
    if found.is_withheld:
        return render(request, "stories/reading/withheld.html", story_page.withheld_context(found), status=451)
    if found.status != Story.Status.LIVE:
        return render(request, "stories/reading/gone.html", status=410)
    context = story_page.page_context(found, named_lists.get_named_lists())
    return render(request, "stories/reading/story.html", context)


@require_safe
def picture(request: HttpRequest, slug: str, name: str = "") -> HttpResponse:
    """The share picture of a live story, or of a passage by `name`; 410 for one that was live, 404 without quotes."""
    rows = Story.objects.using(snapshot.public_reads()).filter(slug=slug, sequence__isnull=False)
    found = rows.exclude(status=Story.Status.AGREED).first()
    if found is None or (found.status == Story.Status.LIVE and not found.may_quote):
        raise Http404
    if found.status != Story.Status.LIVE:
        return HttpResponse(status=410)
    drawn = {"": (found.title, "")}
    for words in passages.quotable_passages(found):
        drawn |= {f"{patterns.passage_name(words)}-{shape}": (words, shape) for shape in pictures.QUOTES}
    if name not in drawn:
        raise Http404
    words, shape = drawn[name]
    said = {"name": feeds.site_name(), "address": story_page.permanent_url(found.get_absolute_url())}
    draw = (lambda: pictures.quote_picture(words, shape, **said)) if shape else (lambda: pictures.share_card(words))
    return HttpResponse(snapshot.cached((shape, words, *said.values()), draw), content_type="image/png")


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The newest sixty titles, one a screen, of stories that may be quoted: a title is its writer's words too."""
    stories = Story.live.using(snapshot.public_reads()).filter(may_quote=True).order_by("-sequence")
    context = {"stories": stories.only("slug", "title")[:60], "address": settings.BASE_URL.partition("://")[2]}
    return render(request, "stories/reading/wall.html", context)


@require_safe
def force(request: HttpRequest, force_id: str) -> HttpResponse:
    """One force: what people told us, and what it said; whole even when there is neither."""
    names = named_lists.get_named_lists()
    named = names.forces.get(force_id)
    if named is None:
        raise Http404
    return render(request, "stories/reading/force.html", force_page.page_context(named, names))
