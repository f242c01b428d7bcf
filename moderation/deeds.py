"""Which role may do which deed: one table, which the tests walk through the real addresses."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MODERATORS, COORDINATORS, EDITORS = "Moderators", "Coordinators", "Editors"

_READERS = frozenset({MODERATORS})
_TEAM = frozenset({MODERATORS, COORDINATORS})

# A superuser in no group stands nowhere in it, and so may do nothing here.
DEEDS: dict[str, frozenset[str]] = {
    "see the queue": _READERS,
    "claim": _READERS,
    "take over": _READERS,
    "give to a colleague": _READERS,
    "open an account": _READERS,
    "take a first look": _READERS,
    "ring safeguarding": _READERS,
    "write to the contributor": _READERS,
    "write a working copy": _READERS,
    "choose how the room looks": _READERS,
    "ask for a daily mail": _TEAM,
    "learn the room": _READERS,
    "put forward": _READERS,
    "agree": _READERS,
    "send back": _READERS,
    "decline": _READERS,
    "ask": _READERS,
    "stop waiting": _READERS,
    "hold": _READERS,
    "release": _READERS,
    "count": _READERS,
    "mark urgent": _READERS,
    "take out of the flood": _READERS,
    "decline the flood": _READERS,
    "put back in the flood tray": _READERS,
    "correct a story": _READERS,
    "take a story down": _READERS,
    "put a story back": _READERS,
    "see take-down requests": _READERS,
    "settle a take-down request": _READERS,
    "see objections": _TEAM,
    "record an objection": frozenset({COORDINATORS}),
    "look at an objection": _READERS,
    "see the record": _TEAM,
    "see how it goes": _TEAM,
    "export the record": frozenset({COORDINATORS}),
    "list stories": _TEAM,
    "unlock the vault": _READERS,
    "admit a key": _READERS,
    "stop a key": _TEAM,
    "see the people": _TEAM,
    "look after yourself": _TEAM,
    "read ready words": _TEAM,
    "edit ready words": frozenset({COORDINATORS}),
    "invite": frozenset({COORDINATORS}),
    "stop an invitation": _TEAM,
    "end sessions": _TEAM,
    "reset a second factor": frozenset({COORDINATORS}),
    "write down a leaver": frozenset({COORDINATORS}),
    "edit the first look": frozenset({COORDINATORS}),
    "publish a batch": frozenset({COORDINATORS}),
    "set the usual wait": frozenset({COORDINATORS}),
    "see forces’ answers": _TEAM,
    "record a letter": frozenset({COORDINATORS}),
    "enter a response": _TEAM,
    "agree to a response": _READERS,
    "send a response back": _READERS,
    "take a response down": _TEAM,
    "edit pages": frozenset({EDITORS}),
    "edit lists": frozenset({EDITORS}),
}
_ROLE_NAMES = {
    MODERATORS: gettext_lazy("moderators"),
    COORDINATORS: gettext_lazy("coordinators"),
    EDITORS: gettext_lazy("editors"),
}


def roles(user: Any) -> frozenset[str]:
    """The roles of an active person, read once for each request.

    Being in a group is asked by name and never through permissions, because a superuser has every
    permission and must still be nobody here.
    """
    if not user.is_active:
        return frozenset()
    if not hasattr(user, "_heard_roles"):
        user._heard_roles = frozenset(user.groups.values_list("name", flat=True))
    found: frozenset[str] = user._heard_roles
    return found


def why_not(deed: str, user: Any) -> str | None:
    """Say why this person's roles don't allow `deed`."""
    allowed = DEEDS[deed]
    if roles(user) & allowed:
        return None
    names = [str(_ROLE_NAMES[role]) for role in sorted(allowed)]
    return _("Only %(roles)s can do this.") % {"roles": _(" and ").join(names)}
