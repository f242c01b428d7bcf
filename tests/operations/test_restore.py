"""`heard restore`: what comes back, what doesn't, and that it finishes wherever it was stopped."""

import hashlib
import os
import random
import shutil
import time

import pytest
import redis
from operations.layout import Layout
from operations.machine import Failed, Machine
from operations.restore import empty_redis

from tests import made_database
from tests.operations.conftest import PICTURE, Site

pytestmark = [pytest.mark.machine]
GONE = "DELETE FROM campaign_helpline"
POINTS = ["Opening", "Making a database", "Closing", "Erasing again", "Putting database"]
ONION = bytes(range(96))
THERE = "SELECT count(*) FROM campaign_helpline"


@pytest.fixture
def backed_up(site):
    """A site with a backup, that lost its help lines, its picture and its static files since."""
    site.before = site.ask(THERE)
    site.onion = site.root / "var/lib/tor/heard/hs_ed25519_secret_key"
    site.onion.parent.mkdir(parents=True)
    site.onion.write_bytes(ONION)
    assert site.before
    site.heard_well("backup")
    site.file = site.newest
    site.ask(GONE)
    (site.data / "media/one.png").unlink()
    (site.data / "media/new.png").write_bytes(b"new")
    site.onion.unlink()
    return site


def _is_back(site):
    media = {each.name: each.read_bytes() for each in (site.data / "media").iterdir()}
    assert (site.ask(THERE), media) == (site.before, {"one.png": PICTURE})
    assert list((site.data / "static").glob("*.json"))
    assert site.onion.read_bytes() == ONION
    assert not (site.data / "restoring").exists()
    assert not (site.data / "restore").exists()


def test_restore_brings_the_site_back_and_opens_it(backed_up):
    said = backed_up.heard_well("restore", str(backed_up.file))

    _is_back(backed_up)
    assert "vault status" in said


@pytest.mark.redis
def test_restore_empties_our_redis_alone(small_site):
    url = os.environ["TEST_REDIS_URL"].rsplit("/", 1)[0]
    ours, another = (redis.Redis.from_url(f"{url}/{number}") for number in (14, 13))
    for each in (ours, another):
        each.set("token-key", "of before", ex=60)
    small_site.tell(CACHE_URL=f"{url}/14")

    empty_redis(Machine(Layout(small_site.root)))

    assert (ours.get("token-key"), another.get("token-key")) == (None, b"of before")
    small_site.tell(CACHE_URL="redis://127.0.0.1:9/0")
    with pytest.raises(Failed, match="start it first"):
        empty_redis(Machine(Layout(small_site.root)))


@pytest.mark.faults
def test_restore_finishes_wherever_it_was_killed(backed_up):
    for at in POINTS if not backed_up.database_url else POINTS[-2:]:
        process = backed_up.start("restore", str(backed_up.file))
        process.stdin.write(backed_up.key.read_text())
        process.stdin.close()
        next(line for line in process.stdout if at in line)
        # Somewhere in that step, elsewhere in each run.
        time.sleep(random.uniform(0, 1.5))
        os.killpg(process.pid, 9)
        process.wait()
        # Either nothing was touched, or the site is closed.
        assert (backed_up.data / "restoring").exists() or backed_up.ask(THERE) == 0, at

    assert "A restore isn't finished" in backed_up.heard("backup")[1]
    assert "run it again with its file" in backed_up.heard("restore", "--open")[1]
    backed_up.heard_well("restore", str(backed_up.file))

    _is_back(backed_up)


def test_what_is_wrong_is_said_before_anything_is_changed(backed_up, keys):
    whole = backed_up.file.read_bytes()
    half = backed_up.root / "half.age"
    half.write_bytes(whole[: len(whole) // 2])
    letter = backed_up.root / "letter"
    letter.write_text("a letter")

    told = [
        (["restore", str(backed_up.file)], keys / "wrong", "isn't for this private key"),
        (["restore", str(backed_up.file)], letter, "no private key"),
        (["restore", str(half)], None, "damaged or cut short"),
        (["restore", str(letter)], None, "isn't a backup of Heard's"),
        (["restore", "nosuch"], None, "neither a file here nor a backup"),
        (["restore", "--open"], None, "No restore is waiting"),
        (["restore"], None, "Name a backup's file"),
        (["restore", str(backed_up.file)], None, "`heard upgrade` first"),
    ]
    for words, key, said in told:
        if "upgrade" in said:
            # In place of this release an older one than that of the backup.
            current = backed_up.root / "opt/heard/current"
            current.unlink()
            current.mkdir()
            (current / "pyproject.toml").write_text('[project]\nversion = "0.9.0"')
        status, found = backed_up.heard(*words, key=key)
        assert (status != 0, said in found, "Traceback" in found) == (True, True, False), found
    assert backed_up.ask(THERE) == 0
    assert not (backed_up.data / "restoring").exists()
    assert not (backed_up.data / "restore").exists()


@pytest.fixture
def taken_down(tmp_path, keys):
    """A machine whose disk dies an hour after its backup, in which one of two stories was taken down."""
    site = Site(tmp_path / "old", keys / "right")
    made_database.copy_to(site.database)
    site.heard_well("manage", "seed_stories", "2", "--yes")
    site.heard_well("backup")
    site.slug = site.ask("SELECT slug FROM stories_story LIMIT 1")
    hide = "from stories.core import takedown; from stories.models import Story; "
    hide += f"takedown.hide_story(Story.objects.get(slug={site.slug!r}))"
    site.heard_well("manage", "shell", "-c", hide)
    return site


def _new_machine(old, folder, key):
    site = Site(folder, key)
    (site.data / "machine").write_text("3d4e5f")
    (site.etc / "backup.toml").write_text(f'to = "{old.away}"')
    made_database.copy_to(site.database)
    return site


HIDDEN = "SELECT group_concat(slug) FROM stories_story WHERE status = 'hidden'"


def test_journal_s_copy_keeps_down_on_a_new_machine_what_went_down_since(taken_down, tmp_path, keys):
    taken_down.heard_well("journal-copy")
    (copy,) = taken_down.away.glob("journal-*")
    size = copy.stat().st_size
    taken_down.heard_well("journal-copy")
    assert [(each, each.stat().st_size) for each in taken_down.away.glob("journal-*")] == [(copy, size)]
    assert (taken_down.data / "clocks/journal_copy").exists()
    new = _new_machine(taken_down, tmp_path / "new", keys / "right")
    new.heard_well("backup")

    ambiguous = new.heard("restore", "latest")[1]
    said = new.heard_well("restore", taken_down.newest.name)

    assert "More than one machine sent backups" in ambiguous
    assert new.ask(HIDDEN) == taken_down.slug
    assert "People are told that codes given between" in said


def test_journal_s_copy_keeps_it_down_where_the_same_machine_got_another_disk(taken_down):
    taken_down.heard_well("journal-copy")
    (old,) = taken_down.away.glob("journal-*")
    content = old.read_bytes()
    shutil.rmtree(taken_down.data)
    (taken_down.data / "media").mkdir(parents=True)
    made_database.copy_to(taken_down.database)
    assert "`heard setup` makes it" in taken_down.heard("journal-copy")[1]

    taken_down.heard_well("restore", "latest")
    taken_down.heard_well("journal-copy")

    assert taken_down.ask(HIDDEN) == taken_down.slug
    assert old.read_bytes() == content


def test_without_a_journal_every_story_is_held_back(taken_down, tmp_path, keys):
    new = _new_machine(taken_down, tmp_path / "new", keys / "right")

    said = new.heard_well("restore", "latest")

    assert "No journal knows the days since the backup" in said
    assert new.ask("SELECT count(*) FROM stories_story WHERE status = 'hidden'") == 2


def test_wrong_pepper_is_refused_before_anything_is_changed(taken_down, tmp_path, keys):
    # As every server does before it answers.
    taken_down.heard_well("manage", "collectstatic", "--noinput")
    taken_down.heard_well("manage", "shell", "-c", "from heard import start; start.stop_unless_ready()")
    taken_down.heard_well("backup")
    new = _new_machine(taken_down, tmp_path / "new", keys / "right")
    new.tell(RECEIPT_PEPPER=hashlib.sha256(b"another").hexdigest())

    new.refuses("RECEIPT_PEPPER", "restore", "latest")
    assert not (new.data / "restoring").exists()
