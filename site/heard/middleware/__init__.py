"""The middleware of every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class Middleware:
    """The base of ours: each says in `__call__` what it does around the rest of the way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
