"""Where an address leads at which nothing stands: to where a page went, or to where editors let it lead.

All of them are made for the edition, so that a visitor who is lost costs no query.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from campaign import fixed_pages, links, new_editions
from stories import addresses, going_public
from stories.public import edition

NAME = "moved"


class MovedMiddleware:
    """Lead on from an address where there would be no page: in its language, without a cookie or a query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return _led_on(request.path_info) or response


def watch() -> None:
    """Connect the signals, in place of Wagtail's own: that asks for addresses which an admin's process has none of."""
    page_slug_changed.connect(_after_a_new_slug)
    post_page_move.connect(_after_a_move)


def make() -> dict[str, list[Any]]:
    """Each old path as `[where it leads, for good]`, for the edition; what leads nowhere good is left out."""
    kept = Redirect.objects.select_related("redirect_page").order_by("pk")
    return {each.old_path: [where, each.is_permanent] for each in kept if (where := _where(each)) and _may(each, where)}


def leave_word(page: Page, *, was: str) -> None:
    """Have the addresses that a page and those below it left lead to where they stand; `was` is its old place.

    One that named somebody leads nowhere, unless the new one names them too. Begins one new edition, also where nobody
    could have known the old ones.
    """
    with new_editions.one_edition():
        for each in page.get_descendants(inclusive=True).filter(live=True):
            old = fixed_pages.address_at(was + each.url_path.removeprefix(page.url_path))
            if old != fixed_pages.address(each) and _names_nobody_else(old, fixed_pages.address(each)):
                _lead(old, each)


def _after_a_new_slug(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    if instance_before.live:
        leave_word(instance, was=instance_before.url_path)


def _after_a_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        leave_word(instance, was=url_path_before)


def _lead(old: str, page: Page) -> None:
    leading = {"redirect_page": page, "redirect_link": "", "automatically_created": True}
    Redirect.objects.update_or_create(old_path=Redirect.normalise_path(old), site=None, defaults=leading)


def _led_on(path: str) -> HttpResponse | None:
    kept = (edition.made(NAME) or {}).get(Redirect.normalise_path(addresses.in_english(path)))
    if kept is None:
        return None
    where, is_for_good = kept
    answer = HttpResponsePermanentRedirect if is_for_good else HttpResponseRedirect
    return answer(links.safe(where))


def _where(redirect: Redirect) -> str:
    page = redirect.redirect_page
    if page is not None:
        return fixed_pages.address(page) if page.live else ""
    link = redirect.redirect_link
    return link if links.is_own(link) or links.is_secure(link) else ""


def _may(redirect: Redirect, where: str) -> bool:
    """What an editor typed, its form has asked about; what was left by itself goes by where its page stands today."""
    is_ours = redirect.automatically_created
    return not fixed_pages.is_taken(redirect.old_path) and (not is_ours or _names_nobody_else(redirect.old_path, where))


def _names_nobody_else(old: str, new: str) -> bool:
    """True where all that the old address of a page says of somebody stands in its new one, which was asked about."""
    said = {each.key for each in going_public.held_back_in_addresses([old])}
    return not said or said <= {each.key for each in going_public.held_back_in_addresses([new])}
