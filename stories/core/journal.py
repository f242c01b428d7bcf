"""The journal: what was taken back, kept outside the database, so that no restore brings it back.

One file a day in `DATA_DIR/journal`, of keyed hashes in their own order: no time, no name, nothing that can be read.
With the rows of a database and the pepper the same hashes are worked out. A file's name and its times say the day.
"""

import fcntl
import hashlib
import io
import logging
import os
import tarfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from stories.core import lifecycle
from stories.models import Event, Story, Submission

# As long as backups: no restore goes further back.
DAYS_KEPT = 27
ENTRY = 32
# A copy is filled up to steps of so many bytes, so that its size doesn't tell how much was taken back.
_COPY = 256 * 1024
_TRIES, _PAUSE = 20, 0.05
logger = logging.getLogger(__name__)
# What couldn't be written goes with the next that can.
_missed: set[bytes] = set()
Days = Mapping[date, set[bytes]]


class Unreadable(ValueError):
    """This isn't a journal, or a copy of one."""


def entry_of(kind: str, *ids: object) -> bytes:
    """The hash that stands for one deed, under a key of its own made from the pepper."""
    key = hashlib.blake2b(key=settings.RECEIPT_PEPPER, person=b"heard journal").digest()
    said = "\0".join([kind, *map(str, ids)]).encode()
    return hashlib.blake2b(said, digest_size=ENTRY, key=key).digest()


def note_deed(kind: str, *ids: object) -> None:
    """Have the journal hold a deed once it is committed; nothing that goes wrong there undoes or refuses it."""
    transaction.on_commit(partial(add_entries, {entry_of(kind, *ids)}), robust=True)


def add_entries(entries: set[bytes]) -> None:
    """Write into today's file what no file holds; what fails is kept for the next time, and the log has its kind."""
    _missed.update(entries)
    wanted = set(_missed)
    try:
        with _locked() as folder:
            held, today = read_folder(folder), lifecycle.today()
            if lacking := wanted.difference(*held.values()):
                _write(folder, today, held.get(today, set()) | lacking)
        _missed.difference_update(wanted)
    except Exception as error:
        logger.error("The journal lacks an entry for now: %s", type(error).__name__)


def renew_journal() -> None:
    """Add what the database says and no file holds, and delete what is older than any backup. Once an hour."""
    add_entries(_entries_of_rows())
    try:
        with _locked() as folder:
            oldest = lifecycle.today() - timedelta(days=DAYS_KEPT)
            for path in folder.iterdir():
                # What a broken run left behind has a time of its own.
                if (_day_of(path.name) or date.min) < oldest:
                    path.unlink()
    except OSError as error:
        logger.error("The journal holds too much for now: %s", type(error).__name__)


def _entries_of_rows() -> set[bytes]:
    """The entries of all that was taken down, withdrawn or erased since the oldest backup, by its rows."""
    since = lifecycle.monday(lifecycle.today() - timedelta(days=DAYS_KEPT))
    recent = Event.objects.filter(submission=OuterRef("pk"), week__gte=since)
    rows = Submission.objects.filter(Exists(recent), practice_for=None).select_related("story")
    found = rows.defer("story__text", "story__agreed").iterator()
    return {entry for row in found for entry in _entries_of_row(row, getattr(row, "story", None))}


def _entries_of_row(row: Submission, story: Story | None) -> Iterator[bytes]:
    if row.status == Submission.Status.WITHDRAWN:
        yield entry_of("withdrawn", row.pk)
    elif row.is_erased:
        yield entry_of("erased", row.pk)
    if story is None:
        return
    if not story.may_publish:
        yield entry_of("less", row.pk, "consent_publish")
    if story.status == Story.Status.REMOVED:
        yield entry_of("removed", story.pk)
    elif story.status == Story.Status.HIDDEN:
        yield entry_of("down", story.pk)
        if lifecycle.wants_a_change(row, since="agree"):
            yield entry_of("stopped", story.pk, story.digest)


def read_folder(folder: Path) -> dict[date, set[bytes]]:
    """What a folder of the journal holds, by day; raises `Unreadable` and `OSError`."""
    files = {day: path for path in folder.iterdir() if (day := _day_of(path.name))}
    return {day: _split(path.read_bytes()) for day, path in files.items()}


def _day_of(name: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(name)
    return None


def _split(content: bytes) -> set[bytes]:
    """Leave out a torn last entry, and padding."""
    whole = len(content) - len(content) % ENTRY
    return {content[at : at + ENTRY] for at in range(0, whole, ENTRY)} - {bytes(ENTRY)}


@contextmanager
def _locked() -> Iterator[Path]:
    """The folder, held by this process alone; raises `OSError` where another holds it for a second.

    At the end each file has its day's midnight for its times, which reading it had changed too; the folder, today's.
    """
    folder = Path(settings.DATA_DIR) / "journal"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        for left in reversed(range(_TRIES)):
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not left:
                    raise
                time.sleep(_PAUSE)
        yield folder
        for path in folder.iterdir():
            _set_times(path, _day_of(path.name) or lifecycle.today())
        _set_times(folder, lifecycle.today())
        os.fsync(held)
    finally:
        os.close(held)


def _write(folder: Path, day: date, entries: Iterable[bytes]) -> None:
    """Put a whole file in the place of the one before: its order is that of the hashes, and tells nothing."""
    made = folder / "new"
    with open(made, "wb", opener=partial(os.open, mode=0o600)) as file:
        file.write(b"".join(sorted(entries)))
        file.flush()
        os.fsync(file.fileno())
    _set_times(made, day)
    made.replace(folder / day.isoformat())


def _set_times(path: Path, day: date) -> None:
    midnight = timezone.make_aware(datetime.combine(day, datetime.min.time())).timestamp()
    os.utime(path, (midnight, midnight))


def padded_copy() -> bytes:
    """Every file in one tar of a size that tells nothing, to be encrypted and sent away. Raises `OSError`.

    The files' times are set again with it, so that the one that the system keeps by itself is that of the copy.
    """
    held = io.BytesIO()
    with _locked() as folder, tarfile.open(fileobj=held, mode="w") as tar:
        for day, entries in sorted(read_folder(folder).items()):
            content = b"".join(sorted(entries))
            member = tarfile.TarInfo(day.isoformat())
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return held.getvalue().ljust(-(-held.tell() // _COPY) * _COPY, b"\0")


def read_copy(copy: bytes) -> dict[date, set[bytes]]:
    """The reverse of `padded_copy`; raises `Unreadable`."""
    try:
        with tarfile.open(fileobj=io.BytesIO(copy), mode="r:") as tar:
            files = {member.name: tar.extractfile(member) for member in tar}
            return {date.fromisoformat(name): _split(file.read()) for name, file in files.items() if file}
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise Unreadable from error
