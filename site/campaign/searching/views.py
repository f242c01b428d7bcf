"""The page of site search: the same box again, and what it found."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.searching import asking, index
from campaign.searching.asking import Answer
from campaign.searching.index import Kind
from stories.public import finding, list_page, openings
from stories.public.filters import SEARCH, StoryFilter
from stories.public.search import terms

# The newest of the stories that hold the words; the list of stories has the rest.
STORIES = 5
_HEADINGS = {Kind.PAGE: _("Pages"), Kind.LAW: _("The law"), Kind.ASK: _("What we ask"), Kind.FORCE: _("Police forces")}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words in the address find: a query for the stories, and one more for the first search of an edition."""
    wanted = _wanted(request)
    response = render(request, "campaign/search.html", _context(wanted))
    if SEARCH in request.GET:
        # What somebody types may be a name: nobody keeps a copy, this browser neither.
        response["Cache-Control"] = "no-store"
    return response


def _wanted(request: HttpRequest) -> StoryFilter:
    query = QueryDict(mutable=True)
    query[SEARCH] = request.GET.get(SEARCH, "")
    return StoryFilter.from_query(query)


def _context(wanted: StoryFilter) -> dict[str, Any]:
    context: dict[str, Any] = {"q": wanted.q, "is_search_page": True}
    if not wanted.q:
        return context
    read = terms.parse_search(wanted.q)
    found, answer = finding.find_page(wanted, size=STORIES), asking.ask(read, index.read())
    return context | {
        "notes": list_page.search_notes(read),
        "groups": _groups(answer),
        "is_near": answer.is_near,
        "has_force": Kind.FORCE in answer.hits,
        "found": found,
        "openings": openings.make_openings(found.stories, wanted.names, search=read),
        "stories_url": wanted.url(),
        "is_nothing": not (answer.hits or found.count),
    }


def _groups(answer: Answer) -> list[dict[str, Any]]:
    return [{"id": kind, "heading": _HEADINGS[kind], "hits": hits} for kind, hits in answer.hits.items()]
