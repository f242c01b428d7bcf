"""`heard close`: the end of a site. What was public is exported, all else erased, and a page says so."""

import http.client
import os
import re
import secrets
import tarfile
import time
from datetime import date
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import click
import psycopg
from psycopg import sql

from operations import archive, backup, restore
from operations.destination import Destination
from operations.layout import env_file_text, read_env_file
from operations.machine import USER, Failed, Machine
from operations.pages import PUBLIC_PORT, public_host
from operations.stores import Postgresql, Sqlite, store_of

# What the pages lead to that isn't a page: read out of them, each once.
_LINKED = re.compile(r"""(?:href|src)="(/(?!/|admin/|tell/|return/|leave/)[^"#?]*)""")
# So that people who read the site meanwhile notice nothing.
_PAUSE = 0.01
_EXPORTS = "public-*.tar.gz"
_OURS_ELSEWHERE = re.compile(r"(heard|journal)-\d{4}-\d\d-\d\d.*\.age")
_PAGE_NEEDS = ("BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "ONION_HOST", "DATA_DIR", "RUN_DIR")
# What the mark of a restore says here: no unit opens the site again, and this command goes on.
_CLOSING = "closing"
_PAGE, _PAGE_ENV = "heard-closed.service", "closed.env"
_JOBS = ("heard-public*.service", "heard-desk.*", "heard-*.timer", "heard@*.service", "heard-cli@*.service")
_ENDED = """\
[Unit]
ConditionPathExists=

[Service]
EnvironmentFile=
EnvironmentFile=/etc/heard/closed.env
Environment=CLOSED_BECAUSE=ended
"""


@click.command(name="close")
@click.option("--export-only", is_flag=True, help="Write the export, and change nothing.")
@click.option("--port", default=PUBLIC_PORT, hidden=True)
@click.pass_obj
def close(machine: Machine, export_only: bool, port: int) -> None:
    """Close the site for good.

    It writes everything that was public into one archive, for whoever keeps it on; erases accounts, answers, messages,
    keys, settings and secrets here, and the backups and the journal where they are; and leaves a page that says that
    the site has closed, and where help is. There is no way back. Tell contributors a month before: until then they can
    still read answers and take their story down. Stopped halfway, the same command goes on.
    """
    if not (export_only or os.access(machine.layout.etc, os.W_OK)):
        raise Failed("Run this as root.")
    with machine.alone("close"):
        if export_only or not _has_begun(machine):
            host = public_host(machine)
            if (machine.layout.etc / "backup.toml").exists():
                Destination.of_machine(machine).sizes()
            _export(machine, host, port)
            if export_only:
                return
            _ask(host)
        # It would send another copy of the journal.
        with machine.alone("close", lock=machine.layout.lock.with_name("journal-copy.lock")):
            _erase_elsewhere(machine)
            _leave_page(machine)
            _erase_here(machine)
    click.echo(f"Closed. Copy {machine.layout.backups}/{_EXPORTS} away, and shred the vault's paper and the pepper.")
    click.echo("End the machine when nobody asks for the page any more. The keys of the backups open nothing now.")


def _has_begun(machine: Machine) -> bool:
    mark = machine.layout.restoring
    is_closing = mark.exists() and mark.read_text(encoding="utf-8") == _CLOSING
    return is_closing or ((machine.layout.etc / _PAGE_ENV).exists() and not machine.layout.env_file.exists())


def _ask(host: str) -> None:
    click.secho("Everything that people told is erased now, here and in the backups, for ever.", fg="red", bold=True)
    if click.prompt(f"To go on, type the site's name ({host})", default="", show_default=False).strip() != host:
        raise Failed("Nothing was erased.")


def _export(machine: Machine, host: str, port: int) -> None:
    """Every public page, file and picture as it is served, in an archive beside the backups: whole, or none."""
    machine.step("Export what is public")
    made = machine.layout.backups / _EXPORTS.replace("*", f"{date.today():%Y-%m-%d}")
    try:
        machine.folder(made.parent, mode=0o700, owner=f"{USER}:{USER}")
        with machine.as_user(), archive.scratch_folder(made.parent / ".public") as scratch:
            many = _fetch_all(scratch / "pages", host, port)
            with tarfile.open(scratch / made.name, "w:gz") as tar:
                tar.add(scratch / "pages", arcname=host)
            os.replace(scratch / made.name, made)
    except OSError as error:
        raise Failed(f"The export can't be written to {made.parent}: {error.strerror}. Nothing was erased.") from None
    # All else is erased soon.
    os.sync()
    machine.note(f"{many} pages and files are in {made}: copy it to another computer.")


def _fetch_all(folder: Path, host: str, port: int) -> int:
    found = {"/", "/open-data/", "/sitemap.xml"}
    waiting, many = sorted(found), 0
    while waiting:
        path = waiting.pop()
        if (content := _file(host, port, path)) is None:
            continue
        place = folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        text = content.decode(errors="replace") if path.endswith(("/", ".xml", ".css")) else ""
        linked = {*_LINKED.findall(text), *re.findall(rf"<loc>https?://{re.escape(host)}(/[^<]*)</loc>", text)}
        waiting += sorted(linked - found)
        found |= linked
        many += 1
        time.sleep(_PAUSE)
    return many


def _file(host: str, port: int, path: str) -> bytes | None:
    """What is public at `path`, or None; raises Failed where the site doesn't answer, so that no page is missed."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise Failed(f"{path} of {host} doesn't answer ({error}): start the site first.") from None
    finally:
        line.close()
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Failed(f"{path} of {host} answers {answer.status}: mend the site first (heard doctor).")
    return content if answer.status == HTTPStatus.OK else None


def _erase_elsewhere(machine: Machine) -> None:
    machine.step("Delete the backups and the journal where they are")
    told = machine.layout.etc / "backup.toml"
    if not told.exists():
        return
    try:
        place = Destination.of_machine(machine)
        for name in filter(_OURS_ELSEWHERE.match, place.sizes()):
            place.delete(name)
        backup.prune(machine, place)
    except Failed as error:
        mends = f"delete them there yourself, then {told}, and run this again"
        raise Failed(f"{error} Nothing was erased here. If this machine may never delete there: {mends}.") from None


def _leave_page(machine: Machine) -> None:
    """Serve the closed page alone, also after the machine starts again."""
    machine.step("Leave a page")
    if told := read_env_file(machine.layout.env_file):
        lines = {name: told[name] for name in _PAGE_NEEDS if name in told}
        # Of the site's own secrets nothing is left; the page needs some to start, and seals nothing with them.
        lines |= {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_PEPPER")}
        text = env_file_text(lines, head="The page of a site that has closed.")
        machine.write(machine.layout.etc / _PAGE_ENV, text, mode=0o640, owner=f"root:{USER}")
        machine.write(machine.layout.restoring, _CLOSING)
    machine.write(machine.layout.units / f"{_PAGE}.d/ended.conf", _ENDED)
    if machine.layout.is_real:
        machine.systemctl("daemon-reload")
        machine.systemctl("enable", _PAGE)
        # Both listen for a moment: nobody is turned away in between.
        machine.systemctl("restart", _PAGE)
        machine.systemctl("stop", *_JOBS)
        listed = machine.ask("systemctl", "list-unit-files", "--state=enabled", "--no-legend", "--plain", "heard*")
        if others := {line.split()[0] for line in listed.splitlines()} - {_PAGE, "heard-public.socket"}:
            machine.systemctl("disable", *sorted(others))


def _erase_here(machine: Machine) -> None:
    """Erase all but the page and the export; heard.env goes once what only it leads to is gone."""
    machine.step("Erase everything here")
    layout = machine.layout
    if told := read_env_file(layout.env_file):
        _erase_database(machine)
        restore.empty_redis(machine)
        kept = {layout.etc / "tls", layout.etc / _PAGE_ENV, layout.env_file}
        files = [Path(value) for name, value in told.items() if name.endswith("_FILE")]
        files += [each for each in layout.etc.rglob("*") if each.is_file() and not {each, *each.parents} & kept]
        # Where the disk allows it, of secrets not even the blocks are left.
        machine.run("shred", "--remove", "--iterations=1", *filter(Path.exists, files), layout.env_file)
    for folder, keep in ((layout.lock.parent, "*.lock"), (layout.backups, _EXPORTS), (layout.data, "")):
        # Folders stay: one may be another disk's.
        machine.run("find", "-H", folder, "!", "-type", "d", "!", "-name", keep, "-delete")


def _erase_database(machine: Machine) -> None:
    store = store_of(machine)
    if isinstance(store, Sqlite):
        for path in store.path.parent.glob(f"{store.path.name}*"):
            path.unlink()
    elif isinstance(store, Postgresql):
        store.drop_aside()
        url, name = urlsplit(store.url)._replace(path="/postgres").geturl(), urlsplit(store.url).path[1:]
        try:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise Failed(f"{str(error).splitlines()[0]}: drop the database {name}, and run this again.") from None
