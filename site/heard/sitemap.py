"""The sitemap: every page that may be found, in each language, with its month and nothing finer."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaign import fixed_pages
from campaign.furniture import parts
from heard.templatetags.language_tags import ENGLISH
from stories import addresses
from stories.models import Story
from stories.public import asks, facet_index, named_lists
from stories.public.open_data import turns

INDEX = "/sitemap.xml"
# As many addresses as the standard lets one file have.
MOST = 50_000
# Stories stand in the files by their place in the order, so that a story that goes down moves no other.
STORIES_A_FILE = MOST // len(settings.LANGUAGES)
# They say of themselves that no search engine keeps them.
_NOT_FOUND = ("/tell/", "/return/")
_BEGINS = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LANGUAGES = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_AT_ONCE = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap, without a query."""
    files = ["/sitemap-pages.xml", *(f"/sitemap-stories-{number}.xml" for number in range(1, _last_file() + 1))]
    places = "".join(f"<sitemap><loc>{settings.BASE_URL}{file}</loc></sitemap>\n" for file in files)
    return _xml(f"{_BEGINS}<sitemapindex {_SPACE}>\n{places}</sitemapindex>\n")


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """What editors wrote, what code makes, each force and each ask: one query."""
    written = Page.objects.using(settings.PUBLIC_READS).live().filter(depth__gt=1).order_by("path")
    found: dict[str, date | None] = {path: None for path, _words in parts() if path not in _NOT_FOUND}
    found |= {f"/forces/{force}/": None for force in named_lists.read().forces}
    found |= {f"/asks/{slug}/": None for slug in asks.by_slug()}
    found |= {
        fixed_pages.address(page): page.last_published_at for page in written.only("url_path", "last_published_at")
    }
    return _xml("".join(_urlset(found.items())))


@require_safe
@turns.in_turn
def stories(request: HttpRequest, number: int) -> HttpResponseBase:
    """The stories of one file that are up: one query, sent while it is written."""
    if not 1 <= number <= _last_file():
        raise Http404
    first = (number - 1) * STORIES_A_FILE
    rows = Story.live.using(settings.PUBLIC_READS).filter(sequence__gt=first, sequence__lte=first + STORIES_A_FILE)
    found = rows.order_by("sequence").values_list("slug", "month", "edited_month")
    urls = _urlset((f"/stories/{slug}/", edited or month) for slug, month, edited in list(found))
    return StreamingHttpResponse(turns.Turn(_in_pieces(urls)), content_type="application/xml; charset=utf-8")


def _last_file() -> int:
    newest = facet_index.read().everything.bit_length() - 1
    return -(-newest // STORIES_A_FILE)


def _urlset(found: Iterable[tuple[str, date | None]]) -> Iterator[str]:
    yield f"{_BEGINS}<urlset {_SPACE} {_LANGUAGES}>\n"
    for path, changed in found:
        yield _urls(path, changed)
    yield "</urlset>\n"


def _urls(path: str, changed: date | None) -> str:
    """One page in every language, each naming the others. The schema takes a day alone, so it is a month's first."""
    places = {
        code: escape(f"{settings.BASE_URL}{addresses.in_language(path, code)}") for code, _name in settings.LANGUAGES
    }
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{_tag(code)}" href="{url}"/>' for code, url in places.items()
    )
    month = f"<lastmod>{changed:%Y-%m}-01</lastmod>" if changed else ""
    return "".join(f"<url><loc>{url}</loc>{month}{others}</url>\n" for url in places.values())


def _tag(code: str) -> str:
    return ENGLISH if code == settings.LANGUAGE_CODE else code


def _in_pieces(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, _AT_ONCE)):
        yield piece


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
