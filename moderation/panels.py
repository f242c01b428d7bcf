"""The start page of the moderators' room: what waits for somebody, and nothing that counts people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from wagtail.admin.ui.components import Component

from moderation import claims, event_words, publishing, reading, ready_words
from moderation.forces import answers
from moderation.queue import desk, lanes, rows as queue_rows, second_readings, urgent
from moderation.queue.rows import row_address, weeks_in_words
from moderation.team import invitations, keys, permissions, rights, rotation, wellbeing
from moderation.team.vault import OpenVault
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest
from stories.core import lifecycle
from stories.danger import NOW
from stories.intake import retention
from stories.intake.labels import Labels
from stories.models import Event, Submission

# Of each list so many are shown.
_SHOWN = 5
_URGENT_SHOWN = 8
# Each of these waits for somebody else than who asked, so that few are left out.
_MOST_SECOND = 20
# Of each kind so many urgent ones are put in order; a team that has more of them has a flood.
_MOST_SORTED = 200

Says = Callable[[StaffRequest], dict[str, object]]


@dataclass(frozen=True)
class RoomPanel(Component):
    """A panel for those who have `permission`: what `says` gives for a request, in a template that may show nothing."""

    says: Says
    template_name: str
    order: int
    permission: str

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, object]:
        request = (parent_context or {})["request"]
        return {"request": request, "user": request.user, **self.says(request)}


_PANELS: list[RoomPanel] = []


def _panel(template: str, *, order: int, permission: str = "see the queue") -> Callable[[Says], Says]:
    def register(says: Says) -> Says:
        _PANELS.append(RoomPanel(says, f"moderation/{template}.html", order, permission))
        return says

    return register


def _first_of(rows: QuerySet[Submission], user: User) -> list[Submission]:
    first = list(rows[:_SHOWN])
    queue_rows.mark_rows(first, user)
    return first


def _more(rows: QuerySet[Submission], shown: int = _SHOWN) -> str:
    more = rows.order_by()[: lanes.MOST_COUNTED + 1].count() - shown
    if more > lanes.MOST_COUNTED - shown:
        return _("And many more")
    return ngettext("And %(more)d more", "And %(more)d more", more) % {"more": more} if more > 0 else ""


@_panel("panels/urgent", order=1)
def urgent_panel(request: StaffRequest) -> dict[str, object]:
    beside, vault = _beside_ticks(request), vault_of(request, works=False)
    rows = lanes.lane_rows(lanes.URGENT.slug, request.user, beside.all)
    return {
        "lines": _urgent_lines(rows, frozenset(beside.facts), request.user, vault),
        "requests": urgent.urgent_requests(request.user, vault),
        "more": _more(rows, _URGENT_SHOWN),
        "is_locked": vault is None,
        "is_cut": beside.is_cut,
        "most": urgent.MOST,
        "contacts": ready_words.safeguarding(),
        "lane_url": reverse("room_lane", args=[lanes.URGENT.slug]),
    }


def _beside_ticks(request: StaffRequest) -> urgent.Beside:
    """The part of Urgent beside the ticks, worked out once for each request; its page keeps no vault open."""
    if not hasattr(request, "_heard_beside"):
        request._heard_beside = urgent.beside_ticks(request.user, vault_of(request, works=False))  # type: ignore[attr-defined]
    return request._heard_beside  # type: ignore[attr-defined]


def _urgent_lines(
    rows: QuerySet[Submission], sealed: frozenset[UUID], user: User, vault: OpenVault | None
) -> list[dict[str, object]]:
    """The first of them in the order in which somebody should look: life before a tick, then unread before opened."""
    found = [*rows.filter(pk__in=sealed)[:_MOST_SORTED]] if sealed else []
    found += rows.exclude(pk__in=sealed)[:_MOST_SORTED]
    labels = reading.open_labels(found, vault) if vault else {}
    opened = set(Event.objects.filter(submission__in=found, deed="open").values_list("submission", flat=True))

    def turn(row: Submission) -> tuple[object, ...]:
        says = labels.get(row.pk)
        rank = 2 if says is None or not says.danger.is_urgent else int(says.danger.life != NOW)
        return rank, row.pk in opened and row.unopened_since is None, row.week, row.pk

    found.sort(key=turn)
    first = found[:_URGENT_SHOWN]
    queue_rows.mark_rows(first, user)
    return [_urgent_line(row, labels.get(row.pk), row.pk in opened, user) for row in first]


def _urgent_line(row: Submission, labels: Labels | None, was_opened: bool, user: User) -> dict[str, object]:
    """An account as the panel shows it: since when nobody has opened it, or what they wrote last."""
    marks = list(queue_rows.danger_tags(labels)) if labels else []
    if row.is_urgent:
        marks.append(queue_rows.Tag(_("marked urgent"), "room-labels__urgent"))
    claim, in_hand = lanes.claim_now(row), ""
    if claim is not None:
        name = claim.holder.get_username()
        in_hand = _("in your hands") if claim.holder_id == user.pk else _("in %(name)s’s hands") % {"name": name}
    since, unread = row.unopened_since if was_opened else row.week, _("somebody has opened it")
    if since is not None:
        says = _("they wrote again, unread since %(since)s") if was_opened else _("unread since %(since)s")
        unread = says % {"since": _("this week") if since >= lifecycle.this_week() else date_format(since, "j F")}
    shown = {"row": row, "url": row_address(row), "age": weeks_in_words(row)}
    return shown | {"unread": unread, "in_hand": in_hand, "tags": marks}


@_panel("panels/warnings", order=5, permission="unlock the vault")
def locked_panel(request: StaffRequest) -> dict[str, object]:
    is_locked = vault_of(request, works=False) is None
    return {"is_locked": is_locked, "why": keys.why_locked(request.user) if is_locked else None}


@_panel("vault/panel", order=20, permission="unlock the vault")
def vault_panel(request: StaffRequest) -> dict[str, object]:
    is_unfinished = rotation.is_unfinished()
    return {
        "is_moderator": True,
        "recent": list(keys.recent_admissions()),
        "is_unfinished": is_unfinished,
        "should_rotate": not is_unfinished and keys.should_rotate(),
    }


@_panel("panels/people", order=25, permission="see the people")
def people_panel(request: StaffRequest) -> dict[str, object]:
    """The last 48 hours of parts and log-ins, and what of them doesn't count yet."""
    return {
        "waiting": [(right, event_words.deed_in_words(right.what)) for right in rights.waiting_rights()],
        "changes": [(change, event_words.deed_in_words(change.action)) for change in rights.recent_changes()],
    }


# The people who are invited and haven't come yet.
_panel("panels/people", order=60, permission="see the people")(
    lambda request: {"invited": invitations.open_invitations().select_related("made_by")}
)
# A warning when what should be erased may still be here.
_panel("panels/warnings", order=31, permission="see the people")(lambda request: {"is_late": retention.is_late()})
# A word to who has read much today; it stands in the way of nothing.
_panel("parts/care", order=7, permission="open an account")(
    lambda request: {"care": wellbeing.break_suggestion(request.user)}
)
# The held ones whose day has come.
_panel("panels/held", order=46)(
    lambda request: {"rows": _first_of(lanes.held_to_look_at_again(), request.user), "is_over": True}
)


@_panel("panels/second_readings", order=30)
def second_readings_panel(request: StaffRequest) -> dict[str, object]:
    """Texts that wait for a second pair of eyes; first, because that publishes."""
    waiting, vault = lanes.rows_for_second_reader(request.user), vault_of(request, works=False)
    first = _first_of(waiting, request.user)
    labels = reading.open_labels(first, vault) if vault else {}
    rows = [
        {"row": row, "age": weeks_in_words(row), "tags": list(queue_rows.sealed_tags(labels.get(row.pk)))}
        for row in first
    ]
    new_key = keys.recent_admissions().filter(key__moderator=request.user).first()
    lane_url = reverse("room_lane", args=["second"])
    return {"rows": rows, "more": _more(waiting), "new_key": new_key, "lane_url": lane_url}


@_panel("panels/second_yes", order=31)
def second_yes_panel(request: StaffRequest) -> dict[str, object]:
    """Wishes and answers of a colleague that this person can be the second to."""
    vault, danger = vault_of(request, works=False), dict(_beside_ticks(request).facts)
    waiting = second_readings.second_yes_waiting_for(request.user, vault, danger)
    return {"waiting": waiting[:_MOST_SECOND], "more": max(len(waiting) - _MOST_SECOND, 0)}


@_panel("panels/they_wrote", order=35)
def they_wrote_panel(request: StaffRequest) -> dict[str, object]:
    """Words of contributors that nobody has opened, also about what is decided."""
    unopened = lanes.lane_rows("wrote", request.user)
    rows = [{"row": row, "url": row_address(row)} for row in _first_of(unopened, request.user)]
    return {"rows": rows, "more": _more(unopened), "lane_url": reverse("room_lane", args=["wrote"])}


@_panel("panels/where_i_left_off", order=40)
def where_i_left_off_panel(request: StaffRequest) -> dict[str, object]:
    in_hand = list(claims.claims_of(request.user).filter(submission__practice_for=None)[:_SHOWN])
    back = lanes.rows_waiting_for(request.user)
    queue_rows.mark_rows([claim.submission for claim in in_hand], request.user)
    return {
        "claims": in_hand,
        "back": _first_of(back, request.user),
        "more": _more(back),
        "lane_url": reverse("room_lane", args=["mine"]),
    }


@_panel("panels/take_downs", order=45, permission="settle a take-down request")
def take_downs_panel(request: StaffRequest) -> dict[str, object]:
    waiting = lanes.due_with_objections()
    # A panel is rendered without the page's own context.
    return {"requests": waiting[:_SHOWN], "count": waiting.count(), "csrf_token": get_token(request)}


@_panel("panels/responses", order=48, permission="agree to a response")
def responses_panel(request: StaffRequest) -> dict[str, object]:
    """Forces' answers that this person can bring further: a second yes, or entering again what came back."""
    waiting = answers.answers_waiting_for(request.user)
    return {"entries": waiting[:_SHOWN], "count": len(waiting)}


@_panel("panels/lanes", order=8)
def lanes_panel(request: StaffRequest) -> dict[str, object]:
    counts = lanes.lane_counts(request.user, _beside_ticks(request).all)
    return {"lanes": [{"lane": lane, "count": lanes.count_in_words(counts[lane.slug])} for lane in lanes.LANES]}


@_panel("panels/held", order=55)
def ending_soon_panel(request: StaffRequest) -> dict[str, object]:
    """Held ones that are erased within a fortnight."""
    ending = lanes.ending_soon()
    return {"rows": ending[:_SHOWN], "count": ending.count()}


@_panel("panels/desk", order=1, permission="publish a batch")
def desk_panel(request: StaffRequest) -> dict[str, object]:
    rows = desk.batch_rows()
    waits = publishing.why_batch_waits([row.story for row in rows if row.story and not row.kept_out])
    shown = {"rows": rows[: desk.MOST], "more": max(len(rows) - desk.MOST, 0), "why_it_waits": waits}
    # A panel is rendered without the page's own context.
    return {"lines": desk.desk_lines(), "csrf_token": get_token(request), **shown}


def arrange_panels(request: StaffRequest, panels: list[Component]) -> None:
    """Give moderators and coordinators the room's panels; Wagtail's stay for whoever edits pages too."""
    person = permissions.person_of(request.user)
    ours = [panel for panel in _PANELS if permissions.why_not(panel.permission, request.user) is None]
    if ours and permissions.EDITORS not in person.roles and not request.user.is_superuser:
        panels.clear()
    panels.extend(ours)
    if reason := permissions.why_not_yet((permissions.MODERATORS, permissions.COORDINATORS), person):
        # Who waits would see an empty start screen else.
        panels.append(RoomPanel(lambda request: {"reason": reason}, "moderation/panels/warnings.html", 5, ""))
