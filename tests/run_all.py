"""Run the tests, two or more at a time, and close with one line.

    .venv/bin/python tests/run_all.py          what somebody runs before a commit: `make test`
    .venv/bin/python tests/run_all.py --rest   the rest of `make test-all`, marked `full` and not `faults`

TEST_POSTGRESQL_URL (a server where databases can be made), TEST_REDIS_URL and a Chromium are used where they are
there; with REQUIRE_ALL=1 what is missing is an error and not a skip. The tests marked `store` run a second time on
PostgreSQL. TEST_NOW moves the clock of the tests in process, TEST_SEED changes what tests draw; each round says both.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
# Where a test can meet a query of ours.
OF_THE_STORE = ["promises", "moderation", "stories/intake", "stories/reading", "stories/figures"]
PASSED, NO_TESTS = 0, 5  # as pytest ends


def main() -> int:
    """Run each round, print the sum, and end with 1 where a test failed or was missing."""
    require_all = bool(os.environ.get("REQUIRE_ALL"))
    if require_all and not os.environ.get("TEST_POSTGRESQL_URL"):
        print("TEST_POSTGRESQL_URL isn't set, and REQUIRE_ALL asks for everything.")
        return 1
    began = time.monotonic()
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for name, chosen, environment in _rounds("full and not faults" if "--rest" in sys.argv else "not full"):
        print(f"--- The tests on {name} …", flush=True)
        places = [f"tests/{each}" for each in OF_THE_STORE] if environment else ["tests"]
        for word, number in _run([*places, "-m", chosen], environment).items():
            totals[word] += number
    minutes = (time.monotonic() - began) / 60
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped, in {minutes:.1f} min")
    return 1 if totals["failed"] or (require_all and totals["skipped"]) else 0


def _rounds(chosen: str) -> list[tuple[str, str, dict[str, str]]]:
    """The name, the marks and the environment of each round."""
    rounds = [("SQLite", chosen, {})]
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        # What differs by store first; in the full run the rest, too.
        store = f"store and {chosen}" if chosen == "not full" else "(not store and not full) or (store and full)"
        rounds.append(("PostgreSQL", f"not browser and not served and ({store})", {"DATABASE_URL": url}))
    else:
        print("Skipped on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    return rounds


def _run(chosen: list[str], environment: dict[str, str]) -> dict[str, int]:
    """Run one round of pytest, show its lines as they come, and return how many passed, failed and were skipped."""
    # One more than processors: a browser waits for its pages much of the time.
    workers = str((os.cpu_count() or 1) + 1)
    command = [sys.executable, "-m", "pytest", "-rs", "--durations=10", "-p", "no:cacheprovider", *chosen]
    command += ["-n", workers, "--maxprocesses", "4", "--dist", "loadgroup", "--no-loadscope-reorder"]
    command += ["--create-db"] if environment else []
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            print(line, end="", flush=True)
            last = line if COUNTS.search(line) else last
    for number, word in COUNTS.findall(last):
        counts["failed" if word.startswith("error") else word] += int(number)
    counts["failed"] = counts["failed"] or int(run.returncode not in (PASSED, NO_TESTS))
    return counts


if __name__ == "__main__":
    sys.exit(main())
