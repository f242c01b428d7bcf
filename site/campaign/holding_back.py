"""A page that can't go public yet: the refusal, and what an editor sees of it where no form can show it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages


class HeldBack(ValidationError):
    """The words of a page would lead straight to somebody; `page_id` is None for one that was never saved."""

    def __init__(self, page: Any, reason: str) -> None:
        said = _("“%(title)s” isn’t public yet. %(reason)s") % {"title": page.title, "reason": reason}
        super().__init__({"why_it_stays": said})
        self.reason, self.page_id = said, page.pk


class HoldingBackMiddleware:
    """For approving, publishing many at once and every other way: whatever was begun is undone, and the editor told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
