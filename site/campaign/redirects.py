"""Wagtail's redirects, kept safe: no open door, nobody named by an address, and one left by each page that moves."""

from django import forms
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.contrib.redirects import middleware, views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from campaign import fixed_pages, rich_text
from campaign.editing import LABELS
from stories.core import addresses, publication_gate, rendering
from stories.core.scanner import CannotLook
from stories.models.outward import SAYS


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
    # What an editor typed, its form has asked about; what a page left goes by where the page is today.
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


class SafeRedirectForm(RedirectForm):
    """From a path of ours that has no page, to a page, to another path of ours or to an https address."""

    # There is one site.
    site = None
    old_path = forms.CharField(max_length=255, **LABELS["SafeRedirectForm.old_path"])
    redirect_link = forms.CharField(required=False, max_length=255, **LABELS["SafeRedirectForm.redirect_link"])

    class Meta(RedirectForm.Meta):
        fields = ("old_path", "redirect_page", "redirect_link", "is_permanent")

    def clean_old_path(self) -> str:
        path = Redirect.normalise_path(self.cleaned_data["old_path"])
        if "?" in path or not rich_text.is_own_path(path):
            raise ValidationError("Write a path of this site without a question mark, such as /campaign-2025/.")
        if path == "/" or fixed_pages.is_taken(path):
            raise ValidationError(f"{path} is a part of the site, and stays what it is.")
        # A phone begins with a capital: who types /Privacy/ means the page, and is led nowhere else.
        alike = Page.objects.live().filter(slug__iexact=path.split("/")[-1])
        if any(fixed_pages.address(page).casefold() == f"{path}/".casefold() for page in alike):
            raise ValidationError(f"A page stands at {path}/. Unpublish it or change its address first.")
        return path

    def clean_redirect_link(self) -> str:
        link: str = self.cleaned_data["redirect_link"]
        if link and not (rich_text.is_own_path(link) or rich_text.is_secure_address(link)):
            raise ValidationError("Begin with / for a path of this site, or with https://.")
        return link

    def clean(self) -> object:
        cleaned = super().clean()
        page, link = self.cleaned_data.get("redirect_page"), self.cleaned_data.get("redirect_link") or ""
        old_path = self.cleaned_data.get("old_path", "")
        path = Redirect.normalise_path(link) if rich_text.is_own_path(link) else ""
        if not self.errors and bool(page) == bool(link):
            self.add_error("redirect_link", "Choose a page or give an address: one of the two.")
        if not self.errors and path and (path == old_path or Redirect.objects.filter(old_path=path).exists()):
            self.add_error("redirect_link", f"{path} leads on itself. Lead straight to where it ends.")
        if not self.errors and (reason := _why_not_led(old_path, link)):
            self.add_error("redirect_link", reason)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The model takes whole addresses alone, and a path of ours is none."""
        return super()._get_validation_exclusions() | {"redirect_link"}


def _why_not_led(old_path: str, link: str) -> str | None:
    """Say what either address says of somebody; a page is asked about itself."""
    ours = [old_path, link] if rich_text.is_own_path(link) else [old_path]
    try:
        words = publication_gate.held_back(rendering.words_within(link))
        found = [*words, *publication_gate.held_back_in_addresses(ours)]
    except CannotLook:
        return publication_gate.why_not_looked()
    return SAYS["take_it_out"] % {"kinds": publication_gate.kinds_in_words(found)} if found else None


class RedirectsView(views.IndexView):
    """The list, without the button to import a file."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [button for button in super().header_more_buttons if "import" not in button.url]


def no_import(request: HttpRequest) -> HttpResponse:
    """Refuse a file of redirects: its rows would pass no form of ours, and the file would lie in /tmp."""
    raise Http404


def admin_urls() -> list[URLPattern]:
    """The screens, before Wagtail's own of the same addresses, which stay the ones that are asked for by name."""
    form = SafeRedirectForm
    return [
        path("redirects/", RedirectsView.as_view(), name="redirects"),
        path("redirects/results/", RedirectsView.as_view(results_only=True), name="redirects_results"),
        path("redirects/add/", views.CreateView.as_view(form_class=form), name="redirect_add"),
        path("redirects/<int:redirect_id>/", views.EditView.as_view(form_class=form), name="redirect_edit"),
        path("redirects/import/", no_import, name="redirects_import"),
        path("redirects/import/process/", no_import, name="redirects_import_process"),
    ]
