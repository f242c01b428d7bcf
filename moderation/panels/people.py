"""What the team should know of its log-ins: a second step taken away or set up, and invitations that wait."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from moderation.deeds import why_not
from moderation.people import inviting, team


class PeoplePanel(Component):
    """The last 48 hours of second steps; otherwise nothing."""

    name = "people"
    template_name = "moderation/panels/people.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        changes = list(team.recent_changes())
        return {
            "resets": [change for change in changes if change.deed == team.RESET],
            "set_up": [change for change in changes if change.deed == team.SET_UP],
        }


class InvitationsPanel(Component):
    """Who is invited and hasn't come yet; otherwise nothing."""

    name = "invitations"
    template_name = "moderation/panels/invitations.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"invited": list(inviting.waiting().select_related("made_by"))}


def add_to(request: Any, panels: list[Component]) -> None:
    """Put both on the team's start screen; for the hook `construct_homepage_panels`."""
    if why_not("see the people", request.user) is None:
        panels += [PeoplePanel(), InvitationsPanel()]
