"""Run the whole suite: on SQLite, then on PostgreSQL where there is one, and close with one line.

TEST_POSTGRESQL_URL (a server where databases can be made), TEST_REDIS_URL and a Chromium are used
where they are there; with REQUIRE_ALL=1 what is missing is an error and not a skip.
"""

import os
import re
import subprocess
import sys

# What the store could change; the pure modules and the browser journeys need one run only.
ON_POSTGRESQL = ["tests/promises", "tests/moderation", "tests/stories/telling", "tests/stories/public"]
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error|errors)\b")


def main() -> int:
    postgresql = os.environ.get("TEST_POSTGRESQL_URL", "")
    rounds = [("SQLite", {}, [])]
    if postgresql:
        rounds.append(("PostgreSQL", {"DATABASE_URL": postgresql}, [*ON_POSTGRESQL, "-m", "not browser", "--create-db"]))
    elif os.environ.get("REQUIRE_ALL"):
        print("TEST_POSTGRESQL_URL isn't set, and REQUIRE_ALL asks for everything.")
        return 1
    else:
        print("Skipped on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    worst = 0
    for name, environment, arguments in rounds:
        print(f"Running the tests on {name} …", flush=True)
        worst = _run(environment, arguments, totals) or worst
    failed = totals["failed"] or (1 if worst else 0)
    print(f"{totals['passed']} passed, {failed} failed, {totals['skipped']} skipped")
    return 1 if worst else 0


def _run(environment: dict[str, str], arguments: list[str], totals: dict[str, int]) -> int:
    command = [sys.executable, "-m", "pytest", "-rs", "--durations=5", *arguments]
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True)
    last = ""
    for line in process.stdout or []:
        print(line, end="", flush=True)
        last = line if COUNTS.search(line) else last
    for number, word in COUNTS.findall(last):
        totals["failed" if word.startswith("error") else word] += int(number)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
