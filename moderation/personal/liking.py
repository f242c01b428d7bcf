"""How one person likes the room: the size of its words and the length of its lines."""

from typing import Any

from moderation.models import RoomPreference


def preference_of(person: Any) -> RoomPreference:
    """What this person chose, or what everybody begins with; nothing is stored by looking."""
    return RoomPreference.objects.filter(person=person).first() or RoomPreference(person=person)


def classes(preference: RoomPreference) -> str:
    """The classes that the frame of a room's page wears for it."""
    return f"room-size-{preference.text_size} room-lines-{preference.line_length}"
