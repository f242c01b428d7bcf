"""Wagtail's bulk actions for the queue: out of the flood, declined as spam, given to a colleague, and nothing else."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import ListingButton

from moderation import bulk, conflict_of_interest, policies
from moderation.queue.pages import PAGE
from moderation.views.decorators import require_permission
from moderation.views.team.vault import needs_vault
from stories.core import lifecycle
from stories.models import Submission, lists


class QueueBulkAction(BulkAction):
    """What is done to the rows that somebody ticked on one page; never to a whole list."""

    models = [Submission]
    template_name = "moderation/bulk.html"
    permission = ""
    # The lists in which it can do something; in the others it isn't offered.
    lanes: tuple[str, ...] = ()
    header_icon = "tasks"
    button_class = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        door = require_permission(self.permission)(needs_vault(super().dispatch))
        answer: HttpResponse = door(request, *args, **kwargs)
        return answer

    def get_queryset(self, model: type[Submission], object_ids: Any) -> QuerySet[Submission]:  # type: ignore[override]
        """The ticked rows that this person can see; an address that says “all” names none."""
        ids = {found for given in list(object_ids)[:PAGE] if (found := _id(given))}
        seen = Submission.objects.filter(lists.REAL, conflict_of_interest.not_skipped_by(self.request.user), pk__in=ids)
        return seen.exclude(status=Submission.Status.DRAFT).order_by("week", "id")

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[UUID]:
        return []

    def get_actionable_objects(self) -> tuple[list[Submission], dict[str, Any]]:
        rows = list(self.get_queryset(self.model, self.request.GET.getlist("id")))
        able = self.able(rows)
        others = [row for row in rows if row not in able]
        return able, {"items_with_no_access": others}

    def able(self, rows: list[Submission]) -> list[Submission]:
        """Those of the rows that it can be done to."""
        raise NotImplementedError

    def asks(self, count: int) -> str:
        """The question, with its number."""
        raise NotImplementedError

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        names = {"header_title": self.display_name, "header_icon": self.header_icon}
        return context | names | {"asks": self.asks(len(context["items"])), "action": self}


class ToNew(QueueBulkAction):
    display_name = gettext_lazy("Flood to new")
    aria_label = gettext_lazy("Move the selected accounts from the flood to the new ones")
    action_type = "to_new"
    action_priority = 10
    permission = "take out of the flood"
    lanes = ("flood",)
    why_not = gettext_lazy("These are not in the flood, or are decided by now:")

    def able(self, rows: list[Submission]) -> list[Submission]:
        user = self.request.user
        return [row for row in rows if row.is_flood and bulk.why_not_new(row, user) is None]

    def asks(self, count: int) -> str:
        says = ngettext("Move %(count)d account to the new ones?", "Move %(count)d accounts to the new ones?", count)
        return says % {"count": count}

    @classmethod
    def execute_action(cls, objects: list[Submission], *, action: Any, **kwargs: Any) -> tuple[int, int]:
        return bulk.bulk_to_new(objects, by=action.request.user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        says = ngettext(
            "%(count)d account is among the new ones.", "%(count)d accounts are among the new ones.", num_parent_objects
        )
        return says % {"count": num_parent_objects}


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
    why_not = gettext_lazy("These stay: somebody has begun on them, or their contributor came back.")

    def able(self, rows: list[Submission]) -> list[Submission]:
        spam = bulk.may_be_spam(rows, by=self.request.user)
        return [row for row in rows if row.pk in spam]

    def asks(self, count: int) -> str:
        says = ngettext(
            "Decline %(count)d account as spam, unread?", "Decline %(count)d accounts as spam, unread?", count
        )
        return says % {"count": count}

    @classmethod
    def execute_action(cls, objects: list[Submission], *, action: Any, **kwargs: Any) -> tuple[int, int]:
        return bulk.decline_as_spam(objects, by=action.request.user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        says = ngettext(
            "%(count)d account is declined as spam.", "%(count)d accounts are declined as spam.", num_parent_objects
        )
        return says % {"count": num_parent_objects}


class GiveForm(forms.Form):
    """To whom: any moderator but whoever asks, who claims what they want."""

    colleague = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=get_user_model().objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, giver: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = get_user_model().objects.exclude(pk=giver.pk)
        moderators = others.filter(is_active=True, groups__name=policies.MODERATORS)
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
    why_not = gettext_lazy("These are decided, or withdrawn:")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "giver": self.request.user}

    def able(self, rows: list[Submission]) -> list[Submission]:
        return [row for row in rows if row.status in lifecycle.OPEN_TO_WORK]

    def asks(self, count: int) -> str:
        says = ngettext("Give %(count)d account to a colleague?", "Give %(count)d accounts to a colleague?", count)
        return says % {"count": count}

    @classmethod
    def execute_action(cls, objects: list[Submission], *, action: Any, **kwargs: Any) -> tuple[int, int]:
        colleague = action.cleaned_form.cleaned_data["colleague"]
        return bulk.give_claims(objects, to=colleague, by=action.request.user), len(objects)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        name = self.cleaned_form.cleaned_data["colleague"].get_username()
        says = ngettext(
            "%(count)d account stands in %(name)s’s lane.",
            "%(count)d accounts stand in %(name)s’s lane.",
            num_parent_objects,
        ) % {"count": num_parent_objects, "name": name}
        if num_parent_objects < num_child_objects:
            says += " " + _("The others could not be given to them.")
        return says


ACTIONS: tuple[type[QueueBulkAction], ...] = (ToNew, DeclineAsSpam, Give)


def buttons(lane: str) -> list[ListingButton]:
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


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
