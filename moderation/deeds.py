"""Which role may do which deed: one table, which the tests walk through the real addresses."""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models.people import RIGHT_WAITS

MODERATORS, COORDINATORS, EDITORS = "Moderators", "Coordinators", "Editors"

_READERS = frozenset({MODERATORS})
_TEAM = frozenset({MODERATORS, COORDINATORS})
# What a colleague did to somebody's log-in, as the record calls it.
SET_PASSWORD, RESET_FACTOR = "set a password", "reset a second factor"
LOG_IN_CHANGES = (SET_PASSWORD, RESET_FACTOR)

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
    "see take-down requests": _TEAM,
    "settle a take-down request": _READERS,
    "record an objection": frozenset({COORDINATORS}),
    "look at an objection": _READERS,
    "see the record": _TEAM,
    "see how it goes": _TEAM,
    "export the record": frozenset({COORDINATORS}),
    "list stories": _TEAM,
    "unlock the vault": _READERS,
    "admit a key": _READERS,
    "stop a key": _TEAM,
    "stop a right": _TEAM,
    "see the people": _TEAM,
    "look after yourself": _TEAM,
    "read ready words": _TEAM,
    "edit ready words": frozenset({COORDINATORS}),
    "invite": frozenset({COORDINATORS}),
    "stop an invitation": _TEAM,
    "end sessions": _TEAM,
    RESET_FACTOR: frozenset({COORDINATORS}),
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
    """The roles of an active person that count, read once for each request.

    Being in a group is asked by name and never through permissions, because a superuser has every
    permission and must still be nobody here.
    """
    return frozenset(name for name, waits in _groups(user).items() if not waits)


def _groups(user: Any) -> dict[str, bool]:
    """The groups of an active person, each with whether it doesn't count yet."""
    if not user.is_active:
        return {}
    if not hasattr(user, "_heard_groups"):
        given = _given_lately(user)
        # Somebody else may sit behind a log-in that was changed; being put into a group changes that group alone.
        waits = Q(Exists(given), name=MODERATORS) | Q(Exists(given.filter(what__in=LOG_IN_CHANGES)), name=COORDINATORS)
        groups = user.groups.annotate(waits=ExpressionWrapper(waits, BooleanField()))
        user._heard_groups = dict(groups.values_list("name", "waits"))
    found: dict[str, bool] = user._heard_groups
    return found


def _given_lately(user: Any) -> Any:
    return user.rights_given.filter(given_at__gt=timezone.now() - RIGHT_WAITS)


def why_not(deed: str, user: Any) -> str | None:
    """Say why this person's roles don't allow `deed`."""
    allowed = DEEDS[deed]
    if roles(user) & allowed:
        return None
    names = [str(_ROLE_NAMES[role]) for role in sorted(allowed)]
    return why_not_yet(allowed, user) or _("Only %(roles)s can do this.") % {"roles": _(" and ").join(names)}


def why_not_yet(allowed: Collection[str], user: Any) -> str | None:
    """Say from when one of these roles counts, where this person has it and it waits."""
    if not any(waits and name in allowed for name, waits in _groups(user).items()):
        return None
    last = _given_lately(user).aggregate(last=Max("given_at"))["last"]
    if last is None:
        return None
    when = date_format(timezone.localtime(last + RIGHT_WAITS), "l j F, H:i")
    return _(
        "%(name)s can do this from %(when)s: a colleague changed their part or their log-in, and for 48 hours "
        "everybody can see it and stop it."
    ) % {"name": user.get_username(), "when": when}
