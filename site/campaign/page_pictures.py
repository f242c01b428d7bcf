"""The picture that stands beside a link to a page of the editors elsewhere: its title and our mark."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaign import fixed_pages
from stories.core import snapshot
from stories.reading import pictures

# As long as a story's title can be: what the smallest letters have room for.
_LONGEST = 120


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponse:
    """The picture of the live page at `path`; 404 where there is none, so that no made-up title is ever drawn."""
    page = _live_at(f"/{path}")
    if page is None:
        raise Http404
    title = Truncator(page.title if path else page.seo_title or page.title).chars(_LONGEST)
    return HttpResponse(snapshot.cached(("card", title), lambda: pictures.share_card(title)), content_type="image/png")


def _live_at(address: str) -> Page | None:
    rows = Page.objects.using(settings.PUBLIC_READS).live().only("title", "seo_title", "url_path", "depth")
    if address == "/":
        return rows.filter(depth=fixed_pages.HOME_DEPTH).first()
    ending = rows.filter(url_path__endswith=address, depth__gte=fixed_pages.FIXED_DEPTH)
    return next((page for page in ending if fixed_pages.address(page) == address), None)
