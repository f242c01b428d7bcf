"""Keeps the demo from becoming somebody's production: it answers to this machine alone, from its own database."""

from collections.abc import Iterable
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def stop_unless_loopback(*, base_url: str, hosts: Iterable[str]) -> None:
    """Stop the start with one line if the demo would answer to a name that others can reach."""
    reachable = sorted({urlsplit(base_url).hostname or "", *hosts} - LOOPBACK)
    if reachable:
        raise SystemExit(
            f"Heard can't start: the demo answers to this machine alone, and not as {reachable[0]}; "
            "take DEMO away to run a real site."
        )


def stop_if_database_is_not_ours() -> None:
    """Stop a server with one line before it shows the demo's stories as real, or real ones as the demo's."""
    from django.db import DatabaseError

    try:
        reason = why_not_this_database()
    except DatabaseError:
        # It may come up later; until then every page says that something is wrong.
        return
    if reason:
        raise SystemExit(f"Heard can't start: {reason}")


def why_not_this_database() -> str | None:
    """Say why this process must leave its database alone, or None."""
    from django.conf import settings

    from heard.demo import mark

    if settings.DEMO:
        return mark.why_not_demo()
    return "the demo made this database; a real site begins with an empty one." if mark.is_marked() else None
