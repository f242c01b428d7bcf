"""The editors' forms: what would lead straight to somebody is asked about before it is public."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from campaign import fixed_pages
from stories.core import publication_gate, tables
from stories.models.outward import OutwardWithReason, looking_once

_TOLD = tables.read(__file__, "fields.toml")
# The words of a model's field, and of a form's field or a block, by class and name: `ActionPage.ask`.
FIELDS: dict[str, dict[str, Any]] = _TOLD["models"]
LABELS: dict[str, dict[str, Any]] = _TOLD["forms"]
CHOICES: dict[str, list[tuple[str, str]]] = _TOLD["choices"]
PANELS: dict[str, dict[str, str]] = _TOLD["panels"]


def why_not_move(page: Page, to: Page) -> str | None:
    """Say that what is public of a page and those below it would be found at an address that names somebody."""
    public = page.get_descendants(inclusive=True).live().specific()
    bare = [each.slug for each in public if not publication_gate.is_reason(getattr(each, "why_it_stays", ""))]
    if not public or not (found := publication_gate.held_back_in_addresses([*bare, *fixed_pages.slugs_unseen(to)])):
        return None
    kinds = publication_gate.kinds_in_words(found)
    return f"“{page.title}” stays where it is: {kinds}. Change that address first, or write there why it stays."


class HeldBack(ValidationError):
    """The words would lead straight to somebody; `held` is a page or an ask, without a pk where it was never saved."""

    def __init__(self, held: OutwardWithReason, reason: str) -> None:
        if held.pk:
            said = f"“{held}” isn’t public yet. {reason}"
        else:
            # A copy that would have been public at once: there is no form yet where a reason could be written.
            kinds = publication_gate.kinds_in_words(held.held_back())
            said = (
                f"“{held}” isn’t there yet. It could lead straight to somebody: {kinds}. Make it without "
                "publishing it; then its own form shows where to write why it stays."
            )
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


# The buttons that publish a page or an ask, schedule it, or put it before those who do.
_TOWARDS_THE_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")

# What an empty field of a session says, and an empty one within its blocks.
NEEDED = "Fill this in: a session goes public only with it. Everything you typed is still here."


class EditorsPageForm(WagtailAdminPageForm):
    """A draft is saved whatever stands in it; only on its way to the public the page is looked at."""

    def _post_clean(self) -> None:
        self.instance.below = self.parent_page
        # Only here the page holds what was typed.
        super()._post_clean()
        if _goes_public(self) and not self.errors and (reason := self.instance.why_not_public()):
            self.add_error("why_it_stays", reason)


class ActionForm(EditorsPageForm):
    """An action goes public with a way to act; a draft of one may lack it still."""

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        if _goes_public(self) and not (str(cleaned.get("letter", "")).strip() or cleaned.get("petition_url")):
            self.add_error("letter", "Write a letter, or give the address of a petition below.")
        return cleaned


class SessionForm(EditorsPageForm):
    """A session goes public with all of its parts; a draft of one may lack any."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NEEDED


class PageCopyForm(CopyForm):
    """Asks for another address where code answers: a page there could never be reached."""

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
        if reason := fixed_pages.why_not_at(str(cleaned.get("new_slug", "")), depth=parent.depth + 1):
            self.add_error("new_slug", reason)
        return cleaned


class AskForm(WagtailAdminModelForm):
    """The same of an ask, whose updates stand in forms of their own within this one."""

    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        if not is_valid or not _goes_public(self):
            return is_valid
        for updates in self.formsets.values():
            # Into the ask as it lies in memory; the table is left alone.
            updates.save(commit=False)
        if reason := self.instance.why_not_public():
            self.add_error("why_it_stays", reason)
        return not self.errors


def _goes_public(form: WagtailAdminModelForm) -> bool:
    if form.is_deferred_validation:
        return False
    approved = form.data.get("action-workflow-action") and form.data.get("workflow-action-name") == "approve"
    return bool(approved or any(form.data.get(name) for name in _TOWARDS_THE_PUBLIC))
