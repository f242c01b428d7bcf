"""A request for a file: which stories it asks for, what of its address means nothing, and the headers of its answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from stories.core import snapshot
from stories.reading.export import terms
from stories.reading.filters import PARAMETERS, StoryFilter
from stories.reading.search.store import MOST

IGNORED, LIMIT = "Ignored-Parameters", "Search-Limit"
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
    def from_request(
        cls, request: HttpRequest, *, takes: Collection[str] = PARAMETERS, takes_bom: bool = False
    ) -> "FileRequest":
        """Read an address for a file that takes these parameters of a list."""
        query = request.GET.copy()
        others = _taken(query, {*PARAMETERS} - {*takes})
        bom = _taken(query, ["bom"]) if takes_bom else {}
        has_bom = bom.get("bom") == "1"
        wanted = StoryFilter.from_query(query)
        strange = {**others, **({} if has_bom else bom)}
        ignored = (f"{name}={value}"[:40] for name, value in strange.items() if value)
        return cls(wanted, terms.base_url(request), has_bom, (*wanted.unknown, *ignored))

    def link(self, path: str, **place: str) -> str:
        """The address of this list at `path`, from a place of it."""
        return f"{self.here}{self.wanted.url(path, **place)}"

    def own_url(self, path: str) -> str:
        """The address that was asked for, in its one right order."""
        _page, mark, query = self.wanted.page_url().partition("?")
        return f"{self.here}{path}{mark}{query}"

    def title(self) -> str:
        """The list in words."""
        words = self.wanted.words()
        return _("Stories: %(choices)s") % {"choices": words} if words else _("Stories")

    @cached_property
    def etag(self) -> str:
        """A name for the answer, worked out before the stories are found, so that no old answer gets a new name.

        It holds for this edition: a weak one, for nobody read the bytes.
        """
        parts = " ".join(
            (str(snapshot.snapshot_number()), self.here, self.wanted.page_url(), *(["bom"] if self.has_bom else []))
        )
        # Keyed, because the number of an edition says how often something was changed.
        return f'W/"{salted_hmac("stories.reading.export", parts, algorithm="sha256").hexdigest()[:32]}"'

    def with_headers(self, response: HttpResponseBase, **rels: str) -> HttpResponseBase:
        """`response` with the headers of every file of a list; `rels` are links by what they lead to."""
        give_away(response)
        found = [f'<{url}>; rel="{rel}"' for rel, url in {"license": terms.story_licence().url, **rels}.items() if url]
        response["Link"] = ", ".join(found)
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


def json_response(body: Mapping[str, object]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def download_response(pieces: Iterable[str | bytes], *, kind: str, name: str) -> HttpResponseBase:
    """A file that is sent while it is made; 503 where as many as may are being sent already."""
    if not _slots.acquire(blocking=False):
        words = _("Others are taking whole files at the moment. Try again in half a minute.")
        busy = HttpResponse(f"{words}\n", status=503, content_type="text/plain; charset=utf-8")
        busy["Retry-After"] = str(AGAIN_AFTER_SECONDS)
        return busy
    response = StreamingHttpResponse(_InSlot(iter(pieces)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _InSlot:
    """Pieces of a file that give their slot back at their end, or when the server is done with them.

    A server that wants the headers alone asks for no piece, and a generator that never began wouldn't notice.
    """

    def __init__(self, pieces: Iterator[str | bytes]) -> None:
        self._pieces, self._is_held = pieces, True

    def __iter__(self) -> Iterator[str | bytes]:
        return self

    def __next__(self) -> str | bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._is_held:
            self._is_held = False
            _slots.release()


def _taken(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """Take these parameters out of the query; each with its last value."""
    return {name: query.pop(name)[-1] for name in sorted(names) if name in query}
