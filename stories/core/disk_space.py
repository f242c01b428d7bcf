"""Room on the disk: whether there is some, and a reserve by which a story comes down even from a full one."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection

from stories.core import faults

# In bytes. A full account takes under half a megabyte, sealed; this leaves room for hundreds and for the database.
LEAST_FREE = 256 * 1024 * 1024
# Two segments of PostgreSQL's log, without which it stops.
RESERVE = 32 * 1024 * 1024
P = ParamSpec("P")
T = TypeVar("T")


def is_short() -> bool:
    """True where the disk that holds the data is nearly full, or nothing can be written to it."""
    try:
        # A disk that has failed is read-only from one moment to the next, with room on it.
        with tempfile.TemporaryFile(dir=settings.DATA_DIR, buffering=0) as probe:
            probe.write(b"?")
        return _free() < LEAST_FREE
    except OSError:
        return True


def keep_reserve(*, leave: int = LEAST_FREE) -> None:
    """Lay the reserve, or what it lacks, as far as that leaves so much free; byte by byte, for a gap holds no room."""
    with suppress(OSError), _path().open("ab") as file:
        # The workers of a site begin at once.
        fcntl.flock(file, fcntl.LOCK_EX)
        if (lacks := min(RESERVE - os.fstat(file.fileno()).st_size, _free() - leave)) > 0:
            file.write(os.urandom(lacks))


def with_reserve(deed: Callable[P, T]) -> Callable[P, T]:
    """Give a deed that takes something down the reserve, where the disk is full, and do it once more.

    Stands outside the deed's transaction; within another one, whatever stands outside that has to do it again.
    """

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return deed(*args, **kwargs)
        except (DatabaseError, OSError) as error:
            if connection.in_atomic_block or not _is_full(error):
                raise
        free = _free()
        with suppress(OSError):
            _path().unlink()
        # A server that found no room for its log has thrown everybody out.
        connection.close_if_unusable_or_obsolete()
        try:
            return deed(*args, **kwargs)
        finally:
            # At once, so that what comes in next doesn't fill it, and no more than there was.
            keep_reserve(leave=free)

    return done


def _is_full(error: BaseException) -> bool:
    with suppress(OSError):
        # SQLite has more than one name for it, and Django hides some.
        return faults.reason_of(error) == "disk full" or _free() < RESERVE
    return False


def _path() -> Path:
    return Path(settings.DATA_DIR) / "reserve"


def _free() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free
