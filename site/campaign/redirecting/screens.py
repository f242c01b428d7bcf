"""Wagtail's screens for redirects with our form; a file of them is taken nowhere, for it would lie in /tmp."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from campaign.redirecting.forms import LeadingOnForm


class List(views.IndexView):
    """The list, without the button to import a file."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [button for button in super().header_more_buttons if "import" not in button.url]


class WithReason:
    """Our form, whose reason goes into the log."""

    form_class = LeadingOnForm

    def save_instance(self) -> Redirect:
        """Save, and note why an address that says something of somebody leads on."""
        instance: Redirect = super().save_instance()  # type: ignore[misc]
        if why := self.form.cleaned_data["why_it_stays"]:  # type: ignore[attr-defined]
            log(instance=instance, action="wagtail.edit", data={"why_it_stays": why})
        return instance


class Add(WithReason, views.CreateView):
    """A new one."""


class Edit(WithReason, views.EditView):
    """One that is there."""


def nothing(request: HttpRequest) -> HttpResponse:
    """Nobody brings a file."""
    raise Http404


def urlpatterns() -> list[URLPattern]:
    """Before Wagtail's own of the same addresses, which stay the ones that are asked for by name."""
    return [
        path("redirects/", List.as_view(), name="redirects"),
        path("redirects/results/", List.as_view(results_only=True), name="redirects_results"),
        path("redirects/add/", Add.as_view(), name="redirect_add"),
        path("redirects/<int:redirect_id>/", Edit.as_view(), name="redirect_edit"),
        path("redirects/import/", nothing, name="redirects_import"),
        path("redirects/import/process/", nothing, name="redirects_import_process"),
    ]
