"""The reader’s pages with 100 stories and with 100,000: queries and time of each, and how long seeding took.

On SQLite and, where TEST_POSTGRESQL_URL names a server that databases can be made on, on PostgreSQL, each in a
process of its own. Ends with 1 where a page takes more than two queries, or seeding more than three minutes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 100, 100_000
MOST_QUERIES, MOST_SECONDS = 2, 180
EACH = 7
LISTS = {
    "the list": "",
    "one force": "?force=kent",
    "five choices": "?force=kent&force=essex&nation=england&year=2024&without=threats",
    "search, common": "?q=police",
    "search, rare": '?q="crime+reference"+-kind',
    "search, a beginning": "?q=evid*",
    "search, one force": "?q=police&force=kent",
}


def main() -> int:
    stores = {"SQLite": ""} | ({"PostgreSQL": url} if (url := os.environ.get("TEST_POSTGRESQL_URL")) else {})
    if len(stores) == 1:
        print("Not on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    return max(_in_a_process(name, url) for name, url in stores.items())


def _in_a_process(name: str, url: str) -> int:
    print(f"\n--- Reading on {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        changes = {"DEMO": "1", "DATA_DIR": folder, "RUN_DIR": f"{folder}/run", "BASE_URL": "http://127.0.0.1:8000"}
        places = {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "heard.settings"}
        with _database(url) as database:
            environment = os.environ | changes | database | places
            return subprocess.call([sys.executable, __file__, "--here"], env=environment, cwd=ROOT)


@contextmanager
def _database(url: str) -> Iterator[dict[str, str]]:
    """One of its own on that server, gone afterwards; without a server, the file that needs no setting."""
    if not url:
        yield {}
        return
    import psycopg

    name = f"heard_reading_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


# --- In a process of its own ----------------------------------------------------------------


def here() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("starting_pages", verbosity=0)
    tables, seconds = {}, 0.0
    for more in (FEW, MANY - FEW):
        began = time.perf_counter()
        call_command("seed_stories", str(more), "--yes")
        seconds += time.perf_counter() - began
        tables[more] = {name: _measured(address) for name, address in _pages().items()}
    return _report(tables[FEW], tables[MANY - FEW], seconds)


def _pages() -> dict[str, str]:
    from stories.models import Story
    from stories.reading import filters

    live = Story.live.order_by("-sequence")
    middle = live[live.count() // 2]
    files = {"JSON": "/stories.json", "Atom": "/stories.atom"}
    return {
        **{name: f"/stories/{query}" for name, query in LISTS.items()},
        "the list, half way down": f"/stories/?before={filters.place_code(middle.sequence or 0)}",
        "a story": middle.get_absolute_url(),
        "figures": "/what-we-hear/",
        **files,
    }


def _measured(address: str) -> tuple[int, float]:
    """Queries of a page whose edition nobody has read yet, and the median ms of one that nobody keeps."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from stories.core import snapshot

    snapshot.forget_snapshot()
    with CaptureQueriesContext(connection) as captured:
        _get(address)
    # The next request empties what was captured.
    queries, times = len(captured), []
    for _ in range(EACH):
        began = time.perf_counter()
        _get(address)
        times.append((time.perf_counter() - began) * 1000)
    return queries, statistics.median(times)


def _get(address: str) -> Any:
    from django.core.cache import caches
    from django.test import Client

    caches["pages"].clear()
    answer = Client(headers={"host": "127.0.0.1"}).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def _report(few: dict[str, tuple[int, float]], many: dict[str, tuple[int, float]], seconds: float) -> int:
    print(f"{'':<28} {'queries':>9} {'':>9} {'ms':>9}\n{'':<28} {FEW:>9,} {MANY:>9,} {FEW:>9,} {MANY:>9,}")
    for name, (queries, milliseconds) in many.items():
        late = "  over" if queries > MOST_QUERIES else ""
        print(f"{name:<28} {few[name][0]:>9} {queries:>9} {few[name][1]:>9.1f} {milliseconds:>9.1f}{late}")
    print(f"Seeding {MANY:,} stories took {seconds:.0f} s.")
    most = max(queries for table in (few, many) for queries, _ in table.values())
    return int(most > MOST_QUERIES or seconds > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(here() if "--here" in sys.argv else main())
