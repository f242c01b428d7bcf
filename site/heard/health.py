"""`/healthz`: ok, or what is late, by the name of its cause alone; 503 where requests fail, for a proxy to see."""

import time
import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heard import storage
from stories.core import disk_space, lifecycle, replica
from stories.figures import releases
from stories.intake import clock, receive, retention

# The timers that a machine can have, and after how many hours each is late.
HOURS: dict[str, float] = tomllib.loads(Path(__file__).with_name("clocks.toml").read_text(encoding="utf-8"))


def _timer_is_late(name: str) -> bool:
    """True where it hasn't ended well for too long; False where it is none of this machine's."""
    try:
        return time.time() - (settings.DATA_DIR / "clocks" / name).stat().st_mtime > HOURS[name] * 3600
    except FileNotFoundError:
        return False


# Each is true where something is late. The names are all that anyone learns.
SIGNS: dict[str, Callable[[], bool]] = {
    "static": lambda: bool(storage.why_not_these_files()),
    "disk": disk_space.is_short,
    "cache": storage.cache_is_late,
    "replica": replica.replica_is_late,
    "vault": lambda: not receive.is_open(),
    "wiping": retention.is_unfinished,
    "clock": lambda: bool(clock.why_in_doubt(retention.NAME)),
    **{name: partial(_timer_is_late, name) for name in HOURS},
    "retention": lambda: retention.is_late() or _timer_is_late("retention"),
    "security.txt": lambda: releases.security_contact_ends() - lifecycle.today() < timedelta(days=30),
}
# Nothing else can be asked of a database that is silent, or goes by a clock that is wrong.
IN_DATABASE = {"vault", "wiping", "clock", "retention", "security.txt"}
BY_CLOCK = {*HOURS, "security.txt"}


def late_signs() -> tuple[list[str], bool]:
    """The names of what is late, and whether requests fail for it."""
    late: list[str] = []
    is_silent = False
    for name, is_late in SIGNS.items():
        if (is_silent and name in IN_DATABASE) or ("clock" in late and name in BY_CLOCK):
            continue
        try:
            late += [name] if is_late() else []
        except DatabaseError:
            is_silent = True
            # A file that can't be written can't always be read, and the disk has been named.
            late += [] if connection.vendor == "sqlite" and "disk" in late else ["database"]
        except OSError:
            late.append(name)
    return late, is_silent or "static" in late


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say what is late, a line each: 200 for all that a site goes on with, for its readers would lose it with a 503."""
    late, fails = late_signs()
    words = "".join(f"late: {name}\n" for name in late) or "ok\n"
    response = HttpResponse(words, content_type="text/plain; charset=utf-8")
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE if fails else HTTPStatus.OK
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("healthz", healthz, name="healthz")]
