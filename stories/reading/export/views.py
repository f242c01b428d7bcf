"""The files of open data: each reads an address, finds the same stories as the page, and writes them another way."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import rendering
from stories.core.dates import Quarter
from stories.figures import counts
from stories.reading import story_queries
from stories.reading.export import feeds, fields, package, requests
from stories.reading.export.fields import FIGURE, PAGE_SIZE, RECORDS, STORY, Rows
from stories.reading.export.requests import FileRequest, download_response
from stories.reading.filters import CHOOSING, PARAMETERS

CSV = "text/csv; charset=utf-8"
_LONGEST_NAME = 80


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "page_size": PAGE_SIZE,
        "quarters": [(quarter, requests.quarter_path(quarter)) for quarter in package.released_quarters()],
        "openapi": requests.OPENAPI,
        "facts": requests.FACTS,
        "attribution": requests.attribution_words(_("stories in Wales")),
        "records": RECORDS.values(),
        "changes": fields.change_notes(),
        "base": settings.BASE_URL,
    }
    return render(request, "stories/reading/export/open_data.html", context)


@require_safe
def about_fields(request: HttpRequest) -> HttpResponse:
    context = {
        "parameters": fields.list_parameters(),
        "story_fields": STORY,
        "figure_fields": FIGURE,
        "records": RECORDS.values(),
    }
    return render(request, "stories/reading/export/open_data_fields.html", context)


def data_file(*takes: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Make a view of the file that an address asks for: 304 for whoever has this very answer, else what is made."""

    def decorate(make: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(make)
        @require_safe
        def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
            asked = FileRequest.from_request(request, takes=takes)
            return get_conditional_response(request, etag=asked.etag) or make(asked, **named)

        return answer

    return decorate


def _json(body: Mapping[str, object]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@data_file(*PARAMETERS)
def stories_json(asked: FileRequest) -> HttpResponseBase:
    """A page of the list, with links to its neighbours."""
    found, rows = story_queries.find_page(asked.wanted, size=PAGE_SIZE), Rows(STORY)
    links = {**asked.page_links(requests.JSON, found), "alternate": asked.link("/stories/")}
    body = {
        "title": asked.title(),
        "caution": counts.caution_words(),
        "licence": {"facts": requests.FACTS, "words": requests.story_licence()},
        "count": found.count,
        "count_is_a_floor": found.is_capped,
        "size": PAGE_SIZE,
        "ignored": list(asked.ignored),
        "links": {rel: url or None for rel, url in links.items()},
        "stories": list(map(rows.values, found.stories)),
    }
    return asked.with_headers(_json(body), **links)


@data_file(*CHOOSING, requests.BOM)
def stories_csv(asked: FileRequest) -> HttpResponseBase:
    """The whole list, sent while it is read."""
    slugs = [slug for chosen in asked.wanted.chosen.values() for slug in chosen]
    name = "-".join(("heard-stories", *slugs))[:_LONGEST_NAME] + ".csv"
    lines = csv_lines(asked, Rows(STORY).table(story_queries.all_found(asked.wanted)))
    response = download_response(lines, kind=CSV, name=name)
    return asked.with_headers(response, alternate=asked.link("/stories/"))


def csv_lines(asked: FileRequest, rows: Iterable[list[str]]) -> Iterator[str]:
    """The lines of a file, after a byte order mark where it was asked for; a spreadsheet runs no cell of it."""
    # Excel takes a file that doesn't begin with it for one in the letters of the machine's own language.
    return chain(["\ufeff"] if asked.has_bom else [], rendering.csv_lines(rows))


@data_file(*PARAMETERS)
def stories_atom(asked: FileRequest) -> HttpResponseBase:
    """The newest of the list, for feed readers."""
    found = story_queries.find_page(asked.wanted)
    response = HttpResponse(feeds.story_feed(asked, found), content_type=feeds.AtomFeed.content_type)
    links = asked.page_links(requests.ATOM, found, back="previous")
    return asked.with_headers(response, alternate=asked.link("/stories/"), **links)


@data_file()
def records_json(asked: FileRequest, name: str) -> HttpResponseBase:
    """Every response, letter, ask or offence: there are few enough for one answer."""
    record = RECORDS[name]
    rows = list(map(Rows(record.fields).values, record.rows()))
    about = {"title": record.title, "licence": requests.FACTS, "count": len(rows), "ignored": list(asked.ignored)}
    return asked.with_headers(_json({**about, name: rows}), license=requests.FACTS["url"])


@data_file(requests.BOM)
def records_csv(asked: FileRequest, name: str) -> HttpResponseBase:
    rows = Rows(RECORDS[name].fields).table(RECORDS[name].rows())
    response = HttpResponse("".join(csv_lines(asked, rows)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="heard-{name}.csv"'
    return asked.with_headers(response, license=requests.FACTS["url"])


@data_file()
def quarter_zip(asked: FileRequest, quarter: str) -> HttpResponseBase:
    """One quarter, sent while it is made; 404 where nothing was released."""
    named = Quarter.named(quarter.upper())
    if named is None or str(named) not in package.released_quarters() or not quarter.islower():
        raise Http404
    pieces = package.zip_pieces(f"heard-{quarter}", package.quarter_files(named))
    return asked.with_headers(download_response(pieces, kind="application/zip", name=f"heard-{quarter}.zip"))


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all of these files, for programs."""
    return requests.give_away(_json(fields.openapi()))
