"""Take-down requests: what waits to be looked at, what was written, and settling it."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from moderation import policies, publishing, reading
from moderation.errors import Refused
from moderation.views.doors import crumbs, may
from moderation.views.stories import name_of
from moderation.views.vault import needs_vault
from stories.models import TakeDownRequest


def _state(row: TakeDownRequest) -> str:
    return _("settled") if row.settled_at else _("open")


def _hid(row: TakeDownRequest) -> str:
    return _("yes") if row.hid_the_story else _("no")


@method_decorator(may("see take-down requests"), name="dispatch")
class TakeDownsView(BaseListingView):
    """Open ones first, oldest first."""

    page_title = gettext_lazy("Take-down requests")
    header_icon = "no-view"
    paginate_by = 25
    results_template_name = "moderation/take_downs_results.html"
    columns = [
        TitleColumn(
            "ground",
            label=gettext_lazy("Ground"),
            accessor="get_ground_display",
            get_url=lambda row: reverse("room_take_down", args=[row.pk]),
        ),
        Column("story", label=gettext_lazy("Story"), accessor=lambda row: name_of(row.story)),
        StatusTagColumn(
            "state", label=gettext_lazy("State"), accessor=_state, primary=lambda row: row.settled_at is None
        ),
        Column("hid", label=gettext_lazy("Hid the story"), accessor=_hid),
        Column("week", label=gettext_lazy("Week it came"), accessor=lambda row: date_format(row.week, "j F Y")),
    ]

    def get_base_queryset(self) -> QuerySet[TakeDownRequest]:
        return TakeDownRequest.objects.select_related("story").order_by(
            F("settled_at").asc(nulls_first=True), "week", "pk"
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(str(self.page_title))


@require_GET
@may("see take-down requests")
@needs_vault
def take_down_request(request: HttpRequest, pk: object) -> HttpResponse:
    """Open what was written, with what can be done about it."""
    row = get_object_or_404(TakeDownRequest.objects.select_related("story", "settled_by"), pk=pk)
    title = _("Take-down request")
    way = crumbs(title)
    way.insert(-1, {"url": reverse("room_take_downs"), "label": _("Take-down requests")})
    context = {
        "row": row,
        "story": row.story,
        "story_name": name_of(row.story),
        "why_not_settle": policies.why_not_settle(row, request.user),
        "why_not_take_down": policies.why_not_take_down(row.story, request.user),
        "why_not_put_back": policies.why_not_put_back(row.story, request.user),
        "header_title": title,
        "header_icon": "no-view",
        "breadcrumbs_items": way,
    }
    try:
        context["words"] = reading.take_down_words(row, vault=request.vault)  # type: ignore[attr-defined]
    except reading.CannotOpen as refused:
        context["problem"] = refused.reason
    return TemplateResponse(request, "moderation/take_down.html", context)


@require_POST
@may("settle a take-down request")
@needs_vault
def settle(request: HttpRequest, pk: object) -> HttpResponse:
    """Say that it needs nothing more."""
    row = get_object_or_404(TakeDownRequest, pk=pk)
    try:
        publishing.settle(row, by=request.user)
    except Refused as refused:
        messages.warning(request, refused.reason)
    else:
        messages.success(request, _("Settled. The story stays as it is."))
    return redirect("room_take_downs")
