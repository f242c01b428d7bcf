"""Which actions press which ask: the edition carries them, so that no page asks for it."""

from dataclasses import dataclass

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


def of(ask: str) -> list[Pressing]:
    """The public actions that press the ask of that slug."""
    return [Pressing(**row) for row in edition.made(NAME) or [] if row["ask"] == ask]


def open_for(ask: str) -> list[Pressing]:
    """Those of them that are open."""
    return [each for each in of(ask) if each.is_open]
