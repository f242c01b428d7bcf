"""`heard close`: what is exported, what is left, and that it finishes wherever it was stopped."""

import contextlib
import fcntl
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from click.testing import CliRunner
from operations import closing, pages
from operations.layout import Layout, read_env_file
from operations.machine import Machine

from tests import made_database
from tests.operations.conftest import ROOT, STORES, Site
from tests.ports import held_port
from tests.upgrade.history import FACTS

pytestmark = [pytest.mark.machine]
HOST, FOLDERS = "heard.example", ("data", "backups", "etc", "away", "database")
LEFT = {"etc/heard/closed.env", "etc/heard/tls/privkey.pem", "mnt/away/letter.odt", "mnt/away/heard-logo.png"}
LEFT |= {"etc/systemd/system/heard-closed.service.d/ended.conf"}
SECRET = [f"etc/heard/{name}" for name in ("desk.env", "rclone.conf", "done/pepper", "vault-key")]
SECRET += ["run/heard/token-key", "var/lib/heard/journal/2026-01-01", "var/backups/heard/.backup/database.sqlite3"]


@contextlib.contextmanager
def served(site):
    """A whole machine's site and its port: with what setup, a killed backup and other people left there."""
    site.heard_well("manage", "collectstatic", "--noinput")
    site.heard_well("backup")
    others = [site.away / name for name in ("heard-logo.png", "letter.odt", f"{site.newest.name}.1234.partial")]
    for path in (site.etc / "tls/privkey.pem", *others, *(site.root / each for each in SECRET)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# secret")
    # For longer than a release is looked at.
    machine, port = Machine(Layout(site.root)), held_port()
    command = [sys.executable, "deploy/serve.py", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = machine.environment() | {"SERVE": "public"}
    with subprocess.Popen(command, cwd=ROOT, env=env, **silent) as process:
        try:
            while not pages._get_page(machine, port, "/healthz")[0]:
                assert process.poll() is None
                time.sleep(0.2)
            yield site, port
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def small(tmp_path_factory, keys):
    site = Site(tmp_path_factory.mktemp("close") / "root", keys / "right")
    site.tell(RUN_DIR=site.root / "run/heard")
    made_database.copy_to(site.database)
    site.heard_well("manage", "seed_stories", "2", "--yes")
    with served(site) as found:
        yield found


@pytest.fixture
def copy(small, tmp_path):
    """A copy to close, and the port of what it was copied from."""
    return copy_of(small[0], tmp_path / "copy"), small[1]


def copy_of(site, root):
    shutil.copytree(site.root, root, symlinks=True)
    made = Site.__new__(Site)
    vars(made).update(vars(site), root=root)
    vars(made).update({name: root / getattr(site, name).relative_to(site.root) for name in FOLDERS})
    made.tell(RUN_DIR=root / "run/heard")
    (made.etc / "backup.toml").write_text(f'to = "{made.away}"')
    return made


@pytest.fixture(params=STORES)
def every_kind(request, tmp_path, keys):
    """A site with every kind of row, as PostgreSQL's user without rights to anything else has it."""
    facts, told = FACTS[request.param], FACTS["environment"] | {"RUN_DIR": tmp_path / "root/run/heard"}
    with _database(request.param) as url:
        site = Site(tmp_path / "root", keys / "right", url)
        if not url:
            site.database.write_bytes(_old_site("sqlite3"))
        site.tell(**told)
        site.heard_well("manage", "migrate", "--verbosity=0")
        with served(site) as found:
            yield facts, *found


def _old_site(kind):
    return lzma.decompress((ROOT / f"tests/upgrade/old_site.{kind}.xz").read_bytes())


@contextlib.contextmanager
def _database(store):
    server, name = os.environ.get("TEST_POSTGRESQL_URL", ""), f"close_{os.getpid()}"
    if store == "sqlite":
        yield ""
        return
    place = urlsplit(server)
    url = place._replace(netloc=f"{name}@{place.netloc.split('@')[-1]}", path=f"/{name}").geturl()
    with contextlib.closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN CREATEDB")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}")
        try:
            with psycopg.connect(url) as ours:
                ours.execute(_old_site("sql"))
            yield url
            # Nor what is laid beside it for a while.
            assert not connection.execute(f"SELECT 1 FROM pg_database WHERE datname LIKE '{name}%'").fetchall()
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"DROP ROLE {name}")


def close(site, port, *words, typed=HOST):
    process = site.start("close", "--port", str(port), *words)
    said, _ = process.communicate(f"{typed}\n")
    return process.returncode, said


def files_of(root):
    found = {str(each.relative_to(root)) for each in root.rglob("*") if each.is_file() or each.is_symlink()}
    # What is written beside a file before it takes its place is no file of systemd's.
    return {each for each in found if not each.endswith(".lock") and "/.ended" not in each} - {"opt/heard/current"}


def exported(site):
    """What the export holds, once all else is gone: path and content."""
    (export,) = site.backups.glob("public-*")
    assert files_of(site.root) == LEFT | {str(export.relative_to(site.root))}
    with tarfile.open(export) as tar:
        files = [each for each in tar if each.isfile()]
        return {each.name.removeprefix(HOST): tar.extractfile(each).read() for each in files}


def test_what_was_public_is_exported_and_nothing_else_is_left_but_a_page(every_kind):
    facts, site, port = every_kind
    live = site.ask("SELECT count(*) FROM stories_story WHERE status = 'live'")
    secrets = {told["account"].get("account") for told in facts["submissions"].values() if not told["story"]} - {None}
    secrets |= {told["code"] for told in facts["submissions"].values()}
    secrets |= {told["password"] for told in facts["people"].values()} | {*FACTS["environment"].values()}

    status, said = close(site, port)

    assert (status, f"type the site's name ({HOST})" in said) == (0, True), said
    files = exported(site)
    assert sum(name.startswith("/stories/") and name.count("/") == 3 for name in files) == live >= 1_500
    assert {"/index.html", "/open-data/index.html", "/sitemap.xml"} < set(files)
    held = b"".join(files.values()).decode(errors="replace") + (site.etc / "closed.env").read_text()
    assert not {each for each in secrets if each in held}
    assert close(site, 9, typed="")[0] == 0
    assert exported(site) == files


def test_page_says_that_the_site_has_closed(copy):
    site, port = copy
    assert close(site, port)[0] == 0
    unit = (site.etc.parent / "systemd/system/heard-closed.service.d/ended.conf").read_text()
    told = read_env_file(site.etc / "closed.env") | dict([unit.splitlines()[-1].split("=", 1)[1].split("=")])
    told |= {"SERVE": "closed", "PYTHONPATH": f"{ROOT}/site:{ROOT}", "DJANGO_SETTINGS_MODULE": "heard.settings"}
    ask = "import django; django.setup(); from django.test import Client; "
    ask += f"print(Client(SERVER_NAME={HOST!r}).get('/return/', secure=True).content.decode())"

    page = subprocess.run([sys.executable, "-c", ask], env=told, cwd=ROOT, capture_output=True, text=True)

    assert "This site has closed" in page.stdout, page.stderr
    assert exported(site)


@pytest.mark.faults
def test_it_finishes_wherever_it_was_killed(small, tmp_path):
    """Twice while it exports, and eight times from the moment on at which it was told to."""
    deeds = _deeds(copy_of(small[0], tmp_path / "whole"), small[1], at=0)
    told = next(number for number, deed in enumerate(deeds, start=1) if "journal-copy.lock" in deed)
    points = [told // 3, told - 2, *(told + (len(deeds) - told) * step // 8 for step in range(1, 9))]
    for at in points:
        site = copy_of(small[0], tmp_path / f"killed-{at}")
        before = files_of(site.root)

        assert len(_deeds(site, small[1], at=at)) == at

        if site.database.exists() and not (site.data / "restoring").exists():
            gone = before - files_of(site.root)
            assert {Path(each).parts[0] for each in gone} <= {"mnt"}, at
            assert close(site, small[1])[0] == 0, at
        else:
            # What serves it has ended, and nobody is asked again.
            assert close(site, 9, typed="")[0] == 0, at
        assert "/index.html" in exported(site), at
        shutil.rmtree(site.root)


def _deeds(site, port, *, at):
    """What it did up to its killing, one line each."""
    site.start("close", "--port", str(port), at=at).communicate(f"{HOST}\n")
    return Path(f"{site.root}.deeds").read_text().splitlines()


CASES = {
    "can't reach nosuch:folder": lambda site: (site.etc / "backup.toml").write_text('to = "nosuch:folder"'),
    "Is its disk mounted?": lambda site: site.away.rename(site.root / "unplugged"),
    "can't be read": lambda site: (site.etc / "backup.toml").write_text("to = "),
    "has no BASE_URL": lambda site: site.tell(BASE_URL=""),
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_wrong_is_said_in_one_line_before_anything_is_done(copy, words):
    site, port = copy
    CASES[words](site)
    before = files_of(site.root)

    status, said = close(site, port)
    assert (status, said.count("heard: "), "Traceback" in said, words in said) == (1, 1, False, True), said
    assert files_of(site.root) == before


def test_nothing_is_erased_without_its_name_a_whole_export_or_beside_another_command(copy):
    site, port = copy
    before = files_of(site.root)

    assert "Nothing was erased" in close(site, port, typed="yes")[1]
    assert "start the site first" in close(site, 9)[1]
    assert close(site, port, "--export-only", typed="")[0] == 0

    (export,) = site.backups.glob("public-*")
    assert files_of(site.root) == before | {str(export.relative_to(site.root))}
    first = site.start("close", "--port", str(port))
    next(line for line in first.stdout if "copy it to another computer" in line)
    assert "`heard close` is running" in close(site, port)[1]
    with (site.root / "run/heard/journal-copy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "is running: wait" in first.communicate(f"{HOST}\n")[0]
    assert site.database.exists()


def test_who_isn_t_root_is_told_so(small):
    os.setresuid(65534, 65534, 0)
    try:
        done = CliRunner().invoke(closing.close, obj=Machine(Layout(small[0].root)))
    finally:
        os.setresuid(0, 0, 0)

    assert (str(done.exception), done.output) == ("Run this as root.", "")


@pytest.mark.redis
def test_what_redis_holds_goes_too_as_soon_as_it_answers(copy):
    site, port = copy
    url = f"{os.environ['TEST_REDIS_URL'].rsplit('/', 1)[0]}/14"
    redis.Redis.from_url(url).set("token-key", "secret", ex=60)
    site.tell(RUN_DIR=site.root / "run/heard", CACHE_URL="redis://127.0.0.1:9/0")

    status, said = close(site, port)
    assert (status, "start it first" in said, "Traceback" in said) == (1, True, False), said
    site.tell(RUN_DIR=site.root / "run/heard", CACHE_URL=url)

    assert close(site, 9, typed="")[0] == 0
    assert exported(site)
    assert not redis.Redis.from_url(url).exists("token-key")


@pytest.mark.mounts
def test_disk_that_is_full_and_place_that_can_t_be_written_are_said(copy, full_disk):
    site, port = copy
    (full_disk / "others").write_bytes(bytes(4 * 1024 * 1024))
    site.backups.rename(site.root / "kept")
    site.backups.symlink_to(full_disk)
    assert "No space left on device. Nothing was erased." in close(site, port)[1]
    (full_disk / "others").unlink()
    assert not list(full_disk.iterdir())

    site.backups.unlink()
    (site.root / "kept").rename(site.backups)
    shutil.copytree(site.away, full_disk, dirs_exist_ok=True)
    shutil.rmtree(site.away)
    site.away.symlink_to(full_disk)
    subprocess.run(["mount", "-o", "remount,ro", full_disk], check=True)
    status, said = close(site, port)
    assert (status, "Nothing was erased here" in said, "Traceback" in said) == (1, True, False), said
    assert site.database.exists()
    assert not (site.data / "restoring").exists()

    subprocess.run(["mount", "-o", "remount,rw", full_disk], check=True)
    assert close(site, port)[0] == 0
    assert sorted(each.name for each in site.away.iterdir()) == ["heard-logo.png", "letter.odt"]
