"""Moving to PostgreSQL takes every row of every kind, or nothing, and finishes wherever it was stopped."""

import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psycopg
import pytest
from operations.layout import read_env_file

from tests import made_database
from tests.made_database import ROOT
from tests.operations.conftest import Site, own_database
from tests.upgrade import history

pytestmark = [pytest.mark.machine, pytest.mark.postgresql]
COUNTED = ("stories_story", "stories_submission", "stories_sealedtext", "moderation_agreement", "auth_user")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A site on SQLite with every kind of row, and the name of a PostgreSQL database that has our tables alone."""
    folder, name = tmp_path_factory.mktemp("move"), f"move_{os.getpid()}"
    (folder / "heard.sqlite3").write_bytes(lzma.decompress((ROOT / "tests/upgrade/old_site.sqlite3.xz").read_bytes()))
    with own_database(name) as url:
        for where in ({}, {"DATABASE_URL": url}):
            run(told(folder) | where, "manage.py", "migrate", "-v0")
        yield folder / "heard.sqlite3", name


@pytest.fixture
def site(prepared, tmp_path):
    """The environment of a copy of both, and SQLite's file."""
    file, template = prepared
    shutil.copy(file, tmp_path)
    with own_database(f"{template}_copy", template) as url:
        yield told(tmp_path) | {"MOVE_TO": url}, tmp_path / file.name


def told(folder):
    ours = {"DJANGO_SETTINGS_MODULE": "heard.settings", "PYTHONPATH": f"{ROOT}/deploy:{ROOT}/site:{ROOT}"}
    return history.environment(folder) | ours


def run(environment, *words):
    how = {"env": environment, "cwd": ROOT, "capture_output": True, "text": True, "input": "\n"}
    done = subprocess.run([sys.executable, *words], **how)
    if words[0] == "manage.py":
        assert done.returncode == 0, done.stderr
    return done


def counts(url):
    with closing(psycopg.connect(url)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def test_every_row_of_every_kind_arrives_and_the_fences_hold(site):
    environment, file = site

    done = run(environment, "-m", "operations.move_rows")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("copied ")
    with closing(sqlite3.connect(file)) as old:
        told = {table: old.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
    assert counts(environment["MOVE_TO"]) == told
    assert told["stories_story"] >= 1_500
    with closing(psycopg.connect(environment["MOVE_TO"], autocommit=True)) as new:
        with pytest.raises(psycopg.errors.CheckViolation):
            new.execute("UPDATE stories_story SET title = 'Another' WHERE status = 'live'")
        new.execute("INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')")
        found = new.execute("SELECT count(*) FROM stories_search").fetchone()[0]
        assert found == new.execute("SELECT count(*) FROM stories_story WHERE status = 'live'").fetchone()[0]


def test_story_that_nobody_agreed_to_stops_the_move_and_leaves_nothing(site):
    """Somebody wrote past the triggers of SQLite: what two people didn't agree to isn't carried on."""
    environment, file = site
    with closing(sqlite3.connect(file)) as old:
        triggers = old.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'stories_story'")
        for (name,) in triggers.fetchall():
            old.execute(f"DROP TRIGGER {name}")
        old.execute("UPDATE stories_story SET text = 'Not agreed' WHERE slug = (SELECT max(slug) FROM stories_story)")
        old.commit()

    done = run(environment, "-m", "operations.move_rows")

    assert done.returncode != 0
    assert "not agreed" in done.stderr
    assert counts(environment["MOVE_TO"])["stories_story"] == 0


TABLES = ("stories_story", "stories_sealedtext", "stories_event", "wagtailcore_page", "auth_user", "django_migrations")
# Before which deed it is killed, or how far into which step.
POINTS = [("Make a backup", 0.5), ("Make its tables", 2), ("Copy and compare", 0), ("Copy and compare", 4)]
POINTS += [("Look at real pages", 0), ("Look at real pages", 4), "restoring", "/heard.env", ("Index what", 1)]
POINTS += ["/heard.sqlite3", "/lib/heard/moving"]


@pytest.fixture
def small(tmp_path, keys):
    """A small site on SQLite, and the address of a database of PostgreSQL's that is empty."""
    made = Site(tmp_path / "root", keys / "right")
    made_database.copy_to(made.database)
    made.heard_well("manage", "seed_stories", "2", "--yes")
    made.heard_well("manage", "collectstatic", "--noinput")
    command = made.root / "usr/local/bin/heard"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m operations --root {made.root} "$@"\n')
    command.chmod(0o755)
    with own_database(f"small_move_{os.getpid()}") as url:
        yield made, url


def held(site):
    """How many rows are in the one store that the site is told of."""
    site.database_url = read_env_file(site.etc / "heard.env").get("DATABASE_URL", "")
    return [site.ask(f"SELECT count(*) FROM {table}") for table in TABLES]


def killed(site, at, *words):
    """Run a command and kill it at that point, with all that it started."""
    is_in_step = not isinstance(at, str)
    process = site.start(*words, at=0 if is_in_step else at, stdin=subprocess.DEVNULL)
    if is_in_step:
        next(line for line in process.stdout if at[0] in line)
        time.sleep(at[1])
        os.killpg(process.pid, 9)
    said = process.communicate()[0]
    assert process.returncode == -9, (at, said)


@pytest.mark.faults
def test_it_finishes_wherever_it_was_killed_and_there_is_one_whole_store(small):
    site, url = small
    before = held(site)

    for at in POINTS:
        killed(site, at, "move-to-postgresql", "--url", url)
        assert held(site) == before, at
        is_open = not (site.data / "restoring").exists()
        # Once the site was closed to exchange its store, the same command opens it.
        assert is_open or POINTS.index(at) >= POINTS.index("/heard.env"), at
    site.heard_well("move-to-postgresql", "--url", url)

    assert (held(site), site.database_url) == (before, url)
    left = {each.name for each in site.data.iterdir()}
    assert not {each for each in left if each in ("moving", "restoring") or each.startswith("heard.sqlite3")}
    assert "is on PostgreSQL already" in site.heard("move-to-postgresql")[1]


WRONG = {
    "postgres://heard@127.0.0.1:9/heard": "Connection refused",
    "{url}_nowhere": "does not exist",
    "mysql://heard@127.0.0.1/heard": "no address of PostgreSQL's, such as",
    "{url}?application_name='x": "can't hold a quote",
    "{url}": "holds something already",
}


def test_what_is_wrong_or_runs_already_is_said_in_one_line_before_anything_is_done(small):
    site, url = small
    before = sorted(site.root.rglob("*"))
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (id integer)")

    for spoilt, words in WRONG.items():
        status, said = site.heard("move-to-postgresql", "--url", spoilt.format(url=url))
        assert (status, words in said, len(said.splitlines())) == (1, True, 1), said
    (site.root / "run/heard/heard.lock").unlink(missing_ok=True)
    assert sorted(each for each in site.root.rglob("*") if "run" not in each.parts) == before

    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE theirs")
    first = site.start("move-to-postgresql", "--url", url)
    next(line for line in first.stdout if "Make its tables" in line)
    site.refuses("is running: wait until it has ended", "move-to-postgresql", "--url", url)
    os.killpg(first.pid, 9)
    first.wait()


@pytest.mark.mounts
def test_no_space_here_or_there_is_said_and_moves_nothing(small, full_disk):
    site, url = small
    before, name = held(site), url.rsplit("/", 1)[1]
    site.backups.parent.mkdir(exist_ok=True, parents=True)
    site.backups.symlink_to(full_disk)
    assert "Too little room" in site.heard("move-to-postgresql", "--url", url)[1]
    site.backups.unlink()

    subprocess.run(["mount", "-o", "remount,size=14m", full_disk], check=True)
    with closing(psycopg.connect(os.environ["TEST_POSTGRESQL_URL"], autocommit=True)) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()[0]
        os.chown(full_disk, os.stat(folder).st_uid, -1)
        for parent in full_disk.parents:
            parent.chmod(parent.stat().st_mode | 0o011)
        connection.execute(f"CREATE TABLESPACE {name} LOCATION '{full_disk}'")
        try:
            connection.execute(f"ALTER DATABASE {name} SET TABLESPACE {name}")
            site.refuses("(disk full)", "move-to-postgresql", "--url", url)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.execute(f"DROP TABLESPACE {name}")
            connection.execute(f"CREATE DATABASE {name}")
    assert (held(site), site.database_url) == (before, "")
    site.heard_well("move-to-postgresql", "--url", url)
    assert (held(site), site.database_url) == (before, url)
