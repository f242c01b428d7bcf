"""Servers for the bench, each a group of processes, and what they use: seconds of a processor, and memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.ports import held_port

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 120  # seconds
# With BENCH_QUICK there is one short round of each, to see that it runs.
IS_QUICK = bool(os.environ.get("BENCH_QUICK"))
ROUNDS = 1 if IS_QUICK else 7
# Seconds of a processor that one turn takes: the system counts in hundredths.
TURN = 0.05 if IS_QUICK else 0.8
LINES, LOT = 4, 12
_TICKS = os.sysconf("SC_CLK_TCK")
# What somebody tells who fills in the form.
ACCOUNT = "I rang 101 on a wet evening and waited for an hour. The officer said that it was not a crime. " * 12
TOLD = {
    "adult": "yes",
    "account": ACCOUNT,
    "differently": "Ring people back when you say you will.",
    "force": "kent",
    "place_shown": "force",
    "year": "2024",
    "outcome": "closed",
    "reported": ["101", "online"],
    "consent_publish": "on",
    "consent_count": "on",
}


@dataclass(frozen=True)
class Server:
    """One that answers at a port of this machine; `started_in` seconds until its first page.

    `leader` is its first process. What PostgreSQL's processes do in `database` counts as done by it.
    """

    port: int
    leader: int
    started_in: float = 0.0
    database: str = ""

    def cpu(self) -> float:
        """Seconds of a processor that have been used for it so far."""
        stats = [stat for _pid, stat in self._stats()] + [*self._database_stats()]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / _TICKS

    def memory(self) -> list[int]:
        """What each process holds in memory, in bytes, its part of what they share counted once."""
        held = []
        for pid, _stat in self._stats():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            held.append(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")))
        return held

    def _stats(self) -> Iterator[tuple[str, list[str]]]:
        """Of the first process, those that it started, and those of its group."""
        for path in Path("/proc").glob("[0-9]*/stat"):
            stat = _read_stat(path)
            if stat and self.leader in (int(path.parent.name), int(stat[1]), int(stat[2])):
                yield path.parent.name, stat

    def _database_stats(self) -> Iterator[list[str]]:
        for path in Path("/proc").glob("[0-9]*/cmdline") if self.database else ():
            with suppress(OSError):
                words = path.read_text().split()
                if words[:1] == ["postgres:"] and self.database in words and (stat := _read_stat(path.parent / "stat")):
                    yield stat


def _read_stat(path: Path) -> list[str]:
    """What follows the name of a process; nothing where it has ended."""
    try:
        return path.read_text().rpartition(") ")[2].split()
    except OSError:
        return []


@contextmanager
def serve(
    command: Iterable[str], port: int, environment: Mapping[str, str], *, ready: str, database: str = ""
) -> Iterator[Server]:
    """Run a server until the block ends; `ready` is a path that has to answer first."""
    began = time.monotonic()
    process = subprocess.Popen(
        [*command], cwd=ROOT, env={**os.environ, **environment}, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        while process.poll() is None and time.monotonic() < began + LONGEST_START:
            try:
                if get(port, [request(port, ready)])[0].startswith(b"HTTP/1.1 200"):
                    break
            except OSError:
                time.sleep(0.05)
        else:
            sys.exit(f"A server did not start: {' '.join(command)}")
        yield Server(port, process.pid, time.monotonic() - began, database)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def serve_ours(*, database: str = "", **environment: str) -> AbstractContextManager[Server]:
    """Heard, as we ship it, on the site of this process's environment."""
    port = held_port()
    command = granian(["deploy/serve.py"], port)
    return serve(command, port, environment, ready="/stories/", database=database)


def serve_yardstick(*, database: str = "") -> AbstractContextManager[Server]:
    """The ordinary Wagtail site, with as many processes and threads; its bare view is the base of all ratios."""
    port = held_port()
    # One that is asked what it never ends is not waited for.
    options = ["--interface", "wsgi", "--blocking-threads", "4", "--workers-kill-timeout", "1"]
    command = granian(["-m", "granian", "django.core.wsgi:get_wsgi_application", "--factory", *options], port)
    environment = {"DJANGO_SETTINGS_MODULE": "yardstick.settings"}
    return serve(command, port, environment, ready="/hello/", database=database)


def database_name(variable: str) -> str:
    """Where there is a server for databases, which of them this is."""
    url = os.environ.get(variable, "")
    return url.rpartition("/")[2] if url.startswith("postgres") else ""


def granian(application: Iterable[str], port: int) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--log-level", "error"]
    return [sys.executable, *application, *where]


def turn(
    server: Server, requests: Iterator[bytes], *, lines: int = LINES, lot: int = LOT, longest: float = 60
) -> float:
    """Milliseconds of a processor that a request costs: neither a slow client nor a busy neighbour changes it much."""
    before, asked = server.cpu(), 0
    with ThreadPoolExecutor(lines) as threads:
        while server.cpu() - before < TURN:
            lots = [[*islice(requests, lot)] for _ in range(lines)]
            for answers in threads.map(lambda lot: get(server.port, lot, longest=longest), lots):
                if wrong := [answer for answer in answers if not answer.startswith(b"HTTP/1.1 200")]:
                    sys.exit(f"{lots[0][0].split(maxsplit=2)[1].decode()}: {wrong[0].decode(errors='replace')}")
                asked += len(answers)
    return (server.cpu() - before) / asked * 1000


def request(port: int, path: str, *headers: str, host: str = "", packing: str = "gzip, deflate, br") -> bytes:
    """A GET as a browser sends it, on a line that stays open."""
    host = host or f"127.0.0.1:{port}"
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", f"Accept-Encoding: {packing}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def get(port: int, requests: Iterable[bytes], *, longest: float = 60, most: int = 200) -> list[bytes]:
    """Send each after the answer to the one before, on one line; returns the first `most` bytes of each answer."""
    answers = []
    with socket.create_connection(("127.0.0.1", port), timeout=longest) as line:
        file = line.makefile("rb")
        for each in requests:
            line.sendall(each)
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                if not (more := file.readline()):
                    raise ConnectionError(head[:200])
                head += more
            length = next(
                (int(part[15:]) for part in head.split(b"\r\n") if part.lower().startswith(b"content-length:")), 0
            )
            answers.append((head + file.read(length))[:most])
    return answers
