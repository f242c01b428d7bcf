"""The files of open data: each reads an address, finds the same stories as the page, and writes them another way."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import named_lists, spreadsheets
from stories.figures import counts
from stories.reading import story_queries
from stories.reading.export import descriptions, feeds, package, requests, terms
from stories.reading.export.descriptions import PAGE_SIZE
from stories.reading.export.fields import FIGURE, RECORDS, STORY, WORDS_OF_KINDS, Field, Rows
from stories.reading.export.requests import FileRequest, json_response
from stories.reading.filters import CHOOSING, StoryFilter

# Excel takes a file that doesn't begin with it for one in the letters of the machine's own language.
BOM = "\ufeff"
CSV = "text/csv; charset=utf-8"
_LINES_AT_ONCE = 100
_LONGEST_NAME = 80


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The page that says what there is, how it may be used, and what each of it means."""
    names = named_lists.get_named_lists()
    parameters = [*descriptions.list_parameters(names), descriptions.BOM]
    context = {
        "page_size": PAGE_SIZE,
        "quarters": [(quarter, terms.quarter_path(quarter)) for quarter in package.released_quarters()],
        "openapi": terms.OPENAPI,
        "facts": terms.FACTS,
        "attribution": terms.attribution_words(_("stories in Wales")),
        "parameters": [{"name": each.name, "about": each.about, "values": each.options} for each in parameters],
        "story_fields": [_entry(field, names) for field in STORY],
        "figure_fields": [_entry(field, names) for field in FIGURE],
        "records": [
            {"record": record, "fields": [_entry(field, names) for field in record.fields]}
            for record in RECORDS.values()
        ],
        "base": settings.BASE_URL,
    }
    return render(request, "stories/reading/export/open_data.html", context)


def _entry(field: Field, names: named_lists.NamedLists) -> dict[str, Any]:
    """One line of the dictionary; the values of a facet are those of its parameter."""
    values = {} if field.facet else field.options(names)
    return {"name": field.name, "kind": WORDS_OF_KINDS[field.kind], "about": field.about, "values": values} | {
        "same_as": field.facet,
        "is_told": field.is_told,
    }


@require_safe
def stories_json(request: HttpRequest) -> HttpResponseBase:
    """A page of the list, with links to its neighbours."""
    asked = FileRequest.from_request(request)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    found, rows = story_queries.find_page(asked.wanted, size=PAGE_SIZE, whole=True), Rows(STORY, asked.wanted.names)
    # Where the walk goes on, by RFC 8288's names. The list begins with the newest.
    links = {
        "first": asked.link(terms.JSON),
        "prev": found.newer and asked.link(terms.JSON, after=found.newer),
        "next": found.older and asked.link(terms.JSON, before=found.older),
        "alternate": asked.link("/stories/"),
    }
    body = {
        "title": asked.title(),
        "caution": counts.caution_words(),
        "licence": {"facts": asdict(terms.FACTS), "words": asdict(terms.story_licence())},
        "count": found.count,
        "count_is_a_floor": found.is_capped,
        "size": PAGE_SIZE,
        "ignored": list(asked.ignored),
        "links": {rel: url or None for rel, url in links.items()},
        "stories": list(map(rows.values, found.stories)),
    }
    return asked.with_headers(json_response(body), **links)


@require_safe
def stories_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list, sent while it is read."""
    asked = FileRequest.from_request(request, takes=CHOOSING, takes_bom=True)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    slugs = [slug for chosen in asked.wanted.chosen.values() for slug in chosen]
    name = "-".join(("heard-stories", *slugs))[:_LONGEST_NAME] + ".csv"
    response = requests.download_response(csv_pieces(asked.wanted, has_bom=asked.has_bom), kind=CSV, name=name)
    return asked.with_headers(response, alternate=asked.link("/stories/"))


def csv_pieces(wanted: StoryFilter, *, has_bom: bool = False) -> Iterator[str]:
    """A header, then a line for each story, newest first; a spreadsheet runs no cell of it."""
    if has_bom:
        yield BOM
    lines = spreadsheets.csv_lines(Rows(STORY, wanted.names).table(story_queries.all_found(wanted)))
    while piece := "".join(islice(lines, _LINES_AT_ONCE)):
        yield piece


@require_safe
def stories_atom(request: HttpRequest) -> HttpResponseBase:
    """The newest of the list, for feed readers."""
    asked = FileRequest.from_request(request)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    found = story_queries.find_page(asked.wanted, whole=True)
    response = HttpResponse(feeds.story_feed(asked, found), content_type=feeds.AtomFeed.content_type)
    return asked.with_headers(response, alternate=asked.link("/stories/"), **feeds.story_feed_links(asked, found))


@require_safe
def records_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """Every response, letter, ask or offence: there are few enough for one answer."""
    asked = FileRequest.from_request(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    record = RECORDS[name]
    rows = list(map(Rows(record.fields, asked.wanted.names).values, record.read()))
    body: Mapping[str, Any] = {
        "title": str(record.title),
        "licence": asdict(terms.FACTS),
        "count": len(rows),
        "ignored": list(asked.ignored),
        name: rows,
    }
    return asked.with_headers(json_response(body), license=terms.FACTS.url)


@require_safe
def records_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same as a table."""
    asked = FileRequest.from_request(request, takes=(), takes_bom=True)
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    rows = Rows(RECORDS[name].fields, asked.wanted.names).table(RECORDS[name].read())
    begins = [BOM] if asked.has_bom else []
    response = HttpResponse("".join([*begins, *spreadsheets.csv_lines(rows)]), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="heard-{name}.csv"'
    return asked.with_headers(response, license=terms.FACTS.url)


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all of these files, for programs."""
    return requests.give_away(json_response(descriptions.openapi()))


@require_safe
def quarter(request: HttpRequest, quarter: str) -> HttpResponseBase:
    """One quarter as a zip, sent while it is made; 404 where nothing was released."""
    named = package.released_quarter(quarter)
    if named is None:
        raise Http404
    asked = FileRequest.from_request(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    name = f"{package.folder_name(named)}.zip"
    return asked.with_headers(requests.download_response(package.quarter_zip(named), kind="application/zip", name=name))
