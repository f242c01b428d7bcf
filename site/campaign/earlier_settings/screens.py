"""Wagtail's form of a setting with its earlier versions below it, and a screen to look at one and put it back."""

from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.contrib.settings import views
from wagtail.models import Revision

from campaign.earlier_settings import in_words, kept
from campaign.models.kept_setting import KeptSetting

# So many are listed at once; the others unfold.
_AT_ONCE = 10


class Edit(views.EditView):
    """The form of a setting; who may change it may look at what it was."""

    template_name = "campaign/admin/setting.html"
    # True where somebody else was quicker.
    is_newer = False

    def save_instance(self) -> KeptSetting:
        return kept.save(self.form, by=self.request.user, after=self.request.POST.get("after"))

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep what was typed in the form where somebody else was quicker: saving again is a choice."""
        try:
            return super().form_valid(form)
        except kept.Meanwhile as meanwhile:
            self.is_newer = True
            said = _said_meanwhile(self.object, meanwhile.seen, by=self.request.user)
            again = _("Yours is still in the form: save again to put it in place of that, or leave the page.")
            self.produced_error_message = f"{said} {again}"
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # An invalid form has changed its setting in memory.
        stored = _stored(self.object)
        rows, newest = _rows(stored), kept.newest(stored)
        after = newest if self.is_newer else self.request.POST.get("after", newest)
        told = {"versions": rows[:_AT_ONCE], "older": rows[_AT_ONCE:], "after": after}
        return super().get_context_data(**kwargs) | told


class Earlier(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One earlier version beside what stands, and the button that puts it back."""

    permission_required = "change"
    page_title = gettext_lazy("As it was")
    header_icon = "history"
    template_name = "campaign/admin/earlier_setting.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        model = views.get_model_from_url_params(kwargs["app_name"], kwargs["model_name"])
        self.permission_policy = model.get_permission_policy()
        self.object = get_object_or_404(model, pk=kwargs["pk"])
        self.version = get_object_or_404(self.object.revisions, pk=kwargs["revision_id"])

    def get_page_subtitle(self) -> str:
        return str(capfirst(self.object._meta.verbose_name))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        form = {"url": _form(self.object), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, form, {"url": "", "label": f"{self.get_page_subtitle()}: {self.page_title}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        was, now = in_words.of(kept.as_it_was(self.object, self.version)), in_words.of(self.object)
        told = {
            "was": was,
            "changes": in_words.changes(now, was),
            "stands": kept.stands(self.object, self.version),
            "back": _form(self.object),
            "after": kept.newest(self.object),
        }
        return super().get_context_data(**kwargs) | told

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it back; what isn't fit any more is said, and nothing changes."""
        if reason := kept.why_not_put_back(self.object, self.version):
            messages.error(request, reason)
            return redirect(request.path)
        if not kept.stands(self.object, self.version):
            try:
                kept.put_back(self.object, self.version, by=request.user, after=request.POST.get("after"))
            except kept.Meanwhile as meanwhile:
                said = _said_meanwhile(self.object, meanwhile.seen, by=request.user)
                again = _("Nothing is put back yet: see below what that would change now, and press again.")
                messages.warning(request, f"{said} {again}")
                return redirect(request.path)
        messages.success(request, _("It is as it was. What stood until now is kept below, and can be put back too."))
        return redirect(_form(self.object))


def urlpatterns() -> list[URLPattern]:
    """The form stands before Wagtail's own of the same address, which stays the one that is asked for by name."""
    setting = "settings/<slug:app_name>/<slug:model_name>/<int:pk>/"
    return [
        path(setting, Edit.as_view(), name="setting_edit"),
        path(f"{setting}earlier/<int:revision_id>/", Earlier.as_view(), name="setting_earlier"),
    ]


def _stored(setting: KeptSetting) -> KeptSetting:
    stored: KeptSetting = type(setting)._default_manager.select_related("latest_revision__user").get(pk=setting.pk)
    return stored


def _said_meanwhile(setting: KeptSetting, seen: Revision, *, by: Any) -> str:
    """Who changed what since a form was opened that began with the version `seen`."""
    stored = _stored(setting)
    user = stored.latest_revision.user if stored.latest_revision else None
    changes = in_words.changes(in_words.of(kept.as_it_was(stored, seen)), in_words.of(stored))
    said = {"name": user.get_username() if user else _("Somebody"), "changes": "; ".join(changes) or _("small changes")}
    if user == by:
        return _("You changed this meanwhile, in another window: %(changes)s.") % said
    return _("%(name)s changed this meanwhile: %(changes)s.") % said


def _rows(setting: KeptSetting) -> list[dict[str, Any]]:
    """Each version with what changed in it, the newest first; none while only what stands is kept."""
    versions = kept.every(setting)
    said = [in_words.of(kept.as_it_was(setting, version)) for version in versions]
    rows = [
        {
            "version": version,
            "is_first": before is None,
            "changes": in_words.changes(before, after) if before is not None else [],
            "url": _look(setting, version),
        }
        for version, after, before in zip_longest(versions, said, said[1:])
    ]
    if rows:
        rows[0]["stands"] = kept.stands(setting, versions[0])
    return [] if len(rows) == 1 and rows[0]["stands"] else rows


def _form(setting: KeptSetting) -> str:
    return reverse("setting_edit", args=[*_names(setting), setting.pk])


def _look(setting: KeptSetting, version: Revision) -> str:
    return reverse("setting_earlier", args=[*_names(setting), setting.pk, version.pk])


def _names(setting: KeptSetting) -> tuple[str, str]:
    return setting._meta.app_label, str(setting._meta.model_name)
