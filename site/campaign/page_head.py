"""What the head of an editors' page says to search engines, and to whoever shows a link to it elsewhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaign import fixed_pages
from stories.public import pictures

if TYPE_CHECKING:
    from campaign.models.pages import EditorsPage

# As much of a description as search engines show, and the least that says anything.
LONGEST, SHORTEST = 155, 50
# Above it stand the root and the first page alone.
_WITH_A_TRAIL = fixed_pages.FIXED_DEPTH + 1
_SIZE = pictures.CARD


@dataclass(frozen=True)
class Head:
    """`url` is the page's own in English, wherever it is read; the machines' facts are in the words of schema.org."""

    title: str
    description: str
    url: str
    picture_url: str
    kind: str
    facts: dict[str, Any]
    trail: dict[str, Any] | None
    size: tuple[int, int] = _SIZE


def of(page: "EditorsPage") -> Head:
    """What stands in the head of `page`; one query more for a page that stands under another."""
    address = address_of(page)
    url, title = f"{settings.BASE_URL}{address}", page.seo_title or page.title
    picture = f"{settings.BASE_URL}{address}share.png"
    facts = {"@context": "https://schema.org", "@type": "WebPage", "name": title, "url": url, "inLanguage": "en-GB"}
    facts |= {"description": description(page), "image": picture, **page.facts_for_machines()}
    return Head(title, facts["description"], url, picture, page.kind_of_link, facts, _trail(page, url))


def description(page: "EditorsPage") -> str:
    """What editors wrote for it; else how its introduction begins, with what the site is where that is short."""
    if page.search_description:
        return page.search_description
    begins = getattr(page, "intro", "").strip()
    site = _("People tell, without their names, how the police handled a report of intimate image abuse.")
    # Of a few words alone a search engine would make something up.
    return Truncator(begins if len(begins) >= SHORTEST else f"{begins} {site}".strip()).chars(LONGEST)


def address_of(page: "EditorsPage") -> str:
    """Where it stands in English; a page in a preview may have no place yet."""
    return fixed_pages.address(page) if page.url_path.count("/") > 1 else "/"


def _trail(page: "EditorsPage", url: str) -> dict[str, Any] | None:
    if (page.depth or 0) < _WITH_A_TRAIL:
        return None
    above = page.get_ancestors().filter(depth__gte=fixed_pages.FIXED_DEPTH).only("title", "url_path")
    places = [(each.title, f"{settings.BASE_URL}{fixed_pages.address(each)}") for each in above]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": place}
        for number, (name, place) in enumerate([*places, (page.title, url)], start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
