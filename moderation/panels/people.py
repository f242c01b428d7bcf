"""What the team should know of its people and keys: what changed, what is waiting, and a key to change."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from moderation.team import audit_log, invitations, keys, rights, rotation
from moderation.team.permissions import COORDINATORS, MODERATORS, roles_that_may, why_not, why_not_yet


class VaultPanel(Component):
    """Keys admitted in the last 48 hours, and a rotation that is due or unfinished; otherwise nothing."""

    name = "vault"
    template_name = "moderation/vault/panel.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        is_unfinished = rotation.is_unfinished()
        return {
            # Nobody else is shown it.
            "is_moderator": True,
            "recent": list(keys.recent_admissions()),
            "is_unfinished": is_unfinished,
            "should_rotate": not is_unfinished and keys.should_rotate(),
        }

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        user = parent_context["request"].user if parent_context else None
        if user is None or MODERATORS not in roles_that_may(user):
            return ""
        html: str = super().render_html(parent_context)
        return html


class PeoplePanel(Component):
    """The last 48 hours of parts and log-ins, and what of them doesn't count yet; otherwise nothing."""

    name = "people"
    template_name = "moderation/panels/people.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "waiting": [(right, audit_log.words_of(right.what)) for right in rights.waiting_rights()],
            "changes": [(change, audit_log.words_of(change.action)) for change in rights.recent_changes()],
        }


class OwnRightPanel(Component):
    """From when somebody's own right counts, who else would see an empty start screen."""

    name = "own-right"
    order = 5

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString:
        return format_html('<div class="help-block help-warning"><p>{}</p></div>', self.reason)


class InvitationsPanel(Component):
    """Who is invited and hasn't come yet; otherwise nothing."""

    name = "invitations"
    template_name = "moderation/panels/invitations.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"invited": list(invitations.open_invitations().select_related("made_by"))}


def add_to(request: Any, panels: list[Component]) -> None:
    """Put them on the team's start screen; for the hook `construct_homepage_panels`."""
    if reason := why_not_yet((MODERATORS, COORDINATORS), request.user):
        panels.append(OwnRightPanel(reason))
    if why_not("see the people", request.user) is None:
        panels += [PeoplePanel(), InvitationsPanel()]
