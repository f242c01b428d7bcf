"""What a request passes on its way in and out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class Middleware:
    """What ours have in common: each says in `__call__` what it does around the rest of the way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
