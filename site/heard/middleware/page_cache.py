"""The page cache, each public page once for each edition, at most a minute old; and compressed pages."""

import gzip
import hashlib
import json
import re
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare, salted_hmac

from campaign import law, site_chrome
from heard.middleware import Middleware
from heard.middleware.admin import is_admin
from heard.middleware.public import carries_words
from stories.core import snapshot
from stories.core.addresses import is_onion
from stories.reading import filters

PAGES = "pages"
# A help line opens or closes on the minute, and a proxy in front keeps a page no longer either.
SECONDS = 60
MOST_BYTES = 256 * 1024
LONGEST_QUERY = 200
# The edition whose pages this process's memory holds.
_kept_of = 0
_KINDS = ("text/", "application/json", "application/atom+xml", "application/xml", "image/png")
# The news, of whose pages only those that are there answer at all.
_IN_PAGES = "/news/"
# Who asks for a day asks for one of their own: of these pages, those that ours lead to are kept.
_ABOUT_THE_LAW = ("/the-law/", "/officers-card/")
_OWN_HEADERS = {"content-length", "vary"}
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?:0\.0*[1-9]\d*|1(?:\.0*)?)\s*)?(?:,|$)", re.IGNORECASE)


class PageCacheMiddleware(Middleware):
    """Answer an anonymous public GET from the cache, or keep what the view answers."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _name(request)
        if name is None:
            return self.get_response(request)
        _drop_what_is_over()
        kept = _read(name, caches[PAGES].get(name))
        if kept is None:
            # A HEAD runs as the GET whose length and ETag it asks for.
            asked, request.method = request.method, "GET"
            try:
                response = self.get_response(request)
            finally:
                request.method = asked
            if not _may_be_kept(response):
                return response
            headers = {each: value for each, value in response.items() if each.lower() not in _OWN_HEADERS}
            etag = hashlib.blake2b(response.content, digest_size=16).hexdigest()
            kept = json.dumps([etag, headers]).encode(), packed_page(response.content)
            # Plain bytes, with a mark that only this site makes: whoever can write to Redis can't publish.
            caches[PAGES].set(name, [*kept, _mark(name, *kept)], SECONDS)
        return _answer(request, *kept)


def _drop_what_is_over() -> None:
    """Empty the memory with each edition: nobody asks for its pages again, and a withdrawn story would stay in it."""
    global _kept_of
    now = snapshot.snapshot_number()
    if now != _kept_of and not settings.PAGES_ARE_SHARED:
        caches[PAGES].clear()
    _kept_of = now


def _name(request: HttpRequest) -> str | None:
    """The name under which the page is kept; None for a request that the cache leaves alone."""
    if request.method not in ("GET", "HEAD") or is_admin(request) or carries_words(request.path_info):
        return None
    query = request.META.get("QUERY_STRING", "")
    if not is_known(request.path_info, query):
        return None
    # A host that isn't ours is refused here too: further in, nobody would look at a kept page's host.
    request.get_host()
    host = "onion" if is_onion(request) else "clear"
    lines = site_chrome.open_lines(timezone.now())
    parts = (str(snapshot.snapshot_number()), host, request.scheme or "", lines, request.path_info, query)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=24).hexdigest()


def is_known(path: str, query: str) -> bool:
    """True for a query of known parameters only, so that made-up addresses can't fill the cache."""
    if len(query) > LONGEST_QUERY:
        return False
    if path.endswith(_ABOUT_THE_LAW):
        return law.is_one_of_few(parse_qsl(query, keep_blank_values=True))
    # What somebody searches for is kept nowhere: it may be a name.
    known = {*filters.PARAMETERS} - {filters.SEARCH}
    if path.endswith(_IN_PAGES):
        known.add("page")
    return all(name in known for name, _ in parse_qsl(query, keep_blank_values=True))


def _read(name: str, value: object) -> tuple[bytes, bytes] | None:
    """The page in `value`; None for anything that this site did not write under this very name."""
    match value:
        case [bytes(head), bytes(packed), bytes(mark)] if constant_time_compare(mark, _mark(name, head, packed)):
            return head, packed
    return None


def _mark(name: str, head: bytes, packed: bytes) -> bytes:
    # JSON holds no zero byte, so the parts can't be moved against each other.
    return salted_hmac(f"heard page 2 {name}", b"\0".join((head, packed)), algorithm="sha256").digest()


def _may_be_kept(response: HttpResponse) -> bool:
    control = response.headers.get("Cache-Control", "")
    return (
        not response.streaming
        and response.status_code == 200
        and not response.cookies
        and "no-store" not in control
        and "private" not in control
        and response.headers.get("Vary", "").lower() in ("", "accept-encoding")
        and response.headers.get("Content-Type", "").startswith(_KINDS)
        and len(response.content) <= MOST_BYTES
    )


def _answer(request: HttpRequest, head: bytes, packed: bytes) -> HttpResponse:
    """The page that was compressed without a time; `head` has its name, a hash of its content, and its headers."""
    own_name, headers = json.loads(head)
    is_packed = takes_gzip(request)
    # Nearly every browser takes gzip, so only that is kept; the others cost a tenth of a millisecond.
    content = packed if is_packed else gzip.decompress(packed)
    response = HttpResponse(b"" if request.method == "HEAD" else content, headers=headers)
    response["Content-Length"] = str(len(content))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    # Two codings of one page are two representations, and a strong ETag names one.
    etag = response["ETag"] = f'"{own_name}-gz"' if is_packed else f'"{own_name}"'
    response["Vary"] = "Accept-Encoding"
    return get_conditional_response(request, etag=etag, response=response) or response


class PackingMiddleware(Middleware):
    """Compress a telling page while nobody has written on it, for the form is long and phones are slow.

    Of a compressed page its length tells what repeats in it. So an answer that holds somebody's words beside a token
    never is, and neither is a page whose address carries anything: what is left is the same for everybody.
    It stands outside the page cache, which compresses its own pages.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_empty = request.method == "GET" and not request.META.get("QUERY_STRING") and response.status_code == 200
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not (is_empty and is_page and carries_words(request.path_info)):
            return response
        response["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            response.content = packed_page(response.content)
            response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(response.content))
        return response


def takes_gzip(request: HttpRequest) -> bool:
    """True if the browser says that it can unpack."""
    return bool(_TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def packed_page(content: bytes) -> bytes:
    """Level 6 is the best there is for its time; a time in the file would tell when somebody came."""
    return gzip.compress(content, compresslevel=6, mtime=0)
