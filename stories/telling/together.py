"""Storing what several people send at the same moment in one transaction, so that all of them wait for the disk once.

SQLite lets one write at a time, and each commit waits until the disk has it. Whoever comes while somebody else's is
being written waits for their turn, and is then taken along with all who wait beside them. PostgreSQL does this itself.
"""

import fcntl
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction

T = TypeVar("T")


def _not_stored() -> BaseException:
    return OperationalError("The thread that stored it for all was ended.")


@dataclass(eq=False)
class _Job:
    """Failed until its commit is through: whatever ends a thread in between, nobody believes that theirs is stored."""

    write: Callable[[], Any]
    result: Any = None
    error: BaseException | None = field(default_factory=_not_stored)
    is_over: bool = False

    def end(self, result: Any = None, *, error: BaseException | None = None) -> None:
        self.result, self.error, self.is_over = result, error, True


_waiting: deque[_Job] = deque()
_turn = Lock()


def store(write: Callable[[], T]) -> T:
    """Do `write` in a transaction; return what it returned, or raise what it raised, once that is committed or undone.

    `write` may run in another thread, and twice: it carries all it needs, and changes the database alone.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return write()
    job = _Job(write)
    _waiting.append(job)
    with _turn:
        try:
            if not job.is_over:
                _do_all_that_wait()
        finally:
            # Whoever is told that theirs could not be saved must not have it stored by the next who comes.
            if job in _waiting:
                _waiting.remove(job)
    if job.error is not None:
        raise job.error
    result: T = job.result
    return result


def _do_all_that_wait() -> None:
    with _turn_among_processes():
        # Only who has the turn takes any out; others may come meanwhile.
        jobs = [_waiting.popleft() for _ in range(len(_waiting))]
        if len(jobs) == 1 or not _were_done_as_one(jobs):
            for job in jobs:
                _do_alone(job)


def _were_done_as_one(jobs: list[_Job]) -> bool:
    """One that fails undoes them all; then each is tried alone, and finds its own error."""
    try:
        with transaction.atomic():
            results = [job.write() for job in jobs]
    except BaseException:
        return False
    for job, result in zip(jobs, results, strict=True):
        job.end(result)
    return True


def _do_alone(job: _Job) -> None:
    try:
        with transaction.atomic():
            result = job.write()
    except BaseException as error:
        # Of whatever kind, it is for the thread whose job it is.
        job.end(error=error)
    else:
        job.end(result)


@contextmanager
def _turn_among_processes() -> Iterator[None]:
    """Wait for the other processes of this machine, and be woken: SQLite itself looks again after up to 0.1 s."""
    _lock(fcntl.LOCK_EX)
    try:
        yield
    finally:
        _lock(fcntl.LOCK_UN)


def _lock(how: int) -> None:
    # Where a folder can't be locked, looking again is slower, and no less safe.
    with suppress(OSError):
        fcntl.flock(_folder(), how)


@cache
def _folder() -> int:
    """They wait at the folder of the data itself: a file made or written for it would tell when somebody sent."""
    return os.open(settings.DATA_DIR, os.O_RDONLY)
