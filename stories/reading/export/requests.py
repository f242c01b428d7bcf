"""A request for a file: which stories it asks for, the headers of its answer, and how what is in it may be used.

Facts and figures are under an open licence; the words of stories are under our own terms.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from stories.core import addresses, snapshot
from stories.figures import counts
from stories.reading.filters import PARAMETERS, StoryFilter
from stories.reading.search.store import MOST, Found

IGNORED, LIMIT = "Ignored-Parameters", "Search-Limit"
# Asks a CSV for the byte order mark.
BOM = "bom"
# What a script on another site may read of an answer.
_EXPOSED = f"Link, ETag, Content-Disposition, {IGNORED}, {LIMIT}"
# Our server gives a thread to each answer that is sent in pieces, until its last piece is read. Of the four that a
# process has (`heard.asgi_adapter`), files may take two: slow readers must not shut out those who tell.
DOWNLOADS_AT_ONCE = 2
AGAIN_AFTER_SECONDS = 30
_slots = BoundedSemaphore(DOWNLOADS_AT_ONCE)


@dataclass(frozen=True)
class FileRequest:
    """The stories of one address, what of it changes nothing, and whether it wants a byte order mark."""

    wanted: StoryFilter
    here: str
    has_bom: bool
    ignored: tuple[str, ...]

    @classmethod
    def from_request(cls, request: HttpRequest, *, takes: Collection[str]) -> "FileRequest":
        """Read an address for a file that takes these parameters of a list, and perhaps `BOM`."""
        query = request.GET.copy()
        has_bom = BOM in takes and query.get(BOM) == "1"
        taken = {*PARAMETERS} - {*takes} | ({BOM} if has_bom else set())
        others = {name: query.pop(name)[-1] for name in sorted(taken) if name in query}
        wanted = StoryFilter.from_query(query)
        ignored = (f"{name}={value}"[:40] for name, value in others.items() if value and name != BOM)
        return cls(wanted, base_url(request), has_bom, (*wanted.unknown, *ignored))

    def link(self, path: str, **place: str) -> str:
        return f"{self.here}{self.wanted.url(path, **place)}"

    def page_links(self, path: str, found: Found, *, back: str = "prev") -> dict[str, str]:
        """The links that page through the list, by RFC 8288 or, in a feed, by RFC 5005; empty where it ends."""
        newer, older = found.newer and self.link(path, after=found.newer), found.older
        return {"first": self.link(path), back: newer, "next": older and self.link(path, before=older)}

    def title(self) -> str:
        words = self.wanted.words()
        return _("Stories: %(choices)s") % {"choices": words} if words else _("Stories")

    @cached_property
    def etag(self) -> str:
        """A weak name for the answer in this edition, worked out first, so that no old answer gets a new name."""
        parts = [str(snapshot.snapshot_number()), self.here, self.wanted.page_url(), *([BOM] if self.has_bom else [])]
        # Keyed, because the number of an edition says how often something was changed.
        return f'W/"{salted_hmac("stories.reading.export", " ".join(parts), algorithm="sha256").hexdigest()[:32]}"'

    def with_headers(self, response: HttpResponseBase, **rels: str) -> HttpResponseBase:
        """`response` with the headers of every file of a list; `rels` are links by what they lead to."""
        give_away(response)
        links = {"license": story_licence()["url"], **rels}
        response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        response["ETag"] = self.etag
        if self.ignored:
            response[IGNORED] = ", ".join(quote(words, safe="=") for words in self.ignored)
        if self.wanted.q:
            response[LIMIT] = str(MOST)
        if self.ignored or self.wanted.q:
            # It names what one reader typed, so nobody else is given a kept copy.
            response["Cache-Control"] = "no-store"
        return response


def give_away(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any site read this answer; nothing in it depends on who asks.

    A search engine keeps a file longer than a story may stay up, and the stories' own pages are there to be found.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


class _Download(StreamingHttpResponse):
    """A file that is sent while it is made, and gives its slot back once the server is done with it."""

    def close(self) -> None:
        if not self.closed:
            _slots.release()
        super().close()


def download_response(pieces: Iterable[str | bytes], *, kind: str, name: str) -> HttpResponseBase:
    """A file that is sent while it is made; 503 where as many as may are being sent already."""
    if not _slots.acquire(blocking=False):
        words = _("Others are taking whole files at the moment. Try again in half a minute.")
        busy = HttpResponse(f"{words}\n", status=503, content_type="text/plain; charset=utf-8")
        busy["Retry-After"] = str(AGAIN_AFTER_SECONDS)
        return busy
    return _Download(pieces, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


PAGE = "/open-data/"
JSON, CSV, ATOM = "/stories.json", "/stories.csv", "/stories.atom"
OPENAPI = "/open-data/openapi.json"
# A licence's `name` is the short one that machines know; empty where there is none.
Licence = dict[str, str]
# Why this one, and not the Open Government Licence: docs/adr/0011-what-can-be-taken-away.md.
FACTS: Licence = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}


def story_licence() -> Licence:
    title = _("The words of stories: quote with the link, where the contributor agreed")
    return {"name": "", "title": title, "url": f"{settings.BASE_URL}{PAGE}#words"}


def story_terms() -> str:
    said = _("Quote its words only where the story’s page says that you may, and with the link: %(url)s")
    return f"{counts.caution_words()} {said % story_licence()}"


def attribution_words(what: str) -> str:
    """The words that name the source of `what`, such as the figures of a quarter."""
    return f"Heard, {what}, {settings.BASE_URL}{PAGE}, CC BY 4.0"


def quarter_path(quarter: str) -> str:
    return f"{PAGE}heard-{quarter.lower()}.zip"


def base_url(request: HttpRequest) -> str:
    """The beginning of a link that leads on: a reader on the onion stays there."""
    return f"http://{settings.ONION_HOST}" if addresses.is_onion(request) else settings.BASE_URL
