"""Every release says what to do, and the main line starts at each commit since the one before."""

import re
import subprocess
import sys
import warnings

from tests.upgrade.history import CHANGELOG, PROJECT, ROOT, code_of, commits_since, environment, git, release_before

RELEASES = dict(re.findall(r"^## (\d+\.\d+\.\d+)$(.*?)(?=^## |\Z)", CHANGELOG, re.MULTILINE | re.DOTALL))


def test_newest_release_is_the_version_and_each_says_what_to_do_and_the_way_back():
    numbers = [tuple(map(int, version.split("."))) for version in RELEASES]

    assert next(iter(RELEASES)) == PROJECT["project"]["version"]
    assert numbers == sorted(numbers, reverse=True)
    assert PROJECT["tool"]["heard"]["upgrade-from"] in RELEASES
    for version, told in RELEASES.items():
        for what in ("What to do", "How long", "Back"):
            assert re.search(rf"^\*\*{what}:\*\* \w", told, re.MULTILINE), (version, what)


STARTS = "import django; django.setup()\nfrom django.core.management import call_command\n"
STARTS += "call_command('check')\nimport heard.asgi"


def test_main_starts_at_each_commit(tmp_path):
    """Whoever takes the main line on any day has a site: ten commits at most stand for all since the release before."""
    for commit in [release_before(), *commits_since(release_before(), most=10)]:
        done, name = _start(code_of(commit, tmp_path), tmp_path / "data"), git("log", "-1", "--format=%h %s", commit)
        if done.returncode and _has_other_packages(commit):
            # What it was made for isn't installed here, and would be on a machine that has it.
            warnings.warn(f"It wants other packages, so nobody knows whether it starts: {name}", stacklevel=1)
        else:
            assert done.returncode == 0, f"{name}{done.stderr}"


def _start(folder, data):
    """Load the site of a commit, with today's packages and a database of its own."""
    data.mkdir(exist_ok=True)
    how = {"cwd": folder, "env": environment(data, folder), "capture_output": True, "text": True}
    return subprocess.run([sys.executable, "-c", STARTS], **how)


def _has_other_packages(commit):
    return git("show", f"{commit}:requirements.txt") != (ROOT / "requirements.txt").read_text()
