"""The pages of one story and of one force, and the picture beside a link to a story."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.models import Story
from stories.public import (
    asks,
    edition,
    force_pages,
    named_lists,
    openings,
    pictures,
    related,
    responses,
    story_page,
    withheld,
)
from stories.public.filters import StoryFilter

_STORIES_ON_A_FORCE_PAGE = 10
_OF_THE_CARD = ("slug", "title", "status", "may_quote")


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One live story; 451 for one that a legal objection withholds, 410 for one that was live, else 404."""
    found, near = related.read(slug)
    if found is None or found.status == Story.Status.AGREED:
        raise Http404
    if found.is_withheld:
        return render(request, "stories/public/withheld.html", withheld.context(found), status=451)
    if found.status != Story.Status.LIVE:
        return render(request, "stories/public/gone.html", status=410)
    return render(request, "stories/public/story.html", story_page.page(found, near, named_lists.read()))


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The share picture of a live story; 410 for one that was live, 404 where its contributor wants no quotes."""
    rows = Story.objects.using(settings.PUBLIC_READS).only(*_OF_THE_CARD)
    found = rows.filter(slug=slug, sequence__isnull=False).exclude(status=Story.Status.AGREED).first()
    if found is None:
        raise Http404
    if found.status != Story.Status.LIVE:
        return HttpResponse(status=410)
    if not found.may_quote:
        raise Http404
    title = found.title
    return HttpResponse(edition.kept(("card", title), lambda: pictures.share_card(title)), content_type="image/png")


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
        "openings": force_pages.told(found[:_STORIES_ON_A_FORCE_PAGE], names),
        "has_more": len(found) > _STORIES_ON_A_FORCE_PAGE,
        "all_url": StoryFilter.of(names, force=named.id).url(),
        "around_url": force_pages.around(named, names),
        "said": responses.by(named.id),
        "asked": force_pages.asked(named),
        "asks": asks.of_force(named.id),
    }
    return render(request, "stories/public/force.html", context)
