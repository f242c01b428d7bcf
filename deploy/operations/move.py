"""`heard move-to-postgresql`: from SQLite's file to PostgreSQL, row by row, while the site goes on reading."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import psycopg

from operations import databases, maintenance, pages, questions
from operations.layout import env_file_text, read_env_file
from operations.machine import USER, Failed, Machine
from operations.releases import installed_release

_HEAD = "What every process of Heard is told (docs/configuration.md). No comment may stand behind a value."
_EXAMPLE = "postgres://heard:PASSWORD@db.example/heard"
_SCHEMES = ("postgres://", "postgresql://", "pgsql://")
_TABLES = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' LIMIT 1"


@dataclass
class _Moved(Machine):
    """The machine as it will be, once it serves from the new database."""

    url: str = ""

    def environment(self, *, desk: bool = False) -> dict[str, str]:
        return super().environment(desk=desk) | {"DATABASE_URL": self.url}


@click.command()
@click.option("--url", default="", help="An empty database elsewhere; without it PostgreSQL is set up on this machine.")
@click.pass_obj
def move_to_postgresql(machine: Machine, url: str) -> None:
    """Move a site that began on SQLite to PostgreSQL.

    Every row is copied and compared, the triggers of two people and one text included. Readers notice nothing until
    the last seconds, in which the site is closed; who sends something meanwhile waits, or is asked to try again with
    their words. If anything differs, the site stays where it is; if it is stopped, the same command goes on. At the end
    SQLite's file is deleted: a backup is made before.
    """
    told, mark = read_env_file(machine.layout.env_file), machine.layout.data / "moving"
    if not told.get("DATABASE_URL", "").startswith(_SCHEMES):
        if not _file(machine).exists():
            raise Failed(f"{_file(machine)} isn't there: nothing to move.")
        if url:
            _require_empty(url, mark)
        # Outside the lock, which it takes itself.
        _back_up(machine, mark)
        with machine.alone("move-to-postgresql"):
            url = url or databases.lay_postgresql(machine, url="", answers=questions.answers_before(machine.layout))
            _move(_Moved(machine.layout, url=url), told, mark)
    elif not mark.exists():
        raise Failed("The site is on PostgreSQL already.")
    with machine.alone("move-to-postgresql"):
        maintenance.end_maintenance(machine)
        machine.step("Index what editors search, and delete SQLite's file")
        machine.manage("update_index", "-v0")
        for path in machine.layout.data.glob(f"{_file(machine).name}*"):
            path.unlink()
        mark.unlink()
    machine.note("The site is on PostgreSQL. Look once: heard doctor")


def _file(machine: Machine) -> Path:
    return machine.layout.data / "heard.sqlite3"


def _require_empty(url: str, mark: Path) -> None:
    """Raise Failed where that is no database of PostgreSQL's, or one that holds more than our own begun copy."""
    if not url.startswith(_SCHEMES):
        raise Failed(f"That is no address of PostgreSQL's, such as {_EXAMPLE}")
    try:
        env_file_text({"DATABASE_URL": url}, head="")
        with psycopg.connect(url, connect_timeout=10) as connection:
            if connection.execute(_TABLES).fetchone() and not (mark.exists() and mark.read_text() == _place(url)):
                raise Failed("The new database holds something already: give an empty one.")
    except (psycopg.Error, ValueError) as error:
        raise Failed(f"PostgreSQL: {str(error).splitlines()[0]}") from None


def _place(url: str) -> str:
    """Which database that is, without its password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}{parts.path}"


def _back_up(machine: Machine, mark: Path) -> None:
    if mark.exists() and machine.layout.restoring.exists():
        # It was stopped after it had closed the site, which is whole on SQLite.
        with machine.alone("move-to-postgresql"):
            maintenance.end_maintenance(machine)
    machine.step("Make a backup first")
    machine.run(machine.layout.command, "backup", "--label", "move")


def _move(machine: _Moved, told: dict[str, str], mark: Path) -> None:
    """Copy, and point the site at the copy: from then on no way leads back, and the rest is done again at will."""
    _require_empty(machine.url, mark)
    machine.write(mark, _place(machine.url), mode=0o600, owner=f"{USER}:{USER}")
    machine.step("Make its tables")
    machine.manage("migrate", "--noinput", "-v0")
    with _copied(machine):
        machine.step("Look at real pages from PostgreSQL, which nobody else sees yet")
        with pages.served_aside(machine, installed_release(machine.layout)) as port:
            if wrong := pages.wrong_pages(machine, port, {"/tell/form/": 200}):
                raise Failed(f"Nothing was moved: {'; '.join(wrong)}.")
        machine.step("Serve from PostgreSQL")
        # What runs still writes to SQLite, and would go on when this is killed.
        maintenance.begin_maintenance(machine)
        try:
            text = env_file_text({**told, "DATABASE_URL": machine.url}, head=_HEAD)
            machine.write(machine.layout.env_file, text, mode=0o640, owner=f"root:{USER}")
        except BaseException:
            maintenance.end_maintenance(machine)
            raise


@contextmanager
def _copied(machine: _Moved) -> Iterator[None]:
    """Have every row copied, and writers wait until the block has ended; raises Failed where a row differs."""
    machine.step("Copy and compare every row")
    release = machine.layout.current
    command = machine.user_command(release / ".venv/bin/python", "-m", "operations.move_rows")
    # Here it is what a site's processes are told; MOVE_TO is where they will be.
    env = Machine(machine.layout).environment() | {"MOVE_TO": machine.url}
    env["PYTHONPATH"] = ":".join(str(release / each) for each in ("deploy", "site", ""))
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, cwd=release, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline().strip()
        if not said.startswith("copied"):
            lines = process.stderr.read().strip().splitlines() or ["it said nothing"]
            raise Failed(f"Nothing was moved: {lines[-1]}")
        machine.note(f"{said}, each the same in both.")
        # Its end lets the writers in.
        yield
