"""What pages cost: each against a bare Django view and an ordinary Wagtail site's own, in turn, A B C A B C.

All are served by granian with as many processes and threads. A ratio of 0.5 is a page that costs as much as two bare
views. Runs for the site of its environment, as `bench/run.py` starts it.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat

import django
from serving import ROUNDS, Server, database_name, request, serve_ours, serve_yardstick, turn
from table import Table

# Never kept, in front or here: a browser that asks whether its own still holds is answered by Django.
ANEW = "If-None-Match: none"
CLOSED = "/stories/?outcome=closed"
MOST_DEPTH = 1.1
LONGEST = 30  # seconds that the ordinary site may take for a page
Paths = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Page:
    """A page: the least ratio that is asked of it (SQLite, PostgreSQL), and the ordinary site's page beside it."""

    name: str
    least: tuple[float, float]
    paths: Paths
    ordinary: Paths | None = None
    is_kept: bool = False


def main() -> int:
    django.setup()
    table, on_postgresql = Table(), bool(database_name("DATABASE_URL"))
    table.heading("against a bare view, by time of a processor")
    with ExitStack() as running:
        bare = running.enter_context(serve_yardstick())
        database = database_name("DATABASE_URL")
        kept = running.enter_context(serve_ours(database=database))
        anew = running.enter_context(serve_ours(database=database, DJANGO_SETTINGS_MODULE="anew"))
        for page in _pages():
            ratios, beside = _measure(page, bare, kept if page.is_kept else anew)
            table.row(page.name, ratios, least=page.least[on_postgresql], beside=beside)
        table.row("the 500th page, times the first", _depths(anew), most=MOST_DEPTH)
        table.row("start, to the first page, s", [kept.started_in], most=6)
        table.row("memory of the largest process, MB", [max(kept.memory()) / 1e6], most=200)
    return int(table.missed > 0)


def _measure(page: Page, bare: Server, ours: Server) -> tuple[list[float], str]:
    """The ratio of each round, and in words what stands beside them."""
    headers = [] if page.is_kept else [ANEW]
    hello = repeat(request(bare.port, "/hello/"))
    mine = (request(ours.port, path, *headers) for path in page.paths())
    ratios: list[float] = []
    costs: list[float] = []
    with ExitStack() as running:
        theirs = _Ordinary(running, page.ordinary()) if page.ordinary else None
        # What is loaded with the first of each is no part of it; one at a time, so that none is sent away meanwhile.
        for server, requests in ((bare, hello), (ours, mine)):
            turn(server, requests, lines=1)
        for _ in range(ROUNDS):
            base = turn(bare, hello)
            costs.append(turn(ours, mine))
            ratios.append(base / costs[-1])
            if theirs and not theirs.is_cut:
                theirs.measure()
                if theirs.is_cut:
                    running.close()
    ms = statistics.median(costs)
    return ratios, f"{ms:.3g} ms" + (theirs.compared_with(ms) if theirs else "")


class _Ordinary:
    """The ordinary site and what its page cost in each round, until one took too long."""

    def __init__(self, running: ExitStack, paths: Iterator[str]) -> None:
        self.server = running.enter_context(serve_yardstick(database=database_name("YARDSTICK_DATABASE_URL")))
        self.requests = (request(self.server.port, path) for path in paths)
        self.costs, self.is_cut = list[float](), False

    def measure(self) -> None:
        before = self.server.cpu()
        try:
            self.costs.append(turn(self.server, self.requests, lines=1, lot=1, longest=LONGEST))
        except TimeoutError:
            self.costs, self.is_cut = [1000 * (self.server.cpu() - before)], True

    def compared_with(self, ms: float) -> str:
        return f", {'≥ ' if self.is_cut else ''}{statistics.median(self.costs) / ms:.3g} × an ordinary Wagtail site"


def _depths(ours: Server) -> list[float]:
    """What the 500th page costs in each round, as a multiple of the first."""
    paths = (CLOSED, f"{CLOSED}&before={_place()}")
    first, deep = (repeat(request(ours.port, path, ANEW)) for path in paths)
    turn(ours, first)
    return [1 / turn(ours, first) * turn(ours, deep) for _ in range(ROUNDS)]


def _place() -> str:
    """Where the 500th page begins; where there are fewer, the last one."""
    from stories.models import Story
    from stories.reading import filters

    closed = Story.live.filter(outcome="closed").order_by("-sequence").values_list("sequence", flat=True)
    return filters.place_code([*closed[: 499 * filters.SIZE]][-1])


def _pages() -> list[Page]:
    from stories.models import Story

    stories = int(os.environ["BENCH_STORIES"])
    dice = random.Random(7)
    slugs = list(Story.live.order_by("-sequence").values_list("slug", flat=True)[:20_000])
    forces = ("kent", "essex", "sussex", "metropolitan", "cumbria", "dorset", "surrey", "norfolk")

    def of(make: Callable[[], str]) -> Paths:
        return lambda: iter(make, None)

    def filtered() -> str:
        return f"/stories/?force={dice.choice(forces)}&outcome=closed"

    def each(path: str) -> Paths:
        return lambda: repeat(path)

    return [
        Page("home, kept", (2.0, 2.0), each("/"), is_kept=True),
        Page("the list, kept", (2.0, 2.0), each("/stories/"), is_kept=True),
        Page("a story, kept", (2.0, 2.0), each(f"/stories/{slugs[0]}/"), is_kept=True),
        Page(
            "a story made anew",
            (0.35, 0.25),
            of(lambda: f"/stories/{dice.choice(slugs)}/"),
            of(lambda: f"/stories/story-{dice.randrange(stories)}/"),
        ),
        Page("a filtered list made anew", (0.30, 0.20), of(filtered), of(filtered)),
        Page(
            "a list's 500th page",
            (0.30 / MOST_DEPTH, 0.20 / MOST_DEPTH),
            each(f"{CLOSED}&before={_place()}"),
            each(f"{CLOSED}&page=500"),
        ),
        Page("a search, a word in most stories", (0.10, 0.06), each("/search/?q=police"), each("/search/?q=police")),
        Page("figures made anew", (0.35, 0.35), each("/what-we-hear/"), each("/figures/")),
        Page("the form", (0.30, 0.30), each("/tell/form/")),
    ]


if __name__ == "__main__":
    sys.exit(main())
