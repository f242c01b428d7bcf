"""How often somebody may be wrong at a door of the admin: by name, and by a hash of where they come from.

Only wrong tries count. A stranger who is wrong in a moderator's name mustn't shut that moderator
out, so a browser that has been let in under the name before has a count of its own, which
strangers can't fill. Whoever comes from elsewhere shares the counts of their place and the name.
"""

import hmac
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage

KNOWN = "heard_known"
_KNOWN_FOR = timedelta(days=90)
# Nobody guesses a recovery code, so at its door no count is of a name, which somebody could fill.
RECOVERY = "recovery code"
_AT_A_NAME_FROM_A_PLACE = _IN_A_BROWSER = "10/15m"
_IN_A_BROWSER_A_DAY = "40/d"
_AT_A_NAME = "60/15m"
_FROM_A_PLACE = "40/15m"
# The onion, and a proxy that nobody named, are one place for everybody.
_FROM_ANYWHERE = "300/15m"


def seconds_to_wait(request: HttpRequest, door: str, *, name: str = "") -> int:
    """In how many seconds a try at `door` is heard again; 0 for now."""
    usages = [_usage(request, door, bucket, rate, count=False) for bucket, rate in _buckets(request, door, name)]
    full = [usage["time_left"] for usage in usages if usage and usage["count"] >= usage["limit"]]
    return max((max(left, 1) for left in full), default=0)


def was_wrong(request: HttpRequest, door: str, *, name: str = "") -> None:
    """Count a wrong try."""
    for bucket, rate in _buckets(request, door, name):
        _usage(request, door, bucket, rate, count=True)


def too_many(seconds: int) -> str:
    """Say when to come back."""
    now = timezone.localtime()
    at = now + timedelta(seconds=seconds + 59)
    when = date_format(at, "H:i" if at.date() == now.date() else "H:i, l")
    return _(
        "That was too many tries in a short while. Nothing is lost and your account is fine: try again at %(time)s."
    ) % {"time": when}


def _usage(request: HttpRequest, door: str, bucket: str, rate: str, *, count: bool) -> dict[str, int] | None:
    found: dict[str, int] | None = get_usage(
        request, group=f"door-{door}", key=lambda group, request: bucket, rate=rate, increment=count
    )
    return found


def _buckets(request: HttpRequest, door: str, name: str) -> list[tuple[str, str]]:
    name = _as_one(name)
    if known := _known_as(request, name):
        return [(f"browser {known}", _IN_A_BROWSER), (f"browser {known} day", _IN_A_BROWSER_A_DAY)]
    place = str(request.came_from)  # type: ignore[attr-defined]
    buckets = [(f"place {place}", _FROM_ANYWHERE if place == "everyone" else _FROM_A_PLACE)]
    if name and door != RECOVERY:
        buckets += [(f"name {name}", _AT_A_NAME), (f"name {name} place {place}", _AT_A_NAME_FROM_A_PLACE)]
    return buckets


def _as_one(name: str) -> str:
    """The same for all that is one name: the log-in drops spaces around it."""
    return name.strip().casefold()


# --- Browsers that were let in before --------------------------------------------------------


def know(request: HttpRequest, response: HttpResponseBase) -> None:
    """Have this browser known under the name that was just let in; the cookie itself names nobody."""
    name = _as_one(request.user.get_username())
    if _known_as(request, name):
        return
    label = get_random_string(16)
    response.set_cookie(
        KNOWN,
        f"{label}.{_mark(label, name)}",
        max_age=int(_KNOWN_FOR.total_seconds()),
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_known(request: HttpRequest) -> bool:
    """True where this browser was let in before under the name of whoever is logged in."""
    return bool(_known_as(request, _as_one(request.user.get_username())))


def _known_as(request: HttpRequest, name: str) -> str:
    """This browser's label where it was let in under that name; else nothing."""
    label, _dot, mark = request.COOKIES.get(KNOWN, "").partition(".")
    return label if label and name and hmac.compare_digest(mark, _mark(label, name)) else ""


def _mark(label: str, name: str) -> str:
    return salted_hmac("heard.known-browser", f"{label} {name}", algorithm="sha256").hexdigest()
