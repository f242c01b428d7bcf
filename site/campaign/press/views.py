"""Hand out the press kit."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from campaign.press import kit as press_kit
from stories.public.open_data.requests import FileRequest


@require_safe
def kit(request: HttpRequest) -> HttpResponseBase:
    """The zip, made when it is asked for and lying nowhere; so small that nobody who reads slowly holds a thread."""
    asked = FileRequest.from_request(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    response = HttpResponse(b"".join(press_kit.pieces()), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{press_kit.FOLDER}.zip"'
    response["ETag"] = asked.etag
    response["X-Robots-Tag"] = "noindex"
    return response
