"""For an upgrade by hand on a real machine: signed releases to upgrade to, and visitors who count what goes wrong.

.venv/bin/python tests/operations/upgrade_under_load.py tags FOLDER
    makes FOLDER/heard, a clone of this repository with v1.0.0, v1.1.0 and v1.2.0, all signed by FOLDER/release_key;
    set the machine up from its v1.0.0, with it as `origin`

.venv/bin/python tests/operations/upgrade_under_load.py visit heard.example 8000 -- heard upgrade
    asks that host on that port for 20 pages a second while the command runs and 5 seconds longer; on port 443 by TLS
"""

import collections
import http.client
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "deploy"))

from operations import pages  # noqa: E402

EVERY = 1 / 20
PATHS = ("/", "/stories/", "/tell/", "/what-we-hear/", "/tell/form/", "/cy/", "/forces/", "/stories/?q=police")
STYLES = re.compile(r'href="(/static/[^"]+\.css)"')
MIGRATION = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "{after}")]
    operations = [migrations.AddField("story", "{name}", models.CharField(max_length=10, null=True))]
"""


def make_tags(folder):
    """Three releases: each next one has another style sheet, another home page and a column more."""
    folder.mkdir(parents=True, exist_ok=True)
    clone, key = folder / "heard", folder / "release_key"
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "releases", "-f", key)
    _run("git", "clone", "-q", ROOT, clone)
    signer = f'releases@heard.example namespaces="git" {key.with_suffix(".pub").read_text()}'
    (clone / "deploy/release_signers").write_text(signer)
    _tag(clone, key, "1.0.0")
    for version in ("1.1.0", "1.2.0"):
        project = clone / "pyproject.toml"
        project.write_text(
            re.sub(r'^version = ".*"', f'version = "{version}"', project.read_text(), flags=re.MULTILINE)
        )
        with (clone / "site/static/css/base.css").open("a") as styles:
            styles.write(f"\n/* {version} */\n")
        after = sorted((clone / "stories/migrations").glob("[0-9]*.py"))[-1].stem
        name = f"since_{version.replace('.', '_')}"
        migration = clone / f"stories/migrations/{int(after[:4]) + 1:04}_{name}.py"
        migration.write_text(MIGRATION.format(after=after, name=name))
        _tag(clone, key, version)
    print(f"{clone} has {', '.join(_run('git', '-C', clone, 'tag').split())}, signed by {key}")


def _tag(clone, key, version):
    who = ("-c", "user.name=A", "-c", "user.email=a@heard.example", "-c", "gpg.format=ssh")
    who += ("-c", f"user.signingkey={key}.pub")
    _run("git", "-C", clone, "add", "-A")
    _run("git", "-C", clone, *who, "commit", "-q", "--allow-empty", "-m", f"Heard {version}")
    _run("git", "-C", clone, *who, "tag", "-s", "-f", "-m", f"Heard {version}", f"v{version}")


class Visitors:
    """Twenty requests a second, each on a connection of its own; what came of them."""

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.answers, self.slowest, self.wrong = collections.Counter(), 0.0, []
        self.styles, self.stopped = "/", threading.Event()

    def come(self):
        began, number = time.monotonic(), 0
        while not self.stopped.is_set():
            path = self.styles if number % 4 == 3 else PATHS[number % len(PATHS)]
            threading.Thread(target=self._ask, args=[path], daemon=True).start()
            number += 1
            self.stopped.wait(max(0.0, began + number * EVERY - time.monotonic()))

    def _ask(self, path):
        began = time.monotonic()
        try:
            status, words = self._get(path)
        except (OSError, http.client.HTTPException) as error:
            status, words = type(error).__name__, ""
        took = time.monotonic() - began
        self.slowest = max(self.slowest, took)
        self.answers[status] += 1
        if status != 200:
            self.wrong.append(f"{time.strftime('%H:%M:%S')} {path}: {status} after {took:.1f} s")
        elif found := STYLES.search(words):
            self.styles = found[1]

    def _get(self, path):
        answer, words = pages.ask_page(self.host, path, port=self.port, seconds=60)
        return answer.status, words


def visit(host, port, command):
    visitors = Visitors(host, port)
    coming = threading.Thread(target=visitors.come)
    coming.start()
    time.sleep(3)
    began = time.monotonic()
    ended = subprocess.run(command, check=False).returncode
    took = time.monotonic() - began
    time.sleep(5)
    visitors.stopped.set()
    coming.join()
    time.sleep(2)
    print("\n".join(visitors.wrong[:20]))
    print(f"`{' '.join(command)}` ended with {ended} after {took:.0f} s; answers: {dict(visitors.answers)}")
    print(f"The slowest took {visitors.slowest:.1f} s, and {len(visitors.wrong)} went wrong.")
    return 1 if ended or visitors.wrong else 0


def _run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    if sys.argv[1:2] == ["tags"]:
        make_tags(Path(sys.argv[2]).resolve())
    elif sys.argv[1:2] == ["visit"] and sys.argv[4:5] == ["--"]:
        sys.exit(visit(sys.argv[2], int(sys.argv[3]), sys.argv[5:]))
    else:
        sys.exit(__doc__)
