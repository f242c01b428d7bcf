"""The deeds on many accounts at once: to rows that somebody ticked, and to a whole flood, with the way back.

Wagtail's bulk actions move rows out of the flood, decline them as spam, give them to a colleague, and nothing else.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import ListingButton

from moderation import bulk, conflict_of_interest
from moderation.queue.pages import PAGE
from moderation.team.permissions import MODERATORS
from moderation.views.decorators import StaffRequest, require_permission
from moderation.views.pages import QUEUE, heading
from moderation.views.team.vault import needs_vault
from stories.core import lifecycle
from stories.models import Submission, lists

_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_DECLINED = ngettext_lazy("%(count)d account is declined as spam.", "%(count)d accounts are declined as spam.", "count")


class QueueBulkAction(BulkAction):
    """What is done to the rows that somebody ticked on one page; never to a whole list."""

    models = [Submission]
    template_name = "moderation/bulk.html"
    permission = ""
    # The lists in which it can do something; in the others it isn't offered.
    lanes: tuple[str, ...] = ()
    header_icon = "tasks"
    button_class = ""
    # The question and what is said afterwards, each with its number; and what is said of the rows that stay.
    asks: Promise
    done: Promise
    why_not: Promise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        door = require_permission(self.permission)(needs_vault(super().dispatch))
        answer: HttpResponse = door(request, *args, **kwargs)
        return answer

    def get_queryset(self, model: type[Submission], object_ids: list[str]) -> QuerySet[Submission]:  # type: ignore[override]
        """The ticked rows that this person can see; an address that says “all” names none."""
        not_skipped = conflict_of_interest.not_skipped_by(self.request.user)
        seen = Submission.objects.filter(lists.REAL, not_skipped, pk__in=_ids(object_ids[:PAGE]))
        return seen.exclude(status=Submission.Status.DRAFT).order_by("week", "id")

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[str]:
        return []

    def get_actionable_objects(self) -> tuple[list[Submission], dict[str, list[Submission]]]:
        rows = list(self.get_queryset(self.model, self.request.GET.getlist("id")))
        able = self.able(rows)
        return able, {"items_with_no_access": [row for row in rows if row not in able]}

    def able(self, rows: list[Submission]) -> list[Submission]:
        """Those of the rows that it can be done to."""
        raise NotImplementedError

    def change(self, rows: list[Submission]) -> int:
        """Do it, and say to how many."""
        raise NotImplementedError

    def execute_action(self, objects: list[Submission], **kwargs: object) -> tuple[int, int]:  # type: ignore[override]
        return self.change(objects), len(objects)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return self.done % {"count": num_parent_objects}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        names = {"header_title": self.display_name, "header_icon": self.header_icon}
        return {**context, **names, "asks": self.asks % {"count": len(context["items"])}, "action": self}


class ToNew(QueueBulkAction):
    display_name = gettext_lazy("Flood to new")
    aria_label = gettext_lazy("Move the selected accounts from the flood to the new ones")
    action_type = "to_new"
    action_priority = 10
    permission = "take out of the flood"
    lanes = ("flood",)
    asks = ngettext_lazy("Move %(count)d account to the new ones?", "Move %(count)d accounts to the new ones?", "count")
    done = ngettext_lazy(
        "%(count)d account is among the new ones.", "%(count)d accounts are among the new ones.", "count"
    )
    why_not = gettext_lazy("These are not in the flood, or are decided by now:")

    def able(self, rows: list[Submission]) -> list[Submission]:
        return bulk.movable_to_new(rows, self.request.user)

    def change(self, rows: list[Submission]) -> int:
        return bulk.bulk_to_new(rows, by=self.request.user)


class DeclineAsSpam(QueueBulkAction):
    display_name = gettext_lazy("Decline as spam")
    aria_label = gettext_lazy("Decline the selected accounts as spam, unread")
    action_type = "decline_as_spam"
    action_priority = 20
    permission = "decline the flood"
    lanes = ("flood", "new")
    header_icon = "cross"
    button_class = "serious"
    classes = {"serious"}
    asks = ngettext_lazy(
        "Decline %(count)d account as spam, unread?", "Decline %(count)d accounts as spam, unread?", "count"
    )
    done = _DECLINED
    why_not = gettext_lazy("These stay: somebody has begun on them, or their contributor came back.")

    def able(self, rows: list[Submission]) -> list[Submission]:
        spam = bulk.may_be_spam(rows, by=self.request.user)
        return [row for row in rows if row.pk in spam]

    def change(self, rows: list[Submission]) -> int:
        return bulk.decline_as_spam(rows, by=self.request.user)


class GiveForm(forms.Form):
    """To whom: any moderator but whoever asks, who claims what they want."""

    colleague = forms.ModelChoiceField(label=gettext_lazy("Colleague"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.exclude(pk=giver.pk)
        moderators = others.filter(is_active=True, groups__name=MODERATORS)
        self.fields["colleague"].queryset = moderators.order_by("username")  # type: ignore[attr-defined]


class Give(QueueBulkAction):
    display_name = gettext_lazy("Give to a colleague")
    aria_label = gettext_lazy("Give the selected accounts to a colleague")
    action_type = "give"
    action_priority = 30
    permission = "give to a colleague"
    lanes = ("urgent", "new", "mine", "held", "flood")
    header_icon = "user"
    form_class = GiveForm
    asks = ngettext_lazy("Give %(count)d account to a colleague?", "Give %(count)d accounts to a colleague?", "count")
    done = ngettext_lazy(
        "%(count)d account stands in %(name)s’s lane.", "%(count)d accounts stand in %(name)s’s lane.", "count"
    )
    why_not = gettext_lazy("These are decided, or withdrawn:")

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "giver": self.request.user}

    def able(self, rows: list[Submission]) -> list[Submission]:
        return [row for row in rows if row.status in lifecycle.OPEN_TO_WORK]

    def change(self, rows: list[Submission]) -> int:
        return bulk.give_claims(rows, to=self.cleaned_form.cleaned_data["colleague"], by=self.request.user)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        name = self.cleaned_form.cleaned_data["colleague"].get_username()
        says = self.done % {"count": num_parent_objects, "name": name}
        rest = _("The others could not be given to them.") if num_parent_objects < num_child_objects else ""
        return f"{says} {rest}".strip()


ACTIONS: tuple[type[QueueBulkAction], ...] = (ToNew, DeclineAsSpam, Give)


def bulk_buttons(lane: str) -> list[ListingButton]:
    """What the bar under a list offers; Wagtail's own bar would offer every action in every list."""
    return [
        ListingButton(
            action.display_name,
            reverse("wagtail_bulk_action", args=["stories", "submission", action.action_type]),
            attrs={"aria-label": action.aria_label, "data-bulk-action-button": ""},
            classname=" ".join(action.classes | {"bulk-action-btn"}),
        )
        for action in ACTIONS
        if lane in action.lanes
    ]


def _ids(given: Iterable[str]) -> set[UUID]:
    """The ids among what an address or a form carries."""
    return {UUID(each) for each in given if _ID.fullmatch(each)}


# --- A whole flood: each a question that names how many, and its answer ---------------------


@require_http_methods(["GET", "POST"])
@require_permission("decline the flood")
@needs_vault
def decline_flood(request: StaffRequest) -> HttpResponse:
    """Ask once, naming the number; a POST declines those that were there when it was asked, and no other."""
    if request.method == "POST":
        return _decline(request)
    rows = list(bulk.untouched_flood(by=request.user, with_ticked=True))
    calm = [row for row in rows if not row.is_urgent]
    context: dict[str, object] = {
        "count": len(calm),
        "ticked": len(rows) - len(calm),
        "rows": rows,
        "groups": bulk.groups_of_same_words(calm, request.vault),  # type: ignore[attr-defined]
        **heading(_("Decline the flood"), "cross", under=[QUEUE]),
    }
    return TemplateResponse(request, "moderation/flood.html", context)


def _decline(request: StaffRequest) -> HttpResponse:
    with_ticked = request.POST.get("which") == "ticked too"
    asked = _ids(request.POST.get("asked", "").split())
    count = bulk.decline_all(asked, by=request.user, with_ticked=with_ticked)
    back = messages.button(reverse("room_put_flood_back"), _("Put these back in the flood tray"))
    messages.success(request, _DECLINED % {"count": count}, buttons=[back] if count else [])
    return redirect("room_lane", lane="flood")


@require_http_methods(["GET", "POST"])
@require_permission("put back in the flood tray")
def put_flood_back(request: StaffRequest) -> HttpResponse:
    """Ask once, naming who declined how many on which day; a POST puts back those, and no other."""
    if request.method == "POST":
        return _put_back(request)
    click = bulk.newest_click(request.user)
    count = bulk.declined_by(click, for_whom=request.user).count()
    context = {"count": count, "click": click, **heading(_("Put the flood back"), "arrow-left", under=[QUEUE])}
    return TemplateResponse(request, "moderation/flood_back.html", context)


def _put_back(request: StaffRequest) -> HttpResponse:
    given = request.POST.get("click", "")
    # No key of an event has more digits; 0, which none has, for anything else.
    click = int(given) if given.isdecimal() and len(given) < 20 else 0
    count = bulk.put_all_back(click=click, by=request.user)
    says = ngettext(
        "%(count)d account is back in the flood tray.", "%(count)d accounts are back in the flood tray.", count
    )
    messages.success(request, says % {"count": count})
    return redirect("room_lane", lane="flood")
