"""What lies between the release before and this one: its commit, and the commits since."""

import json
import os
import re
import subprocess
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CHANGELOG = (ROOT / "CHANGELOG.md").read_text()
FACTS = json.loads((ROOT / "tests/upgrade/facts.json").read_text())


def release_before():
    """The tag of the oldest release that one can come from at once; until there is one, CHANGELOG's commit."""
    tag = f"v{PROJECT['tool']['heard']['upgrade-from']}"
    return tag if git("tag", "--list", tag).strip() else re.search(r"`([0-9a-f]{40})`", CHANGELOG)[1]


def migrations_of(commit):
    """The names of the migrations that the code had at a commit, with their app."""
    paths = git("ls-tree", "-r", "--name-only", commit).split()
    found = (re.fullmatch(r"(?:site/)?(\w+)/migrations/(\d{4}_\w+)\.py", path) for path in paths)
    return {(each[1], each[2]) for each in found if each}


def commits_since(commit, *, most):
    """At most so many commits of the main line since then, the oldest first, evenly apart, the newest among them."""
    all_of_them = git("rev-list", "--first-parent", "--reverse", f"{commit}..HEAD").split()
    step = max(1, -(-len(all_of_them) // most))
    return all_of_them[::-1][::step][::-1]


def code_of(commit, folder):
    """The code at a commit, in a folder of its own inside this one."""
    git("archive", "--output", str(folder / "code.tar"), commit)
    with tarfile.open(folder / "code.tar") as packed:
        packed.extractall(folder / commit[:12], filter="data")
    return folder / commit[:12]


def environment(data, root=ROOT):
    """What a real site's processes are told, with the old site's own secrets; styles needn't be gathered first."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    kept |= FACTS["environment"] | {"DATA_DIR": str(data), "RUN_DIR": str(data / "run")}
    kept |= {"BASE_URL": "https://heard.example", "ALLOWED_HOSTS": "testserver"}
    python = {"DJANGO_SETTINGS_MODULE": "tests.upgrade.upgraded_settings"}
    return kept | python | {"PYTHONPATH": f"{root / 'site'}{os.pathsep}{root}"}


def git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stderr.strip()} (these tests need the whole history: git fetch --unshallow)"
    return done.stdout
