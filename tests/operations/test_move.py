"""Moving to PostgreSQL takes every row of every kind, or nothing."""

import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from tests.site_settings import ROOT

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.full]
UPGRADE = ROOT / "tests/upgrade"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A site on SQLite with every kind of row, and the name of a PostgreSQL database that has our tables alone."""
    folder, name = tmp_path_factory.mktemp("move"), f"move_{os.getpid()}"
    (folder / "heard.sqlite3").write_bytes(lzma.decompress((UPGRADE / "old_site.sqlite3.xz").read_bytes()))
    with closing(psycopg.connect(os.environ["TEST_POSTGRESQL_URL"], autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            run(told(folder), "manage.py", "migrate", "-v0")
            run(told(folder) | {"DATABASE_URL": address(name)}, "manage.py", "migrate", "-v0")
            yield folder / "heard.sqlite3", name, connection
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def site(prepared, tmp_path):
    """The environment of a copy of both, and SQLite's file."""
    file, template, connection = prepared
    shutil.copy(file, tmp_path)
    connection.execute(f"CREATE DATABASE {template}_copy TEMPLATE {template}")
    try:
        yield told(tmp_path) | {"MOVE_TO": address(f"{template}_copy")}, tmp_path / file.name
    finally:
        connection.execute(f"DROP DATABASE {template}_copy WITH (FORCE)")


def address(name):
    return f"{os.environ['TEST_POSTGRESQL_URL'].rsplit('/', 1)[0]}/{name}"


def told(folder):
    environment = {each: os.environ[each] for each in ("PATH", "HOME", "LANG") if each in os.environ}
    environment |= json.loads((UPGRADE / "facts.json").read_text())["environment"]
    environment |= {"BASE_URL": "https://heard.example", "DATA_DIR": str(folder), "RUN_DIR": str(folder / "run")}
    return environment | {"PYTHONPATH": f"{ROOT}/deploy:{ROOT}/site:{ROOT}"}


def run(environment, *words, **options):
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, capture_output=True, text=True, input="\n", **options
    )
    if words[0] == "manage.py":
        assert done.returncode == 0, done.stderr
    return done


def counts(url):
    with closing(psycopg.connect(url)) as connection:
        tables = ("stories_story", "stories_submission", "stories_sealedtext", "moderation_agreement", "auth_user")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def test_every_row_of_every_kind_arrives_and_the_fences_hold(site):
    environment, file = site

    done = run(environment, "-m", "operations.move_rows")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("copied ")
    with closing(sqlite3.connect(file)) as old:
        told = {
            table: old.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in counts(environment["MOVE_TO"])
        }
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


def test_database_with_accounts_in_it_is_refused(site):
    environment, _file = site
    assert run(environment, "-m", "operations.move_rows").returncode == 0

    again = run(environment, "-m", "operations.move_rows")

    assert again.returncode != 0
    assert "holds accounts already" in again.stderr
