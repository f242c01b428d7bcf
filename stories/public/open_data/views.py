"""The files of open data: each reads an address, finds the same stories as the page, and writes them another way."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from stories.public.filters import CHOOSING
from stories.public.open_data import (
    asking,
    links,
    openapi,
    package,
    page,
    quarters,
    records,
    story_csv,
    story_feed,
    story_json,
    terms,
    turns,
)
from stories.public.open_data.asking import Asked
from stories.public.open_data.record_fields import BY_NAME
from stories.public.open_data.turns import Turn


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What there is, how it may be used, and what each of it means."""
    return render(request, "stories/public/open_data/open_data.html", page.context())


@require_safe
def stories_json(request: HttpRequest) -> HttpResponseBase:
    """A page of the list, with links to its neighbours."""
    asked = Asked.of(request)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    found = story_json.find(asked)
    response = JsonResponse(story_json.of(asked, found), json_dumps_params={"ensure_ascii": False})
    return asked.answered(response, **story_json.rels(asked, found))


@require_safe
@turns.in_turn
def stories_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list, sent while it is read."""
    asked = Asked.of(request, takes=CHOOSING, bom="1")
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    pieces = Turn(story_csv.pieces(asked.wanted, bom=bool(asked.own)))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{story_csv.filename(asked.wanted)}"'
    return asked.answered(response, alternate=asked.link("/stories/"))


@require_safe
def stories_atom(request: HttpRequest) -> HttpResponseBase:
    """The newest of the list, for feed readers."""
    asked = Asked.of(request)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    found = story_feed.find(asked)
    feed = story_feed.of(asked, found, itself=asked.itself(links.ATOM))
    response = HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")
    return asked.answered(response, **story_feed.rels(asked, found))


@require_safe
def records_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """Every response, letter, ask or offence: there are few enough for one answer."""
    asked = Asked.of(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    made = records.as_json(BY_NAME[name], asked.ignored)
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False})
    return asked.answered(response, license=terms.FACTS.url)


@require_safe
def records_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same as a table."""
    asked = Asked.of(request, takes=(), bom="1")
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    lines = "".join(records.as_csv(BY_NAME[name], bom=bool(asked.own)))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="heard-{name}.csv"'
    return asked.answered(response, license=terms.FACTS.url)


@require_safe
def described(request: HttpRequest) -> HttpResponseBase:
    """What all of these files are, for programs."""
    return asking.give_away(JsonResponse(openapi.document(), json_dumps_params={"ensure_ascii": False}))


@require_safe
@turns.in_turn
def quarter(request: HttpRequest, quarter: str) -> HttpResponseBase:
    """One quarter as a zip, sent while it is made; 404 where nothing was released."""
    named = quarters.named(quarter)
    if named is None:
        raise Http404
    asked = Asked.of(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    response = StreamingHttpResponse(Turn(package.pieces(named)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{package.folder(named)}.zip"'
    return asked.answered(response)
