"""`heard backup` and `heard journal-copy`: what arrives, what is deleted, and what is said when it can't be done."""

import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime, timedelta

import pytest

from tests.operations.conftest import PEPPER

pytestmark = [pytest.mark.machine]


def test_backup_arrives_whole_encrypted_without_a_secret_and_could_be_restored(site):
    site.heard_well("backup")

    name = site.newest.name
    assert (site.away / name).read_bytes() == site.newest.read_bytes()
    assert (site.data / "clocks/backup").exists()
    plain = subprocess.run(["age", "-d", "-i", site.key, site.newest], capture_output=True, check=True).stdout
    (site.root / "plain").write_bytes(plain)
    with tarfile.open(site.root / "plain") as tar:
        database = "database.dump" if site.database_url else "database.sqlite3"
        assert tar.getnames() == [database, "media/one.png", "manifest.json"]
        held = b"".join(tar.extractfile(each).read() for each in tar)
    assert PEPPER.encode() not in held
    assert site.newest.stat().st_mode & 0o777 == 0o600
    said = site.heard_well("backup", "--verify")
    assert "could be restored: 0 accounts, 0 stories, 1 pictures" in said
    assert (site.data / "clocks/verify").exists()
    assert [each.name for each in site.backups.iterdir()] == [name]


def test_what_is_27_days_old_goes_in_both_places_and_nothing_else_does(small_site):
    # An hour ahead, so that what is young does not get older in a midnight between here and there.
    old, young = (f"{datetime.now(UTC) - since:%Y-%m-%d}" for since in (timedelta(27), timedelta(26, hours=-1)))
    ours = [f"heard-{{}}T04-upgrade-{'a' * 6}.1.tar.gz.age", f"heard-{{}}T04-{'a' * 6}.2.tar.gz.age"]
    ours += [f"journal-{{}}-{'a' * 6}.age"]
    small_site.backups.mkdir(parents=True)
    for folder in (small_site.backups, small_site.away):
        for name in (*(each.format(day) for each in ours for day in (old, young)), f"letter-{old}.odt"):
            (folder / name).write_text("old")

    # Also where there is no new one.
    small_site.database.rename(small_site.root / "gone")
    small_site.refuses("There is no database", "backup")
    kept = sorted([*(each.format(young) for each in ours), f"letter-{old}.odt"])
    for folder in (small_site.backups, small_site.away):
        assert sorted(each.name for each in folder.iterdir()) == kept
    assert not (small_site.data / "clocks/backup").exists()


def test_what_did_not_arrive_whole_is_sent_the_next_time_and_two_of_an_hour_differ(small_site):
    small_site.away.rmdir()
    small_site.refuses("Is its disk mounted?", "backup")
    small_site.away.mkdir()

    small_site.heard_well("backup", "--label", "upgrade-1.0.1")

    first, second = sorted(each.name for each in small_site.away.iterdir())
    assert first.endswith(".1.tar.gz.age")
    assert "-upgrade-1.0.1-" in second
    assert second.endswith(".2.tar.gz.age")
    there = small_site.away / first
    there.write_bytes(there.read_bytes()[:100])
    small_site.heard_well("backup")
    assert there.read_bytes() == (small_site.backups / first).read_bytes()


def _damaged_database(site):
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n"
    site.ask(f"INSERT INTO stories_story {numbers}")
    with site.database.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(4096))


NOWHERE = ":sftp,host=127.0.0.1,port=9,user=x,pass=:folder"
CASES = {
    "age-keygen": lambda site: (site.etc / "backup.pub").unlink(),
    "holds the PRIVATE key": lambda site: shutil.copy(site.key, site.etc / "backup.pub"),
    "holds no public key": lambda site: (site.etc / "backup.pub").write_text("rubbish\n"),
    "Nobody said where backups go": lambda site: (site.etc / "backup.toml").unlink(),
    "can't reach nosuch:folder": lambda site: (site.etc / "backup.toml").write_text('to = "nosuch:folder"'),
    "can't reach :sftp": lambda site: (site.etc / "backup.toml").write_text(f'to = "{NOWHERE}"'),
    "damaged": _damaged_database,
    "A restore isn't finished": lambda site: (site.data / "restoring").touch(),
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_wrong_is_said_in_one_line_and_leaves_nothing_plain(small_site, words):
    CASES[words](small_site)

    small_site.refuses(words, "backup")
    assert not (small_site.data / "clocks/backup").exists()
    left = [each.name for each in small_site.backups.rglob("*")] if small_site.backups.exists() else []
    assert all(name.startswith("heard-") for name in left), left


@pytest.mark.parametrize("store", ["stopped", "killed"])
def test_backup_that_ends_midway_leaves_no_plain_copy_for_long(small_site, store):
    process = _large_one(small_site)
    os.killpg(process.pid, 15 if store == "stopped" else 9)
    process.wait()

    if store == "killed":
        small_site.heard_well("backup")

    assert not (small_site.backups / ".backup").exists()
    assert len(list(small_site.away.iterdir())) == (1 if store == "killed" else 0)


def _make_large(site):
    site.ask("CREATE TABLE filler (content BLOB)")
    for _ in range(64):
        site.ask("INSERT INTO filler VALUES (randomblob(1000000))")


def _large_one(site):
    """A backup that takes a while, in the midst of it."""
    _make_large(site)
    process = site.start("backup")
    while not list(site.backups.glob(".backup/*")) and process.poll() is None:
        pass
    return process


def test_second_one_at_once_is_told_to_wait(small_site):
    first = _large_one(small_site)

    small_site.refuses("`heard backup` is running", "backup")
    assert "has arrived" in first.communicate()[0]


@pytest.mark.mounts
def test_disk_without_room_is_said_before_anything_is_written_and_a_full_place_too(small_site, full_disk):
    small_site.backups.parent.mkdir(parents=True, exist_ok=True)
    small_site.backups.symlink_to(full_disk)
    small_site.refuses("Too little room", "backup")
    assert not list(full_disk.iterdir())

    small_site.backups.unlink()
    _make_large(small_site)
    small_site.away.rmdir()
    small_site.away.symlink_to(full_disk)
    small_site.refuses("disk space", "backup")
    assert not (small_site.data / "clocks/backup").exists()


@pytest.mark.mounts
def test_destination_that_may_only_be_read_is_said_and_still_read(site, full_disk):
    site.heard_well("backup")
    shutil.copytree(site.away, full_disk, dirs_exist_ok=True)
    shutil.rmtree(site.away)
    site.away.symlink_to(full_disk)
    subprocess.run(["mount", "-o", "remount,ro", full_disk], check=True)

    site.refuses("mount it to be written to", "backup")
    assert "could be restored" in site.heard_well("backup", "--verify")


def test_verify_says_what_is_wrong(small_site, keys):
    assert "There is no backup" in small_site.heard("backup", "--verify")[1]
    small_site.heard_well("backup")
    name = small_site.newest.name
    whole = (small_site.away / name).read_bytes()

    assert f"{name} isn't for this private key" in small_site.heard("backup", "--verify", key=keys / "wrong")[1]
    assert "no private key" in small_site.heard("backup", "--verify", key=small_site.etc / "backup.pub")[1]
    for spoilt in (whole[:-10], whole[: len(whole) // 2], whole[:-20] + bytes(20)):
        (small_site.away / name).write_bytes(spoilt)
        assert "damaged or cut short" in small_site.heard("backup", "--verify")[1]
    (small_site.away / name).write_text("a letter")
    assert "isn't a backup of Heard's" in small_site.heard("backup", "--verify", name)[1]
    _encrypted(small_site, b"a letter", small_site.away / name)
    assert "holds something else" in small_site.heard("backup", "--verify", name)[1]
    assert not (small_site.data / "clocks/verify").exists()


def _encrypted(site, content, path):
    subprocess.run(["age", "-R", site.etc / "backup.pub", "-o", path], input=content, check=True)
