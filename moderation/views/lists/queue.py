"""The queue: its lists, page by page; taking one in hand, handing it on and taking it over; declining a whole flood."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import BaseListingView

from moderation import claims, reading
from moderation.facts import load_text_facts
from moderation.policies.access import TAKE_OVER_REASONS, is_absent, why_not_claim
from moderation.policies.texts import is_for_second
from moderation.queue import floods, lanes, rows, second_readings, urgent
from moderation.team import wellbeing
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, VaultRequest, button_view, room_view
from moderation.views.pages import QUESTIONS, QUEUE, room_page, telling
from moderation.views.room.source import submission_or_404
from stories.core import tables
from stories.intake import pages
from stories.models import Submission

# What the urgent lane shows of the take-down requests.
_TAKE_DOWNS = 5


class QueueTable(Table):
    """Wagtail's table, all of it in one template: for a cell each, a page would take half as long again."""

    template_name = "moderation/queue_table.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(parent_context)
        return context | {"csrf_token": get_token(parent_context["request"])}


@method_decorator(room_view("see the queue", "GET"), name="dispatch")
class QueueView(BaseListingView):
    template_name = "moderation/queue.html"
    results_template_name = "moderation/queue_results.html"
    page_title = gettext_lazy("Queue")
    header_icon = "tasks"
    table_class = QueueTable
    columns = [
        Column("short_name", label=gettext_lazy("Account")),
        Column("age", label=gettext_lazy("Came")),
        Column("labels", label=gettext_lazy("Labels")),
        Column("in_hand", label=gettext_lazy("In hand")),
    ]

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        if "lane" in kwargs and kwargs["lane"] not in lanes.BY_SLUG:
            raise Http404
        self.place = rows.Place.read(request.GET.get("from", ""), request.GET.get("to", ""))

    @cached_property
    def vault(self) -> OpenVault | None:
        return vault_of(self.request)

    @cached_property
    def beside(self) -> urgent.Beside:
        return urgent.beside_ticks(self.request.user, self.vault)

    @cached_property
    def counts(self) -> dict[str, int]:
        return lanes.lane_counts(self.request.user, self.beside.all)

    @cached_property
    def lane(self) -> lanes.Lane:
        """The list of the address, or else the first lane that has something in it."""
        named = lanes.BY_SLUG.get(self.kwargs.get("lane", ""))
        return named or next((lane for lane in lanes.LANES if self.counts[lane.slug]), lanes.FIRST)

    @cached_property
    def tray(self) -> floods.SortedTray | None:
        """The flood tray with one row for many; None of another list, and while the vault is locked."""
        if self.lane == lanes.FLOOD and self.vault:
            return floods.sort_tray(by=self.request.user, vault=self.vault)
        return None

    @cached_property
    def page(self) -> rows.Page:
        if self.tray and self.vault:
            return rows.page_among(self.tray.alone, self.place, self.vault)
        return rows.queue_page(self.lane, self.request.user, self.place, self.vault, self.beside.all)

    def get_queryset(self) -> list[Submission]:
        user, facts = self.request.user, self.beside.facts
        # What nobody has touched in the tray waits for no second person.
        touched = [row for row in self.page.rows if getattr(row, "is_touched", True)]
        second = second_readings.second_readings_in_rows(touched, user, self.vault, facts)
        return rows.rows_in_words(self.page, user, second)

    def get_table(self, object_list: list[Submission]) -> QueueTable:
        return QueueTable(self.columns, object_list)

    def get_index_url(self) -> str:
        return reverse("room_lane", args=[self.lane.slug])

    def get_page_title(self) -> str:
        return _("Queue: %(list)s") % {"list": self.lane.label}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        is_flood = self.lane == lanes.FLOOD
        take_downs = list(lanes.due_requests()[: _TAKE_DOWNS + 1]) if self.lane == lanes.URGENT else []
        return context | {
            "lane": self.lane,
            "lanes": [self._link(lane) for lane in lanes.LANES],
            "others": [self._link(lane) for lane in lanes.LISTS if lane not in lanes.LANES],
            "is_other": self.lane not in lanes.LANES,
            "page": self.page,
            "first": self._way(),
            "earlier": self._way(to=self.page.earlier),
            "later": self._way(**{"from": self.page.later}),
            "last": self._way(to="end"),
            "is_first": not {"from", "to"} & set(self.request.GET),
            "groups": [(group[0], len(group), _weeks_of(group)) for group in self.tray.groups] if self.tray else [],
            "said_of_groups": _said_of_tray(self.tray) if self.tray and self.tray.groups else "",
            "is_flood": is_flood,
            "has_flood": is_flood and self.counts[self.lane.slug] > 0,
            "take_downs": take_downs[:_TAKE_DOWNS],
            "more_take_downs": len(take_downs) > _TAKE_DOWNS,
        }

    def _link(self, lane: lanes.Lane) -> dict[str, object]:
        count = self.counts.get(lane.slug)
        return {
            "label": lane.label,
            "count": None if count is None else lanes.count_in_words(count),
            "url": reverse("room_lane", args=[lane.slug]),
            "is_here": lane == self.lane,
        }

    def _way(self, **key: str) -> str:
        """The address of another page of this list; empty where there is none."""
        return f"{self.index_url}?{urlencode(key)}" if all(key.values()) else ""


class TakeOverForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why you take it over"), choices=TAKE_OVER_REASONS, widget=forms.RadioSelect
    )


@room_view("claim", "POST")
def claim(request: StaffRequest, pk: object) -> HttpResponse:
    """Take a submission in hand; whoever could be its second reader is asked once more, for from then on they can't."""
    submission = submission_or_404(pk)
    facts = load_text_facts(submission, request.user)
    if is_for_second(facts) and "sure" not in request.POST and not why_not_claim(facts):
        asked = QUESTIONS["claim what is put forward"]
        title, back = asked["title"] % {"name": submission.short_name}, reverse("room_second", args=[submission.pk])
        return room_page(request, "confirm", title, asked["icon"], asked | {"back": back}, under=[QUEUE])
    with telling(request):
        claims.take_claim(submission, by=request.user)
        return redirect("room_read", pk=submission.pk)
    return redirect("room_queue")


# No reason is asked.
hand_on = button_view("claim", submission_or_404, claims.hand_on, gettext_lazy("Handed on. Anybody can take it now."))


@room_view("take over")
def take_over(request: StaffRequest, pk: object) -> HttpResponse:
    """Ask why, then take it from a colleague who is away from it; what they wrote so far is all there."""
    submission = submission_or_404(pk)
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        with telling(request):
            claims.take_over(submission, reason=form.cleaned_data["reason"], by=request.user)
            return redirect("room_read", pk=submission.pk)
        return redirect("room_queue")
    title, claim = _("Take over %(name)s") % {"name": submission.short_name}, lanes.claim_now(submission)
    context = {"form": form, "claim": claim, "is_absent": claim is not None and is_absent(claim)}
    return room_page(request, "take_over", title, "user", context, under=[QUEUE])


_TRAY = (reverse_lazy("room_lane", args=["flood"]), lanes.FLOOD.label)
_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_WORDS = tables.read(__file__)


def _said_of(what: str, count: int, **beside: int) -> str:
    one, several = _WORDS[what]
    return ngettext(one, several, count) % {"count": count, **beside}


def _weeks_of(group: Sequence[Submission]) -> str:
    weeks = sorted(group, key=lambda row: row.week)
    return " – ".join(dict.fromkeys(rows.weeks_in_words(row) for row in (weeks[0], weeks[-1])))


def _said_of_tray(tray: floods.SortedTray) -> str:
    """“131 of nearly the same words, 2 others.”"""
    return _said_of("groups", len(tray.alone), many=sum(map(len, tray.groups)))


def _decline(request: VaultRequest, *asked: str, with_opened: bool = False) -> HttpResponse:
    """Decline what these fields of a form name, and say how many meanwhile stand otherwise and so stay."""
    named = {UUID(each) for name in asked for each in request.POST.get(name, "").split() if _ID.fullmatch(each)}
    count = floods.decline_all(named, by=request.user, with_ticked="ticked" in asked, with_opened=with_opened)
    back = messages.button(reverse("room_put_flood_back"), _("Put these back in the flood tray"))
    messages.success(request, _said_of("declined", count), buttons=[back] if count else [])
    if stay := len(named) - count:
        messages.warning(request, _said_of("stay", stay))
    return redirect("room_lane", lane="flood")


@room_view("decline the flood", with_vault=True)
def decline_flood(request: VaultRequest) -> HttpResponse:
    """Ask once, naming the number; a POST declines those that were there when it was asked, and no other."""
    if request.method == "POST":
        return _decline(request, "asked", *(["ticked"] if request.POST.get("which") == "ticked too" else []))
    found = list(floods.untouched_flood(by=request.user, with_ticked=True))
    labels = reading.open_labels(found, request.vault)
    calm: list[Submission] = []
    ticked: list[Submission] = []
    for row in found:
        is_first = row.is_urgent or (row.pk in labels and labels[row.pk].danger)
        (ticked if is_first else calm).append(row)
    context = {"calm": calm, "ticked": ticked, "all": len(found)}
    return room_page(request, "flood", _("Decline the flood"), "cross", context, under=[QUEUE])


@room_view("open an account", with_vault=True)
def flood_group(request: VaultRequest, pk: UUID) -> HttpResponse:
    """Show one text for all of its group, which leaves the event of opening that one; a POST declines those named."""
    if request.method == "POST":
        return _decline(request, "asked", with_opened=True)
    tray = floods.sort_tray(by=request.user, vault=request.vault)
    group = next((group for group in tray.groups if any(row.pk == pk for row in group)), None)
    if group is None:
        messages.warning(request, _("It stands by itself in the tray by now: somebody touched it, or the others."))
        return redirect("room_lane", lane="flood")
    with telling(request):
        return _group_page(request, group)
    return redirect("room_lane", lane="flood")


def _group_page(request: VaultRequest, group: Sequence[Submission]) -> HttpResponse:
    opened = reading.read_account(group[0], vault=request.vault)
    labels = reading.open_labels(group, request.vault)
    changed = [row for row in group if labels[row.pk].words != labels[group[0].pk].words]
    context: dict[str, object] = {
        "first": group[0],
        "tags": list(rows.sealed_tags(labels[group[0].pk])),
        "parts": [(pages.field_label(name), words) for name, words in opened.account.items() if words.strip()],
        "care": wellbeing.break_suggestion(request.user),
        "group": group,
        # What differs stands first.
        "changed": changed,
        "same": [row for row in group if labels[row.pk].words == labels[group[0].pk].words],
    }
    title = _("%(count)d of nearly the same words") % {"count": len(group)}
    return room_page(request, "flood_group", title, "copy", context, under=[QUEUE, _TRAY])


@room_view("put back in the flood tray")
def put_flood_back(request: StaffRequest) -> HttpResponse:
    """Ask once, naming who declined how many on which day; a POST puts back those, and no other."""
    if request.method == "POST":
        given = request.POST.get("click", "")
        # No key of an event has more digits; 0, which none has, for anything else.
        key = int(given) if given.isdecimal() and len(given) < 20 else 0
        count = floods.put_all_back(click=key, by=request.user)
        messages.success(request, _said_of("put_back", count))
        return redirect("room_lane", lane="flood")
    click = floods.newest_click(request.user)
    count = floods.declined_by(click, for_whom=request.user).count()
    context = {"count": count, "click": click}
    return room_page(request, "flood_back", _("Put the flood back"), "arrow-left", context, under=[QUEUE])
