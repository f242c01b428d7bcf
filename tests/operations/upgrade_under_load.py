"""For an upgrade by hand on a real machine: signed releases to upgrade to, and visitors who count what goes wrong.

.venv/bin/python tests/operations/upgrade_under_load.py tags FOLDER
    makes FOLDER/heard, a clone of this repository with v1.0.0, v1.1.0 and v1.2.0, all signed by FOLDER/release_key;
    set the machine up from its v1.0.0, with it as `origin`

.venv/bin/python tests/operations/upgrade_under_load.py visit heard.example 8000 -- heard upgrade
    asks that host on that port for 20 pages a second while the command runs and 5 seconds longer; on port 443 by TLS
"""

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.operations.load import Load  # noqa: E402

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


def visit(host, port, command):
    with Load(host, port, contributors=0) as load:
        time.sleep(3)
        began = time.monotonic()
        ended = subprocess.run(command, check=False).returncode
        took = time.monotonic() - began
        time.sleep(5)
    readers = [each for each in load.answers if each.who == "reader"]
    wrong = [each for each in readers if each.status != 200]
    for each in wrong[:20]:
        print(f"{each.at:.0f} s: {each.path}: {each.status} after {each.took:.1f} s")
    answers = dict(Counter(each.status for each in readers))
    print(f"`{' '.join(command)}` ended with {ended} after {took:.0f} s; answers: {answers}")
    print(f"The slowest took {max(each.took for each in readers):.1f} s, and {len(wrong)} went wrong.")
    return 1 if ended or wrong else 0


def _run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    if sys.argv[1:2] == ["tags"]:
        make_tags(Path(sys.argv[2]).resolve())
    elif sys.argv[1:2] == ["visit"] and sys.argv[4:5] == ["--"]:
        sys.exit(visit(sys.argv[2], int(sys.argv[3]), sys.argv[5:]))
    else:
        sys.exit(__doc__)
