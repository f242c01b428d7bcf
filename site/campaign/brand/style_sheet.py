"""The style sheet of a campaign's own colours, at an address that changes with them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from campaign import site_chrome
from campaign.brand import own_colours

FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def served(request: HttpRequest) -> HttpResponse:
    """The colours of the site now; nothing where it has none of its own."""
    colours = site_chrome.site_chrome()["brand"].get("colours")
    text = own_colours.style_sheet(colours["light"], colours["dark"]) if colours else ""
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    if colours and request.get_full_path() == colours["url"]:
        response["Cache-Control"] = FOR_GOOD
    return response
