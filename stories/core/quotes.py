"""Where else a story stands: other rooms register how to look, so that whoever takes it down knows what to mend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from stories.models import Story


@dataclass(frozen=True)
class Place:
    """What quotes or links to a story: its title, an address to open, and whether the public sees it."""

    title: Any
    address: str
    is_public: bool = True


_ways: dict[str, Callable[[Story], Iterable[Place]]] = {}


def look_by(name: str, find: Callable[[Story], Iterable[Place]]) -> None:
    """Have `find(story)` answer for what is kept under `name`; call it while the apps get ready."""
    _ways[name] = find


def quoting_places(story: Story) -> list[Place]:
    """Every place that is known to quote or link to this story, those that the public sees first."""
    found = [place for find in _ways.values() for place in find(story)]
    return sorted(found, key=lambda place: not place.is_public)
