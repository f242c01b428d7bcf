"""What holds for every public request: no upload is ever taken, no language from a cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from heard.admin_door import is_admin


class PublicDoorMiddleware:
    """Drop files from public forms before a part of one could land on the disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_admin(request):
            request.upload_handlers = []
        return self.get_response(request)
