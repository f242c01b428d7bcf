"""The news as an Atom feed: titles, days and introductions.

A feed reader keeps what it was given, so nothing of a page's body is in it, where a story may be quoted.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign import fixed_pages
from campaign.models import NewsPage
from stories.core import lifecycle
from stories.reading.export import terms
from stories.reading.export.feeds import AtomFeed, first_moment, site_name

ADDRESS = "/news.atom"
NEWEST = 20


@require_safe
def news_atom(request: HttpRequest) -> HttpResponse:
    """The newest news, for feed readers: one query."""
    rows = NewsPage.objects.using(settings.PUBLIC_READS).live().order_by("-date", "-pk")
    feed = news_feed(list(rows.defer("body")[:NEWEST]), here=terms.base_url(request))
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    # Readers of feeds don't go by it; a search engine would keep it longer than a page may stay.
    response["X-Robots-Tag"] = "noindex"
    return response


def news_feed(news: Sequence[NewsPage], *, here: str) -> AtomFeed:
    """A feed whose links lead on at `here`."""
    feed = AtomFeed(
        _("News from %(site)s") % {"site": site_name()},
        f"{here}/news/",
        updated=max((item.date for item in news), default=lifecycle.today().replace(day=1)),
        links={},
        feed_guid=f"{settings.BASE_URL}{ADDRESS}",
        feed_url=f"{here}{ADDRESS}",
    )
    for item in news:
        feed.add_item(
            item.title,
            f"{settings.BASE_URL}{fixed_pages.address(item)}",
            item.intro or item.search_description,
            # A name for good, by RFC 4151: neither another title nor another address makes it new to a reader.
            unique_id=f"tag:{urlsplit(settings.BASE_URL).hostname},{item.date:%Y}:news-{item.pk}",
            pubdate=first_moment(item.date),
            updateddate=first_moment(item.date),
            author_name=item.author_role or None,
        )
    return feed
