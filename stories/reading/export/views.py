"""The files of open data: each reads an address, finds the same stories as the page, and writes them another way."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from functools import wraps
from itertools import islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.core import named_lists, rendering
from stories.figures import counts
from stories.reading import story_queries
from stories.reading.export import descriptions, feeds, package, requests, terms
from stories.reading.export.descriptions import PAGE_SIZE
from stories.reading.export.fields import FIGURE, KINDS, RECORDS, STORY, Field, Rows
from stories.reading.export.requests import FileRequest, json_response
from stories.reading.filters import CHOOSING, PARAMETERS, StoryFilter

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
            {
                "name": record.name,
                "title": _(record.title),
                "about": _(record.about),
                "fields": [_entry(field, names) for field in record.fields],
            }
            for record in RECORDS.values()
        ],
        "base": settings.BASE_URL,
    }
    return render(request, "stories/reading/export/open_data.html", context)


def _entry(field: Field, names: named_lists.NamedLists) -> dict[str, object]:
    """One line of the dictionary; the values of a facet are those of its parameter."""
    return {
        "name": field.name,
        "kind": KINDS[field.kind],
        "about": field.words,
        "values": {} if field.facet else field.options(names),
        "same_as": field.facet,
        "is_told": field.told,
    }


# --- The files -------------------------------------------------------------------------------


def data_file(
    view: Callable[..., HttpResponseBase], *, takes: Collection[str] = (), takes_bom: bool = False
) -> Callable[..., HttpResponseBase]:
    """A view of the file that an address asks for: 304 for whoever has this very answer, else what `view` makes."""

    @wraps(view)
    @require_safe
    def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
        asked = FileRequest.from_request(request, takes=takes, takes_bom=takes_bom)
        return get_conditional_response(request, etag=asked.etag) or view(asked, **named)

    return answer


def _stories_json(asked: FileRequest) -> HttpResponseBase:
    """A page of the list, with links to its neighbours."""
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


def _stories_csv(asked: FileRequest) -> HttpResponseBase:
    """The whole list, sent while it is read."""
    slugs = [slug for chosen in asked.wanted.chosen.values() for slug in chosen]
    name = "-".join(("heard-stories", *slugs))[:_LONGEST_NAME] + ".csv"
    response = requests.download_response(csv_pieces(asked.wanted, has_bom=asked.has_bom), kind=CSV, name=name)
    return asked.with_headers(response, alternate=asked.link("/stories/"))


def csv_pieces(wanted: StoryFilter, *, has_bom: bool = False) -> Iterator[str]:
    """A header, then a line for each story, newest first; a spreadsheet runs no cell of it."""
    if has_bom:
        yield BOM
    lines = rendering.csv_lines(Rows(STORY, wanted.names).table(story_queries.all_found(wanted)))
    while piece := "".join(islice(lines, _LINES_AT_ONCE)):
        yield piece


def _stories_atom(asked: FileRequest) -> HttpResponseBase:
    """The newest of the list, for feed readers."""
    found = story_queries.find_page(asked.wanted, whole=True)
    response = HttpResponse(feeds.story_feed(asked, found), content_type=feeds.AtomFeed.content_type)
    return asked.with_headers(response, alternate=asked.link("/stories/"), **feeds.story_feed_links(asked, found))


def _records_json(asked: FileRequest, name: str) -> HttpResponseBase:
    """Every response, letter, ask or offence: there are few enough for one answer."""
    record = RECORDS[name]
    rows = list(map(Rows(record.fields, asked.wanted.names).values, record.read()))
    body = {
        "title": _(record.title),
        "licence": asdict(terms.FACTS),
        "count": len(rows),
        "ignored": list(asked.ignored),
        name: rows,
    }
    return asked.with_headers(json_response(body), license=terms.FACTS.url)


def _records_csv(asked: FileRequest, name: str) -> HttpResponseBase:
    """The same as a table."""
    rows = Rows(RECORDS[name].fields, asked.wanted.names).table(RECORDS[name].read())
    begins = [BOM] if asked.has_bom else []
    response = HttpResponse("".join([*begins, *rendering.csv_lines(rows)]), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="heard-{name}.csv"'
    return asked.with_headers(response, license=terms.FACTS.url)


def _quarter_zip(asked: FileRequest, quarter: str) -> HttpResponseBase:
    """One quarter, sent while it is made; 404 where nothing was released."""
    named = package.released_quarter(quarter)
    if named is None:
        raise Http404
    name = f"{package.folder_name(named)}.zip"
    return asked.with_headers(requests.download_response(package.quarter_zip(named), kind="application/zip", name=name))


stories_json = data_file(_stories_json, takes=PARAMETERS)
stories_csv = data_file(_stories_csv, takes=CHOOSING, takes_bom=True)
stories_atom = data_file(_stories_atom, takes=PARAMETERS)
records_json = data_file(_records_json)
records_csv = data_file(_records_csv, takes_bom=True)
quarter_zip = data_file(_quarter_zip)


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all of these files, for programs."""
    return requests.give_away(json_response(descriptions.openapi()))
