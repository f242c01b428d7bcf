"""What each page costs, as a part of a bare Django view on the same server: `make bench`'s first table.

Both are served by granian with as many processes and threads, and asked in turn, A B A B. What counts is the time of a
processor that the server's own processes take for a request, which neither a slow client nor a busy neighbour changes
much; a ratio of 0.5 is a page that costs as much as two bare views. Prints every target beside what was measured.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from serving import ROOT, Server, free_port, get, granian, request, serve

STORIES = (1_000, 10_000, 100_000)
ROUNDS = 7
# As long as one turn takes of a processor: the system counts in hundredths.
TURN = 0.8
LINES = 4
# Never kept, in front or here: a browser that asks whether its own still holds is answered by Django.
ANEW = "If-None-Match: none"
Paths = Callable[[], Iterator[str]]


@dataclass
class Row:
    """A page: the least ratio that is asked of it (SQLite, PostgreSQL), and the ratios of each turn."""

    name: str
    least: tuple[float, float]
    paths: Paths
    is_kept: bool = False
    ratios: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def main() -> int:
    stores = {"SQLite": ""} | ({"PostgreSQL": url} if (url := os.environ.get("TEST_POSTGRESQL_URL")) else {})
    if len(stores) == 1:
        print("Not on PostgreSQL: set TEST_POSTGRESQL_URL to a server where databases can be made.")
    return max(_in_a_process(name, url) for name, url in stores.items())


def _in_a_process(name: str, url: str) -> int:
    print(f"\n--- Reading on {name}, {STORIES[-1]:,} stories", flush=True)
    with tempfile.TemporaryDirectory() as folder, _database(url) as database:
        folder = os.environ.get("BENCH_FOLDER", folder)
        changes = {"DEMO": "1", "DATA_DIR": folder, "RUN_DIR": f"{folder}/run", "BASE_URL": "http://127.0.0.1:8000"}
        places = {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "heard.settings"}
        environment = os.environ | changes | database | places
        return subprocess.call([sys.executable, __file__, "--here", name], env=environment, cwd=ROOT)


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


def here(store: str) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from stories.models import Story

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    changes = {}
    for many in STORIES:
        if (more := many - Story.live.count()) > 0:
            began = time.monotonic()
            call_command("seed_stories", str(more), "--yes")
            print(f"  {many:,} stories after {time.monotonic() - began:.0f} s", flush=True)
        changes[many] = _change_and_read()
    with ExitStack() as running:
        return _table(store, running) + _changes(changes)


def _table(store: str, running: ExitStack) -> int:
    bare_port, port, anew_port = free_port(), free_port(), free_port()
    wsgi = ["-m", "granian", "yardstick.wsgi:application", "--interface", "wsgi", "--blocking-threads", "4"]
    plain = {"PYTHONPATH": f"bench{os.pathsep}.", "DJANGO_SETTINGS_MODULE": "yardstick.settings"}
    plain["YARDSTICK_DATABASE_URL"] = f"sqlite:///{os.environ['DATA_DIR']}/yardstick.sqlite3"
    bare = running.enter_context(serve(granian(wsgi, bare_port), bare_port, plain, ready="/hello/"))
    ours = granian(["deploy/serve.py"], port)
    kept = running.enter_context(serve(ours, port, {}, ready="/stories/"))
    without = {"DJANGO_SETTINGS_MODULE": "anew", "PYTHONPATH": f"site{os.pathsep}.{os.pathsep}bench"}
    anew = running.enter_context(serve(granian(["deploy/serve.py"], anew_port), anew_port, without, ready="/stories/"))
    rows = _rows()
    for row in rows:
        server = kept if row.is_kept else anew
        _turn(bare, "/hello/", iter(lambda: "/hello/", None))
        _turn(server, row.name, row.paths(), *([] if row.is_kept else [ANEW]))
        for _ in range(ROUNDS):
            base = _turn(bare, "/hello/", iter(lambda: "/hello/", None))
            ms = _turn(server, row.name, row.paths(), *([] if row.is_kept else [ANEW]))
            row.ratios.append(base / ms)
            row.milliseconds.append(ms)
        _say(row, store)
    held = max(kept.memory()) / 1e6
    print(f"{'start, to the first page':<34} {kept.started_in:>8.1f} s, asked: at most 6")
    print(f"{'memory of the largest process':<34} {held:>8.0f} MB, asked: at most 200")
    return sum(statistics.median(row.ratios) < row.least[store != "SQLite"] for row in rows)


def _say(row: Row, store: str) -> None:
    least, middle = row.least[store != "SQLite"], statistics.median(row.ratios)
    spread = f"{min(row.ratios):.3f} to {max(row.ratios):.3f}"
    missed = "" if middle >= least else "  missed"
    ms = statistics.median(row.milliseconds)
    print(f"{row.name:<34} {middle:>8.3f} ({spread}), asked: {least:.2f}, {ms:.2f} ms{missed}", flush=True)


def _turn(server: Server, name: str, paths: Iterator[str], *headers: str) -> float:
    """Milliseconds of a processor that a request costs."""
    before, asked = server.cpu(), 0
    with ThreadPoolExecutor(LINES) as threads:
        while server.cpu() - before < TURN:
            lots = [[request(server.port, next(paths), *headers) for _ in range(12)] for _ in range(LINES)]
            for answers in threads.map(lambda lot: get(server.port, lot), lots):
                if wrong := [answer for answer in answers if not answer.startswith(b"HTTP/1.1 200")]:
                    sys.exit(f"{name}: {wrong[0].decode(errors='replace')}")
                asked += len(answers)
    return (server.cpu() - before) / asked * 1000


def _rows() -> list[Row]:
    from stories.models import Story
    from stories.reading import filters

    dice = random.Random(7)
    newest = Story.live.latest("sequence").sequence or 0
    slugs = list(Story.live.filter(sequence__gt=newest - 20_000).values_list("slug", flat=True))
    forces = ("kent", "essex", "sussex", "met", "cumbria", "dorset", "surrey", "norfolk")

    def each(path: str) -> Paths:
        return lambda: iter(lambda: path, None)

    def stories() -> Iterator[str]:
        while True:
            yield f"/stories/{dice.choice(slugs)}/"

    def filtered() -> Iterator[str]:
        while True:
            yield f"/stories/?force={dice.choice(forces)}&outcome=closed"

    def deep() -> Iterator[str]:
        while True:
            yield f"/stories/?outcome=closed&before={filters.place_code(newest // 2 + dice.randrange(1000))}"

    story = f"/stories/{slugs[0]}/"
    return [
        Row("home, kept", (2.0, 2.0), each("/"), is_kept=True),
        Row("the list, kept", (2.0, 2.0), each("/stories/"), is_kept=True),
        Row("a story, kept", (2.0, 2.0), each(story), is_kept=True),
        Row("a story made anew", (0.35, 0.25), stories),
        Row("a filtered list made anew", (0.30, 0.20), filtered),
        Row("the same, deep down", (0.30 / 1.1, 0.20 / 1.1), deep),
        Row("a search, a word in most stories", (0.10, 0.06), each("/search/?q=police")),
        Row("figures made anew", (0.35, 0.35), each("/what-we-hear/")),
        Row("the form", (0.30, 0.30), each("/tell/form/")),
    ]


# --- What a change costs --------------------------------------------------------------------


def _change_and_read() -> tuple[float, float, float]:
    """Milliseconds, medians: publish, take down, and the slowest first page afterwards."""
    from django.core.cache import caches
    from django.test import Client

    from stories.core import snapshot, takedown
    from stories.models import Story
    from stories.reading import marked_sets
    from stories.reading.search import store

    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    up, down, first = [], [], []
    marked_sets.current_sets()
    for story in Story.live.order_by("-sequence")[:7]:
        began = time.perf_counter()
        takedown.hide_story(story)
        down.append(time.perf_counter() - began)
        # One that is published for the first time stands in no search yet.
        store.take_out([story.sequence or 0])
        began = time.perf_counter()
        story.status = Story.Status.LIVE
        story.save(update_fields=["status"])
        snapshot.invalidate(only_stories=True)
        up.append(time.perf_counter() - began)
        slowest = 0.0
        for path in ("/", "/stories/", story.get_absolute_url(), "/what-we-hear/"):
            snapshot.forget_snapshot()
            caches["pages"].clear()
            began = time.perf_counter()
            assert client.get(path).status_code == 200
            slowest = max(slowest, time.perf_counter() - began)
        first.append(slowest)
    return tuple(statistics.median(each) * 1000 for each in (up, down, first))  # type: ignore[return-value]


def _changes(found: dict[int, tuple[float, float, float]]) -> int:
    print(f"{'ms, in the middle of seven':<34} {'publish':>9} {'take down':>9} {'first page':>10}")
    for many, row in found.items():
        print(f"{f'at {many:,} stories':<34} {row[0]:>9.1f} {row[1]:>9.1f} {row[2]:>10.1f}")
    least, most = found[min(found)], found[max(found)]
    grown = max(most[0] / least[0], most[1] / least[1])
    print(
        f"Asked: at most 50 ms, and at most twice as long with the most as with the fewest (here {grown:.1f}); 150 ms."
    )
    return int(max(most[:2]) > 50 or grown > 2 or most[2] > 150)


if __name__ == "__main__":
    sys.exit(here(sys.argv[2]) if "--here" in sys.argv else main())
