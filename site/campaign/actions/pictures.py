"""The pictures of an action: their addresses, what they say, and each as a file."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign import fixed_pages, furniture
from campaign.actions.posters import PICTURES, Picture, Words
from campaign.models import ActionPage
from stories.public import asks, edition

# A picture is read at a glance; the rest of a long introduction is on the page.
_LONGEST = 280
_TITLES = {
    "poster": gettext_lazy("Poster to print, A4"),
    "what-we-ask": gettext_lazy("Square picture: what we ask"),
    "why-now": gettext_lazy("Square picture: why now"),
    "what-you-can-do": gettext_lazy("Square picture: what you can do"),
    "code": gettext_lazy("Code to scan"),
}


@dataclass(frozen=True)
class Shown:
    """A picture as the page shows it: what it is called, what it says, and the name of the file that it is kept as."""

    name: str
    title: str
    url: str
    file: str
    alt: str
    width: int
    height: int


@require_safe
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One picture of a live action whose ask is public: drawn once an edition, and kept by its words."""
    page = ActionPage.objects.using(settings.PUBLIC_READS).live().filter(slug=slug).select_related("ask").first()
    words = words_of(page) if page else None
    if words is None or name not in PICTURES:
        raise Http404
    drawn = edition.kept(("action", name, words), lambda: PICTURES[name].draw(words))
    return HttpResponse(drawn, content_type="image/png")


def of(page: Any) -> list[Shown]:
    """Every picture of a page; none while its ask isn't public."""
    words = words_of(page)
    if words is None:
        return []
    address = fixed_pages.address(page)
    return [_shown(each, words, address) for each in PICTURES.values()]


def _shown(picture: Picture, words: Words, address: str) -> Shown:
    title, said = str(_TITLES[picture.name]), picture.says(words)
    alt = _("A code to scan, which leads to %(said)s") if picture.name == "code" else _("In dark letters: %(said)s")
    file = f"{slugify(words.brand)}-{picture.name}.png"
    return Shown(picture.name, title, f"{address}{picture.name}.png", file, alt % {"said": said}, *picture.size(words))


def words_of(page: Any) -> Words | None:
    """What the pictures of a page say."""
    ask = asks.by_slug().get(page.ask.slug) if page.ask else None
    if ask is None:
        return None
    url = f"{settings.BASE_URL}{fixed_pages.address(page)}"
    why = Truncator(page.intro).chars(_LONGEST)
    return Words(furniture.read()["brand"]["name"], ask.whom, ask.sentence, why, page.steps, url)
