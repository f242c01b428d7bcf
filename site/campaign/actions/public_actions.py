"""The public actions as the edition carries them, for `campaign.asks.pressing` to read."""

from typing import Any

from campaign import fixed_pages
from campaign.models import ActionPage


def make() -> list[dict[str, Any]]:
    """Every public action that presses an ask; those that are open come first."""
    found = ActionPage.objects.live().exclude(ask=None).select_related("ask").order_by("-state", "path")
    return [
        {"ask": page.ask.slug, "title": page.title, "path": fixed_pages.address(page), "is_open": page.is_open}
        for page in found
    ]
