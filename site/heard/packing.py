"""Compress a telling page while nobody has written on it, for the form is long and phones are slow.

Of a compressed page its length tells what repeats in it. So an answer that holds somebody's words beside a token
never is, and neither is a page whose address carries anything: what is left is the same for everybody.
"""

import gzip
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from heard.public_door import carries_words

# Nobody has written on it, so no text box holds a line that begins with a space.
_SPACE = re.compile(rb"\n\s+")
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?:0\.0*[1-9]\d*|1(?:\.0*)?)\s*)?(?:,|$)", re.IGNORECASE)


class PackingMiddleware:
    """Stands outside the page cache, which packs its own pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_empty_page(request, response):
            response["Vary"] = "Accept-Encoding"
            if takes_gzip(request):
                response.content = packed(_SPACE.sub(b"\n", response.content))
                response["Content-Encoding"] = "gzip"
                response["Content-Length"] = str(len(response.content))
        return response


def takes_gzip(request: HttpRequest) -> bool:
    """True if the browser says that it can unpack."""
    return bool(_TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def packed(content: bytes) -> bytes:
    """Level 6 is the best there is for its time; a time in the file would tell when somebody came."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def _is_empty_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and carries_words(request.path_info)
        and response.status_code == 200
        and response.headers.get("Content-Type", "").startswith("text/html")
    )
