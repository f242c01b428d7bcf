"""Whether the site does what it promises: one word, or a line for each thing that is late."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heard import well_known
from stories.intake import disk_space, receive, retention


def _database_is_silent() -> bool:
    receive.is_open()
    return False


# Each is true when something is wrong. The words are all that anyone learns.
SIGNS: dict[str, Callable[[], bool]] = {
    "database": _database_is_silent,
    "vault": lambda: not receive.is_open(),
    "retention": retention.is_late,
    "wiping": retention.is_unfinished,
    "disk": disk_space.disk_is_short,
    "security.txt": well_known.contact_ends_soon,
}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 and `ok`, or 503 and what is late."""
    late = what_is_late()
    text = "".join(f"late: {name}\n" for name in late) or "ok\n"
    return HttpResponse(
        text,
        status=503 if late else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def what_is_late() -> list[str]:
    """Name everything that is wrong; where the database is silent, nothing else can be asked of it."""
    late: list[str] = []
    for name, is_wrong in SIGNS.items():
        try:
            if is_wrong():
                late.append(name)
        except (DatabaseError, OSError):
            return [*late, name]
    return late


urlpatterns = [path("healthz", healthz, name="healthz")]
