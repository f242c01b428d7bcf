"""Where each test runs, by the seconds of a processor that it was measured to cost: the list in `timings.txt`.

    .venv/bin/python tests/timings.py            the ten dearest of the last rounds, and what the list doesn't name
    .venv/bin/python tests/timings.py --renew    write the list again with what the last rounds measured

What costs more than QUICK is listed with its place: `test` (`make test`), `ci` (the rest of `.ci/run`) or `release`.
Everything else runs in `make test`. A name with its parameter comes before the name alone.
"""

import json
import os
import re
import statistics
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_suffix(".txt")
# Each round leaves what it measured in a file of its own.
FOLDER = ROOT / "var" / "timings"
QUICK = 0.3
FEW = 20
PLACES = ("test", "ci", "release")
_TICKS = os.sysconf("SC_CLK_TCK")


def listed():
    """Read the list: name → (place, seconds)."""
    rows = (line.split(maxsplit=2) for line in LIST.read_text().splitlines() if line and not line.startswith("#"))
    return {name: (place, float(seconds)) for place, seconds, name in rows}


def name_of(item):
    """The test's name without the group that xdist writes behind it."""
    group = item.get_closest_marker("xdist_group")
    return item.nodeid.removesuffix(f"@{group.args[0]}") if group and group.args else item.nodeid


def entry(name, entries):
    """Find what the list says of a test: place and seconds, or None."""
    return entries.get(name) or entries.get(name.partition("[")[0])


def place(name, entries):
    return (entry(name, entries) or ("test",))[0]


class Measuring:
    """Measures what each test costs this worker and all that it started; fixtures that others share aren't counted."""

    def __init__(self):
        self.rows, self._shared, self._depth = [], 0.0, 0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        # Outside the test's own patches and fixtures.
        self._shared, began, at = 0.0, _spent(), time.monotonic()
        try:
            return (yield)
        finally:
            seconds = _spent() - began - self._shared
            self.rows.append((name_of(item), round(seconds, 2), round(time.monotonic() - at, 2)))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        if fixturedef.scope == "function" or self._depth:
            return (yield)
        self._depth, began = 1, _spent()
        try:
            return (yield)
        finally:
            self._depth = 0
            self._shared += _spent() - began

    def pytest_sessionfinish(self):
        if (told := os.environ.get("TIMINGS")) and self.rows:
            path = Path(f"{told}-{os.getpid()}.json")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(self.rows))


def _spent():
    """The seconds of a processor that this process, its children and theirs have taken."""
    now = os.times()
    seconds, waiting = now.user + now.system + now.children_user + now.children_system, children(os.getpid())
    while waiting:
        number = waiting.pop()
        waiting += children(number)
        seconds += _spent_by(number)
    return seconds


def children(number):
    """The processes that this one started and that haven't ended."""
    try:
        return [
            int(child)
            for task in os.listdir(f"/proc/{number}/task")
            for child in Path(f"/proc/{number}/task/{task}/children").read_text().split()
        ]
    except OSError:
        # It has ended, or this isn't Linux, where children count once they have ended.
        return []


def _spent_by(number):
    try:
        told = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    # Its own and that of its children that have ended, each in the program and in the kernel: see proc(5).
    return sum(map(int, told[11:15])) / _TICKS


def measured(files="*.json"):
    """Read what the last rounds measured: name → seconds, the most that it took in any of them."""
    found = {}
    for path in sorted(FOLDER.glob(files)):
        for name, seconds, _ in json.loads(path.read_text()):
            found[name] = max(seconds, found.get(name, 0.0))
    return found


def report():
    """Return the lines that a run ends with: the ten dearest, and what isn't listed and isn't quick."""
    entries, found = listed(), measured()
    dearest = sorted(found.items(), key=lambda each: -each[1])[:10]
    lines = ["The ten dearest, in seconds of a processor:", *(f"  {seconds:7.1f}  {name}" for name, seconds in dearest)]
    new = {name: seconds for name, seconds in found.items() if seconds > QUICK and not entry(name, entries)}
    if new:
        lines += [f"Not listed and above {QUICK} s (`tests/timings.py --renew` lists them for CI):"]
        lines += [f"  {seconds:7.2f}  {name}" for name, seconds in sorted(new.items())]
    return lines


def too_dear(files, *, times=3):
    """Name the tests that cost so many times their entry, on a machine that is as slow as it is with most of them."""
    entries, costs = listed(), {}
    for name, seconds in measured(files).items():
        if known := entry(name, entries):
            costs[name] = seconds / max(known[1], QUICK)
    usual = max(1.0, statistics.median(costs.values())) if len(costs) > FEW else 1.0
    return sorted(name for name, ratio in costs.items() if ratio > times * usual)


def renew():
    """Write the list again: new seconds, what is dear and new for CI; what is gone or quick goes."""
    entries, found = listed(), measured()
    costs = {}
    for name, seconds in found.items():
        key = name if name in entries else name.partition("[")[0]
        costs[key] = max(seconds, costs.get(key, 0.0))
    kept = {key: (at, costs.get(key, seconds)) for key, (at, seconds) in entries.items() if is_there(key)}
    new = {key: ("ci", seconds) for key, seconds in costs.items() if key not in entries and seconds > QUICK}
    # A test that was put elsewhere by hand stays there, however little it costs beside what it shares with others.
    rows = {key: row for key, row in (kept | new).items() if row[1] > QUICK or row[0] != "test"}
    head = [line for line in LIST.read_text().splitlines() if line.startswith("#")]
    lines = [f"{at:<8}{seconds:7.1f}  {key}" for key, (at, seconds) in sorted(rows.items(), key=lambda each: each[0])]
    LIST.write_text("\n".join([*head, *lines]) + "\n")
    print(f"{len(rows)} tests are listed; all others are quick.")


def is_there(key):
    path, _, name = key.partition("::")
    source = ROOT / path
    return source.exists() and re.search(rf"^def {re.escape(name.partition('[')[0])}\(", source.read_text(), re.M)


if __name__ == "__main__":
    renew() if "--renew" in sys.argv else print("\n".join(report()))
