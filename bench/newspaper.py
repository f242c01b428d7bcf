"""The day that Heard is on the evening news: a million page views, and people who tell meanwhile; `make bench-day`.

Half of the views come in one hour, at 139 a second; the other half is pressed into a second hour. Sixty in a hundred
ask for home and one story, twenty-five for lists and patterns, ten for figures and searches, five for the long tail.
2,000 accounts are told, 200 people come back with their code, ten stories are published and three taken back; in the
last ten minutes somebody searches fifty times a second. All come through nginx as shipped, each over TLS of their own.
`--minutes 2` plays the same in two minutes at the same pace. Ends with 1 for what went wrong, never for what was slow.
"""

import argparse
import asyncio
import json
import os
import re
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urljoin

from bench.crowd import Crowd, Door, NoAnswer, Seen, Visitor, arrive, day_in_the_news
from bench.serving import ROOT, Server
from tests import proxies, running_site

MINUTES = 120  # of the whole day
VIEWS, ACCOUNTS, CAME_BACK = 1_000_000, 2_000, 200
PUBLISHED, WITHDRAWN = 10, 3
SEARCHES_A_SECOND, ATTACKED = 50.0, 1 / 12  # of the time
# What a rented machine with two cores and a terabyte or two of traffic cost a month in 2026, in pounds: low to high.
RENT = (6, 25)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long; half of it is the hour of the rush")
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--demo", default="", help="the folder of a demo that was made already")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        site, front = _serve(Path(folder), told.demo, told.stories, running)
        return asyncio.run(_play(site, front, told.minutes * 60))


def _serve(folder: Path, demo: str, stories: int, running: ExitStack) -> tuple[running_site.Site, Door]:
    print(f"Making {stories:,} stories …", flush=True)
    changes = {"TRUSTED_PROXIES": "127.0.0.1"}
    if not demo:
        demo = f"{folder}/demo"
        with running_site.serve_demo(demo, **changes):
            pass
    site = running.enter_context(running_site.serve_again(demo, **changes))
    _run_in_shell(site, f"stories.seed({stories})")
    port = site.url.rpartition(":")[2]
    named = ("proxy_set_header Host $host;", f"proxy_set_header Host 127.0.0.1:{port};")
    scheme = ("proxy_set_header X-Forwarded-Proto $scheme;", "proxy_set_header X-Forwarded-Proto http;")
    (folder / "nginx").mkdir()
    front = running.enter_context(proxies.nginx(folder / "nginx", public=port, instead=[named, scheme]))
    trusted = ssl.create_default_context(cafile=str(folder / "nginx/tls.pem"))
    # As long as nginx waits for the site: what is slow is no error.
    return site, Door("127.0.0.1", front.https, proxies.NAME, trusted, longest_answer=60)


def _run_in_shell(site: running_site.Site, code: str) -> str:
    """Run Python beside the site's server, as the desk's machine would; returns what it printed."""
    environment = running_site.demo_environment(site.data_dir) | site.changes
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-v0", "-c"]
    command.append(f"import json; from bench.seeding import stories; {code}")
    done = subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return done.stdout.decode()


async def _play(site: running_site.Site, front: Door, seconds: float) -> int:
    codes, slugs = json.loads(_run_in_shell(site, f"print(json.dumps(stories.give_codes({WITHDRAWN})))"))
    crowd = Crowd([front], day_in_the_news(slugs, searches=True), coming_back=CAME_BACK / ACCOUNTS)
    readers, contributors = (each / MINUTES / 60 for each in (VIEWS, ACCOUNTS))
    print(f"{readers:.0f} views and {contributors:.2f} accounts a second, {seconds / 60:g} minutes", flush=True)
    beside = await _bytes_beside_a_page(crowd)
    server = Server(0, os.getpgid(site.process.pid))
    began, used, worked = time.monotonic(), server.cpu(), _machine_cpu()
    pause = seconds / (WITHDRAWN + 1)
    async with crowd.coming(readers=readers, contributors=contributors, codes=codes, pause=pause):
        publishing = asyncio.create_task(_publish(site, seconds))
        await asyncio.sleep(seconds * (1 - ATTACKED))
        day, crowd.seen = crowd.seen, Seen()
        searches = await _attack(crowd, seconds * ATTACKED)
        await publishing
    took = time.monotonic() - began
    _say_work(day, beside, (server.cpu() - used) / took, (_machine_cpu() - worked) / took)
    _say_speed(day, crowd.seen)
    return await _count_what_went_wrong(crowd, [day, crowd.seen], searches)


async def _publish(site: running_site.Site, seconds: float) -> None:
    for _ in range(2):
        await asyncio.sleep(seconds / 3)
        await asyncio.to_thread(_run_in_shell, site, f"stories.seed({PUBLISHED // 2})")


async def _attack(crowd: Crowd, seconds: float) -> Counter[str]:
    """Search from one network, another word each time; what came of it is nobody's error."""
    answers: Counter[str] = Counter()

    async def search(due: float) -> None:
        try:
            await Visitor(crowd.doors, 0).ask(f"/search/?q=word{due}")
            answers["200"] += 1
        except NoAnswer as error:
            answers[str(error)] += 1

    async with asyncio.TaskGroup() as going:
        attacking = going.create_task(arrive(SEARCHES_A_SECOND, search, going))
        await asyncio.sleep(seconds)
        attacking.cancel()
    return answers


async def _bytes_beside_a_page(crowd: Crowd) -> int:
    """What home needs besides itself, once a reader: styles, scripts, pictures, fonts."""
    home, visitor = await crowd.visitor().ask("/"), crowd.visitor()
    for path in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', home))):
        page = await visitor.ask(path)
        for font in set(re.findall(r'url\("?([^")]+\.woff2)', page)):
            await visitor.ask(urljoin(path, font))
    return visitor.size


def _machine_cpu() -> float:
    """Seconds of a processor that this machine has worked so far, whoever for."""
    ticks = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


# --- What came of it ------------------------------------------------------------------------


def _say_speed(day: Seen, attacked: Seen) -> None:
    for name, seen in {"the day": day, "under attack": attacked}.items():
        for most, asked in ((0.1, 99), (1.0, 99.9)):
            share = sum(each <= most for each in seen.took) / max(1, len(seen.took)) * 100
            _say(f"{name}: % answered within {most} s, asked: {asked}", f"{share:.2f}", is_missed=share < asked)
        pages = [seconds for account in seen.accounts for seconds in account.took] or [0.0]
        slowest, middle = max(pages), statistics.median(pages)
        _say(f"{name}: slowest page of telling, asked: 1", f"{slowest:.2f} s", is_missed=slowest > 1)
        _say(f"{name}: the middle one", f"{middle:.2f} s")


def _say_work(day: Seen, beside: int, site: float, machine: float) -> None:
    view = day.size / max(1, len(day.took))
    _say("bytes a reader: a page, packed, with its head", f"{view:,.0f}")
    _say("besides, once a reader: styles, scripts, fonts", f"{beside:,}")
    _say(f"of {os.cpu_count()} cores: the site", f"{site:.2f}")
    _say("all that ran here, these readers too", f"{machine:.2f}")
    _say("a million views, all by new readers", f"{(view + beside) * VIEWS / 1e9:,.0f} GB")
    print(f"The same on a rented machine of two cores: £{RENT[0]} to £{RENT[1]} a month.")


async def _count_what_went_wrong(crowd: Crowd, parts: list[Seen], searches: Counter[str]) -> int:
    accounts, withdrawn = (
        [each for seen in parts for each in getattr(seen, name)] for name in ("accounts", "withdrawals")
    )
    lost = await crowd.find_lost(accounts)
    for withdrawal in withdrawn:
        await crowd.look_for(withdrawal, "in the end")
    still = [f"{each.slug} {place}" for each in withdrawn for place in each.seen]
    _say("page views", f"{sum(len(seen.took) for seen in parts):,}")
    _say("accounts acknowledged, and of them lost", f"{len(accounts)}, {len(lost)}", is_missed=bool(lost))
    _say("came back with their code", f"{crowd.came_back}")
    _say("taken back, and still seen", f"{len(withdrawn)}, {len(still)}", is_missed=bool(still))
    errors = Counter(f"{error.who}'s error: {error.why}" for seen in parts for error in seen.errors)
    errors += Counter({f"attacker's search: {why}": count for why, count in searches.items()})
    for what, count in sorted(errors.items()):
        _say(what, f"{count:,}")
    # A reader or an attacker who is told to come again, on a machine that does other things too, has lost nothing.
    wrong = [what for what in errors if not re.match(r"(reader|attacker).*: (200|503 |TimeoutError)", what)]
    return int(bool(wrong or lost or still or not accounts))


def _say(what: str, value: str, *, is_missed: bool = False) -> None:
    print(f"{what:<56} {value:>12}{'  missed' if is_missed else ''}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
