"""A database with every table and the starting pages, made once (15 s of a processor), copied for each round, demo."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = "heard.sqlite3"


def copy_to(path, *, schema):
    """Copy the database of that schema to `path`, where nothing lies yet."""
    folder = _folder()
    made = folder / f"made-{schema}.sqlite3"
    with _one_at_a_time(folder, schema):
        if not made.exists():
            _make_file(made)
    shutil.copyfile(made, path)
    Path(path).chmod(0o600)


def template(server, *, schema):
    """The name of the PostgreSQL database of that schema on the server of that address, to make others from."""
    import psycopg

    name = f"made_{schema}"
    with _one_at_a_time(_folder(), schema), psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {name}_begun")
            _make(DATABASE_URL=f"{server.rsplit('/', 1)[0]}/{name}_begun")
            connection.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


def _make_file(made):
    with tempfile.TemporaryDirectory(dir=made.parent) as folder:
        _make(DATA_DIR=folder)
        # Whole or not at all: whoever is stopped halfway leaves nothing that looks made.
        (Path(folder) / FILE).rename(made)


def _make(**where):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    with tempfile.TemporaryDirectory() as spare:
        # As the demo, which needs no secret from outside.
        environment = {"DEMO": "1", "DATA_DIR": spare, "DJANGO_SETTINGS_MODULE": "heard.settings", **kept, **where}
        environment["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
        for command in (["migrate", "--verbosity=0"], ["starting_pages"]):
            whole = [sys.executable, str(ROOT / "manage.py"), *command]
            subprocess.run(whole, env=environment, check=True, capture_output=True)


@contextmanager
def _one_at_a_time(folder, schema):
    """The first of two rounds makes it, and the other waits."""
    with (folder / f"made-{schema}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder():
    folder = Path(os.environ.get("TEST_FOLDER") or ROOT / "var" / "tests")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
