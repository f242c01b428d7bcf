"""Taking it all back: a page that says what will happen, and the button that does it."""

from django.http import HttpRequest, HttpResponse

from stories import lifecycle
from stories.telling import answering, opinions, public_form, tokens, withdrawal
from stories.telling.coming_back import Opened
from stories.telling.views.showing import again, boxes_along, show


def before(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Say what will happen, and ask once more."""
    if opened.submission.status == "withdrawn":
        return show(request, opened, code)
    context = {
        "danger": public_form.spoken_of(request),
        "along": boxes_along(request),
        "token": tokens.issue("withdraw", code=code),
        "is_public": opened.submission.status in ("published", *lifecycle.CORRECTED),
        "is_erased": opened.submission.is_erased,
        "has_opinions": any(said.choice for said in opinions.of(opened, code)),
    }
    return answering.page(request, "withdraw", context)


def withdraw(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """Only the page that says what will happen leads here, and only to the submission that it was about."""
    if tokens.read(request, "withdraw").get("code") != code:
        return before(request, opened, code)
    withdrawal.withdraw(opened, code=code)
    return show(request, again(opened, code), code)
