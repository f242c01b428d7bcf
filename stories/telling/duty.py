"""The mark that something urgent came in, for the duty mail: an empty file with a fixed time, gone once that is sent.

It lies in `RUN_DIR`, in memory, so that the process that receives and the timer that mails both see it, and nothing
lasting does. Neither it nor its folder keeps a time of the file system's that would tell when somebody wrote.
"""

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from stories.danger import NONE, NOW, Danger
from stories.models import Submission

_FIXED_TIME = (0, 0)


def mark(submission: Submission, spoken_of: Danger = NONE) -> None:
    """Leave the mark for an account that is ticked as urgent or speaks of danger to life now; for no flood.

    Whatever goes wrong with it stands in nobody's way: the account is kept all the same. It isn't logged either: a line
    that only danger brings about would tell of it, to the second. `manage.py check` looks whether it can be left.
    """
    if submission.practice_for_id is None:
        mark_words(spoken_of, is_ticked=submission.is_urgent, is_flood=submission.is_flood)


def mark_words(spoken_of: Danger, *, is_ticked: bool = False, is_flood: bool = False) -> None:
    """The same for words that belong to no account, such as a take-down request's."""
    if settings.DUTY_EMAIL and (is_ticked or spoken_of.life == NOW) and not is_flood:
        with suppress(OSError):
            leave()


def leave() -> None:
    """Leave the mark; one that is there already stays as it is."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return
    for touched in (path, path.parent):
        os.utime(touched, _FIXED_TIME)


def can_be_left() -> bool:
    """True where this process could leave it: the folder is there, or can be made, and can be written to."""
    folder = _path().parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def is_left() -> bool:
    """True where something urgent came since the last duty mail."""
    return _path().exists()


def take_away() -> None:
    """Take the mark away, because the mail goes."""
    path = _path()
    path.unlink(missing_ok=True)
    if path.parent.exists():
        os.utime(path.parent, _FIXED_TIME)


def _path() -> Path:
    return Path(settings.RUN_DIR) / "urgent-came"
