"""The edition: one row that changes with anything public, and carries what every page shares.

Other rooms register what they make for it (`furnish`); `bump` makes everything again in the
transaction of the change, so that a page and its counts can't disagree.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import transaction

from stories.models import Edition

# How long a process may trust the number it read.
TRUSTED_SECONDS = 1.0

_makers: dict[str, Callable[[], Any]] = {}


@dataclass
class _Seen:
    number: int = 0
    made: dict[str, Any] = field(default_factory=dict)
    until: float = 0.0


_seen = _Seen()
_lock = Lock()


def furnish(name: str, make: Callable[[], Any]) -> None:
    """Have `make()` (JSON-able) worked out for each edition, and kept in it under `name`."""
    _makers[name] = make


@transaction.atomic
def bump() -> int:
    """Begin a new edition inside the caller's transaction; returns its number."""
    row = Edition.objects.select_for_update().get(pk=1)
    row.number += 1
    row.made = {name: make() for name, make in _makers.items()}
    row.save()
    transaction.on_commit(forget)
    return row.number


def number() -> int:
    """The number of the edition now, at most a second old."""
    return _read().number


def made(name: str) -> Any:
    """What was made under `name` for the edition now; None before the first one."""
    return _read().made.get(name)


def forget() -> None:
    """Stop trusting what this process read."""
    _seen.until = 0.0


def _read() -> _Seen:
    with _lock:
        if time.monotonic() >= _seen.until:
            row = Edition.objects.using(settings.PUBLIC_READS).get(pk=1)
            _seen.number, _seen.made = row.number, row.made
            _seen.until = time.monotonic() + TRUSTED_SECONDS
        return _seen
