"""What takes long to lay and is copied for each round: a database with every table and starting page, and the demo."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = "heard.sqlite3"
A_DAY = 86_400
# Whatever of the code can change what a demo holds.
_OF_THE_DEMO = ("site", "stories", "moderation", "templates", "deploy", "requirements.txt")
_OF_THE_TABLES = (
    *("*/migrations/*.py", "site/*/migrations/*.py", "site/campaign/initial_content/*.*", "site/campaign/roles.py"),
    *("moderation/triggers.*", "moderation/ready_words.*", "moderation/team/permissions.py"),
    *("stories/data/*", "stories/intake/questions.*", "stories/apps.py", "stories/reading/search/store.py"),
)


def schema():
    """Name what the test database is made from, so that a change of it makes another file."""
    return digest(sorted({path for names in _OF_THE_TABLES for path in ROOT.glob(names)}))


def digest(paths):
    """Name what these files hold, so that a change of one gives another name."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def digests_in(file):
    """What a file that git keeps says of what passed: name → the digest that it had then."""
    return dict(line.split() for line in file.read_text().splitlines()) if file.exists() else {}


def keep_digests(file, rows):
    file.write_text("".join(f"{name} {kept}\n" for name, kept in sorted(rows.items())))


def copy_to(path):
    """Copy the made database to `path`, where nothing lies yet."""
    made = folder() / f"made-{schema()}.sqlite3"
    with _one_at_a_time(made.stem):
        if not made.exists():
            _make_file(made)
    shutil.copyfile(made, path)
    Path(path).chmod(0o600)


def template(server):
    """The name of the made database on the PostgreSQL server of that address, to make others from."""
    import psycopg

    name = f"made_{schema()}"
    with psycopg.connect(server, autocommit=True) as connection:
        # The first of two rounds makes it, from whichever folder, and the other waits.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            # Whoever was stopped halfway left one.
            connection.execute(f"DROP DATABASE IF EXISTS {name}_begun WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}_begun")
            _make(DATABASE_URL=f"{server.rsplit('/', 1)[0]}/{name}_begun")
            connection.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


def demo():
    """The folder of a demo that nobody serves, laid by `make run`'s own script once for this code and this day."""
    from tests import running_site

    # A break of one line is tried on the demo that whole code laid: see `prove`.
    kept = folder() / (os.environ.get("TEST_DEMO") or demo_name())
    with _one_at_a_time(kept.name):
        if not kept.exists():
            _throw_old_demos_away()
            # Whole or not at all, as above.
            begun = Path(tempfile.mkdtemp(dir=folder()))
            copy_to(begun / FILE)
            with running_site.serve_demo(begun):
                pass
            begun.rename(kept)
    return kept


def demo_name():
    """Name the demo by what makes it: the code, and the day that its dates count from."""
    whole = hashlib.sha256(str(datetime.now(UTC).date()).encode())
    for path in sorted(path for place in _OF_THE_DEMO for path in [ROOT / place, *(ROOT / place).rglob("*")]):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"demo-{whole.hexdigest()[:12]}"


def _throw_old_demos_away():
    for old in folder().glob("demo-*/"):
        if time.time() - old.stat().st_mtime > A_DAY:
            shutil.rmtree(old, ignore_errors=True)


def _make_file(made):
    with tempfile.TemporaryDirectory(dir=made.parent) as begun:
        _make(DATA_DIR=begun)
        # Whole or not at all: whoever is stopped halfway leaves nothing that looks made.
        (Path(begun) / FILE).rename(made)


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
def _one_at_a_time(name):
    """The first of two rounds makes it, and the other waits."""
    with (folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder():
    """Where what is made stays for the next round."""
    place = Path(os.environ.get("TEST_FOLDER") or ROOT / "var" / "tests")
    place.mkdir(parents=True, exist_ok=True)
    return place
