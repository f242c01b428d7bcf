"""The forms in which editors write a page or an ask: what would lead straight to somebody is asked about before it
goes public."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from campaign import fixed_pages

# The buttons that publish a page or an ask, schedule it, or put it before those who do.
_TOWARDS_THE_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")

# What an empty field of a session says, and an empty one within its blocks.
NEEDED = gettext_lazy("Fill this in: a session goes public only with it. Everything you typed is still here.")


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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if _goes_public(self) and not (cleaned.get("letter", "").strip() or cleaned.get("petition_url")):
            self.add_error("letter", _("Write a letter, or give the address of a petition below."))
        return cleaned


class SessionForm(EditorsPageForm):
    """A session goes public with all of its parts; a draft of one may lack any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NEEDED


class PageCopyForm(CopyForm):
    """Asks for another address where code answers: a page there could never be reached."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if reason := fixed_pages.why_not_below(parent, cleaned.get("new_slug", "")):
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


def _goes_public(form: Any) -> bool:
    if form.is_deferred_validation:
        return False
    approved = form.data.get("action-workflow-action") and form.data.get("workflow-action-name") == "approve"
    return bool(approved or any(form.data.get(name) for name in _TOWARDS_THE_PUBLIC))
