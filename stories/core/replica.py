"""The read replica, where there is one: whether it holds what the primary holds."""

import time

from django.conf import settings
from django.db import DatabaseError, connection, connections

from stories.models import Edition

REPLICA = "replica"
LONGEST_BEHIND = 5.0  # seconds
# A place in the primary's log that the replica hadn't reached when it was last asked, and since when it may have been.
_waited_for: tuple[str, float] | None = None


def holds_edition(number: int) -> bool:
    """True where the replica has this edition or a later one; False where it can't be asked."""
    try:
        return _is_there() and Edition.objects.using(REPLICA).filter(pk=1, number__gte=number).exists()
    except DatabaseError:
        return False


def replica_is_late() -> bool:
    """True where the replica lacks what the primary had five seconds ago: of two looks the second can tell.

    What the primary wrote, not the edition: a replica that stands still on a quiet site is found too.
    """
    global _waited_for
    if not _is_there():
        return False
    place, since = _waited_for = _waited_for or ("0/0", time.monotonic())
    try:
        with connections[REPLICA].cursor() as cursor:
            # Where it was promoted, what it replayed stands still for ever, and what it writes itself counts.
            reached = "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END"
            cursor.execute(f"SELECT {reached} < %s::pg_lsn", [place])
            is_behind = cursor.fetchone()[0]
    except DatabaseError:
        is_behind = True
    if is_behind:
        return time.monotonic() - since > LONGEST_BEHIND
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        _waited_for = (cursor.fetchone()[0], time.monotonic())
    return False


def _is_there() -> bool:
    return REPLICA in settings.DATABASES
