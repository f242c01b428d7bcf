"""What a backup is: a tar of the site's data, encrypted with age; the key's private half is never on this machine.

age is kept, in both Debians, and streams; without Heard a backup opens with `age -d -i KEY FILE | tar xz`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO

import click

from operations.machine import Failed, Machine

# Deleted on the 27th day, so that one late run still leaves none that is older than 28.
DAYS_KEPT = 27
# Room that a backup or a restore leaves to the site.
SPARE = 256 * 1024 * 1024
MANIFEST, ONION = "manifest.json", "onion-key.asc"
_MEMBERS = (MANIFEST, ONION, "database.sqlite3", "database.dump")
_NAME = re.compile(
    r"heard-(?P<day>\d{4}-\d\d-\d\d)T(?P<hour>\d\d)(?:-[a-z0-9.-]+)?"
    r"-(?P<machine>[0-9a-f]{6})\.(?P<number>\d+)\.tar\.gz\.age"
)
_JOURNAL = re.compile(r"journal-(?P<day>\d{4}-\d\d-\d\d)-(?P<machine>[0-9a-f]{6})\.age")
_PIECE = 1024 * 1024
# What age says, and what that means here.
_REASONS = {
    "no identity matched": "{name} isn't for this private key: take the one that belongs to backup.pub of that day.",
    "identit": "That is no private key of age's: it has a line that begins with AGE-SECRET-KEY-.",
    "read header": "{name} isn't a backup of Heard's: age can't read it.",
    "payload chunk": "{name} is damaged or cut short: take another one.",
    "unexpected EOF": "{name} is damaged or cut short: take another one.",
    "no space left": "The disk is full: make room, then run it again.",
    "recipient": "{recipients} holds no public key of age's (a line that begins with age1).",
}


@dataclass(frozen=True)
class Manifest:
    """What is in a backup; `made` is the full hour in UTC, `files` has the SHA-256 of each."""

    version: str
    store: str
    made: str
    machine: str
    files: Mapping[str, str]


def machine_tag(machine: Machine) -> str:
    """Six digits for this machine's disk, so that a new one never overwrites what the one before it sent.

    Made by chance when it was set up: the machine-id of systemd is the same on each copy of one image, and a machine
    whose disk is gone goes on with an empty journal.
    """
    path = machine.layout.machine_tag
    if not path.exists():
        raise Failed(f"{path} isn't there: `heard setup` makes it.")
    return path.read_text(encoding="utf-8").strip()


def this_hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def backup_name(machine: Machine, *, taken: set[str], label: str = "") -> str:
    """A name that no backup has: two of one hour stand side by side."""
    hour = f"{this_hour():%Y-%m-%dT%H}"
    if not re.fullmatch(r"[a-z0-9.-]*", label):
        raise Failed(f"“{label}” can't stand in a name: a-z, 0-9, dots and hyphens can.")
    same = [int(found["number"]) for name in taken if (found := _NAME.fullmatch(name)) and hour in name]
    return f"heard-{hour}{label and f'-{label}'}-{machine_tag(machine)}.{max(same, default=0) + 1}.tar.gz.age"


def backups_by_age(names: set[str]) -> list[str]:
    """Those that are backups, the newest last."""
    found = [match for name in names if (match := _NAME.fullmatch(name))]
    return [each[0] for each in sorted(found, key=lambda each: (each["day"], each["hour"], int(each["number"])))]


def journal_name(machine: Machine) -> str:
    return f"journal-{datetime.now(UTC):%Y-%m-%d}-{machine_tag(machine)}.age"


def newest_journals(names: set[str]) -> dict[str, str]:
    """The newest copy of each machine's journal, by the machine's tag."""
    return {found["machine"]: found[0] for name in sorted(names) if (found := _JOURNAL.fullmatch(name))}


def machine_of(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found["machine"] if found else ""


def day_of(name: str) -> date | None:
    """The day in the name of a backup or of a journal's copy; None for any other file."""
    found = _NAME.fullmatch(name) or _JOURNAL.fullmatch(name)
    return date.fromisoformat(found["day"]) if found else None


def is_old(name: str) -> bool:
    """True if it has to go; what isn't ours never is."""
    day = day_of(name)
    return day is not None and datetime.now(UTC).date() - day >= timedelta(days=DAYS_KEPT)


def recipients_of(machine: Machine) -> Path:
    """The file of public keys; raises Failed where there is none, or where it holds the private half."""
    path = machine.layout.etc / "backup.pub"
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    if "SECRET-KEY" in held or "PRIVATE KEY" in held:
        raise Failed(f"{path} holds the PRIVATE key. Make a new pair elsewhere; this one was on the server.")
    if not held.strip():
        raise Failed(f"{path} is missing. On your own computer: age-keygen -o heard.key; its age1… line goes there.")
    return path


def read_private_key() -> str:
    """The private key from standard input, asked for unseen at a terminal. It is never written anywhere."""
    unseen = "The backup's private key, AGE-SECRET-KEY-… (it isn't shown)"
    told = click.prompt(unseen, hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.read()
    if "SECRET-KEY" not in told and "PRIVATE KEY" not in told:
        raise Failed(_REASONS["identit"])
    return f"{told.strip()}\n"


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """An empty folder for plain data, gone in the end; what a killed run left there goes first."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700, parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def require_room(folder: Path, needed: int) -> None:
    """Raise Failed where so many bytes would leave the disk of that folder too little."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        said = f"{(needed + SPARE) / 1e6:,.0f} MB are needed and {free / 1e6:,.0f} MB are free"
        raise Failed(f"Too little room in {folder}: {said}. Make room, then run it again.")


def encrypt(machine: Machine, content: bytes, to: Path) -> None:
    with _age("-R", recipients_of(machine), "-o", to, machine=machine, name=to.name) as age:
        assert age.stdin
        age.stdin.write(content)


def decrypt(path: Path, *, key: str) -> bytes:
    """What a small encrypted file holds."""
    with _decrypting(path, key=key) as plain:
        return plain.read()


def pack(machine: Machine, manifest: Manifest, files: Mapping[str, Path], to: Path) -> None:
    """Write these files, by their names in the backup, and last a manifest with their hashes."""
    sums: dict[str, str] = {}
    # A stream into a stream: no plain tar is ever on the disk.
    with (
        _age("-R", recipients_of(machine), "-o", to, machine=machine, name=to.name) as age,
        tarfile.open(fileobj=age.stdin, mode="w|gz") as tar,
    ):
        for name, path in files.items():
            # Somebody may delete a picture meanwhile.
            if path.exists():
                sums[name] = _add(tar, name, path)
        written = to.with_name(MANIFEST)
        written.write_text(json.dumps(asdict(manifest) | {"files": sums}, indent=1), encoding="utf-8")
        _add(tar, MANIFEST, written)
    with to.open("rb") as file:
        os.fsync(file.fileno())


def unpack(path: Path, *, key: str, into: Path) -> Manifest:
    """Lay out what a backup holds; raises Failed where it is cut short, or isn't what its manifest says."""
    sums = {}
    with _decrypting(path, key=key) as plain, tarfile.open(fileobj=plain, mode="r|gz") as tar:
        for member in tar:
            if not member.isfile() or not _is_ours(member.name):
                raise Failed(f"{path.name} holds “{member.name}”, which no backup of Heard's does. It is left alone.")
            sums[member.name] = _lay_out(tar, member, into / member.name)
    if MANIFEST not in sums:
        raise Failed(f"{path.name} is damaged or cut short: take another one.")
    del sums[MANIFEST]
    try:
        manifest = Manifest(**json.loads((into / MANIFEST).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise Failed(f"{path.name} has a manifest that this release can't read: a newer one made it.") from None
    if sums != manifest.files:
        raise Failed(f"{path.name} isn't what its manifest says: take another one.")
    return manifest


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in _MEMBERS or (parts[0] == "media" and len(parts) > 1 and ".." not in parts)


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    member = tarfile.TarInfo(name)
    member.mode = 0o600
    with path.open("rb") as file:
        member.size = os.fstat(file.fileno()).st_size
        hashed = _Hashed(file)
        tar.addfile(member, hashed)  # type: ignore[arg-type]
    return hashed.sum.hexdigest()


def _lay_out(tar: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> str:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = tar.extractfile(member)
    assert source
    hashed = _Hashed(source)
    with to.open("xb") as file:
        shutil.copyfileobj(hashed, file, _PIECE)
    return hashed.sum.hexdigest()


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.sum.update(piece)
        return piece


@contextmanager
def _decrypting(path: Path, *, key: str) -> Iterator[IO[bytes]]:
    """The plain bytes of an encrypted file; the key goes through a pipe."""
    with _age("-d", "-i", "-", path, name=path.name) as age:
        assert age.stdin
        assert age.stdout
        age.stdin.write(key.encode())
        age.stdin.close()
        wrong: Exception | None = None
        try:
            yield age.stdout
        except (tarfile.TarError, EOFError, zlib.error) as error:
            wrong = error
        # Only at its end does age know that nothing was cut off; and where both complain, age knows better why.
        while age.stdout.read(_PIECE):
            pass
        if wrong and not age.wait():
            raise Failed(f"{path.name} isn't a backup of Heard's: it holds something else.") from wrong


@contextmanager
def _age(*words: str | Path, name: str, machine: Machine | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A running age; raises Failed with what is wrong where it ends badly, for whatever reason our side broke off."""
    with tempfile.TemporaryFile() as said:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": said}
        try:
            age = subprocess.Popen(["age", *map(str, words)], **pipes)  # type: ignore[call-overload]
        except FileNotFoundError:
            raise Failed("age isn't on this machine: apt-get install age") from None
        try:
            with age:
                yield age
        except BrokenPipeError:
            pass
        except BaseException:
            age.kill()
            raise
        if age.wait():
            said.seek(0)
            raise Failed(_reason(said.read().decode(errors="replace"), name, machine))


def _reason(said: str, name: str, machine: Machine | None) -> str:
    recipients = machine.layout.etc / "backup.pub" if machine else "backup.pub"
    known = (words for sign, words in _REASONS.items() if sign in said)
    return next(known, f"age ended badly: {said.splitlines()[0] if said else 'killed'}").format(
        name=name, recipients=recipients
    )
