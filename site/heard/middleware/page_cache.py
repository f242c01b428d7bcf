"""The page cache, each public page once for each edition, at most a minute old; and compressed pages.

While the database is away, pages with words of stories end two seconds after it was last read: by then one of them may
be down. The few others that somebody looks for in need go on for an hour.
"""

import gzip
import hashlib
import json
import re
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.cache import cache, caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare, salted_hmac

from campaign import fixed_pages, law, site_chrome
from heard.middleware import Middleware
from heard.middleware.admin import is_admin
from heard.middleware.public import carries_words
from stories.core import snapshot
from stories.core.addresses import is_onion, path_in_english
from stories.reading import filters

PAGES = "pages"
# Under which the adapter is told of it, in the request's environ.
KEPT = "heard.kept"
# Where processes share a cache: the number of the newest edition, for one of them that read an older one, or none.
_NEWEST = "newest-edition"
# A help line opens or closes on the minute, and a proxy in front keeps a page no longer either.
SECONDS = 60
# What a browser may do with a public page: keep it, and ask each time whether it still holds.
FOR_EVERYBODY = "public, max-age=0, must-revalidate"
# While the database is away: how long after it was read a story may be shown, and how old another page may get.
SECONDS_OF_STORIES, SECONDS_OF_OTHERS = 2.0, 3600
MOST_BYTES = 256 * 1024
LONGEST_QUERY = 200
# The edition whose pages this process's memory holds.
_kept_of = 0
_KINDS = ("text/", "application/json", "application/atom+xml", "application/xml", "image/png")
# The news, of whose pages only those that are there answer at all.
_IN_PAGES = "/news/"
# Who asks for a day asks for one of their own: of these pages, those that ours lead to are kept.
_ABOUT_THE_LAW = ("/the-law/", "/officers-card/")
# The pages that may go on without a database where nothing on them is of a story: home, and those of editors' words.
_GO_ON = {"", *fixed_pages.FIXED_SLUGS} - {"news", "learning", "actions", "patterns", "transparency"}
# Whatever shows words of a story leads to its page.
_OF_STORY = re.compile(rb"/stories/[0-9a-z]{12}/")
_OWN_HEADERS = {"content-length", "vary"}
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?:0\.0*[1-9]\d*|1(?:\.0*)?)\s*)?(?:,|$)", re.IGNORECASE)


@dataclass(frozen=True)
class KeptUntil:
    """What the adapter is told of a kept page that may be given again just so: of which edition, until when."""

    number: int
    until: float


@dataclass(frozen=True)
class _Kept:
    """A page without a time; `etag` is a hash of its content. One that `goes_on` may be shown without a database."""

    etag: str
    headers: dict[str, str]
    made_at: float
    goes_on: bool
    packed: bytes

    def may_answer(self, *, is_away: bool) -> bool:
        age = time.time() - self.made_at
        if is_away and snapshot.last_seen().age >= SECONDS_OF_STORIES:
            return self.goes_on and age < SECONDS_OF_OTHERS
        return age < SECONDS


class PageCacheMiddleware(Middleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or is_admin(request) or carries_words(request.path_info):
            return self.get_response(request)
        number, is_away = _edition_now()
        name = _name(request, number)
        kept = _read(name, caches[PAGES].get(name)) if name else None
        if kept is None or not kept.may_answer(is_away=is_away):
            response = self._made(request, is_kept=bool(name))
            if name is None or is_away or not _may_be_kept(response):
                return response
            kept = _keep(request, name, response)
        if not is_away and request.method == "GET":
            # A help line opens or closes on the minute.
            until = min(kept.made_at + SECONDS, (time.time() // 60 + 1) * 60)
            request.META[KEPT] = KeptUntil(number, until)
        return _answer(request, kept)

    def _made(self, request: HttpRequest, *, is_kept: bool) -> HttpResponse:
        """What the view answers; where its database failed and another is there, what it answers with that."""
        source, asked = snapshot.last_seen().source, request.method
        # A HEAD runs as the GET whose length and ETag it asks for.
        request.method = "GET" if is_kept else asked
        try:
            response = self.get_response(request)
            is_failed = response.status_code >= 500 and snapshot.has_left(source)
            return self.get_response(request) if is_failed else response
        finally:
            request.method = asked


def _edition_now() -> tuple[int, bool]:
    """Its number, or the last one known, and True where the database is away. Empties the memory with each edition:
    nobody asks for the pages of one that is over, and a withdrawn story would stay in it.
    """
    global _kept_of
    try:
        now = snapshot.snapshot_number()
    except DatabaseError:
        newest = cache.get(_NEWEST)
        return max(snapshot.last_seen().number, newest if isinstance(newest, int) else 0), True
    if now != _kept_of and settings.PAGES_ARE_SHARED:
        cache.set(_NEWEST, now, None)
    elif now != _kept_of:
        caches[PAGES].clear()
    _kept_of = now
    return now, False


def _name(request: HttpRequest, number: int) -> str | None:
    """The name under which the page is kept; None for a request that the cache leaves alone."""
    query = request.META.get("QUERY_STRING", "")
    if not is_known(request.path_info, query):
        return None
    # A host that isn't ours is refused here too: further in, nobody would look at a kept page's host.
    request.get_host()
    host = "onion" if is_onion(request) else "clear"
    edition, lines = f"{settings.VERSION} {number}", site_chrome.open_lines(timezone.now())
    parts = (edition, host, request.scheme or "", lines, request.path_info, query)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=24).hexdigest()


def _keep(request: HttpRequest, name: str, response: HttpResponse) -> _Kept:
    headers = {each: value for each, value in response.items() if each.lower() not in _OWN_HEADERS}
    etag = hashlib.blake2b(response.content, digest_size=16).hexdigest()
    goes_on = (
        path_in_english(request.path_info).split("/")[1] in _GO_ON
        and not request.META.get("QUERY_STRING")
        and not _OF_STORY.search(response.content)
    )
    kept = _Kept(etag, headers, time.time(), goes_on, packed_page(response.content))
    head = json.dumps([kept.etag, headers, kept.made_at, goes_on]).encode()
    # Plain bytes, with a mark that only this site makes: whoever can write to Redis can't publish.
    value = [head, kept.packed, _mark(name, head, kept.packed)]
    caches[PAGES].set(name, value, SECONDS_OF_OTHERS if goes_on else SECONDS)
    return kept


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


def _read(name: str, value: object) -> _Kept | None:
    """The page in `value`; None for anything that this site did not write under this very name."""
    match value:
        case [bytes(head), bytes(packed), bytes(mark)] if constant_time_compare(mark, _mark(name, head, packed)):
            etag, headers, made_at, goes_on = json.loads(head)
            return _Kept(etag, headers, made_at, goes_on, packed)
    return None


def _mark(name: str, head: bytes, packed: bytes) -> bytes:
    # JSON holds no zero byte, so the parts can't be moved against each other.
    return salted_hmac(f"heard page 3 {name}", b"\0".join((head, packed)), algorithm="sha256").digest()


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


def _answer(request: HttpRequest, kept: _Kept) -> HttpResponse:
    is_packed = takes_gzip(_encodings(request))
    # Nearly every browser takes gzip, so only that is kept; the others cost a tenth of a millisecond.
    content = kept.packed if is_packed else gzip.decompress(kept.packed)
    response = HttpResponse(b"" if request.method == "HEAD" else content, headers=kept.headers)
    response["Content-Length"] = str(len(content))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    # Two codings of one page are two representations, and a strong ETag names one.
    etag = response["ETag"] = f'"{kept.etag}-gz"' if is_packed else f'"{kept.etag}"'
    response["Vary"] = "Accept-Encoding"
    if kept.goes_on:
        # For nginx: a page that leads to help stands for a minute while nothing answers behind it.
        response["Cache-Control"] = f"{FOR_EVERYBODY}, stale-if-error={SECONDS}"
    return get_conditional_response(request, etag=etag, response=response) or response


class PackingMiddleware(Middleware):
    """Compress a page that the page cache, which stands inside, didn't keep: phones are slow.

    Of a compressed page its length tells what repeats in it. So an answer that holds somebody's words beside a token
    never is: of the telling pages those alone are, whose address carries nothing and on which nobody has written.
    What is searched for in public stands beside no token.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_empty = not (request.META.get("QUERY_STRING") and carries_words(request.path_info))
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and response.status_code == 200
        is_ours = request.method == "GET" and not is_admin(request) and "Content-Encoding" not in response.headers
        if not (is_empty and is_page and is_ours):
            return response
        response["Vary"] = "Accept-Encoding"
        if takes_gzip(_encodings(request)):
            response.content = packed_page(response.content)
            response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(response.content))
        return response


def _encodings(request: HttpRequest) -> str:
    return request.META.get("HTTP_ACCEPT_ENCODING", "")


def takes_gzip(encodings: str) -> bool:
    return bool(_TAKES_GZIP.search(encodings))


def packed_page(content: bytes) -> bytes:
    """Level 4 takes three fifths of the time of 6, for a thirtieth more. A time in it would tell who came when."""
    return gzip.compress(content, compresslevel=4, mtime=0)
