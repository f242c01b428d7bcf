"""`heard restore`: bring the site back from a backup, without what was taken back since."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import redis

from operations import archive, maintenance
from operations.backup import lay_aside
from operations.destination import Destination
from operations.first_release import lay_machine_tag
from operations.machine import Failed, Machine
from operations.stores import Store, store_of

_ONION_FILE = re.compile(r"[a-z0-9_]+\Z")
# What the mark of a restore says once all is in its place.
_WHOLE = "whole"
_LEFT = """
People and keys are as they were on the day of the backup. Before the team goes on:
  · heard manage vault status: stop the keys of people who left since, deactivate their accounts, rotate.
  · Moderators who made a new key since make another one.
  · If the vault was rotated since, QUEUE_KEY_FINGERPRINT in /etc/heard/heard.env is the earlier one again: compare it
    with the paper, write it in, and restart.
  · Say on the home page which days are lost. People whose code opens nothing are told so by themselves.
"""


@click.command()
@click.argument("file", required=False)
@click.option("--open", "opens", is_flag=True, help="Only open a restored site, once what the doctor said is mended.")
@click.option(
    "--without-journal", is_flag=True, help="Go on where its copies are lost for good; holds every story back."
)
@click.pass_obj
def restore(machine: Machine, file: str | None, opens: bool, without_journal: bool) -> None:
    """Bring the site back from FILE: a backup here, the name of one where backups go, or “latest”.

    On a new machine, run `heard setup` first and type the old pepper in. Then, with the private key from its safe place
    on standard input:

    \b
        heard restore latest < heard-backup.key

    It opens the backup beside the site and looks at all of it. Only then it closes the doors, with a page that says so,
    erases again what was due, takes back again what the journal says was taken back since, puts database, pictures and
    the onion's key in place, looks at real pages, and opens. What is there before is replaced: accounts sent since the
    backup are lost, and the page of a code that opens nothing says so.

    Whatever stops it, nothing half done is served: the same command begins again and finishes.

    The journal comes from this disk, and from its newest copies where backups go. Where neither knows the days since
    the backup, every story is held back until two moderators put it back.
    """
    os.umask(0o077)
    with machine.alone("restore"):
        if opens:
            open_again(machine, asks_doctor=False)
        elif not file:
            raise click.UsageError("Name a backup's file, or “latest”.")
        else:
            restore_site(machine, file, key=archive.read_private_key(), without_journal=without_journal)


def restore_site(machine: Machine, file: str, *, key: str, without_journal: bool = False) -> None:
    store = store_of(machine)
    with machine.as_user(), archive.scratch_folder(machine.layout.data / "restore") as scratch:
        lay_machine_tag(machine)
        manifest = _unpack(machine, file, key=key, scratch=scratch)
        try:
            machine.step("Making a database of it beside the site's, and bringing it up to this release")
            told = lay_aside(machine, store, manifest, scratch)
            _confirm(machine, store)
            machine.step("Closing the site: visitors see that the site is being restored")
            with machine.as_root():
                maintenance.begin_maintenance(machine)
            _take_back_again(machine, manifest, scratch, told, key=key, without_journal=without_journal)
            _exchange(machine, store, scratch)
            with machine.as_root():
                _put_onion_key(machine, scratch / archive.ONION, key=key)
        finally:
            store.drop_aside()
        machine.layout.restoring.write_text(_WHOLE, encoding="utf-8")
    open_again(machine)
    click.echo(_LEFT)


def _unpack(machine: Machine, file: str, *, key: str, scratch: Path) -> archive.Manifest:
    path = Path(file)
    if not path.is_file():
        place = Destination.of_machine(machine)
        there = place.sizes()
        name = _newest(machine, set(there)) if file == "latest" else file
        if name not in there:
            raise Failed(f"{file} is neither a file here nor a backup at {place.to}.")
        archive.require_room(scratch, 6 * there[name])
        machine.step(f"Fetching {name}")
        path = place.fetch(name, scratch)
    archive.require_room(scratch, 5 * path.stat().st_size)
    machine.step(f"Opening {path.name}, and comparing each file with its hash")
    manifest = archive.unpack(path, key=key, into=scratch)
    machine.note(f"Made {manifest.made[:16]} UTC by Heard {manifest.version} with {manifest.store}.")
    return manifest


def _newest(machine: Machine, names: set[str]) -> str:
    """The newest backup; raises Failed where a new machine has sent some too, perhaps of an empty site."""
    by_machine = {archive.machine_of(name): name for name in archive.backups_by_age(names)}
    if len(by_machine) > 1:
        raise Failed(f"More than one machine sent backups. Name the one you mean: {', '.join(by_machine.values())}")
    return next(iter(by_machine.values()), "latest")


def _confirm(machine: Machine, store: Store) -> None:
    accounts, stories = store.count_aside()
    machine.note(f"The backup has {accounts} accounts and {stories} stories. They replace what the site holds.")
    if sys.stdin.isatty():
        click.confirm("  Go on?", abort=True)


def _take_back_again(
    machine: Machine,
    manifest: archive.Manifest,
    scratch: Path,
    told: dict[str, str],
    *,
    key: str,
    without_journal: bool,
) -> None:
    machine.step("Erasing again what was due, and taking back again what was taken back since")
    clock = ["--clock-is-right"] if "--clock-is-right" in machine.manage("retention", "--help", changes=False) else []
    machine.manage("retention", *clock, told=told)
    is_known = False
    for known, copy in _journals(machine, manifest, scratch, key=key, without_journal=without_journal):
        since = ["--since", manifest.made[:10]]
        said = machine.manage_bytes("replay_journal", "-", *since, content=copy, told=told).decode()
        machine.note(", ".join(said.splitlines()) or "Nothing was taken back.")
        is_known |= known
    if not is_known:
        machine.note("No journal knows the days since the backup.")
        machine.note(machine.manage("hold_back_stories", told=told).strip())
    until = datetime.now(UTC).isoformat(timespec="minutes")
    machine.note(machine.manage("lost_codes", manifest.made, until, told=told).strip())


def _journals(
    machine: Machine, manifest: archive.Manifest, scratch: Path, *, key: str, without_journal: bool
) -> Iterator[tuple[bool, bytes]]:
    """Each journal of the days since the backup, and whether it is that of the machine that made the backup."""
    ours, day = archive.machine_tag(machine), manifest.made[:10]
    if machine.layout.journal.is_dir():
        yield ours == manifest.machine, machine.manage_bytes("journal_copy")
    try:
        place = Destination.of_machine(machine)
        found = archive.newest_journals(set(place.sizes()))
    except Failed as error:
        if without_journal:
            return
        raise Failed(
            f"{error} The journal may be there; --without-journal goes on and holds every story back."
        ) from None
    for tag, name in found.items():
        if tag != ours and f"{archive.day_of(name)}" >= day:
            machine.note(f"The journal's copy {name}:")
            yield tag == manifest.machine, archive.decrypt(place.fetch(name, scratch), key=key)


def _exchange(machine: Machine, store: Store, scratch: Path) -> None:
    machine.step("Putting database, pictures and static files in place")
    store.take_aside()
    media, before = machine.layout.data / "media", scratch / "media-before"
    for folder in (media, before, scratch / "media"):
        folder.mkdir(exist_ok=True)
    # One by one: the folder itself may be another disk's.
    for source, to in ((media, before), (scratch / "media", media)):
        for each in list(source.iterdir()):
            shutil.move(each, to / each.name)
    empty_redis(machine)
    machine.manage("collectstatic", "--noinput", "--verbosity", "0")


def empty_redis(machine: Machine) -> None:
    """Forget the pages and keys of before, in the database of Redis that is ours."""
    if url := machine.environment().get("CACHE_URL", ""):
        try:
            redis.Redis.from_url(url, socket_timeout=10, socket_connect_timeout=10).flushdb()
        except redis.RedisError as error:
            raise Failed(
                f"Redis has to be emptied and doesn't answer ({type(error).__name__}): start it first."
            ) from None


def _put_onion_key(machine: Machine, kept: Path, *, key: str) -> None:
    folder = machine.layout.at("/var/lib/tor/heard")
    if not kept.exists():
        return
    if not folder.parent.is_dir():
        machine.note("The backup has an onion's key, and Tor isn't on this machine: install it, and restore again.")
        return
    machine.step("Putting the onion's key in place")
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = folder.parent.stat()
    for line in archive.decrypt(kept, key=key).decode().splitlines():
        name, _, content = line.partition(" ")
        if _ONION_FILE.match(name):
            (folder / name).write_bytes(bytes.fromhex(content))
            (folder / name).chmod(0o600)
    if machine.layout.is_real:
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
        machine.run("systemctl", "try-restart", "tor.service")


def open_again(machine: Machine, *, asks_doctor: bool = True) -> None:
    """Open a site that is whole, once real pages answer and the doctor agrees."""
    mark = machine.layout.restoring
    if not mark.exists():
        raise Failed("No restore is waiting to be opened.")
    if mark.read_text(encoding="utf-8") != _WHOLE:
        raise Failed("The restore didn't get so far: run it again with its file.")
    machine.step("Looking at real pages, which nobody else sees yet")
    maintenance.look_at_pages(machine)
    if asks_doctor and machine.layout.is_real:
        asked = [sys.executable, "-m", "operations", "--root", str(machine.layout.root), "doctor", "--quiet"]
        # 1 is something to look at, which can wait.
        if subprocess.run(asked, check=False).returncode not in (0, 1):
            raise Failed("The site stays closed. Mend what the doctor says, then: heard restore --open")
    maintenance.end_maintenance(machine)
    machine.step("The site is open.")
