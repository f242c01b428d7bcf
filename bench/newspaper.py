"""The day that Heard is on the evening news: a million page views, and people who tell meanwhile.

Half of the views come in one hour, at 139 a second; the other half is pressed into a second hour. Sixty in a hundred
ask for home and one story, twenty-five for lists and patterns, ten for figures and searches, five for the long tail.
Meanwhile 2,000 accounts are told, 200 people come back with their code, ten stories are published and three go down;
in the last ten minutes somebody searches fifty times a second without a pause. Readers ask through nginx as shipped.
`--minutes 2` runs the same in two minutes at the same pace, counting what went wrong and nothing else.
"""

import argparse
import html
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "site"), str(ROOT)]

from serving import Server  # noqa: E402

from tests import proxies, running_site  # noqa: E402

VIEWS_A_SECOND, ACCOUNTS_A_SECOND, CAME_BACK, SEARCHES_A_SECOND = 139.0, 0.3, 0.1, 50
READERS, TELLERS = 12, 4
PUBLISHED, WITHDRAWN = 10, 3
# A second here, and one in front; then nobody may see a story that went down.
GONE_AFTER = 2.0
# What a rented machine with two cores and a terabyte or two of traffic cost a month in 2026, in pounds: low to high.
RENT = (6, 25)


@dataclass
class Seen:
    """What happened, written down by many threads."""

    seconds: list[float] = field(default_factory=list)
    telling: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    size: int = 0
    codes: list[tuple[str, str]] = field(default_factory=list)
    down: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, seconds: float | None = None) -> None:
        with self.lock:
            self.counts[what] += 1
            if seconds is not None:
                self.seconds.append(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=120, help="how long; half of it is the hour of the rush")
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--demo", default="", help="the folder of a demo that was made already")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        site, front = _serve(Path(folder), told.demo, told.stories, running)
        seen = Seen()
        server = Server(0, os.getpgid(site.process.pid))
        began, used = time.monotonic(), server.cpu()
        _run(site, front, seen, told.minutes * 60)
        took = time.monotonic() - began
        return _report(site, seen, took, (server.cpu() - used) / took)


def _serve(folder: Path, demo: str, stories: int, running: ExitStack) -> tuple[running_site.Site, proxies.Proxy]:
    print(f"Making {stories:,} stories …", flush=True)
    changes = {"TRUSTED_PROXIES": "127.0.0.1"}
    if not demo:
        demo = f"{folder}/demo"
        with running_site.serve_demo(demo, **changes):
            pass
    site = running.enter_context(running_site.serve_again(demo, **changes))
    _run_in_shell(site, f"from bench.seeding import stories; stories.seed({stories})")
    port = site.url.rpartition(":")[2]
    named = ("proxy_set_header Host $host;", f"proxy_set_header Host 127.0.0.1:{port};")
    scheme = ("proxy_set_header X-Forwarded-Proto $scheme;", "proxy_set_header X-Forwarded-Proto http;")
    (folder / "nginx").mkdir()
    return site, running.enter_context(proxies.nginx(folder / "nginx", public=port, instead=[named, scheme]))


def _run_in_shell(site: running_site.Site, code: str) -> None:
    """Run Python beside the site's server, as the desk's machine would."""
    environment = running_site.demo_environment(site.data_dir) | site.changes
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-c", code]
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _run(site: running_site.Site, front: proxies.Proxy, seen: Seen, seconds: float) -> None:
    until = time.monotonic() + seconds
    stories = _stories(site)
    pages = _pages(stories)
    jobs: list[tuple[Callable[..., None], tuple[object, ...]]] = [
        *[(_read, (front, seen, pages, READERS / VIEWS_A_SECOND, until)) for _ in range(READERS)],
        *[(_tell, (site, seen, TELLERS / ACCOUNTS_A_SECOND, until, number)) for number in range(TELLERS)],
        (_edit, (site, seen, stories, seconds, until)),
        (_search, (front, seen, until - seconds / 12, until)),
        (_watch, (front, seen, until)),
    ]
    threads = [threading.Thread(target=_kept_going, args=(job, seen, *given)) for job, given in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _kept_going(job: Callable[..., None], seen: Seen, *given: object) -> None:
    try:
        job(*given)
    except Exception as error:
        print(f"  {job.__name__} broke off: {error!r}", flush=True)
        seen.count("a part of this bench broke off")


# --- Readers --------------------------------------------------------------------------------


def _stories(site: running_site.Site) -> list[str]:
    visitor = running_site.Visitor(site.url)
    found = [path for page in ("/stories/", "/", "/wall/") for path in running_site.STORY.findall(visitor.get(page))]
    return list(dict.fromkeys(found))


def _pages(stories: list[str]) -> Iterator[str]:
    """The addresses that readers ask for, in the shares of a day in the news."""
    dice = random.Random(7)
    words = ("police", "ignored", "photos", "phone", "evidence", "closed", "school", "threats", "website", "kindness")
    while True:
        share = dice.random()
        if share < 0.6:
            yield dice.choice(("/", stories[0]))
        elif share < 0.85:
            yield dice.choice(
                ("/stories/", "/patterns/", "/stories/?force=kent", "/forces/", "/stories/?outcome=closed")
            )
        elif share < 0.95:
            yield dice.choice(("/what-we-hear/", f"/search/?q={dice.choice(words)}"))
        else:
            yield dice.choice((*stories[1:], "/get-help/", "/open-data/", "/the-law/", "/cy/"))


class Line:
    """A browser's line to nginx, opened again where that has closed it."""

    def __init__(self, front: proxies.Proxy) -> None:
        self._front, self._line = front, HTTPConnection("127.0.0.1")

    def ask(self, path: str) -> tuple[int, int]:
        """The status of the page at `path` and its bytes; status 0 where no answer comes."""
        for _ in range(2):
            try:
                self._line.sock = self._line.sock or self._front.connect()
                said = {"Host": proxies.NAME, "Accept-Encoding": "gzip, deflate, br"}
                self._line.request("GET", path, headers=said)
                answer = self._line.getresponse()
                return answer.status, len(answer.read())
            except (OSError, HTTPException):
                self._line.close()
        return 0, 0


def _read(front: proxies.Proxy, seen: Seen, pages: Iterator[str], pause: float, until: float) -> None:
    """Ask at an even pace, whatever the answers take, so that a slow one makes those behind it late."""
    due = time.monotonic() + random.random() * pause
    line = Line(front)
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        with seen.lock:
            path = next(pages)
        status, size = line.ask(path)
        # One that went down says so.
        seen.count("read" if status in (200, 410) else f"readers' error {status}", time.monotonic() - due)
        seen.size += size
        due += pause


def _search(front: proxies.Proxy, seen: Seen, begin: float, until: float) -> None:
    """One attacker, as fast as fifty a second."""
    time.sleep(max(0.0, begin - time.monotonic()))
    line, number = Line(front), 0
    while time.monotonic() < until:
        number += 1
        seen.count(f"of the attacker's searches, answered {line.ask(f'/search/?q=word{number}')[0]}")
        time.sleep(1 / SEARCHES_A_SECOND)


# --- Those who tell -------------------------------------------------------------------------


def _tell(site: running_site.Site, seen: Seen, pause: float, until: float, number: int) -> None:
    due, told = time.monotonic() + pause * random.random(), 0
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        told += 1
        visitor = running_site.Visitor(site.url, **{"X-Forwarded-For": f"10.{number}.{told // 250}.{told % 250}"})
        try:
            code, words = _told(visitor, seen)
            if told % round(1 / CAME_BACK) == 0:
                is_there = words in html.unescape(visitor.come_back(code))
                seen.count("came back" if is_there else "came back and found nothing")
        except Exception as error:
            seen.count(f"error for who tells: {type(error).__name__} {getattr(visitor, 'status', '')}")
        due += pause


def _told(visitor: running_site.Visitor, seen: Seen) -> tuple[str, str]:
    """The code that somebody was given, and their words."""
    words = f"I rang 101 and nobody rang back. My reference was {secrets.token_hex(8)}."
    for step in ("", "check", "send"):
        began = time.monotonic()
        if step:
            visitor.post("/tell/form/", step=step, adult="yes", account=words)
        else:
            visitor.get("/tell/form/")
        seen.telling.append(time.monotonic() - began)
    seen.codes.append((visitor.code(), words))
    seen.count("told")
    return seen.codes[-1]


# --- The desk -------------------------------------------------------------------------------


def _edit(site: running_site.Site, seen: Seen, stories: list[str], seconds: float, until: float) -> None:
    """Publish ten stories in two batches and take three down, spread over the time."""
    deeds = [("publish", PUBLISHED // 2), *[("down", path) for path in stories[2 : 2 + WITHDRAWN]], ("publish", 5)]
    for number, (deed, what) in enumerate(deeds, start=1):
        time.sleep(max(0.0, until - seconds + number * seconds / (len(deeds) + 1) - time.monotonic()))
        if deed == "publish":
            _run_in_shell(site, f"from bench.seeding import stories; stories.seed({what})")
            seen.count("batches published")
        else:
            slug = str(what).strip("/").rpartition("/")[2]
            code = "from stories.core import takedown; from stories.models import Story\n"
            _run_in_shell(site, f"{code}takedown.hide_story(Story.objects.get(slug='{slug}'))")
            seen.down[str(what)] = time.monotonic()
            seen.count("taken down")


def _watch(front: proxies.Proxy, seen: Seen, until: float) -> None:
    """Ask for what went down, in front, until the end."""
    line = Line(front)
    while time.monotonic() < until:
        for path, since in list(seen.down.items()):
            if time.monotonic() > since + GONE_AFTER and line.ask(path)[0] == 200:
                seen.count("seen two seconds after it went down")
        time.sleep(0.25)


# --- What came of it ------------------------------------------------------------------------


def _report(site: running_site.Site, seen: Seen, took: float, cores: float) -> int:
    lost = _lost(site, seen)
    for what, many in sorted(seen.counts.items()):
        print(f"{what:<48} {many:>9,}")
    print(f"{'accounts acknowledged and lost':<48} {lost:>9,}")
    quick = [sum(each <= most for each in seen.seconds) / len(seen.seconds) * 100 for most in (0.1, 1.0)]
    print(f"{'answered within 0.1 s, asked: 99':<48} {quick[0]:>9.2f} %")
    print(f"{'answered within 1 s, asked: 99.9':<48} {quick[1]:>9.2f} %")
    print(f"{'slowest page or way of telling, in seconds':<48} {max(seen.telling, default=0):>9.2f}")
    print(f"{'the middle one':<48} {statistics.median(seen.telling or [0]):>9.2f}")
    print(f"{'bytes a view':<48} {seen.size // max(1, len(seen.seconds)):>9,}")
    print(f"{'of its cores the site used':<48} {cores:>9.2f}")
    print(f"The same on a rented machine of two cores: £{RENT[0]} to £{RENT[1]} a month.")
    # A reader who is told to come again on a machine that does other things too has lost nothing.
    wrong = [what for what in seen.counts if what.startswith(("error for who", "seen two", "a part", "came back and"))]
    return int(bool(wrong or lost or not seen.counts["told"]))


def _lost(site: running_site.Site, seen: Seen) -> int:
    """The accounts that somebody was given a code for, and that it opens no more."""
    lost = 0
    for number, (code, words) in enumerate(seen.codes):
        visitor = running_site.Visitor(site.url, **{"X-Forwarded-For": f"10.200.{number // 250}.{number % 250}"})
        lost += words not in html.unescape(visitor.come_back(code))
    return lost


if __name__ == "__main__":
    sys.exit(main())
