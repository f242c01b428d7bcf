"""Run the tests, two at a time, and close with one line.

    .venv/bin/python tests/run_all.py             what somebody runs before a commit: `make test`
    .venv/bin/python tests/run_all.py --rest      the rest of what `.ci/run` runs: `make test-rest`
    .venv/bin/python tests/run_all.py --release   every test, on both stores, and on odd days: `make test-release`

`timings.txt` says which test runs where. TEST_POSTGRESQL_URL (a server where databases can be made), TEST_REDIS_URL and
a Chromium are used where they are there; with REQUIRE_ALL=1 what is missing is an error and not a skip.
TEST_NOW moves the clock of the tests in process, TEST_SEED changes what tests draw; each round says both.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import made_database, timings  # noqa: E402

COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
PASSED, NO_TESTS = 0, 5  # as pytest ends
# The last day of a leap year's February, the last hour of a year and the first of the next, the hour that comes twice.
ODD_DAYS = ("2028-02-29T12:00", "2026-12-31T23:30", "2027-01-01T00:20", "2027-10-31T01:30")
# What reads texts: its long bars run where a file of it or of its tests isn't as it was when they last passed.
READERS = ("stories/danger", "stories/pii")
BARS = ROOT / "tests" / "bars.txt"


@dataclass(frozen=True)
class Round:
    """One run of pytest: its name, what it is told, its environment, the seconds of a processor that it may take.

    `proves` names the folder whose bars have passed where it passes.
    """

    name: str
    words: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    seconds: int = 0
    proves: str = ""


def main() -> int:
    """Run each round, print the sum, and end with 1 where a test failed, was missing, or a round was far too long."""
    require_all = bool(os.environ.get("REQUIRE_ALL"))
    if require_all and not os.environ.get("TEST_POSTGRESQL_URL"):
        print("TEST_POSTGRESQL_URL isn't set, and REQUIRE_ALL asks for everything.")
        return 1
    began = time.monotonic()
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for each in _rounds():
        print(f"--- The tests on {each.name} …", flush=True)
        for word, number in _run(each).items():
            totals[word] += number
    if "--release" in sys.argv:
        totals["failed"] += _dearer_than_listed()
    minutes = (time.monotonic() - began) / 60
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped, in {minutes:.1f} min")
    return 1 if totals["failed"] or (require_all and totals["skipped"]) else 0


def _rounds() -> list[Round]:
    if "--release" in sys.argv:
        return [
            Round("SQLite", ["-m", "not faults"]),
            *_on_postgresql("PostgreSQL", ["--twins", "-m", "not faults"]),
            *(_on_an_odd_day(day, order) for order, day in enumerate(ODD_DAYS, 1)),
        ]
    if "--rest" in sys.argv:
        # What differs by store: triggers, search, locks, two at once.
        store = ["--places", "test,ci", "--twins", "-m", "store and not faults"]
        rest = Round("SQLite: the rest", ["--places", "ci", "-m", "not faults"], seconds=1400)
        return [rest, *_on_postgresql("PostgreSQL", store, seconds=300), *_bars()]
    return [Round("SQLite", ["--places", "test", "-m", "not faults"], seconds=560)]


def _on_postgresql(name: str, words: list[str], seconds: int = 0) -> list[Round]:
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        return [Round(name, [*words, "--create-db"], {"DATABASE_URL": url}, seconds)]
    print("Skipped on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    return []


def _bars() -> list[Round]:
    passed = made_database.digests_in(BARS)
    changed = [folder for folder in READERS if passed.get(folder) != _digest(folder)]
    words = ["--places", "release", "-m", "not faults"]
    return [Round(f"the bars of {folder}", [*words, f"tests/{folder}"], proves=folder) for folder in changed]


def _digest(folder: str) -> str:
    command = ["git", "ls-files", "-z", folder, f"tests/{folder}"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    files = [ROOT / name for name in filter(None, names) if (ROOT / name).is_file()]
    return made_database.digest(files)


def _on_an_odd_day(day: str, order: int) -> Round:
    """What runs in process and is quick, as on that day, in an order by lot."""
    return Round(f"SQLite on {day}", ["--places", "test", "--twins"], {"TEST_NOW": day, "TEST_ORDER": str(order)})


def _run(each: Round) -> dict[str, int]:
    """Run one round of pytest, show its lines as they come, and return how many passed, failed and were skipped."""
    measured = timings.FOLDER / re.sub(r"[ /]", "-", each.name.replace(":", ""))
    for old in timings.FOLDER.glob(f"{measured.name}-*.json"):
        old.unlink()
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    command = [sys.executable, "-m", "pytest", "-rfEs", "-p", "no:cacheprovider", *each.words]
    command += ["-n", workers, "--dist", "loadgroup", "--no-loadscope-reorder"]
    environment = os.environ | {"TIMINGS": str(measured)} | each.environment
    # Half of what collecting takes is making the tests' own code again where nothing keeps it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    counts, last, began, before = {"passed": 0, "failed": 0, "skipped": 0}, "", time.monotonic(), _spent()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            print(line, end="", flush=True)
            last = line if COUNTS.search(line) else last
    for number, word in COUNTS.findall(last):
        counts["failed" if word.startswith("error") else word] += int(number)
    counts["failed"] = counts["failed"] or int(run.returncode not in (PASSED, NO_TESTS))
    counts["failed"] += _too_long(each, _spent() - before, (time.monotonic() - began) / 60)
    if each.proves and not counts["failed"] + counts["skipped"]:
        made_database.keep_digests(BARS, made_database.digests_in(BARS) | {each.proves: _digest(each.proves)})
    return counts


def _dearer_than_listed() -> int:
    """Run once more what cost three times its entry; return how many tests do so again."""
    dear = timings.too_dear("SQLite-[0-9]*.json")
    if not dear:
        return 0
    _run(Round("dear", dear))
    again = timings.too_dear("dear-*.json")
    print("".join(f"Three times its entry, twice: {name}\n" for name in again), end="")
    return len(again)


def _spent() -> float:
    now = os.times()
    return now.children_user + now.children_system


def _too_long(each: Round, seconds: float, minutes: float) -> int:
    """Say what the round took; 1 where that is a third above its bound, in CI, whose machine the bound is for."""
    print(f"{each.name}: {minutes:.1f} min, {seconds:.0f} s of a processor", end="")
    print(f" of at most {each.seconds}" if each.seconds else "", flush=True)
    return int(bool(os.environ.get("CI")) and 0 < each.seconds * 4 / 3 < seconds)


if __name__ == "__main__":
    sys.exit(main())
