"""The deeds on many accounts at once: to rows that somebody ticked, and to a whole flood, with the way back.

Wagtail's bulk actions move rows out of the flood, decline them as spam, give them to a colleague, and nothing else.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import ListingButton

from moderation import bulk, conflict_of_interest
from moderation.queue.pages import PAGE
from moderation.team.permissions import MODERATORS
from moderation.views.decorators import StaffRequest, VaultRequest, needs_vault, require_permission, room_view
from moderation.views.pages import QUEUE, room_page
from stories.core import lifecycle
from stories.models import Submission, lists

_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _many(deed: str, count: int, what: str = "done", **more: str) -> str:
    """A question, or what is said afterwards, of one account or of several."""
    one, several = _WORDS[deed][what]
    return ngettext(one, several, count) % {"count": count, **more}


class QueueBulkAction(BulkAction):
    """A deed on the rows that somebody ticked on one page, never on a whole list; bulk.toml says what each is."""

    models = [Submission]
    template_name = "moderation/bulk.html"
    permission = ""
    lanes: Sequence[str] = ()
    header_icon = "tasks"
    button_class = ""
    # Those of the rows that it can be done to; and doing it, which says to how many.
    able: ClassVar[Callable[..., list[Submission]]]
    change: ClassVar[Callable[..., int]]

    def __init_subclass__(cls) -> None:
        for name, value in _WORDS[cls.action_type].items():
            setattr(cls, name, value)
        cls.classes = {cls.button_class} - {""}

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return require_permission(self.permission)(needs_vault(super().dispatch))(request, *args, **kwargs)

    def get_actionable_objects(self) -> tuple[list[Submission], dict[str, list[Submission]]]:
        """Part the ticked rows that this person can see; an address that says “all” names none."""
        not_skipped = conflict_of_interest.not_skipped_by(self.request.user)
        ids = _ids(self.request.GET.getlist("id")[:PAGE])
        seen = Submission.objects.filter(lists.REAL, not_skipped, pk__in=ids)
        rows = list(seen.exclude(status=Submission.Status.DRAFT).order_by("week", "id"))
        able = self.able(rows, by=self.request.user)
        return able, {"items_with_no_access": [row for row in rows if row not in able]}

    def execute_action(self, objects: list[Submission], **kwargs: object) -> tuple[int, int]:  # type: ignore[override]
        return self.change(objects, by=self.request.user, **self.cleaned_form.cleaned_data), len(objects)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return _many(self.action_type, num_parent_objects)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        count = len(context["items"])  # type: ignore[arg-type]
        context |= {"header_title": self.display_name, "header_icon": self.header_icon, "action": self}
        return context | {"asks": _many(self.action_type, count, "asks")}


class ToNew(QueueBulkAction):
    action_type = "to_new"
    able, change = staticmethod(bulk.movable_to_new), staticmethod(bulk.bulk_to_new)


class DeclineAsSpam(QueueBulkAction):
    action_type = "decline_as_spam"
    able, change = staticmethod(bulk.may_be_spam), staticmethod(bulk.decline_as_spam)


class GiveForm(forms.Form):
    """To whom: any moderator but whoever asks, who claims what they want."""

    colleague = forms.ModelChoiceField(label=gettext_lazy("Colleague"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moderators = User.objects.exclude(pk=giver.pk).filter(is_active=True, groups__name=MODERATORS)
        self.fields["colleague"].queryset = moderators.order_by("username")  # type: ignore[attr-defined]


class Give(QueueBulkAction):
    action_type = "give"
    form_class = GiveForm
    able = staticmethod(lambda rows, by: [row for row in rows if row.status in lifecycle.OPEN_TO_WORK])
    change = staticmethod(bulk.give_claims)

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "giver": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        name = self.cleaned_form.cleaned_data["colleague"].get_username()
        says = _many("give", num_parent_objects, name=name)
        rest = _("The others could not be given to them.") if num_parent_objects < num_child_objects else ""
        return f"{says} {rest}".strip()


ACTIONS: tuple[type[QueueBulkAction], ...] = (ToNew, DeclineAsSpam, Give)


def bulk_buttons(lane: str) -> list[ListingButton]:
    """The buttons in the bar under a list; Wagtail's own bar would offer every action in every list."""
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


@room_view("decline the flood", with_vault=True)
def decline_flood(request: VaultRequest) -> HttpResponse:
    """Ask once, naming the number; a POST declines those that were there when it was asked, and no other."""
    if request.method == "POST":
        asked, with_ticked = _ids(request.POST.get("asked", "").split()), request.POST.get("which") == "ticked too"
        count = bulk.decline_all(asked, by=request.user, with_ticked=with_ticked)
        back = messages.button(reverse("room_put_flood_back"), _("Put these back in the flood tray"))
        messages.success(request, _many("decline_as_spam", count), buttons=[back] if count else [])
        return redirect("room_lane", lane="flood")
    rows = list(bulk.untouched_flood(by=request.user, with_ticked=True))
    calm = [row for row in rows if not row.is_urgent]
    context: dict[str, object] = {
        "count": len(calm),
        "ticked": len(rows) - len(calm),
        "rows": rows,
        "groups": bulk.groups_of_same_words(calm, request.vault),
    }
    return room_page(request, "flood", _("Decline the flood"), "cross", context, under=[QUEUE])


@room_view("put back in the flood tray")
def put_flood_back(request: StaffRequest) -> HttpResponse:
    """Ask once, naming who declined how many on which day; a POST puts back those, and no other."""
    if request.method == "POST":
        given = request.POST.get("click", "")
        # No key of an event has more digits; 0, which none has, for anything else.
        key = int(given) if given.isdecimal() and len(given) < 20 else 0
        count = bulk.put_all_back(click=key, by=request.user)
        messages.success(request, _many("put_back", count))
        return redirect("room_lane", lane="flood")
    click = bulk.newest_click(request.user)
    count = bulk.declined_by(click, for_whom=request.user).count()
    context = {"count": count, "click": click}
    return room_page(request, "flood_back", _("Put the flood back"), "arrow-left", context, under=[QUEUE])
