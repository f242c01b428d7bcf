"""The start page of the moderators' room: what waits for somebody, and nothing that counts people."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from moderation import answers, claims, conflict_of_interest, publishing, reading
from moderation.panels import urgent as urgent_panel
from moderation.panels.people import VaultPanel
from moderation.queue import lanes, second_readings
from moderation.queue import rows as queue_rows
from moderation.queue.rows import row_address, weeks_in_words
from moderation.team import keys, permissions, wellbeing
from moderation.team.vault_session import vault_of
from stories.intake import retention
from stories.models import Submission

_SHOWN = 5
# Each of these waits for somebody else than who asked, so that few are left out.
_MOST_SECOND = 20


class RoomPanel(Component):
    """A panel that is for those who may do `deed`, and shows nothing where it has nothing to say."""

    deed = "see the queue"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {"request": request, "user": request.user, **self.says_to(request)}

    def says_to(self, request: Any) -> dict[str, Any]:
        return self.says(request.user)

    def says(self, user: Any) -> dict[str, Any]:
        raise NotImplementedError


def _first_of(rows: QuerySet[Submission], user: Any) -> list[Submission]:
    first = list(rows[:_SHOWN])
    queue_rows.mark_rows(first, user)
    return first


def _more(rows: QuerySet[Submission]) -> str:
    """How many there are beyond those, in words; nothing where there is none."""
    more = lanes.capped_count(rows) - _SHOWN
    if more > lanes.MOST_COUNTED - _SHOWN:
        return _("And many more")
    return ngettext("And %(more)d more", "And %(more)d more", more) % {"more": more} if more > 0 else ""


class UrgentPanel(RoomPanel):
    """What can't wait, before everything else, and whom to ring about it."""

    template_name = "moderation/panels/urgent.html"
    order = 1

    def says_to(self, request: Any) -> dict[str, Any]:
        return urgent_panel.says_to(request)


class UrgentNumbersPanel(RoomPanel):
    """How many are ticked as urgent and how many are late, for a coordinator who opens none of them."""

    deed = "see how it goes"
    template_name = "moderation/panels/urgent_numbers.html"
    order = 1

    def says(self, user: Any) -> dict[str, Any]:
        # Who reads as well has the whole panel.
        return {} if permissions.why_not(UrgentPanel.deed, user) is None else urgent_panel.numbers()


class LockedPanel(RoomPanel):
    """The way to the six words, while the vault is locked."""

    deed = "unlock the vault"
    template_name = "moderation/panels/locked.html"
    order = 5

    def says_to(self, request: Any) -> dict[str, Any]:
        if vault_of(request, works=False) is not None:
            return {"is_locked": False}
        return {"is_locked": True, "why": keys.why_locked(request.user)}


class RetentionPanel(RoomPanel):
    """A warning when what should be erased may still be here."""

    deed = "see the people"
    template_name = "moderation/panels/retention.html"
    order = 31

    def says(self, user: Any) -> dict[str, Any]:
        return {"is_late": retention.is_late()}


class SecondReadingsPanel(RoomPanel):
    """What waits for a second pair of eyes; first, because it publishes."""

    template_name = "moderation/panels/second_readings.html"
    order = 30

    def says_to(self, request: Any) -> dict[str, Any]:
        waiting, vault = lanes.rows_for_second_reader(request.user), vault_of(request, works=False)
        first = _first_of(waiting, request.user)
        labels = reading.open_labels(first, vault) if vault else {}
        rows = [
            {"row": row, "age": weeks_in_words(row), "tags": list(queue_rows.sealed_tags(labels.get(row.pk)))}
            for row in first
        ]
        return {"rows": rows, "more": _more(waiting), "lane_url": reverse("room_lane", args=["second"])}


class SecondYesPanel(RoomPanel):
    """What a colleague asked for or answered, and this person can be the second to."""

    template_name = "moderation/panels/second_yes.html"
    order = 31

    def says_to(self, request: Any) -> dict[str, Any]:
        vault, danger = vault_of(request, works=False), dict(urgent_panel.beside_ticks(request).facts)
        waiting = second_readings.second_yes_waiting_for(request.user, vault, danger)
        return {"waiting": waiting[:_MOST_SECOND], "more": max(len(waiting) - _MOST_SECOND, 0)}


class TheyWrotePanel(RoomPanel):
    """What contributors wrote and nobody has opened, also about what is decided."""

    template_name = "moderation/panels/they_wrote.html"
    order = 35

    def says(self, user: Any) -> dict[str, Any]:
        unopened = lanes.lane_rows("wrote", user)
        rows = [{"row": row, "url": row_address(row)} for row in _first_of(unopened, user)]
        return {"rows": rows, "more": _more(unopened), "lane_url": reverse("room_lane", args=["wrote"])}


class WhereILeftOffPanel(RoomPanel):
    """What this person has in hand now, and what came back to them or was given to them."""

    template_name = "moderation/panels/where_i_left_off.html"
    order = 40

    def says(self, user: Any) -> dict[str, Any]:
        in_hand, back = (
            list(claims.claims_of(user).filter(submission__practice_for=None)[:_SHOWN]),
            lanes.rows_waiting_for(user),
        )
        queue_rows.mark_rows([claim.submission for claim in in_hand], user)
        return {
            "claims": in_hand,
            "back": _first_of(back, user),
            "more": _more(back),
            "lane_url": reverse("room_lane", args=["mine"]),
        }


class LanesPanel(RoomPanel):
    """Every lane with how many stand in it."""

    template_name = "moderation/panels/lanes.html"
    order = 50

    def says_to(self, request: Any) -> dict[str, Any]:
        counts = lanes.lane_counts(request.user, urgent_panel.beside_ticks(request).all)
        return {"lanes": [{"lane": lane, "count": lanes.count_in_words(counts[lane.slug])} for lane in lanes.LANES]}


class HeldPanel(RoomPanel):
    """The held ones whose day has come."""

    template_name = "moderation/panels/held.html"
    order = 46

    def says(self, user: Any) -> dict[str, Any]:
        return {"rows": _first_of(lanes.held_to_look_at_again(), user)}


class EndingSoonPanel(RoomPanel):
    """Held ones that are erased within a fortnight: a coordinator is warned, and only a moderator is led to them."""

    deed = "see the people"
    template_name = "moderation/panels/ending_soon.html"
    order = 55

    def says(self, user: Any) -> dict[str, Any]:
        ending = lanes.ending_soon()
        is_reader = permissions.why_not("open an account", user) is None
        return {"rows": ending[:_SHOWN], "count": ending.count(), "is_reader": is_reader}


class CarePanel(RoomPanel):
    """A word to who has read much today; it stands in the way of nothing."""

    deed = "open an account"
    template_name = "moderation/panels/care.html"
    order = 7

    def says(self, user: Any) -> dict[str, Any]:
        return {"care": wellbeing.break_suggestion_for(user)}


class NobodyLeftPanel(RoomPanel):
    """What nobody is left to read first or second, for who can invite somebody: never why."""

    deed = "invite"
    template_name = "moderation/panels/nobody_left.html"
    order = 32

    def says(self, user: Any) -> dict[str, Any]:
        missing = conflict_of_interest.missing_in_words(conflict_of_interest.nobody_left())
        return {"missing": missing[:_SHOWN], "more": max(len(missing) - _SHOWN, 0)}


class TakeDownsPanel(RoomPanel):
    """Take-down requests and objections of forces that nobody has settled."""

    deed = "see take-down requests"
    template_name = "moderation/panels/take_downs.html"
    order = 45

    def says_to(self, request: Any) -> dict[str, Any]:
        waiting = lanes.requests_seen_by(lanes.due_with_objections(), request.user)
        # A panel is rendered without the page's own context.
        return {"requests": waiting[:_SHOWN], "count": waiting.count(), "csrf_token": get_token(request)}


class ResponsesPanel(RoomPanel):
    """Forces' answers that this person can bring further: a second yes, or entering again what came back."""

    deed = "see forces’ answers"
    template_name = "moderation/panels/responses.html"
    order = 48

    def says(self, user: Any) -> dict[str, Any]:
        waiting = answers.answers_waiting_for(user)
        return {"entries": waiting[:_SHOWN], "count": len(waiting)}


class BatchPanel(RoomPanel):
    """How many agreed stories wait for a coordinator's button or the clock."""

    deed = "publish a batch"
    template_name = "moderation/panels/batch.html"
    order = 80

    def says(self, user: Any) -> dict[str, Any]:
        waiting = publishing.waiting_stories()
        return {"count": len(waiting), "why_it_waits": publishing.why_batch_waits(waiting)}


PANELS = (
    UrgentPanel,
    UrgentNumbersPanel,
    LockedPanel,
    CarePanel,
    RetentionPanel,
    EndingSoonPanel,
    NobodyLeftPanel,
    SecondReadingsPanel,
    SecondYesPanel,
    TheyWrotePanel,
    WhereILeftOffPanel,
    LanesPanel,
    HeldPanel,
    TakeDownsPanel,
    ResponsesPanel,
    BatchPanel,
)


def arrange_panels(request: Any, panels: list[Component]) -> None:
    """Give moderators and coordinators the room's panels; Wagtail's stay for whoever edits pages too."""
    roles = permissions.roles_that_may(request.user)
    ours = [panel() for panel in PANELS if permissions.why_not(panel.deed, request.user) is None]
    if ours and permissions.EDITORS not in roles and not request.user.is_superuser:
        panels.clear()
    panels.extend(ours)
    panels.append(VaultPanel())
