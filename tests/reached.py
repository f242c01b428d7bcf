"""Which tests reach which line of some folders: a plugin of pytest that records it, and runs some of them by it.

`tests/mutants.py` uses both, each in a copy of the code: `var/chosen.json` names the tests to run; without it, all that
run are recorded.
"""

import hashlib
import json
import resource
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.prove import LONGEST, TESTS_FAILED, Copy

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("stories/crypto", "stories/core", "moderation/policies")
MADE_OF = ("stories", "moderation", "site", "tests/stories", "tests/moderation", "tests/promises")
PARTS = (["tests/stories"], ["tests/moderation", "tests/promises"])
ELSEWHERE = ["faults", "served", "browser", "engines", "machine", "servers", "redis", "postgresql"]
CHOSEN, RECORDED = "var/chosen.json", "var/reached.json"


def pytest_configure(config):
    chosen = ROOT / CHOSEN
    config.pluginmanager.register(Chooser(json.loads(chosen.read_text())) if chosen.exists() else Recorder())


class Recorder:
    """Writes down how long each test took and, line by line, which tests came there."""

    def __init__(self) -> None:
        # Needed here alone: whoever recorded before can do without.
        import coverage

        self.seconds: Counter[str] = Counter()
        self.failed: set[str] = set()
        places = [str(ROOT / each) for each in FOLDERS]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, source=places)
        self.coverage.start()

    def pytest_runtest_logstart(self, nodeid):
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid] += report.duration
        self.failed |= set() if report.passed else {report.nodeid}

    def pytest_sessionfinish(self):
        self.coverage.stop()
        # A test that fails as it is would notice everything.
        for test in self.failed:
            del self.seconds[test]
        number, data = {test: n for n, test in enumerate(self.seconds)}, self.coverage.get_data()
        lines = {
            str(Path(file).relative_to(ROOT)): {
                line: [number[test] for test in tests if test in number]
                for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        (ROOT / RECORDED).write_text(json.dumps({"seconds": self.seconds, "lines": lines}))


class Chooser:
    """Runs these tests alone, in this order, and stops where one of them has no end."""

    def __init__(self, tests: list[str]) -> None:
        self.place = {test: n for n, test in enumerate(tests)}
        # Of the processor, so that a busy machine stops none.
        resource.setrlimit(resource.RLIMIT_CPU, (90 + 3 * len(tests),) * 2)

    def pytest_collection_modifyitems(self, items):
        items[:] = sorted((one for one in items if one.nodeid in self.place), key=lambda one: self.place[one.nodeid])


class Reached:
    """What was recorded, of one or more runs."""

    def __init__(self, records: list[dict]) -> None:
        self.seconds = {test: took for each in records for test, took in each["seconds"].items()}
        self.lines: dict[str, dict[int, set[str]]] = {}
        for record in records:
            tests = list(record["seconds"])
            for file, lines in record["lines"].items():
                for line, numbers in lines.items():
                    self.lines.setdefault(file, {}).setdefault(int(line), set()).update(tests[n] for n in numbers)

    def tests_of(self, file: str, lines: frozenset[int]) -> list[str]:
        """Those that come to one of these lines; where no test runs them, to any in the file, or that name it."""
        reached = self.lines.get(file, {})
        tests = set().union(*(reached.get(line, ()) for line in lines or reached))
        if not lines:
            name = Path(file).stem
            tests |= {test for test in self.seconds if name in (ROOT / test.partition("::")[0]).read_text()}
        return self._in_order(tests)

    def _in_order(self, tests: set[str]) -> list[str]:
        """The cheapest of each file first: they differ most."""
        places, seen = {}, Counter()
        for test in sorted(tests, key=lambda each: (self.seconds[each], each)):
            file = test.partition("::")[0]
            places[test] = (seen[file], self.seconds[test])
            seen[file] += 1
        return sorted(places, key=places.get)


def read_or_record(copies: list[Copy], beside: ThreadPoolExecutor) -> Reached:
    """What was recorded of exactly this code, or is now."""
    made_of = hashlib.sha256()
    for path in sorted(path for each in MADE_OF for path in (copies[0].root / each).rglob("*.py")):
        made_of.update(path.read_bytes())
    kept = ROOT / "var" / f"reached-{made_of.hexdigest()[:12]}.json"
    if not kept.exists():
        print("Recording which tests reach which line …", flush=True)
        kept.write_text(json.dumps(list(beside.map(_record, copies, PARTS))))
    return Reached(json.loads(kept.read_text()))


def _record(copy: Copy, places: list[str]) -> dict:
    marks = " and ".join(f"not {mark}" for mark in ELSEWHERE)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.reached", "-m", marks]
    command += ["--places", "test,ci", *places]
    ended, said = copy.run(command, longest=4 * LONGEST)
    if ended not in (0, TESTS_FAILED):
        # With nothing recorded no change would be noticed.
        raise RuntimeError(said[-2000:])
    return json.loads((copy.root / RECORDED).read_text())
