"""The queue: its lists, page by page, and taking one in hand, handing it on and taking it over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.generic.base import BaseListingView

from moderation import claims, flood, policies
from moderation.facts import load_text_facts
from moderation.queue import lanes, pages, second_readings, take_downs, urgent
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import back_to, require_permission
from moderation.views.lists import bulk
from moderation.views.lists.queue_filters import QueueFilters
from moderation.views.lists.queue_rows import QueueTable, rows_in_words
from moderation.views.pages import QUEUE, crumbs, heading, telling
from stories.models import Submission

# What the urgent lane shows of the take-down requests.
_TAKE_DOWNS = 5


@method_decorator(require_permission("see the queue"), name="dispatch")
class QueueView(BaseListingView):
    """One list, oldest first."""

    template_name = "moderation/queue.html"
    results_template_name = "moderation/queue_results.html"
    page_title = gettext_lazy("Queue")
    header_icon = "tasks"
    filterset_class = QueueFilters
    table_class = QueueTable
    columns = [
        Column("short_name", label=gettext_lazy("Account")),
        Column("age", label=gettext_lazy("Came")),
        Column("labels", label=gettext_lazy("Labels")),
        Column("in_hand", label=gettext_lazy("In hand")),
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "lane" in kwargs and lanes.lane_named(kwargs["lane"]) is None:
            raise Http404

    @cached_property
    def counts(self) -> dict[str, int]:
        return lanes.lane_counts(self.request.user, self.beside.all)

    @cached_property
    def beside(self) -> urgent.Beside:
        """What stands in Urgent beside the ticks."""
        return urgent.beside_ticks(self.request.user, self.vault)

    @cached_property
    def lane(self) -> lanes.Lane:
        """The list of the address, or else the first lane that has something in it."""
        named = lanes.lane_named(self.kwargs.get("lane", ""))
        return named or next((lane for lane in lanes.LANES if self.counts[lane.slug]), lanes.FIRST)

    @cached_property
    def vault(self) -> OpenVault | None:
        return vault_of(self.request)

    @cached_property
    def place(self) -> pages.Place:
        return pages.Place.read(self.request.GET.get("from", ""), self.request.GET.get("to", ""))

    @cached_property
    def page(self) -> pages.Page:
        about = {"narrowing": self.filters.narrowing(), "vault": self.vault, "beside": self.beside.all}
        return pages.queue_page(self.lane, self.request.user, place=self.place, **about)

    def get_queryset(self) -> list[Submission]:
        """The rows of this page, ready to be shown."""
        second = second_readings.second_readings_in_rows(
            self.page.rows, self.request.user, self.vault, self.beside.facts
        )
        return rows_in_words(self.page, self.request.user, second)

    def get_table(self, object_list: list[Submission]) -> QueueTable:
        can_bulk = bool(bulk.buttons(self.lane.slug))
        columns = [BulkActionsCheckboxColumn("bulk_actions", obj_type="submission")] if can_bulk else []
        return QueueTable([*columns, *self.columns], object_list, request=self.request, can_bulk=can_bulk)

    def get_index_url(self) -> str:
        return reverse("room_lane", args=[self.lane.slug])

    def get_index_results_url(self) -> str:
        return reverse("room_lane_results", args=[self.lane.slug])

    def get_page_title(self) -> str:
        return _("Queue: %(list)s") % {"list": self.lane.label}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(self.get_page_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        is_flood = self.lane == lanes.FLOOD
        return context | {
            "lane": self.lane,
            "lanes": [self._link(lane) for lane in lanes.LANES],
            "others": [self._link(lane) for lane in (lanes.SECOND, lanes.WROTE, *lanes.DONE)],
            "is_other": self.lane not in lanes.LANES,
            "page": self.page,
            "first": self._way(),
            "earlier": self._way(to=self.page.earlier),
            "later": self._way(**{"from": self.page.later}),
            "last": self._way(to="end"),
            "is_backwards": self.place.is_backwards,
            "is_first": not {"from", "to"} & set(self.request.GET),
            "is_locked": self.vault is None,
            "asks_labels": self.filters.narrowing().fits is not None,
            "bulk_buttons": bulk.buttons(self.lane.slug),
            "unknown": self.filters.unknown(),
            "has_flood": is_flood and self.counts[self.lane.slug] > 0,
            "can_put_back": is_flood and flood.newest_click(self.request.user) is not None,
            **(self._take_downs() if self.lane == lanes.URGENT else {}),
        }

    def _take_downs(self) -> dict[str, Any]:
        waiting = list(take_downs.due_requests()[: _TAKE_DOWNS + 1])
        return {"take_downs": waiting[:_TAKE_DOWNS], "more_take_downs": len(waiting) > _TAKE_DOWNS}

    def _link(self, lane: lanes.Lane) -> dict[str, Any]:
        count = self.counts.get(lane.slug)
        return {
            "label": lane.label,
            "count": None if count is None else lanes.lanes_in_words(count),
            "url": reverse("room_lane", args=[lane.slug]),
            "is_here": lane == self.lane,
        }

    def _way(self, **key: str) -> str:
        """The address of another page of this list, with the same filters; empty where there is none."""
        if not all(key.values()):
            return ""
        query = self.request.GET.copy()
        for name in ("from", "to", "_w_filter_fragment"):
            query.pop(name, None)
        query.update(key)
        return f"{self.index_url}?{query.urlencode()}"


# --- In hand --------------------------------------------------------------------------------


class TakeOverForm(forms.Form):
    """Why somebody takes over what a colleague has in hand."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why you take it over"),
        choices=tuple(policies.TAKE_OVER_REASONS.items()),
        widget=forms.RadioSelect,
    )


def _there() -> QuerySet[Submission]:
    return Submission.objects.exclude(status=Submission.Status.DRAFT)


@require_POST
@require_permission("claim")
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    """Take a submission in hand; the one who clicked later is told who was first.

    Whoever could be its second reader is asked once more, because from then on they can't.
    """
    submission = get_object_or_404(_there(), pk=pk)
    facts = load_text_facts(submission, request.user)
    if policies.is_for_second(facts) and "sure" not in request.POST and not policies.why_not_claim(facts):
        return _claim_or_read(request, submission)
    with telling(request):
        claims.take_claim(submission, by=request.user)
        return back_to(submission.pk)
    return redirect("room_queue")


def _claim_or_read(request: HttpRequest, submission: Submission) -> HttpResponse:
    title = _("Work on %(name)s yourself") % {"name": submission.short_name}
    context = {
        **heading(title, "edit", under=[QUEUE]),
        "says": _(
            "It is put forward, and you could be its second reader. If you work on it yourself, you can’t: "
            "then somebody else has to be its second reader."
        ),
        "button": _("Claim it, to work on it"),
        "back": reverse("room_second", args=[submission.pk]),
        "leave": _("Read it second instead"),
    }
    return TemplateResponse(request, "moderation/confirm.html", context)


@require_POST
@require_permission("claim")
def hand_on(request: HttpRequest, pk: object) -> HttpResponse:
    """Let go of a submission; no reason is asked."""
    submission = get_object_or_404(_there(), pk=pk)
    claims.hand_on(submission, by=request.user)
    messages.success(request, _("Handed on. Anybody can take it now."))
    return redirect("room_queue")


@require_http_methods(["GET", "POST"])
@require_permission("take over")
def take_over(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask why, then take it from a colleague who is away from it; what they wrote so far is all there."""
    submission = get_object_or_404(_there(), pk=pk)
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        with telling(request):
            claims.take_over(submission, reason=form.cleaned_data["reason"], by=request.user)
            return back_to(submission.pk)
        return redirect("room_queue")
    title = _("Take over %(name)s") % {"name": submission.short_name}
    frame = heading(title, "user", under=[QUEUE])
    claim = lanes.claim_now(submission)
    context = {**frame, "form": form, "claim": claim, "is_absent": claim is not None and policies.is_absent(claim)}
    return TemplateResponse(request, "moderation/take_over.html", context)
