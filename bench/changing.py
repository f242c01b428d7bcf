"""What a change costs, and a page after it; printed as JSON, for `bench/run.py` to set beside other sizes.

With `--hour` it makes as many changes as an hour may bring instead, and looks at what the server holds in memory.
"""

import json
import sys
import time
from collections.abc import Callable

import django
from serving import IS_QUICK, get, request, serve_ours
from table import Table

PUBLISH, TAKE_DOWN, FIRST, ANEW = "publish one", "take one down", "the slowest first page after it", "a story made anew"
# Of what grows with the stories, how many ms are asked of the most of them.
ASKED = {PUBLISH: 50, TAKE_DOWN: 50, FIRST: 150, ANEW: None}
CHANGED = 7
HOUR = 36 if IS_QUICK else 3_600  # changes
PARTS = 6
# The fifth sixth beside the first: what is loaded with the first pages is there by then.
MOST_GROWTH = 1.1


def main() -> int:
    django.setup()
    if "--hour" in sys.argv:
        return _hold()
    print(json.dumps(_change_and_read()))
    return 0


def _change_and_read() -> dict[str, list[float]]:
    """Milliseconds of each change that was made, and of the pages after it."""
    from django.core.cache import caches
    from django.test import Client

    from stories.core import snapshot, takedown
    from stories.models import Story
    from stories.reading import marked_sets
    from stories.reading.search import store

    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})

    def first(path: str) -> float:
        snapshot.forget_snapshot()
        return anew(path)

    def anew(path: str) -> float:
        caches["pages"].clear()
        return _ms(lambda: client.get(path))

    found: dict[str, list[float]] = {name: [] for name in ASKED}
    marked_sets.current_sets()
    for story in Story.live.order_by("-sequence")[:CHANGED]:
        found[TAKE_DOWN].append(_ms(lambda: takedown.hide_story(story)))  # noqa: B023
        # One that is published for the first time stands in no search yet.
        store.take_out([story.sequence or 0])
        found[PUBLISH].append(_ms(lambda: _publish(story)))  # noqa: B023
        own = story.get_absolute_url()
        found[FIRST].append(max(first(path) for path in ("/", "/stories/", own, "/what-we-hear/")))
        found[ANEW].append(anew(own))
    return found


def _ms(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _publish(story: object) -> None:
    from stories.core import snapshot
    from stories.models import Story

    story.status = Story.Status.LIVE
    story.save(update_fields=["status"])
    snapshot.invalidate(only_stories=True)


def _hold() -> int:
    """Publish and take down, with pages read between; the server should hold as much in the end as before."""
    from stories.core import takedown
    from stories.models import Story

    table = Table()
    with serve_ours() as server:
        held = [sum(server.memory()) / 1e6]
        stories = list(Story.live.order_by("-sequence")[: HOUR // PARTS // 2])
        for _ in range(PARTS):
            for story in stories:
                for change in (takedown.hide_story, _publish):
                    change(story)
                    paths = (
                        "/",
                        "/stories/?force=kent",
                        story.get_absolute_url(),
                        "/search/?q=police",
                        "/what-we-hear/",
                    )
                    get(server.port, [request(server.port, path) for path in paths])
            held.append(sum(server.memory()) / 1e6)
    beside = "MB: " + ", ".join(f"{each:.0f}" for each in held)
    table.row(
        f"memory after {HOUR:,} changes, times that after {HOUR // PARTS:,}",
        [held[-1] / held[1]],
        most=MOST_GROWTH,
        beside=beside,
    )
    return int(table.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
