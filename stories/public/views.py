"""The pages of stories and forces: each reads an address, asks once, and answers without knowing who asks."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stories.models import Story
from stories.public import filter_form, force_pages, letters, named_lists, openings, paging
from stories.public.filters import StoryFilter

_STORIES_ON_A_FORCE_PAGE = 10
_SHOWN = (
    *(
        "slug",
        "status",
        "sequence",
        "month",
        "edited_month",
        "title",
        "body",
        "opening",
        "force_id",
        "region",
        "nation",
        "year",
    ),
    *("outcome_id", "themes", "content_notes", "is_withheld"),
)


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The stories that were asked for, newest first, a page at a time."""
    wanted = StoryFilter.from_query(request.GET)
    if wanted.has_blanks and not wanted.unknown:
        # A form sends its empty fields too; the address that people share holds only what was chosen.
        return redirect(wanted.url(**_place(wanted)))
    page = paging.page(wanted.apply(openings.rows()), after=wanted.after, before=wanted.before)
    context = {
        "filter": wanted,
        "tags": wanted.tags(),
        "groups": filter_form.groups(wanted),
        "openings": openings.worded(page.stories, wanted.names),
        "is_first_page": wanted.is_first_page,
        "is_empty": wanted.is_first_page and not (wanted.is_on or page.stories),
        "newer_url": page.newer and wanted.url(after=page.newer),
        "older_url": page.older and wanted.url(before=page.older),
        "is_unlisted": wanted.how_many > 1 or bool(wanted.unknown),
    }
    response = render(request, "stories/public/story_list.html", context)
    if wanted.unknown:
        # It names what one reader typed, so nobody else is shown a kept copy.
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One live story; 451 for one that a legal objection withholds, 410 for one that was live, else 404."""
    rows = Story.objects.using(settings.PUBLIC_READS).only(*_SHOWN)
    # One that never went live has no place in the order, and nobody learns that it was ever agreed.
    found = rows.filter(slug=slug, sequence__isnull=False).first()
    if found is None or found.status == Story.Status.AGREED:
        raise Http404
    if found.is_withheld:
        return render(request, "stories/public/withheld.html", status=451)
    if found.status != Story.Status.LIVE:
        return render(request, "stories/public/gone.html", status=410)
    return render(request, "stories/public/story.html", letters.of(found, named_lists.read()))


@require_safe
def force_list(request: HttpRequest) -> HttpResponse:
    """Every force in the order of its name, with no number beside it."""
    groups = force_pages.by_nation(named_lists.read())
    return render(request, "stories/public/force_list.html", {"groups": groups})


@require_safe
def force(request: HttpRequest, force_id: str) -> HttpResponse:
    """One force: what people told us, and what it said; whole even when there is neither."""
    names = named_lists.read()
    named = names.forces.get(force_id)
    if named is None:
        raise Http404
    found = list(openings.rows().filter(force=named.id)[: _STORIES_ON_A_FORCE_PAGE + 1])
    context = {
        "force": named,
        "openings": openings.worded(found[:_STORIES_ON_A_FORCE_PAGE], names),
        "has_more": len(found) > _STORIES_ON_A_FORCE_PAGE,
        "all_url": StoryFilter(names, {"force": (named.id,)}).url(),
        "said": force_pages.said_by(named),
    }
    return render(request, "stories/public/force.html", context)


def _place(wanted: StoryFilter) -> dict[str, str]:
    places = {"after": wanted.after, "before": wanted.before}
    return {name: paging.code(place) for name, place in places.items() if place is not None}
