"""The queue: lanes, claims, and handing on."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from moderation import claims, flood, policies, queue
from moderation.errors import Refused
from moderation.views.doors import back_to, crumbs, may
from stories.models import Submission


class _Cell(Column):
    """A cell with a template of ours, which knows who looks and can hold a form."""

    def get_cell_context_data(self, instance: Submission, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        claim = queue.claim_now(instance)
        return context | {
            "user": request.user,
            "csrf_token": get_token(request),
            "claim": claim,
            "is_mine": claim is not None and claim.holder_id == request.user.pk,
            "days_left": queue.days_left(instance),
            "is_decided": instance.status not in policies.UNDECIDED,
        }


class LabelsCell(_Cell):
    cell_template_name = "moderation/cells/labels.html"


class InHandCell(_Cell):
    cell_template_name = "moderation/cells/in_hand.html"


@method_decorator(may("see the queue"), name="dispatch")
class QueueView(BaseListingView):
    """One lane, oldest first."""

    template_name = "moderation/queue.html"
    results_template_name = "moderation/queue_results.html"
    page_title = gettext_lazy("Queue")
    header_icon = "tasks"
    paginate_by = 25
    columns = [
        TitleColumn("short_name", label=gettext_lazy("Account"), get_url=lambda row: address(row)),
        Column("age", label=gettext_lazy("Came"), accessor=lambda row: age(row)),
        LabelsCell("labels", label=gettext_lazy("Labels"), accessor="pk"),
        InHandCell("in_hand", label=gettext_lazy("In hand"), accessor="pk"),
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "lane" in kwargs and queue.lane(kwargs["lane"]) is None:
            raise Http404

    @cached_property
    def counts(self) -> dict[str, int]:
        return queue.counts(self.request.user)

    @cached_property
    def lane(self) -> queue.Lane:
        """The lane of the address, or else the first that has something in it."""
        named = queue.lane(self.kwargs.get("lane", ""))
        return named or next((lane for lane in queue.LANES if self.counts[lane.slug]), queue.FIRST)

    def get_base_queryset(self) -> QuerySet[Submission]:
        return queue.rows(self.lane.slug, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(str(self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        lanes = [
            {
                "label": lane.label,
                "count": self.counts[lane.slug],
                "url": reverse("room_lane", args=[lane.slug]),
                "is_here": lane == self.lane,
            }
            for lane in queue.LANES
        ]
        is_flood = self.lane == queue.FLOOD
        has_flood = is_flood and self.counts[self.lane.slug] > 0
        can_put_back = is_flood and flood.newest_click() is not None
        return context | {"lanes": lanes, "lane": self.lane, "has_flood": has_flood, "can_put_back": can_put_back}


def address(row: Submission) -> str:
    """Where a row leads: to the second reading, where this person may be its second reader."""
    is_for_second = row.status == Submission.Status.PREPARED and not getattr(row, "is_my_text", False)
    return reverse("room_second" if is_for_second else "room_read", args=[row.pk])


def age(row: Submission) -> str:
    weeks = queue.weeks_old(row)
    if weeks < 1:
        return _("this week")
    return ngettext("%(weeks)d week ago", "%(weeks)d weeks ago", weeks) % {"weeks": weeks}


@require_POST
@may("claim")
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    """Take a submission in hand; the one who clicked later is told who was first."""
    submission = get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)
    try:
        claims.take(submission, by=request.user)
    except Refused as refused:
        messages.warning(request, refused.reason)
        return redirect("room_queue")
    return back_to(submission.pk)


@require_POST
@may("claim")
def hand_on(request: HttpRequest, pk: object) -> HttpResponse:
    """Let go of a submission; no reason is asked."""
    submission = get_object_or_404(Submission.objects.exclude(status=Submission.Status.DRAFT), pk=pk)
    claims.hand_on(submission, by=request.user)
    messages.success(request, _("Handed on. Anybody can take it now."))
    return redirect("room_queue")
