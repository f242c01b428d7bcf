"""`heard backup`: a dated, encrypted copy of the site, sent away; and the look whether one could be restored."""

import contextlib
import os
import shutil
import time
from pathlib import Path

import click

from operations import archive
from operations.destination import Destination
from operations.machine import Failed, Machine
from operations.releases import installed_release, version_number
from operations.stores import Store, store_of


@click.command()
@click.option(
    "--verify",
    "look_at",
    is_flag=False,
    flag_value="latest",
    metavar="[NAME]",
    help="Fetch the newest backup (or that one), restore it beside the site, look, and throw it away. "
    "Reads the private key from standard input.",
)
@click.option("--label", default="", hidden=True, help="A word for its name, such as upgrade.")
@click.pass_obj
def backup(machine: Machine, look_at: str | None, label: str) -> None:
    """Copy the site, encrypt the copy, send it away; delete what is 27 days old. A timer does it every day.

    A copy holds the database, the editors' pictures and the onion's key; never a secret of heard.env's. Keep the pepper
    on paper, apart from the backups.

    \b
    Once, on your own computer, never here:     age-keygen -o heard-backup.key
      its public line (age1…) goes into         /etc/heard/backup.pub   (one line for each person who may restore)
      where copies go                           /etc/heard/backup.toml  to = "/mnt/disk/heard" or to = "REMOTE:FOLDER"
      how rclone reaches the REMOTE             rclone --config /etc/heard/rclone.conf config
    Four times a year:                          heard backup --verify < heard-backup.key

    Backups remember what was erased, so none may grow older than 28 days, anywhere. Heard deletes its own in both
    places, and old versions in buckets of S3 and B2. It can't delete snapshots of a disk or of a provider, another
    remote's trash, and what an object lock keeps: have those end by themselves in less than 28 days. Where a bucket's
    own rule deletes after 26 days, the machine's access may be one that can't delete.
    """
    os.umask(0o077)
    if look_at is None:
        keep_onion_key(machine)
    machine.become_user()
    with machine.alone("backup"):
        if look_at is None:
            make_backup(machine, label=label)
        else:
            verify_backup(machine, look_at, key=archive.read_private_key())


def make_backup(machine: Machine, *, label: str = "") -> str:
    """Make one, send it and prune; returns its name. As the site's own user."""
    if machine.layout.restoring.exists():
        raise Failed("A restore isn't finished: run `heard restore` again first.")
    place, folder = Destination.of_machine(machine), machine.layout.backups
    archive.recipients_of(machine)
    _clear(machine)
    try:
        name = _pack(machine, label=label)
        machine.step(f"Sending it to {place.to}")
        there = place.sizes()
        # With what an earlier run couldn't send.
        for path in (folder / each for each in archive.backups_by_age(set(os.listdir(folder)))):
            if there.get(path.name) != path.stat().st_size and not archive.is_old(path.name):
                place.send(path)
    except BaseException:
        # Also where there is no new one: what was erased has to end.
        with contextlib.suppress(Failed):
            prune(machine, place)
        raise
    prune(machine, place)
    machine.note(f"{name} has arrived.")
    touch_clock(machine, "backup")
    return name


def _pack(machine: Machine, *, label: str) -> str:
    store, folder = store_of(machine), machine.layout.backups
    pictures = [each for each in (machine.layout.data / "media").rglob("*") if each.is_file() and not each.is_symlink()]
    machine.step(f"Copying {store.name} and {len(pictures)} pictures, encrypted")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    archive.require_room(folder, 2 * store.size() + sum(each.stat().st_size for each in pictures))
    with archive.scratch_folder(folder / ".backup") as scratch:
        store.copy_to(scratch / store.member)
        files = {store.member: scratch / store.member}
        files |= {str(each.relative_to(machine.layout.data)): each for each in pictures}
        files |= {archive.ONION: folder / archive.ONION} if onion_key_is_kept(machine) else {}
        made = archive.this_hour().isoformat(timespec="minutes")
        version = installed_release(machine.layout).version
        manifest = archive.Manifest(version, store.name, made, archive.machine_tag(machine), {})
        archive.pack(machine, manifest, files, scratch / "whole.age")
        name = archive.backup_name(machine, taken=set(os.listdir(folder)), label=label)
        os.replace(scratch / "whole.age", folder / name)
    return name


def _clear(machine: Machine) -> None:
    """Delete the plain data that a restore or a look left which was killed."""
    store_of(machine).drop_aside()
    for path in (machine.layout.backups / ".verify", machine.layout.data / "restore"):
        shutil.rmtree(path, ignore_errors=True)


def prune(machine: Machine, place: Destination) -> None:
    """Delete what is 27 days old here and there, copies of the journal too; raises Failed where something stays."""
    folder = machine.layout.backups
    for name in filter(archive.is_old, os.listdir(folder) if folder.is_dir() else []):
        (folder / name).unlink()
    for name in filter(archive.is_old, place.sizes()):
        place.delete(name)
        machine.note(f"Deleted {name}.")
    if kept := place.delete_old_versions():
        raise Failed(f"{place.to} keeps {len(kept)} old versions, such as {kept[0]}. Have them end there by a rule.")


def keep_onion_key(machine: Machine) -> None:
    """As root, keep the onion's key where a backup finds it, encrypted: the site's own user may never read it."""
    folder, kept = machine.layout.at("/var/lib/tor/heard"), machine.layout.backups / archive.ONION
    if (machine.layout.is_real and not machine.is_root) or not folder.is_dir():
        return
    machine.folder(machine.layout.backups, mode=0o700, owner="heard:heard")
    held = "".join(f"{each.name} {each.read_bytes().hex()}\n" for each in sorted(folder.iterdir()) if each.is_file())
    machine.write(kept, _armoured(machine, held), mode=0o640, owner="root:heard")


def _armoured(machine: Machine, text: str) -> str:
    return machine.ask("age", "--armor", "-R", archive.recipients_of(machine), stdin=text)


def onion_key_is_kept(machine: Machine) -> bool:
    """True if a backup can take the onion's key along; says how to mend it where it should and can't."""
    kept, public = machine.layout.backups / archive.ONION, machine.layout.etc / "backup.pub"
    is_kept = kept.exists() and kept.stat().st_mtime >= public.stat().st_mtime
    if machine.environment().get("ONION_HOST") and not is_kept:
        machine.note("The onion's key is NOT in this backup: run `heard backup` once as root.")
    return is_kept


def verify_backup(machine: Machine, name: str, *, key: str) -> None:
    """Restore a backup beside the site and look at all of it. As the site's own user."""
    place, folder = Destination.of_machine(machine), machine.layout.backups
    there = place.sizes()
    name = name if name != "latest" else (archive.backups_by_age(set(there)) or [""])[-1]
    if name not in there:
        raise Failed(f"There is no backup {name and f'“{name}” '}at {place.to}.")
    archive.require_room(folder, 5 * there[name])
    store = store_of(machine)
    with archive.scratch_folder(folder / ".verify") as scratch:
        machine.step(f"Fetching {name}")
        path = place.fetch(name, scratch)
        machine.step("Opening it, and comparing each file with its hash")
        manifest = archive.unpack(path, key=key, into=scratch)
        path.unlink()
        if archive.ONION in manifest.files:
            archive.decrypt(scratch / archive.ONION, key=key)
        machine.step("Restoring its database beside the site's")
        try:
            lay_aside(machine, store, manifest, scratch)
            accounts, stories = store.count_aside()
        finally:
            store.drop_aside()
    pictures = sum(each.startswith("media/") for each in manifest.files)
    held = f"{accounts} accounts, {stories} stories, {pictures} pictures"
    machine.note(f"{name} could be restored: {held}; made {manifest.made[:16]} UTC by {manifest.version}.")
    touch_clock(machine, "verify")


def lay_aside(machine: Machine, store: Store, manifest: archive.Manifest, scratch: Path) -> dict[str, str]:
    """Make a database beside the site's of what was unpacked, as this release wants it.

    Returns what `manage.py` is told to use it. Raises Failed where the site couldn't go on with it.
    """
    ours = installed_release(machine.layout).version
    if manifest.store != store.name:
        raise Failed(f"This is a backup of {manifest.store}, and this machine has {store.name}. Set up one like it.")
    if version_number(manifest.version) > version_number(ours):
        raise Failed(f"Heard {manifest.version} made this backup, and this is {ours}: `heard upgrade` first.")
    told = {"DATABASE_URL": store.lay_aside(scratch / store.member)}
    machine.manage_bytes("migrate", "--noinput", "--verbosity", "0", told=told)
    # Here a pepper is refused that isn't the one of this database's codes.
    machine.manage_bytes("check", "--database", "default", told=told)
    return told


def touch_clock(machine: Machine, name: str) -> None:
    machine.layout.clocks.mkdir(parents=True, exist_ok=True)
    # With something in it: `heard setup` lays an empty file, from which on the first run is waited for.
    (machine.layout.clocks / name).write_text("ran\n", encoding="utf-8")


def days_since(machine: Machine, name: str) -> float | None:
    """How long ago that clock ran; None where it never did."""
    path = machine.layout.clocks / name
    if not path.exists() or not path.stat().st_size:
        return None
    return (time.time() - path.stat().st_mtime) / 86400
