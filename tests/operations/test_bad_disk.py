"""A full disk and a read-only one, each a real file system: what people are told there, and what comes down."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.mounts]
SCRIPT = Path(__file__).with_name("on_a_bad_disk.py")
# Three of them at least a form away from each other, by three people.
DOWN = {"withdrawn": "You took it back", "also withdrawn": "You took it back", "asked for": "The story is off the site"}


@pytest.fixture
def told(request, tmp_path):
    """What everybody was told on a disk of that kind, as they read it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TMPDIR": str(disk), "DJANGO_SETTINGS_MODULE": "tests.site_settings"}
    environment |= {"PYTHONPATH": f"site{os.pathsep}."}
    command = [sys.executable, SCRIPT, request.param, tmp_path / "run"]
    try:
        done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True)
    finally:
        subprocess.run(["umount", disk], check=True)
    assert done.returncode == 0, done.stderr
    return {name: html.unescape(re.sub(r"<[^>]*>", " ", str(page))) for name, page in json.loads(done.stdout).items()}


@pytest.mark.parametrize("told", ["full"], indirect=True)
def test_every_way_down_works_on_a_full_disk_and_words_come_back(told):
    assert told["up"] == "[]"
    assert {name: words for name, words in DOWN.items() if words not in told[name]} == {}
    assert "We could not save that just now" in told["telling"]
    assert "I rang 101 on a wet evening" in told["telling"]
    assert told["health"] == "late: disk\n"


@pytest.mark.parametrize("told", ["read-only"], indirect=True)
def test_read_only_disk_is_told_to_whoever_wants_a_story_down_and_words_come_back(told):
    assert len(json.loads(told["up"].replace("'", '"'))) == 4
    for name in (*DOWN, "taken down"):
        assert "It is not down yet" in told[name], name
        assert ("security@heard.example" in told[name]) == (name in DOWN), name
    assert "It is me, in Kent." in told["asked for"]
    assert "I rang 101 on a wet evening" in told["telling"]
    assert told["health"] == "late: disk\n"
