"""Pictures to share, in English: the card of each page, and of an action a poster, a square and a code to scan."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrPromise
from PIL import Image
from wagtail.models import Page

from campaign import fixed_pages, site_chrome
from campaign.models import ActionPage
from stories.core import snapshot
from stories.reading import ask_progress, pictures
from stories.reading.pictures import INK, MOSS, PAPER, Sheet

# A4 at 200 dots an inch, and what those who show square pictures ask for.
A4, SQUARE = (1654, 2339), (1080, 1080)
_MARGIN = 100
# A picture is read at a glance; the rest of a long introduction is on the page.
_LONGEST = 280
# How wide a dot of the code is on the poster and by itself, and how many stay empty around it: its readers need that
# much paper.
_DOT, _DOT_ALONE, _QUIET = 12, 20, 4


@dataclass(frozen=True)
class Words:
    """The words of the pictures; `url` is the page's own in English."""

    brand: str
    of_whom: str
    ask: str
    why_now: str
    url: str

    @property
    def address(self) -> str:
        """As somebody would type it."""
        return self.url.split("://", 1)[-1].rstrip("/")


@dataclass(frozen=True)
class Picture:
    """One of the pictures: what it is called, what it says to who can't see it, how it is drawn, and its size."""

    title: StrPromise
    says: Callable[[Words], str]
    draw: Callable[[Words], bytes]
    size: tuple[int, int] = SQUARE


@require_safe
def action_picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One picture of a live action whose ask is public: drawn once an edition, and kept by its words."""
    pages = ActionPage.objects.using(snapshot.public_reads()).live().select_related("ask")
    words = page_words(get_object_or_404(pages, slug=slug))
    if words is None or name not in PICTURES:
        raise Http404
    drawn = snapshot.cached(("action", name, words), lambda: PICTURES[name].draw(words))
    return HttpResponse(drawn, content_type="image/png")


def page_pictures(page: ActionPage) -> list[dict[str, object]]:
    """Every picture as its page shows it, with the name of the file it is kept as; none while its ask isn't public."""
    words = page_words(page)
    if words is None:
        return []
    shown: list[dict[str, object]] = []
    for name, picture in PICTURES.items():
        is_code, said = name == "code", picture.says(words)
        alt = _("A code to scan, which leads to %(said)s") if is_code else _("In dark letters: %(said)s")
        width, height = code_size(words) if is_code else picture.size
        files = {"url": f"{fixed_pages.address(page)}{name}.png", "file": f"{slugify(words.brand)}-{name}.png"}
        about = {"name": name, "title": str(picture.title), "alt": alt % {"said": said}}
        shown.append(about | files | {"width": width, "height": height})
    return shown


def page_words(page: ActionPage) -> Words | None:
    ask = ask_progress.asks_by_slug().get(page.ask.slug) if page.ask else None
    if ask is None:
        return None
    return Words(
        brand=site_chrome.site_chrome()["brand"]["name"],
        of_whom=f"We ask {ask.whom}:",
        ask=ask.sentence,
        why_now=Truncator(page.intro).chars(_LONGEST),
        url=f"{settings.BASE_URL}{fixed_pages.address(page)}",
    )


def _poster(words: Words) -> bytes:
    sheet = Sheet(A4, margin=_MARGIN)
    sheet.draw_mark(words.brand)
    with Image.open(io.BytesIO(_code(words, dot=_DOT))) as code:
        foot, quiet, beside = A4[1] - _MARGIN - code.height, _QUIET * _DOT, _MARGIN + code.width
        sheet.picture.paste(code.convert("RGB"), (_MARGIN, foot + quiet))
        room = code.height - 200
    sheet.write(words.of_whom, top=430, height=150, largest=64, colour=MOSS)
    end = sheet.write(words.ask, top=600, height=(foot - 700) * 3 // 5, largest=150)
    sheet.write(words.why_now, top=end + 70, height=foot - end - 170, largest=60)
    end = sheet.write("What you can do", top=foot + 2 * quiet, height=90, largest=60, left=beside)
    sheet.write(words.address, top=end + 20, height=room, largest=52, left=beside, colour=MOSS)
    return sheet.png()


def _square(words: Words) -> bytes:
    sheet = Sheet(SQUARE, margin=_MARGIN)
    sheet.draw_mark(words.brand)
    end = sheet.write(words.of_whom, top=270, height=110, largest=44, colour=MOSS)
    sheet.write(words.ask, top=end + 30, height=870 - end, largest=92)
    sheet.write(words.address, top=SQUARE[1] - _MARGIN - 24, height=60, largest=36, colour=MOSS)
    return sheet.png()


def _qr_code(words: Words) -> segno.QRCode:
    """A QR code that still reads where an eighth of it is hidden."""
    return segno.make(words.url, error="m", micro=False)


def _code(words: Words, *, dot: int = _DOT_ALONE) -> bytes:
    file = io.BytesIO()
    _qr_code(words).save(file, kind="png", scale=dot, border=_QUIET, dark=INK, light=PAPER)
    return file.getvalue()


def code_size(words: Words) -> tuple[int, int]:
    """Of the code by itself: longer addresses have more dots."""
    width, height = _qr_code(words).symbol_size(scale=_DOT_ALONE, border=_QUIET)
    return int(width), int(height)


PICTURES = {
    "poster": Picture(
        gettext_lazy("Poster to print, A4"), lambda words: f"{words.of_whom} {words.ask} {words.why_now}", _poster, A4
    ),
    "what-we-ask": Picture(
        gettext_lazy("Square picture"),
        lambda words: f"{words.of_whom} {words.ask}",
        _square,
    ),
    "code": Picture(gettext_lazy("Code to scan"), lambda words: words.url, _code),
}


# As long as a story's title can be: what the smallest letters have room for.
_LONGEST_TITLE = 120


@require_safe
def page_picture(request: HttpRequest, path: str) -> HttpResponse:
    """The picture of the live page at `path`; 404 where there is none, so that no made-up title is ever drawn."""
    # At the depth of its path no other page ends so.
    at = {"depth": fixed_pages.HOME_DEPTH + path.count("/"), "url_path__endswith": f"/{path}"}
    page = Page.objects.using(snapshot.public_reads()).live().only("title", "seo_title").filter(**at).first()
    if page is None:
        raise Http404
    title = Truncator(page.title if path else page.seo_title or page.title).chars(_LONGEST_TITLE)
    return HttpResponse(snapshot.cached(("card", title), lambda: pictures.share_card(title)), content_type="image/png")
