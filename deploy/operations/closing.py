"""`heard close`: the end of a site. What was public is exported, all else erased, and a page says so."""

import http.client
import re
import secrets
import shutil
import tarfile
import tempfile
import time
from datetime import date
from http import HTTPStatus
from pathlib import Path

import click

from operations import backup
from operations.destination import Destination
from operations.layout import env_file_text, read_env_file
from operations.machine import USER, Failed, Machine
from operations.pages import public_host

# What the pages lead to that isn't a page: read out of them, each once.
_LINKED = re.compile(r"""(?:href|src)="(/(?!/|admin/|tell/|return/|leave/)[^"#?]*)""")
# Two pages a second of a whole site, so that people who read it meanwhile notice nothing.
_PAUSE = 0.05
_PAGE_NEEDS = ("BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "ONION_HOST", "DATA_DIR", "RUN_DIR")
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
@click.pass_obj
def close(machine: Machine, export_only: bool) -> None:
    """Close the site for good.

    It writes everything that was public into one archive, for whoever keeps it on; erases accounts, answers, messages,
    keys, settings and secrets here, and the backups and the journal where they are; and leaves a page that says that
    the site has closed, and where help is. There is no way back. Tell contributors a month before: until then they can
    still read answers and take their story down.
    """
    host = public_host(machine)
    with machine.alone("close"):
        archive = _export(machine, host)
        machine.note(f"All that was public is in {archive}: copy it to another computer.")
        if export_only:
            return
        _ask(host)
        _erase_elsewhere(machine)
        _leave_page(machine, host)
        _erase_here(machine, keep=archive)
    click.echo(f"Closed. Copy {archive} away, give the paper of the vault and the pepper to a shredder, and end the")
    click.echo("machine when nobody asks for the page any more. The keys of the backups open nothing now.")


def _ask(host: str) -> None:
    click.secho("Everything that people told is erased now, here and in the backups, for ever.", fg="red", bold=True)
    if click.prompt(f"To go on, type the site's name ({host})", default="", show_default=False).strip() != host:
        raise Failed("Nothing was erased.")


def _export(machine: Machine, host: str) -> Path:
    """Every public page, file and picture as it is served, in an archive beside the backups."""
    machine.step("Export what is public")
    found = {"/", "/open-data/", "/sitemap.xml"}
    waiting, archive = sorted(found), machine.layout.backups / f"public-{date.today():%Y-%m-%d}.tar.gz"
    machine.folder(archive.parent, mode=0o700, owner=f"{USER}:{USER}")
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        while waiting:
            path = waiting.pop()
            if (content := _file(host, path)) is None:
                continue
            place = Path(folder) / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            text = content.decode(errors="replace") if path.endswith(("/", ".xml", ".css")) else ""
            linked = {*_LINKED.findall(text), *re.findall(rf"<loc>https?://{re.escape(host)}(/[^<]*)</loc>", text)}
            waiting += sorted(linked - found)
            found |= linked
            time.sleep(_PAUSE)
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(folder, arcname=host)
    machine.note(f"{len(found)} pages and files")
    return archive


def _file(host: str, path: str) -> bytes | None:
    """What is public at `path`, or None; raises Failed where the site doesn't answer."""
    line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=60)
    try:
        line.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        return answer.read() if answer.status == HTTPStatus.OK else None
    except (OSError, http.client.HTTPException) as error:
        raise Failed(f"{path} of {host} doesn't answer ({error}): start the site first.") from None
    finally:
        line.close()


def _erase_elsewhere(machine: Machine) -> None:
    machine.step("Delete the backups and the journal where they are")
    try:
        place = Destination.of_machine(machine)
    except Failed as error:
        machine.note(f"{error} Nothing to delete there.")
        return
    for name in place.sizes():
        place.delete(name)
    backup.prune(machine, place)


def _leave_page(machine: Machine, host: str) -> None:
    """Serve the closed page alone, also after the machine starts again."""
    machine.step("Leave a page")
    told = read_env_file(machine.layout.env_file)
    lines = {name: told[name] for name in _PAGE_NEEDS if name in told}
    # Of the site's own secrets nothing is left; the page needs some to start, and seals nothing with them.
    lines |= {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_PEPPER")}
    closed = machine.layout.etc / "closed.env"
    machine.write(
        closed, env_file_text(lines, head="The page of a site that has closed."), mode=0o640, owner=f"root:{USER}"
    )
    machine.write(machine.layout.units / "heard-closed.service.d/ended.conf", _ENDED)
    if machine.layout.is_real:
        machine.run("systemctl", "disable", "--now", "heard-desk.socket", "heard-desk.service", "heard-public.service")
        timers = machine.ask("systemctl", "list-unit-files", "--no-legend", "--plain", "heard-*.timer")
        machine.run("systemctl", "disable", "--now", *(line.split()[0] for line in timers.splitlines()))
        machine.run("systemctl", "daemon-reload")
        machine.run("systemctl", "enable", "--now", "heard-closed.service")


def _erase_here(machine: Machine, *, keep: Path) -> None:
    machine.step("Erase everything here")
    layout, told = machine.layout, read_env_file(machine.layout.env_file)
    if told.get("DATABASE_URL", "").startswith("postgres"):
        machine.run("psql", "-q", told["DATABASE_URL"], "-c", "DROP OWNED BY CURRENT_USER CASCADE")
    for path in layout.data.iterdir() if layout.data.is_dir() else ():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for path in layout.backups.iterdir():
        if path != keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (layout.env_file, layout.desk_env_file):
        # Overwritten first: of the secrets not even the blocks of the file shall be left, where the disk allows it.
        if path.exists():
            path.write_bytes(b"\0" * path.stat().st_size)
            path.unlink()
