"""A machine in a folder of its own: a real site's files and database, real keys, and a folder that backups go to."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import made_database

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = b"a picture" * 1000
PEPPER = hashlib.sha256(b"pepper").hexdigest()
STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
_TOLD = {
    "SECRET_KEY": hashlib.sha256(b"key").hexdigest(),
    "BASE_URL": "https://heard.example",
    "ALLOWED_HOSTS": "heard.example",
    "TRUSTED_PROXIES": "127.0.0.1",
}


class Site:
    """One machine. `heard` runs its commands as an operator would."""

    def __init__(self, root, key, database_url=""):
        self.root, self.key, self.database_url = root, key, database_url
        self.data, self.backups = root / "var/lib/heard", root / "var/backups/heard"
        self.etc, self.away = root / "etc/heard", root / "mnt/away"
        self.database = self.data / "heard.sqlite3"
        for folder in (self.data / "media", self.etc, self.away, root / "opt/heard"):
            folder.mkdir(parents=True)
        (root / "opt/heard/current").symlink_to(ROOT)
        (self.data / "machine").write_text("0a1b2c")
        (self.data / "media/one.png").write_bytes(PICTURE)
        (self.etc / "backup.toml").write_text(f'to = "{self.away}"')
        public = subprocess.run(["age-keygen", "-y", key], capture_output=True, check=True)
        (self.etc / "backup.pub").write_bytes(public.stdout)
        self.tell()

    def tell(self, **changes):
        told = _TOLD | {"RECEIPT_PEPPER": PEPPER, "DATA_DIR": self.data, "RUN_DIR": self.root / "run"}
        told |= {"DATABASE_URL": self.database_url} if self.database_url else {}
        (self.etc / "heard.env").write_text("".join(f"{name}={value}\n" for name, value in (told | changes).items()))

    def start(self, *words, at=None, **how):
        """Begin a command; one that is killed at a deed leaves what it did up to there beside the machine."""
        program = ["-m", "operations"] if at is None else [ROOT / "tests/operations/killed.py", str(at)]
        command = [sys.executable, *program, "--root", str(self.root), *words]
        env = os.environ | {"PYTHONPATH": f"{ROOT / 'deploy'}:{ROOT / 'site'}:{ROOT}", "PYTHONUNBUFFERED": "1"}
        env |= {} if at is None else {"DEEDS": f"{self.root}.deeds", "PYTHONDONTWRITEBYTECODE": "1"}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=env, cwd=self.root, start_new_session=True, **pipes | how)

    def heard(self, *words, key=None):
        """Run a command to its end; returns its status and what it said."""
        process = self.start(*words)
        said, _ = process.communicate((key or self.key).read_text())
        return process.returncode, said

    def heard_well(self, *words, **how):
        status, said = self.heard(*words, **how)
        assert status == 0, said
        return said

    def refuses(self, words, *command):
        """Run a command that ends with these words and without a traceback."""
        status, said = self.heard(*command)
        assert (status, words in said, "Traceback" in said) == (1, True, False), said

    def ask(self, query):
        """The first value of a query's answer, straight from the database; None where it changed something."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                asked = connection.execute(query)
                return asked.fetchone()[0] if asked.description else None
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            row = connection.execute(query).fetchone()
            return row[0] if row else None

    @property
    def newest(self):
        return max(self.backups.glob("heard-*"))


@contextmanager
def own_database(name, template="template1"):
    """A new database on the test server, gone at the end with what was laid beside it; its address."""
    server = os.environ["TEST_POSTGRESQL_URL"]
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            for each in (name, f"{name}_aside", f"{name}_before"):
                connection.execute(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")


@pytest.fixture
def clock():
    """The machine's own, by which its commands run and its files are dated."""


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Two private keys, in files that are nowhere near the site."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("right", "wrong"):
        subprocess.run(["age-keygen", "-o", folder / name], capture_output=True, check=True)
    return folder


@pytest.fixture(params=STORES)
def site(request, tmp_path, keys):
    """A site with its starting pages in each store."""
    if request.param == "sqlite":
        made = Site(tmp_path, keys / "right")
        made_database.copy_to(made.database)
        yield made
        return
    template = made_database.template(os.environ["TEST_POSTGRESQL_URL"])
    with own_database(f"operations_{os.getpid()}", template) as url:
        yield Site(tmp_path, keys / "right", url)


@pytest.fixture
def small_site(tmp_path, keys):
    """A site with SQLite and two tables, where only the way of a copy matters."""
    made = Site(tmp_path, keys / "right")
    made.ask("CREATE TABLE stories_story (id INTEGER)")
    made.ask("CREATE TABLE stories_submission (id INTEGER)")
    return made


@pytest.fixture
def full_disk(tmp_path):
    """A disk of four megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)
