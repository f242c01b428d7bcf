"""The form for an address that leads on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from campaign import fixed_pages, links
from stories import going_public, rendering
from stories.looking import CannotLook
from stories.models.outward import reason_asked_for


class LeadingOnForm(RedirectForm):
    """From a path of ours at which nothing stands, to a page, to another path of ours or to an https address."""

    # There is one site.
    site = None
    old_path = forms.CharField(
        label=gettext_lazy("From"),
        max_length=255,
        help_text=gettext_lazy("A path of this site at which nothing stands, such as /campaign-2025/."),
    )
    redirect_link = forms.CharField(
        label=gettext_lazy("Or to an address"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("A path of this site, such as /stories/, or an address that begins with https://."),
    )

    # The table is Wagtail's and has no place for it: it stands in the log, and is asked for at each change.
    why_it_stays = forms.CharField(
        label=gettext_lazy("Why it stays"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Only where one of the two addresses names somebody or leads to a profile: say whose it is, and why. "
            "Readers don’t see this."
        ),
    )

    class Meta(RedirectForm.Meta):
        fields = ("old_path", "redirect_page", "redirect_link", "is_permanent")

    def clean_old_path(self) -> str:
        path = Redirect.normalise_path(self.cleaned_data["old_path"])
        if reason := _why_not_from(path):
            raise ValidationError(reason)
        return path

    def clean_redirect_link(self) -> str:
        link: str = self.cleaned_data["redirect_link"]
        if link and not (links.is_own(link) or links.is_secure(link)):
            raise ValidationError(_("Begin with / for a path of this site, or with https://."))
        return link

    def clean(self) -> Any:
        cleaned = super().clean()
        page, link = self.cleaned_data.get("redirect_page"), self.cleaned_data.get("redirect_link")
        old_path = self.cleaned_data.get("old_path", "")
        if not self.errors and (reason := _why_not_to(old_path, page, link or "")):
            self.add_error("redirect_link", reason)
        if not self.errors and (reason := _why_not_without(self.cleaned_data["why_it_stays"], old_path, link or "")):
            self.add_error("why_it_stays", reason)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The model takes whole addresses alone, and a path of ours is none."""
        return super()._get_validation_exclusions() | {"redirect_link"}


def _why_not_without(reason: str, old_path: str, link: str) -> str | None:
    """Say what either address says of somebody, where no reason is written; a page is asked about itself."""
    ours = [old_path, link] if links.is_own(link) else [old_path]
    try:
        found = [*going_public.held_back(rendering.words_within(link)), *going_public.held_back_in_addresses(ours)]
    except CannotLook:
        return going_public.why_not_looked()
    return reason_asked_for(found) if found and not going_public.is_reason(reason) else None


def _why_not_from(path: str) -> str | None:
    if "?" in path or not links.is_own(path):
        return _("Write a path of this site without a question mark, such as /campaign-2025/.")
    if path == "/" or fixed_pages.is_taken(path):
        return _("%(path)s is a part of the site, and stays what it is.") % {"path": path}
    # A phone begins with a capital: who types /Privacy/ means the page, and is led nowhere else.
    alike = Page.objects.live().filter(slug__iexact=path.split("/")[-1])
    if any(fixed_pages.address(page).casefold() == f"{path}/".casefold() for page in alike):
        return _("A page stands at %(path)s/. Unpublish it or change its address first.") % {"path": path}
    return None


def _why_not_to(old_path: str, page: Page | None, link: str) -> str | None:
    if bool(page) == bool(link):
        return _("Choose a page or give an address: one of the two.")
    path = Redirect.normalise_path(link) if links.is_own(link) else ""
    if path and (path == old_path or Redirect.objects.filter(old_path=path).exists()):
        return _("%(path)s leads on itself. Lead straight to where it ends.") % {"path": path}
    return None
