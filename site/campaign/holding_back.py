"""A page that can't go public yet: the refusal, and what an editor sees of it where no form can show it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from stories import going_public
from stories.models.outward import looking_once


class HeldBack(ValidationError):
    """The words of a page would lead straight to somebody; `page_id` is None for one that was never saved."""

    def __init__(self, page: Any, reason: str) -> None:
        said = _unpublished(page, reason) if page.pk else _unsaved(page)
        super().__init__({"why_it_stays": said})
        self.reason, self.page_id = said, page.pk


class HoldingBackMiddleware:
    """For approving, publishing many at once and every other way: whatever was begun is undone, and the editor told.

    Whatever one request asks of the same words, they are looked at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with looking_once():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead to the page's own form, where the reason can be written."""
        if not isinstance(exception, HeldBack):
            return None
        messages.error(request, exception.reason)
        address = reverse("wagtailadmin_home")
        if exception.page_id:
            address = reverse("wagtailadmin_pages:edit", args=[exception.page_id])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The shape in which Wagtail's own window for approving is told where to go.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def _unpublished(page: Any, reason: str) -> str:
    return _("“%(title)s” isn’t public yet. %(reason)s") % {"title": page.title, "reason": reason}


def _unsaved(page: Any) -> str:
    """A copy that would have been public at once: there is no form yet where a reason could be written."""
    said = _(
        "“%(title)s” isn’t there yet. It could lead straight to somebody: %(kinds)s. Make it without publishing it; "
        "then its own form shows where to write why it stays."
    )
    return said % {"title": page.title, "kinds": going_public.kinds_in_words(page.held_back())}
