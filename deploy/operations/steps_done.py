"""What `heard setup` did to the end, in marks beside its answers: what was killed has none, and is done again."""

import contextlib
import hashlib
from collections.abc import Iterator

from operations.machine import Machine


def is_done(machine: Machine, deed: str, text: str = "") -> bool:
    """True if this was done to its end, for these very settings."""
    path = machine.layout.etc / "done" / deed
    return path.exists() and path.read_text(encoding="utf-8") == _digest(text)


def mark_done(machine: Machine, deed: str, text: str = "") -> None:
    machine.write(machine.layout.etc / "done" / deed, _digest(text))


@contextlib.contextmanager
def until_done(machine: Machine, deed: str, text: str) -> Iterator[bool]:
    """True where what follows has to be done for these settings; marks it if it ends well."""
    is_due = not is_done(machine, deed, text)
    yield is_due
    if is_due and not machine.dry:
        mark_done(machine, deed, text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
