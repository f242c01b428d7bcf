"""`heard move-to-postgresql`: from SQLite's file to PostgreSQL, row by row, while the site goes on reading."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from operations import databases, pages, questions
from operations.layout import env_file_text, read_env_file
from operations.machine import USER, Failed, Machine

_HEAD = "What every process of Heard is told (docs/configuration.md). No comment may stand behind a value."
_SERVED = ("heard-public.service", "heard-desk.service")


@click.command()
@click.option("--url", default="", help="An empty database elsewhere; without it PostgreSQL is set up on this machine.")
@click.pass_obj
def move_to_postgresql(machine: Machine, url: str) -> None:
    """Move a site that began on SQLite to PostgreSQL.

    Every row is copied and compared, the triggers of two people and one text included. Readers notice nothing; who
    sends something in those seconds to minutes waits, or is asked to try again with their words. If anything differs,
    or it is stopped, the site stays where it is. At the end SQLite's file is deleted: a backup is made before.
    """
    file = machine.layout.data / "heard.sqlite3"
    told = read_env_file(machine.layout.env_file)
    if told.get("DATABASE_URL", "").startswith("postgres"):
        raise Failed("The site is on PostgreSQL already.")
    if not file.exists():
        raise Failed(f"{file} isn't there: nothing to move.")
    # Outside the lock, which it takes itself.
    machine.step("Make a backup first")
    machine.run(machine.layout.command, "backup", "--label", "move")
    with machine.alone("move-to-postgresql"):
        url = url or databases.lay_postgresql(machine, url="", answers=questions.answers_before(machine.layout))
        machine.step("Make its tables")
        _manage(machine, url, "migrate", "--noinput", "-v0")
        with _copied(machine, url):
            _switch(machine, told, url)
        machine.step("Index what editors search")
        machine.manage("update_index", "-v0")
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    machine.note("The site is on PostgreSQL; SQLite's file is deleted. Look once: heard doctor")


def _manage(machine: Machine, url: str, *words: str) -> None:
    release = machine.layout.current
    command: tuple[str | Path, ...] = (release / ".venv/bin/python", release / "manage.py", *words)
    machine.run(*command, user=USER, cwd=release, env=machine.environment() | {"DATABASE_URL": url})


@contextmanager
def _copied(machine: Machine, url: str) -> Iterator[None]:
    """Have every row copied, and writers wait until the block has ended; raises Failed where a row differs."""
    machine.step("Copy and compare every row")
    release = machine.layout.current
    command = [str(release / ".venv/bin/python"), "-m", "operations.move_rows"]
    if machine.layout.is_real and os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    paths = {"PYTHONPATH": ":".join(str(release / each) for each in ("deploy", "site", ""))}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=_told_to_copy(machine, url) | paths, cwd=release, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline().strip()
        if not said.startswith("copied"):
            lines = process.stderr.read().strip().splitlines() or ["it said nothing"]
            raise Failed(f"Nothing was moved: {lines[-1]}")
        machine.note(f"{said}, each the same in both.")
        try:
            yield
        finally:
            process.stdin.write("\n")
            process.stdin.close()


def _told_to_copy(machine: Machine, url: str) -> dict[str, str]:
    return {name: value for name, value in machine.environment().items() if name != "DATABASE_URL"} | {"MOVE_TO": url}


def _switch(machine: Machine, told: Mapping[str, str], url: str) -> None:
    """Point the site at the new database; back at the old one if its pages don't come."""
    machine.step("Serve from PostgreSQL")
    path, owner = machine.layout.env_file, f"root:{USER}"
    machine.write(path, env_file_text({**told, "DATABASE_URL": url}, head=_HEAD), mode=0o640, owner=owner)
    try:
        _restart(machine)
        wanted = {"/tell/form/": 200}
        if machine.layout.is_real and (wrong := pages.wrong_pages(machine, pages.PUBLIC_PORT, wanted)):
            raise Failed(f"From PostgreSQL, {'; '.join(wrong)}")
    except BaseException:
        machine.write(path, env_file_text(told, head=_HEAD), mode=0o640, owner=owner)
        _restart(machine)
        raise


def _restart(machine: Machine) -> None:
    if machine.layout.is_real:
        machine.run("systemctl", "restart", *_SERVED)
