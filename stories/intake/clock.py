"""The machine's clock: whether it can be believed, before anything is erased for good by its word."""

import ctypes
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from stories.core import lifecycle
from stories.models import LastRun, Submission

# The machines of one site differ by less.
SLACK = timedelta(hours=1)
# A clock that jumps ahead looks like a command that hasn't run for so long.
LONGEST_PAUSE = timedelta(days=3)
_UNSYNCHRONISED = 5  # TIME_ERROR in sys/timex.h
# As old as the last answer that systemd-timesyncd had.
_TIMESYNCD = Path("/run/systemd/timesync/synchronized")
_DAY = 86_400  # seconds


def why_in_doubt(name: str) -> str | None:
    """Say why the clock may be wrong, or None: a row lies ahead, or `name` last ran long ago and nothing sets it."""
    runs, now = LastRun.objects.all(), timezone.now()
    ahead = runs.filter(at__gt=now + SLACK).aggregate(at=Max("at"))["at"]
    week = Submission.objects.filter(week__gt=lifecycle.this_week()).aggregate(week=Max("week"))["week"]
    if ahead or week:
        return f"the database has rows of {week or ahead:%d %B %Y}, which is still to come"
    last = runs.filter(name=name, at__lt=now - LONGEST_PAUSE).first()
    if last is None or is_synchronised():
        return None
    return f"this last ran on {last.at:%d %B %Y}, and no time server sets the clock"


def is_synchronised() -> bool:
    """True where something sets the clock by a time server; False where that can't be told."""
    state = -1
    with suppress(OSError, AttributeError):
        # With nothing in it but zeros it only asks the kernel; of a clock that was set by hand that says no.
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    if state >= 0:
        return bool(state < _UNSYNCHRONISED)
    # A service that may not touch the clock may not ask either.
    with suppress(OSError):
        return abs(time.time() - _TIMESYNCD.stat().st_mtime) < _DAY
    return False


def believe_clock() -> None:
    """Draw back what lies ahead, so that the next run doubts nothing; the dates that people were told stay."""
    now, week = timezone.now(), lifecycle.this_week()
    # Yesterday: what is done once a day is due again.
    LastRun.objects.filter(at__gt=now).update(at=now - timedelta(days=1))
    Submission.objects.filter(week__gt=week).update(week=week)
