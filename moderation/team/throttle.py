"""A limit of wrong tries at each door of the admin: by a hash of where somebody comes from, and by name.

Only wrong tries count. allauth's own limit guards its own log-in page, and counts a name from everywhere: a stranger
could shut a moderator out by it. Here a name is counted with its place until the password was right. What comes
after, a wrong code or six wrong words, counts from everywhere; a recovery code or a security key still opens.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django_ratelimit.core import get_usage

from moderation.team.permissions import REASONS

# The doors: the log-in's two steps, the vault's six words, and an invitation's link.
LOG_IN, CODE, UNLOCK, WELCOME = "log-in", "code", "unlock", "welcome"
_AFTER_THE_PASSWORD = ("10/15m", "40/d")
_OF_A_PLACE, _AT_A_NAME_FROM_A_PLACE = "40/15m", "10/15m"
# The onion, and a proxy that nobody named, are one place for everybody.
_OF_EVERYONE, _AT_A_NAME_FROM_EVERYONE = "300/15m", "60/15m"


def wait_message(request: HttpRequest, door: str, *, name: str = "") -> str:
    """Say when a try at `door` is heard again; nothing where it is heard now."""
    usages = [_usage(request, door, bucket, rate, count=False) for bucket, rate in _buckets(request, door, name)]
    full = [usage["time_left"] for usage in usages if usage and usage["count"] >= usage["limit"]]
    if not full:
        return ""
    now = timezone.localtime()
    at = now + timedelta(seconds=max(1, *full) + 59)
    return REASONS["too_many_tries"] % {"time": date_format(at, "H:i" if at.date() == now.date() else "H:i, l")}


def count_wrong_try(request: HttpRequest, door: str, *, name: str = "") -> None:
    for bucket, rate in _buckets(request, door, name):
        _usage(request, door, bucket, rate, count=True)


def _usage(request: HttpRequest, door: str, bucket: str, rate: str, *, count: bool) -> dict[str, int] | None:
    return get_usage(request, group=f"door-{door}", key=lambda *_: bucket, rate=rate, increment=count)


def _buckets(request: HttpRequest, door: str, name: str) -> list[tuple[str, str]]:
    place, name = str(request.came_from), name.strip().casefold()  # type: ignore[attr-defined]
    is_everyone = place == "everyone"
    buckets = [(f"place {place}", _OF_EVERYONE if is_everyone else _OF_A_PLACE)]
    if name and door == LOG_IN:
        rate = _AT_A_NAME_FROM_EVERYONE if is_everyone else _AT_A_NAME_FROM_A_PLACE
        return [*buckets, (f"name {name} place {place}", rate)]
    return buckets + [(f"name {name} {rate}", rate) for rate in _AFTER_THE_PASSWORD if name]
