"""What every moderator should know of the vault when they log in: new keys, and a key to change."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from moderation import keys
from moderation.deeds import MODERATORS, roles
from moderation.safekeeping import rotation


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
        if user is None or MODERATORS not in roles(user):
            return ""
        html: str = super().render_html(parent_context)
        return html


def add_to(request: Any, panels: list[Component]) -> None:
    """Put the vault's notices among a home page's panels; for the hook `construct_homepage_panels`."""
    panels.append(VaultPanel())
