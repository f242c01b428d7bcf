"""A fair share of the threads for pages that have to be made, so that who tells never waits for who searches.

The server's adapter (`heard.asgi`) counts the shares; this says who needs one. A page that is kept needs none,
nor does one on which somebody tells, comes back, takes down or leaves, nor the admin.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from heard import errors
from heard.middleware.admin import is_admin
from heard.middleware.page_cache import is_known
from heard.middleware.public import carries_words

# What the adapter and this say to each other in a request's environ; another server says nothing, and gets all.
CAN_WAIT, WANTED, REFUSED = "heard.can_wait", "heard.share_wanted", "heard.refused"
# A search, or another page that nobody keeps; and one that is kept once it is made.
SEARCH, PAGE = "search", "page"
AGAIN_AFTER_SECONDS = 30


class FairShareMiddleware:
    """Hand a request back to the adapter, which gives it a share or refuses it; stands inside the page cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if status := request.META.get(REFUSED):
            return errors.refused(request, status, again_after=AGAIN_AFTER_SECONDS)
        if request.META.get(CAN_WAIT) and not (is_admin(request) or carries_words(request.path_info)):
            known = is_known(request.path_info, request.META.get("QUERY_STRING", ""))
            request.META[WANTED] = PAGE if known else SEARCH
            # Nobody sees this: it only says to the adapter that nothing was made.
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return self.get_response(request)
