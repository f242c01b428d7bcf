"""A page or an ask that can't go public yet: the refusal, and what an editor sees of it where no form can show it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from campaign import fixed_pages
from stories import going_public
from stories.models.outward import looking_once


def why_not_move(page: Page, to: Page) -> str | None:
    """Say that what is public of a page and those below it would be found at an address that names somebody."""
    public = page.get_descendants(inclusive=True).live().specific()
    bare = [each.slug for each in public if not going_public.is_reason(getattr(each, "why_it_stays", ""))]
    if not public or not (found := going_public.held_back_in_addresses([*bare, *fixed_pages.slugs_unseen(to)])):
        return None
    said = _("“%(title)s” stays where it is: %(kinds)s. Change that address first, or write there why it stays.")
    return said % {"title": page.title, "kinds": going_public.kinds_in_words(found)}


class HeldBack(ValidationError):
    """The words would lead straight to somebody; `held` is a page or an ask, without a pk where it was never saved."""

    def __init__(self, held: Any, reason: str) -> None:
        said = _unpublished(held, reason) if held.pk else _unsaved(held)
        super().__init__({"why_it_stays": said})
        self.reason, self.held = said, held


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
        """Lead to its own form, where the reason can be written."""
        if not isinstance(exception, HeldBack):
            return None
        messages.error(request, exception.reason)
        held = exception.held
        address = (held.pk and AdminURLFinder().get_edit_url(held)) or reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The shape in which Wagtail's own window for approving is told where to go.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def _unpublished(held: Any, reason: str) -> str:
    return _("“%(title)s” isn’t public yet. %(reason)s") % {"title": held, "reason": reason}


def _unsaved(held: Any) -> str:
    """A copy that would have been public at once: there is no form yet where a reason could be written."""
    said = _(
        "“%(title)s” isn’t there yet. It could lead straight to somebody: %(kinds)s. Make it without publishing it; "
        "then its own form shows where to write why it stays."
    )
    return said % {"title": held, "kinds": going_public.kinds_in_words(held.held_back())}
