"""Wagtail's redirects: one is left by each page that moves, unless its old address named somebody."""

from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from campaign import fixed_pages, rich_text
from stories.core import addresses, publication_gate


class RedirectMiddleware(middleware.RedirectMiddleware):
    """Wagtail's, for both languages: a redirect is kept under the English address."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Redirect from an address where there would be no page; a form is never sent on."""
        old_path = addresses.path_in_english(request.path_info)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or fixed_pages.is_taken(old_path):
            return response
        redirect = middleware.get_redirect(request, Redirect.normalise_path(old_path, decode_unicode=False))
        target = redirect_target(redirect) if redirect else ""
        if not target:
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return answer(rich_text.safe_link(target))


def redirect_target(redirect: Redirect) -> str:
    """The English path or https address to which a redirect may lead; empty where nobody is sent on."""
    page, link = redirect.redirect_page, redirect.redirect_link
    if page is None:
        return link if rich_text.is_own_path(link) or rich_text.is_secure_address(link) else ""
    target = fixed_pages.address(page) if page.live else ""
    # What a page left goes by where the page is today; what an editor typed once, a form has asked about.
    return "" if redirect.automatically_created and not _names_nobody_else(redirect.old_path, target) else target


def _names_nobody_else(old: str, new: str) -> bool:
    """True where all that the old address of a page says of somebody is in its new one, which was asked about."""
    said = {each.key for each in publication_gate.held_back_in_addresses([old])}
    return not said or said <= {each.key for each in publication_gate.held_back_in_addresses([new])}


# These stand in place of Wagtail's own, which find no address in a process that serves only the admin.
@receiver(page_slug_changed)
def _after_slug_change(instance: Page, instance_before: Page, **kwargs: object) -> None:
    if instance_before.live:
        _create_redirects(instance, instance_before.url_path)


@receiver(post_page_move)
def _create_redirects(instance: Page, url_path_before: str, **kwargs: object) -> None:
    """Redirect from where a page and those below it were; an address that named somebody is left behind."""
    for each in instance.get_descendants(inclusive=True).filter(live=True):
        old = fixed_pages.address_at(url_path_before + each.url_path.removeprefix(instance.url_path))
        if old != fixed_pages.address(each) and _names_nobody_else(old, fixed_pages.address(each)):
            Redirect.objects.update_or_create(
                old_path=Redirect.normalise_path(old),
                site=None,
                defaults={"redirect_page": each, "redirect_link": "", "automatically_created": True},
            )


def no_screen(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Answer where Wagtail's screens would be: what somebody types there would pass no look of ours."""
    raise Http404
