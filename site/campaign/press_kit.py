"""The press kit: our mark, how to quote and how not to, and the licence."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from campaign import site_chrome
from stories.figures import counts, pictures
from stories.reading.export import package, requests
from stories.reading.export.requests import FileRequest

FOLDER = "heard-press-kit"
_TEXTS = ("README", "HOW-TO-QUOTE", "HOW-NOT-TO", "LICENCE")
_MARKS = Path(__file__).parent / "press_marks"
_MARK, _NAMED = ("heard-mark.svg", "heard-mark.png"), ("heard-logo.svg", "heard-logo.png")


@require_safe
def press_kit(request: HttpRequest) -> HttpResponseBase:
    """The zip, made when it is asked for and kept nowhere; so small that nobody who reads slowly holds a thread."""
    asked = FileRequest.from_request(request, takes=())
    if held := get_conditional_response(request, etag=asked.etag):
        return held
    response = HttpResponse(b"".join(package.zip_pieces(FOLDER, _files())), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{FOLDER}.zip"'
    response["ETag"] = asked.etag
    response["X-Robots-Tag"] = "noindex"
    return response


def _files() -> Iterator[package.File]:
    about = _about()
    for name in _TEXTS:
        yield f"{name}.txt", [render_to_string(f"campaign/press/{name.lower()}.txt", about).encode()]
    # The name stands beside the mark where the site still bears it.
    for name in (*_MARK, *(_NAMED if about["site"] == "Heard" else ())):
        yield f"logo/{name}", [(_MARKS / name).read_bytes()]


def _about() -> dict[str, object]:
    told = site_chrome.site_chrome()
    return {
        "site": told["brand"]["name"],
        "help_lines": [line for line in told["help_lines"] if line["region"] == "uk" and line["phone"]],
        "is_demo": settings.DEMO,
        "caution": counts.caution_words(),
        "source": pictures.source_words(),
        "facts": requests.FACTS,
        "press": f"{settings.BASE_URL}/for-press/",
        "figures": f"{settings.BASE_URL}/what-we-hear/",
        "open_data": f"{settings.BASE_URL}{requests.PAGE}",
    }
