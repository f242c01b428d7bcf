"""The small answers that machines look for: robots.txt, security.txt (RFC 9116) and the sitemap."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaign import fixed_pages
from campaign.site_chrome import site_parts
from stories.core import addresses, named_lists, snapshot
from stories.figures import releases
from stories.models import Story
from stories.reading import ask_progress, marked_sets

# Where somebody was, or what only their own code opens.
NOT_FOR_ROBOTS = ("/tell/form/", "/return/", "/leave/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    codes = [code for code, _name in settings.LANGUAGES]
    kept_out = [f"Disallow: {addresses.path_in_language(each, code)}" for code in codes for each in NOT_FOR_ROBOTS]
    return _text("User-agent: *", *kept_out, "", f"Sitemap: {settings.BASE_URL}/sitemap.xml")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness, and until when somebody promised to read it."""
    return _text(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {releases.security_contact_ends():%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )


def _text(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# Stories are in the files by their place in the order, so that a story that goes down moves no other; as many as the
# server sends in one piece.
STORIES_A_FILE = 1_000
# They say of themselves that no search engine keeps them.
_NOT_FOUND = ("/tell/", "/return/")
# A path in English, and when its page last changed, if that is known.
Entry = tuple[str, date | None]


class _Section(Sitemap[Entry]):
    """One file of the sitemap: each page in every language, each naming the others."""

    i18n = alternates = True

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self.protocol, _, self._host = settings.BASE_URL.partition("://")

    def items(self) -> list[Entry]:
        return self._entries

    def location(self, item: Entry) -> str:
        return addresses.path_in_language(item[0])

    def lastmod(self, item: Entry) -> date | None:
        """The first day of its month: the schema takes a day alone."""
        return date(item[1].year, item[1].month, 1) if item[1] else None

    def get_domain(self, site: object = None) -> str:
        """The site's own, whatever host was asked for."""
        return self._host


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    files = ["/sitemap-pages.xml", *(f"/sitemap-stories-{number}.xml" for number in range(1, _last_file() + 1))]
    listed = [SitemapIndexItem(f"{settings.BASE_URL}{file}") for file in files]
    return _xml("sitemap_index.xml", {"sitemaps": listed})


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    written = Page.objects.using(snapshot.public_reads()).live().filter(depth__gt=1).order_by("path")
    parts = [path for path, _words in site_parts() if path not in _NOT_FOUND]
    forces = [f"/forces/{force}/" for force in named_lists.get_named_lists().forces]
    asks = [f"/asks/{slug}/" for slug in ask_progress.asks_by_slug()]
    found: dict[str, date | None] = dict.fromkeys((*parts, *forces, *asks))
    found |= {
        fixed_pages.address(each): each.last_published_at for each in written.only("url_path", "last_published_at")
    }
    # It leads on to the asks.
    found.pop("/actions/", None)
    return _xml("sitemap.xml", {"urlset": _Section(found.items()).get_urls()})


@require_safe
def sitemap_stories(request: HttpRequest, number: int) -> HttpResponse:
    """The stories of one file that are up: one query."""
    if not 1 <= number <= _last_file():
        raise Http404
    first = (number - 1) * STORIES_A_FILE
    rows = Story.live.using(snapshot.public_reads()).filter(sequence__gt=first, sequence__lte=first + STORIES_A_FILE)
    found = rows.order_by("sequence").values_list("slug", "month", "edited_month")
    section = _Section((f"/stories/{slug}/", edited or month) for slug, month, edited in found)
    return _xml("sitemap.xml", {"urlset": section.get_urls()})


def _last_file() -> int:
    newest = marked_sets.current_sets().everything.bit_length() - 1
    return -(-newest // STORIES_A_FILE)


def _xml(template: str, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml; charset=utf-8")


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security-txt"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", sitemap_pages, name="sitemap-pages"),
    path("sitemap-stories-<int:number>.xml", sitemap_stories, name="sitemap-stories"),
]
