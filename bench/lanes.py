"""How long a page of each list of the moderators' queue takes in process, with few submissions and with very many."""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

FEW, MANY = 1_000, 100_000
MOST_MS = 45
# With an open vault a full flood tray is held against itself, a thousand accounts of it.
MOST_MS_OF_FLOODS = 1_500
ROUNDS = 7
EACH = 2
# Told beside the lists, whose limit it is. A room page looks through its account for what identifies.
START, NEXT, ROOM = "start screen", "next", "room page"
BESIDE = (START, NEXT, ROOM)


def main() -> int:
    """Print the table for the demo of this process's environment; 1 if a page took longer than it may."""
    django.setup()
    from django.core.management import call_command

    tables = []
    for more in (FEW, MANY - FEW):
        print(f"Making {more:,} invented submissions …", flush=True)
        call_command("seed_submissions", str(more))
        tables.append(_medians(pages()))
    return int(not _is_quick(*tables))


def pages() -> dict[str, Callable[[], None]]:
    """The first, a middle and the last page of every list, as a moderator with an open vault gets them."""
    client, user = _moderator()
    from moderation.queue import lanes

    found: dict[str, Callable[[], None]] = {START: _get(client, "/admin/"), NEXT: _get(client, "/admin/queue/next/")}
    if row := lanes.lane_rows(lanes.FIRST.slug, user).first():
        found[ROOM] = _get(client, f"/admin/queue/{row.pk}/")

    for lane in lanes.LISTS:
        address = f"/admin/queue/{lane.slug}/"
        for place, query in {"first": "", "middle": _middle(lane, user), "last": "?to=end"}.items():
            found[f"{lane.slug}, {place}"] = _get(client, address + query)
    return found


def _middle(lane: Any, user: Any) -> str:
    from moderation.queue import rows as queue_rows
    from stories.models import Submission

    rows = Submission.objects.filter(lane.rows_for(user, frozenset())).order_by("week", "id").values_list("week", "id")
    half = rows[rows.count() // 2 :].first()
    return f"?from={queue_rows.Key(*half)}" if half else ""


def _get(client: Any, address: str) -> Callable[[], None]:
    def page() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return page


def _moderator() -> tuple[Any, Any]:
    """A browser that is logged in with its vault open, as the vault's own screen opens it, and whose it is."""
    from django.http import HttpResponse
    from django.test import Client, RequestFactory

    from heard.demo import people
    from moderation.team import vault_session

    client = Client(headers={"host": "127.0.0.1"})
    opened = people.open_vaults()["alice"]
    client.force_login(opened.moderator)
    request, response = RequestFactory().get("/admin/"), HttpResponse()
    request.session, request.user = client.session, opened.moderator
    vault_session.keep_open(request, response, opened)
    request.session.save()
    client.cookies[vault_session.COOKIE] = response.cookies[vault_session.COOKIE].value
    return client, opened.moderator


def _medians(pages: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Each page's median in ms, the pages taking turns."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for page in pages.values():
        page()
    for _ in range(ROUNDS):
        for name, page in pages.items():
            began = time.perf_counter()
            for _ in range(EACH):
                page()
            times[name].append((time.perf_counter() - began) / EACH * 1000)
    return {name: statistics.median(measured) for name, measured in times.items()}


def _is_quick(few: dict[str, float], many: dict[str, float]) -> bool:
    print(f"\n{'the queue, ms in process':<36} {f'{FEW:,}':>10} {f'{MANY:,}':>10}")
    is_quick = True
    for name, milliseconds in many.items():
        is_over = milliseconds > (MOST_MS_OF_FLOODS if name.startswith("flood") else MOST_MS)
        is_quick = is_quick and (name in BESIDE or not is_over)
        print(f"{name:<36} {few[name]:>10.1f} {milliseconds:>10.1f}{'  over' if is_over else ''}")
    return is_quick


if __name__ == "__main__":
    sys.exit(main())
