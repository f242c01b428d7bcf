"""Which actions press which ask: the edition carries them, so that no page asks for it."""

from dataclasses import dataclass
from typing import Any

from campaign import fixed_pages
from stories import addresses
from stories.public import edition

NAME = "actions"


@dataclass(frozen=True)
class Pressing:
    """A public action: the slug of its ask, its title, where it stands in English, and whether it is open."""

    ask: str
    title: str
    path: str
    is_open: bool

    @property
    def url(self) -> str:
        return addresses.in_language(self.path)


def make() -> list[dict[str, Any]]:
    """Every public action that presses an ask, for the edition; those that are open come first."""
    from campaign.models import ActionPage

    found = ActionPage.objects.live().exclude(ask=None).select_related("ask").order_by("-state", "path")
    return [
        {"ask": page.ask.slug, "title": page.title, "path": fixed_pages.address(page), "is_open": page.is_open}
        for page in found
    ]


def of(ask: str) -> list[Pressing]:
    """The public actions that press the ask of that slug."""
    return [Pressing(**row) for row in edition.made(NAME) or [] if row["ask"] == ask]


def open_for(ask: str) -> list[Pressing]:
    """Those of them that are open."""
    return [each for each in of(ask) if each.is_open]
