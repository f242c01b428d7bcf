"""Run the whole suite, three rounds at a time, and close with one line.

Every test runs on SQLite: those of a browser or a served demo in one round, the others in a second, so that neither
waits for the other; what the store could change runs again on PostgreSQL (`on_postgresql` says what that is).

TEST_POSTGRESQL_URL (a server where databases can be made), TEST_REDIS_URL and a Chromium are used
where they are there; with REQUIRE_ALL=1 what is missing is an error and not a skip.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import on_postgresql  # noqa: E402

SERVED, IN_PROCESS = ("-m", "browser or served"), ("-m", "not browser and not served")
# Pure and long: they fill the time that the shorter rounds leave over.
FINDER = "tests/stories/identifying"
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


@dataclass
class Round:
    """One run of pytest in a process of its own, its lines kept in a file until it ends."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    # Gives way to the round whose pages somebody waits for in a browser.
    is_patient: bool = True

    def run(self, folder: Path) -> dict[str, int]:
        """Run to the end, show what was said, and return how many passed, failed and were skipped."""
        path = folder / f"{self.name}.txt"
        command = [sys.executable, "-m", "pytest", "-rs", "--durations=5", "-p", "no:cacheprovider", *self.arguments]
        if self.is_patient:
            command = ["nice", "-n", "5", *command]
        with path.open("w") as lines:
            environment = os.environ | self.environment
            status = subprocess.call(command, cwd=ROOT, env=environment, stdout=lines, stderr=subprocess.STDOUT)
        said = path.read_text()
        print(f"--- The tests on {self.name}\n{said}", flush=True)
        last = next((line for line in reversed(said.splitlines()) if COUNTS.search(line)), "")
        counts = {"passed": 0, "failed": 0, "skipped": 0}
        for number, word in COUNTS.findall(last):
            counts["failed" if word.startswith("error") else word] += int(number)
        counts["failed"] = counts["failed"] or int(bool(status))
        return counts


def main() -> int:
    if not os.environ.get("TEST_POSTGRESQL_URL"):
        if os.environ.get("REQUIRE_ALL"):
            print("TEST_POSTGRESQL_URL isn't set, and REQUIRE_ALL asks for everything.")
            return 1
        print("Skipped on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    rounds = _rounds()
    print(f"Running the tests: {', '.join(each.name for each in rounds)}; this takes some minutes …", flush=True)
    totals = _run(rounds)
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return status_of(totals, require_all=bool(os.environ.get("REQUIRE_ALL")))


def status_of(totals: dict[str, int], *, require_all: bool) -> int:
    """What the run ends with; where everything is asked for, a skip fails it, however it came about."""
    return 1 if totals["failed"] or (require_all and totals["skipped"]) else 0


def _rounds() -> list[Round]:
    """The longest first: whichever of them ends takes the next."""
    rounds = [
        Round("what is served", [*SERVED], {"TEST_NAME": "served"}, is_patient=False),
        Round("SQLite", [*IN_PROCESS, f"--ignore={FINDER}"]),
    ]
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        arguments = [*on_postgresql.paths(), *IN_PROCESS, "--create-db"]
        rounds.append(Round("PostgreSQL", arguments, {"DATABASE_URL": url, "ONLY_DATABASE": "1"}))
    return [*rounds, Round("the finder", [FINDER])]


def _run(rounds: list[Round]) -> dict[str, int]:
    """Three at a time, in order: most machines have two cores to give, and what is served often waits."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(3) as beside:
        counts = list(beside.map(lambda each: each.run(Path(folder)), rounds))
    return {word: sum(each[word] for each in counts) for word in ("passed", "failed", "skipped")}


if __name__ == "__main__":
    sys.exit(main())
