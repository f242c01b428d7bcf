"""`make bench`: how much slower each page is than a bare Django view on the same stack, interleaved.

Makes 5,000 invented stories in a scratch database, then measures in one process, A B A B, and
prints the median of each page's time as a multiple of the bare view's. Machines differ; ratios less.
After that it sends accounts, beside a plain form on the same store (`sending`), and turns the pages of the
moderators' queue with 1,000 submissions and with 100,000 (`lanes`).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import lanes
import sending

ROOT = Path(__file__).resolve().parent.parent
STORIES = 5_000
ROUNDS = 15
EACH = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        pages = _pages()
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, page in pages.items():
                times[name].append(_timed(page))
        _report(times)
        went_well = sending.measure(folder)
        is_quick = lanes.measure()
    print("\nBench: done. Compare the ratios with another run's, never the times.")
    if not went_well:
        sys.exit("Some accounts that were sent met an error.")
    sys.exit(0 if is_quick else f"A page of the queue took longer than {lanes.MOST_MS} ms.")


def _set_up(folder: str) -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.update(
        DEMO="1",
        DATA_DIR=folder,
        RUN_DIR=f"{folder}/run",
        DJANGO_SETTINGS_MODULE="heard.settings",
        BASE_URL="http://127.0.0.1:8000",
    )
    import django

    django.setup()
    from django.core.management import call_command

    print("Making the database …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"Making {STORIES:,} invented stories …", flush=True)
    began = time.monotonic()
    call_command("seed_stories", str(STORIES))
    print(f"  in {time.monotonic() - began:.1f} s")


def _pages() -> dict[str, Callable[[], None]]:
    from django.core.cache import caches
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from heard import urls
    from stories.models import Story

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    urls.urlpatterns.insert(0, path("bench/bare/", bare))
    client = Client(headers={"host": "127.0.0.1"})
    story = Story.live.latest("sequence")
    deep = Story.live.order_by("sequence")[100]

    def get(address: str, *, fresh: bool = False) -> Callable[[], None]:
        def page() -> None:
            if fresh:
                caches["pages"].clear()
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return page

    return {
        "bare view": get("/bench/bare/"),
        "story list, from the page cache": get("/stories/"),
        "story list, made anew": get("/stories/", fresh=True),
        "story list, filtered, made anew": get("/stories/?force=kent&outcome=closed", fresh=True),
        "story, made anew": get(f"/stories/{story.slug}/", fresh=True),
        "an old story, made anew": get(f"/stories/{deep.slug}/", fresh=True),
        "a force, made anew": get("/forces/kent/", fresh=True),
        "home, made anew": get("/", fresh=True),
        "the form": get("/tell/form/"),
    }


def _timed(page: Callable[[], None]) -> float:
    began = time.perf_counter()
    for _ in range(EACH):
        page()
    return (time.perf_counter() - began) / EACH


def _report(times: dict[str, list[float]]) -> None:
    base = statistics.median(times["bare view"])
    print(f"\n{'page':<36} {'times the bare view':>20} {'ms here':>9}")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:<36} {median / base:>20.1f} {median * 1000:>9.2f}")


if __name__ == "__main__":
    main()
