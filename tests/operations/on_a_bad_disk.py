"""Run as a process of its own by test_bad_disk: a site on a disk that gets full or read-only, and what people do there.

TMPDIR is that disk. Prints as JSON what each of them was answered, and which stories are still up.
"""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from stories.core import disk_space  # noqa: E402
from stories.crypto import receipts  # noqa: E402
from stories.intake import retention  # noqa: E402
from stories.models import Story  # noqa: E402
from tests import factories, made_database  # noqa: E402
from tests.stories.intake.visiting import TOLD, Visitor  # noqa: E402


def main(bad, run_dir):
    settings.RUN_DIR = run_dir
    made_database.copy_to(settings.DATABASES["default"]["NAME"])
    factories.queue_key()
    alice, _bob = map(factories.moderator, ("alice", "bob"))
    codes = {name: receipts.new_code() for name in ("withdrawn", "asked for", "taken down", "also withdrawn")}
    stories = {name: factories.live_story(code=code) for name, code in codes.items()}
    retention.run_retention()
    disk_space.keep_reserve(leave=0)
    telling, desk = Visitor(), Visitor()
    telling.check()
    desk.client = factories.client_of(alice)
    coming_back = {name: Visitor() for name in stories if "withdrawn" in name}
    for name, visitor in coming_back.items():
        visitor.come_back(codes[name])
        visitor.post("/return/", step="withdraw")
    asking = Visitor()
    asking.get(f"/take-down/?story={stories['asked for'].slug}")
    BAD[bad]()
    told = {
        "telling": telling.post("/tell/form/", step="send", **TOLD),
        "withdrawn": coming_back["withdrawn"].post("/return/", step="withdraw-now"),
        "asked for": asking.post("/take-down/", step="send", ground="about-me", words="It is me, in Kent."),
        "taken down": desk.post(f"/admin/stories/{stories['taken down'].pk}/take-down/", sure="yes"),
        "also withdrawn": coming_back["also withdrawn"].post("/return/", step="withdraw-now"),
        "health": desk.get("/healthz"),
    }
    up = [name for name, story in stories.items() if Story.live.filter(pk=story.pk).exists()]
    print(json.dumps(told | {"up": up}))


def fill_up():
    """Write to the last byte."""
    with (Path(settings.DATA_DIR) / "filling").open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while file.write(b"x" * size):
                    pass


def make_read_only():
    """As a disk that failed leaves it: with the database's log beside it, which whoever closes it last takes away."""
    reads = (
        "import sqlite3, sys; it = sqlite3.connect(sys.argv[1]); it.execute('SELECT 1 FROM stories_story').fetchall()"
    )
    command = [sys.executable, "-c", f"{reads}; print(flush=True); input()", settings.DATABASES["default"]["NAME"]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        connections.close_all()
        other.kill()
    # There is room on it: that it takes nothing shows when somebody writes.
    disk_space.LEAST_FREE = 0
    subprocess.run(["mount", "-o", "remount,ro", Path(settings.DATA_DIR).parent], check=True)


BAD = {"full": fill_up, "read-only": make_read_only}

if __name__ == "__main__":
    main(*sys.argv[1:])
