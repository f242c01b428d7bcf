"""Take-down requests and objections of forces: what waits, what was written, and settling a request."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
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
from wagtail.admin.widgets.button import HeaderButton

from moderation import policies, publishing, reading
from moderation.facts import load_text_facts
from moderation.forms import AnswerForm
from moderation.queue import take_downs
from moderation.team.permissions import Refused
from moderation.views.decorators import keeps_words, require_permission, words_token_context
from moderation.views.lists import objections
from moderation.views.lists.stories import name_of
from moderation.views.pages import crumbs, heading, telling
from moderation.views.team.vault import needs_vault
from stories.core import quotes
from stories.models import TakeDownRequest

_ROWS = TakeDownRequest.objects.select_related("story", "settled_by")


def _state(row: TakeDownRequest) -> str:
    if row.is_of_force:
        return objections.state_label(row)
    return _("settled") if row.settled_on else _("open")


def _address(row: TakeDownRequest) -> str:
    return reverse("room_objection" if row.is_of_force else "room_take_down", args=[row.pk])


def _hid(row: TakeDownRequest) -> str:
    return _("yes") if row.hid_the_story else _("no")


def _force(row: TakeDownRequest) -> str:
    if not row.is_of_force:
        return ""
    return str(row.force or (_("kept sealed") if row.box else _("erased")))


class TakeDownCell(Column):
    """A button that takes the story down, in one press, where it is still up."""

    cell_template_name = "moderation/cells/take_down_first.html"

    def get_cell_context_data(self, instance: TakeDownRequest, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may_take_down = policies.why_not("take a story down", parent_context["request"].user) is None
        is_up = not instance.is_of_force and may_take_down and policies.is_up(instance.story)
        return context | {"is_up": is_up, "csrf_token": get_token(parent_context["request"])}


@method_decorator(require_permission("see take-down requests"), name="dispatch")
class TakeDownsView(BaseListingView):
    """What is due first."""

    page_title = gettext_lazy("Take-down requests")
    header_icon = "no-view"
    paginate_by = 25
    index_url_name = "room_take_downs"
    results_template_name = "moderation/take_downs_results.html"
    columns = [
        TitleColumn(
            "ground",
            label=gettext_lazy("Ground"),
            accessor="get_ground_display",
            get_url=_address,
        ),
        Column("force", label=gettext_lazy("Force"), accessor=_force),
        Column("due", label=gettext_lazy("Look by"), accessor=take_downs.due_label),
        Column("story", label=gettext_lazy("Story"), accessor=lambda row: name_of(row.story)),
        StatusTagColumn(
            "state", label=gettext_lazy("State"), accessor=_state, primary=lambda row: row.settled_on is None
        ),
        Column("hid", label=gettext_lazy("Hid the story"), accessor=_hid),
        Column("week", label=gettext_lazy("Week it came"), accessor=lambda row: date_format(row.week, "j F Y")),
        TakeDownCell("take_down", label=gettext_lazy("Down first, look later"), accessor="pk"),
    ]

    def get_base_queryset(self) -> QuerySet[TakeDownRequest]:
        return take_downs.seen_by(take_downs.all_requests(), self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(str(self.page_title))

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if policies.why_not("record an objection", self.request.user):
            return []
        return [HeaderButton(_("Write down an objection"), url=reverse("room_object"), icon_name="plus")]


@require_GET
@require_permission("settle a take-down request")
@needs_vault
def take_down_request(request: HttpRequest, pk: object) -> HttpResponse:
    """Open what was written, with what can be done about it."""
    row = get_object_or_404(_ROWS, pk=pk)
    if row.is_of_force:
        return redirect("room_objection", pk=row.pk)
    return _page(request, row, form=AnswerForm())


@require_POST
@require_permission("take a story down")
def take_down_first(request: HttpRequest, pk: object) -> HttpResponse:
    """Take the story down before anybody looks at the request; a locked vault doesn't stand in the way."""
    row = get_object_or_404(_ROWS, pk=pk)
    with telling(request):
        publishing.take_down(row.story, by=request.user)
        messages.success(request, _("It is down, everywhere. Look at the request in your own time."))
    return redirect("room_take_down", pk=row.pk)


@require_POST
@require_permission("take a story down")
@needs_vault
def withhold(request: HttpRequest, pk: object) -> HttpResponse:
    """Have the story's address say that a legal reason keeps it down."""
    row = get_object_or_404(_ROWS, pk=pk)
    with telling(request):
        publishing.withhold_story(row, by=request.user)
        messages.success(request, _("It is down, and its address says that there is a legal reason."))
    return redirect("room_take_down", pk=row.pk)


@keeps_words
@require_POST
@require_permission("settle a take-down request")
@needs_vault
def settle(request: HttpRequest, pk: object) -> HttpResponse:
    """Say that it needs nothing more, and seal the answer if one was written."""
    row = get_object_or_404(_ROWS, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        publishing.settle_request(row, by=request.user, answer=form.cleaned_data["answer"])
    except Refused as refused:
        return _page(request, row, form=form, refused=refused.reason)
    messages.success(request, _("Settled. The story stays as it is."))
    return redirect("room_take_downs")


def _page(request: HttpRequest, row: TakeDownRequest, *, form: AnswerForm, refused: str = "") -> HttpResponse:
    under = [(reverse("room_take_downs"), _("Take-down requests"))]
    facts = load_text_facts(row.story.submission_id, request.user)
    context = {
        "row": row,
        "story": row.story,
        "story_name": name_of(row.story),
        "is_late": take_downs.is_overdue(row),
        "quoted": quotes.quoting_places(row.story),
        "why_not_settle": policies.why_not_settle(row, facts),
        "why_not_take_down": policies.why_not_take_down(facts),
        "why_not_put_back": policies.why_not_put_back(facts),
        "why_not_withhold": policies.why_not_withhold(row, facts),
        "form": form,
        "refused": refused,
        **words_token_context(request),
        **heading(_("Take-down request"), "no-view", under=under),
    }
    try:
        context["words"] = reading.take_down_words(row, vault=request.vault)  # type: ignore[attr-defined]
    except reading.CannotOpen as cannot:
        context["problem"] = cannot.reason
    return TemplateResponse(request, "moderation/take_down.html", context)
