"""The news as an Atom feed: titles, days and introductions.

A feed reader keeps what it was given, so nothing of a page's body stands in it, where a story may be quoted.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign import fixed_pages
from campaign.models import NewsPage
from stories import lifecycle
from stories.public import atom
from stories.public.open_data import links

ADDRESS = "/news.atom"
NEWEST = 20


@require_safe
def news_atom(request: HttpRequest) -> HttpResponse:
    """The newest news, for feed readers: one query."""
    rows = NewsPage.objects.using(settings.PUBLIC_READS).live().order_by("-date", "-pk")
    feed = of(list(rows.defer("body")[:NEWEST]), here=links.here(request))
    response = HttpResponse(feed, content_type=f"{atom.KIND}; charset=utf-8")
    # Readers of feeds don't go by it; a search engine would keep it longer than a page may stay.
    response["X-Robots-Tag"] = "noindex"
    return response


def of(news: Sequence[NewsPage], *, here: str) -> bytes:
    """The feed as a file, whose links lead on at `here`."""
    feed = atom.feed(name=f"{settings.BASE_URL}{ADDRESS}", title=_("News from %(site)s") % {"site": atom.site()})
    atom.text(feed, "updated", atom.moment(max((item.date for item in news), default=lifecycle.today())))
    atom.author(feed, atom.site())
    atom.link(feed, "self", f"{here}{ADDRESS}", atom.KIND)
    atom.link(feed, "alternate", f"{here}/news/", "text/html")
    for item in news:
        _entry(atom.add(feed, "entry"), item)
    return atom.written(feed)


def _entry(entry: Element, item: NewsPage) -> None:
    # A name for good, by RFC 4151: neither another title nor another address makes it new to a reader.
    atom.text(entry, "id", f"tag:{urlsplit(settings.BASE_URL).hostname},{item.date:%Y}:news-{item.pk}")
    atom.text(entry, "title", item.title)
    atom.text(entry, "updated", atom.moment(item.date))
    atom.text(entry, "published", atom.moment(item.date))
    if item.author_role:
        atom.author(entry, item.author_role)
    atom.link(entry, "alternate", f"{settings.BASE_URL}{fixed_pages.address(item)}", "text/html")
    atom.text(entry, "summary", item.intro or item.search_description)
