"""The start page of the moderators' room: what waits for somebody, and nothing that counts people."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from moderation import claims, deeds, keys, publishing, queue, vault_panels
from moderation.vault_door import vault_of
from moderation.views.queue import address, age
from stories.models import TakeDownRequest
from stories.telling import retention

_SHOWN = 5


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
    order = 10

    def says(self, user: Any) -> dict[str, Any]:
        return {"is_late": retention.is_late()}


class SecondReadingsPanel(RoomPanel):
    """What waits for a second pair of eyes; first, because it publishes."""

    template_name = "moderation/panels/second_readings.html"
    order = 30

    def says(self, user: Any) -> dict[str, Any]:
        waiting = queue.for_second_reader(user)
        rows = [{"row": row, "age": age(row)} for row in waiting[:_SHOWN]]
        more = max(waiting.count() - _SHOWN, 0)
        return {"rows": rows, "more": more, "lane_url": reverse("room_lane", args=["second"])}


class TheyWrotePanel(RoomPanel):
    """What contributors wrote and nobody has opened, also about what is decided."""

    template_name = "moderation/panels/they_wrote.html"
    order = 35

    def says(self, user: Any) -> dict[str, Any]:
        unopened = queue.rows("wrote", user)
        rows = [{"row": row, "url": address(row)} for row in unopened[:_SHOWN]]
        more = max(unopened.count() - _SHOWN, 0)
        return {"rows": rows, "more": more, "lane_url": reverse("room_lane", args=["wrote"])}


class WhereILeftOffPanel(RoomPanel):
    """What this person has in hand now."""

    template_name = "moderation/panels/where_i_left_off.html"
    order = 40

    def says(self, user: Any) -> dict[str, Any]:
        return {"claims": claims.of(user)[:_SHOWN]}


class LanesPanel(RoomPanel):
    """Every lane with how many stand in it."""

    template_name = "moderation/panels/lanes.html"
    order = 50

    def says(self, user: Any) -> dict[str, Any]:
        counts = queue.counts(user)
        return {"lanes": [{"lane": lane, "count": counts[lane.slug]} for lane in queue.LANES]}


class HeldPanel(RoomPanel):
    """The held ones whose day has come."""

    template_name = "moderation/panels/held.html"
    order = 60

    def says(self, user: Any) -> dict[str, Any]:
        return {"rows": queue.to_look_at_again()[:_SHOWN]}


class TakeDownsPanel(RoomPanel):
    """Take-down requests that nobody has settled."""

    deed = "see take-down requests"
    template_name = "moderation/panels/take_downs.html"
    order = 70

    def says(self, user: Any) -> dict[str, Any]:
        waiting = TakeDownRequest.objects.filter(settled_at__isnull=True)
        return {"requests": waiting.order_by("week", "pk")[:_SHOWN], "count": waiting.count()}


class BatchPanel(RoomPanel):
    """How many agreed stories wait for a coordinator's button or the clock."""

    deed = "publish a batch"
    template_name = "moderation/panels/batch.html"
    order = 80

    def says(self, user: Any) -> dict[str, Any]:
        waiting = publishing.waiting_stories()
        return {"count": len(waiting), "why_it_waits": publishing.why_batch_waits(waiting)}


PANELS = (
    LockedPanel,
    RetentionPanel,
    SecondReadingsPanel,
    TheyWrotePanel,
    WhereILeftOffPanel,
    LanesPanel,
    HeldPanel,
    TakeDownsPanel,
    BatchPanel,
)


def arrange(request: Any, panels: list[Component]) -> None:
    """Give moderators and coordinators the room's panels; Wagtail's stay for whoever edits pages too."""
    roles = deeds.roles(request.user)
    ours = [panel() for panel in PANELS if deeds.why_not(panel.deed, request.user) is None]
    if ours and deeds.EDITORS not in roles and not request.user.is_superuser:
        panels.clear()
    panels.extend(ours)
    vault_panels.add_to(request, panels)
