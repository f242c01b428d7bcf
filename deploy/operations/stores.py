"""The site's database, one file of SQLite's or one database on a PostgreSQL server: copied, laid beside, exchanged."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import environ
import psycopg
from psycopg import sql

from operations.machine import Failed, Machine

_ACCOUNTS = "SELECT count(*) FROM stories_submission"
_STORIES = "SELECT count(*) FROM stories_story"


class Store(Protocol):
    """What backup and restore ask of a database. `aside` is a second one, which nobody but them looks at."""

    name: str
    member: str

    def size(self) -> int:
        """Bytes on the disk."""

    def copy_to(self, path: Path) -> None:
        """Write a copy while the site goes on, and look whether it is whole."""

    def lay_aside(self, copy: Path) -> str:
        """Make a database of a copy; returns its DATABASE_URL."""

    def count_aside(self) -> tuple[int, int]:
        """How many accounts and how many stories it has; raises Failed where it is damaged."""

    def drop_aside(self) -> None:
        """Leave nothing of it."""

    def take_aside(self) -> None:
        """Have the site use it in place of its own, which is deleted."""


def store_of(machine: Machine) -> Store:
    url = machine.environment().get("DATABASE_URL", "")
    if url.startswith(("postgres", "pgsql")):
        return Postgresql(machine, url)
    path = environ.Env.db_url_config(url)["NAME"] if url else machine.layout.data / "heard.sqlite3"
    return Sqlite(Path(path))


class Sqlite:
    """A file, its log and its index of the log."""

    name, member = "SQLite", "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path, self.aside = path, path

    def size(self) -> int:
        return sum(each.stat().st_size for each in self._files() if each.exists())

    def copy_to(self, path: Path) -> None:
        if not self.path.exists():
            raise Failed(f"There is no database at {self.path}.")
        with _sqlite(self.path) as source, _sqlite(path) as copy:
            source.backup(copy)
            _look_whole(copy)
            # One file alone, whose log was written into it.
            copy.execute("PRAGMA journal_mode=DELETE")

    def lay_aside(self, copy: Path) -> str:
        self.aside = copy
        return f"sqlite:///{copy}"

    def count_aside(self) -> tuple[int, int]:
        with _sqlite(self.aside) as database:
            _look_whole(database)
            accounts, stories = (database.execute(each).fetchone()[0] for each in (_ACCOUNTS, _STORIES))
        return accounts, stories

    def drop_aside(self) -> None:
        """It is a file in a folder that goes as a whole."""

    def take_aside(self) -> None:
        with _sqlite(self.aside) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        # A log that stayed would be played into the file that comes.
        for path in self._files()[1:]:
            path.unlink(missing_ok=True)
        os.replace(self.aside, self.path)
        self.path.chmod(0o600)

    def _files(self) -> list[Path]:
        return [self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm", "-journal")]


@contextlib.contextmanager
def _sqlite(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
            yield database
    except sqlite3.Error as error:
        raise Failed(f"SQLite can't use {path}: {error}.") from None


def _look_whole(database: sqlite3.Connection) -> None:
    # Some of the tables' rules call functions that Django alone has.
    database.execute("PRAGMA ignore_check_constraints=ON")
    said = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise Failed(f"The database is damaged, and this copy with it: {said}. Keep the backups from before.")


@dataclass
class Postgresql:
    """A database, and beside it for a while another of almost the same name."""

    machine: Machine
    url: str

    name = "PostgreSQL"
    member = "database.dump"

    def size(self) -> int:
        with self._connected(self._name()) as database:
            row = database.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def copy_to(self, path: Path) -> None:
        self._run("pg_dump", "--format=custom", f"--file={path}", self._name())
        self._run("pg_restore", "--list", str(path))

    def lay_aside(self, copy: Path) -> str:
        self.drop_aside()
        with self._connected("postgres") as server:
            asked = "SELECT datcollate, datctype FROM pg_database WHERE datname = %s"
            collate, ctype = server.execute(asked, [self._name()]).fetchone() or ("C.UTF-8", "C.UTF-8")
            made = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
            server.execute(sql.SQL(made).format(self._aside(), sql.Literal(collate), sql.Literal(ctype)))
        aside = f"{self._name()}_aside"
        self._run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={aside}", str(copy))
        return urlsplit(self.url)._replace(path=f"/{aside}").geturl()

    def count_aside(self) -> tuple[int, int]:
        with self._connected(f"{self._name()}_aside") as database:
            accounts, stories = (_number(database, each) for each in (_ACCOUNTS, _STORIES))
        return accounts, stories

    def drop_aside(self) -> None:
        with self._connected("postgres") as server:
            for name in (self._aside(), self._before()):
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def take_aside(self) -> None:
        live, ours = sql.Identifier(self._name()), [self._name(), f"{self._name()}_aside"]
        with self._connected("postgres") as server:
            # Both names change or neither.
            with server.transaction():
                server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)", [ours])
                if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._name()]).fetchone():
                    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(live, self._before()))
                server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(self._aside(), live))
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(self._before()))

    def _name(self) -> str:
        return str(environ.Env.db_url_config(self.url)["NAME"])

    def _aside(self) -> sql.Identifier:
        return sql.Identifier(f"{self._name()}_aside")

    def _before(self) -> sql.Identifier:
        return sql.Identifier(f"{self._name()}_before")

    @contextlib.contextmanager
    def _connected(self, name: str) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(urlsplit(self.url)._replace(path=f"/{name}").geturl(), autocommit=True) as connection:
                yield connection
        except psycopg.errors.InsufficientPrivilege:
            mends = "runuser -u postgres -- psql -c 'ALTER ROLE heard CREATEDB'"
            raise Failed(f"PostgreSQL's user may make no database beside the site's. As root: {mends}") from None
        except psycopg.Error as error:
            raise Failed(f"PostgreSQL: {str(error).strip().splitlines()[0]}") from None

    def _run(self, *command: str) -> None:
        """Run one of PostgreSQL's programs; no list of processes shows the password."""
        told = environ.Env.db_url_config(self.url)
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        place = {name: str(told[ours]) for name, ours in names.items() if told.get(ours)}
        options = {f"PG{name.upper()}": str(each) for name, each in told.get("OPTIONS", {}).items()}
        # The one of them that its environment writes otherwise: which of several machines is the primary.
        options["PGTARGETSESSIONATTRS"] = options.pop("PGTARGET_SESSION_ATTRS", "any")
        self.machine.ask(*command, env=os.environ | options | place)


def _number(database: psycopg.Connection, query: str) -> int:
    row = database.execute(sql.SQL(query)).fetchone()  # type: ignore[arg-type]
    return int(row[0]) if row else 0
