"""What the log may say of an error: where, its kind, and a reason out of a short list; never its message.

That can hold words, a row of the database or an address.
"""

import errno
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from stories.core import tables

REASONS: dict[str, list[str]] = tables.read(__file__)
UNKNOWN = "other"
_OURS = str(Path(__file__).resolve().parent.parent.parent)
_LIBRARIES = ("site-packages", "dist-packages", ".venv")


class Fault(str):
    """An error in a line of the log, the only part of a message that `heard.logging` writes."""

    def __new__(cls, error: BaseException) -> "Fault":
        said = f"{_place(error.__traceback__)}: {type(error).__name__} ({reason_of(error)})"
        return super().__new__(cls, said)


def _place(trace: TracebackType | None) -> str:
    """Name the last of our own lines that the error went through, or the last of all."""
    last = ours = ""
    for frame, line in traceback.walk_tb(trace):
        file = frame.f_code.co_filename
        last = f"{frame.f_globals.get('__name__', '?')}:{line}"
        if file.startswith(_OURS) and not any(part in file for part in _LIBRARIES):
            ours = last
    return ours or last or "?"


def reason_of(error: BaseException | None) -> str:
    """Return the reason of the error, or else of what it came from; `UNKNOWN` where none is known."""
    while error is not None:
        signs, said = tuple(_signs(error)), str(error)
        for reason, known in REASONS.items():
            if any(sign in said if " " in sign else any(each.startswith(sign) for each in signs) for sign in known):
                return reason
        error = error.__cause__ or error.__context__
    return UNKNOWN


def _signs(error: BaseException) -> Iterator[str]:
    if isinstance(error, OSError) and error.errno:
        yield errno.errorcode.get(error.errno, "")
    # Of SQLite, and of PostgreSQL.
    yield from (str(getattr(error, name, None) or "") for name in ("sqlite_errorname", "sqlstate"))
    yield from (kind.__name__ for kind in type(error).__mro__)
