"""Servers for the bench, each a group of processes, and what they use: seconds of a processor, and memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 120  # seconds
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """One that answers at a port of this machine; `started_in` seconds until its first page."""

    port: int
    group: int
    started_in: float = 0.0

    def cpu(self) -> float:
        """Seconds of a processor that its processes have used so far."""
        return sum(int(stat[11]) + int(stat[12]) for _pid, stat in self._stats()) / _TICKS

    def memory(self) -> list[int]:
        """What each process holds in memory, in bytes, its part of what they share counted once."""
        held = []
        for pid, _stat in self._stats():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            held.append(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")))
        return held

    def _stats(self) -> Iterator[tuple[str, list[str]]]:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                stat = path.read_text().rpartition(") ")[2].split()
            except OSError:
                continue
            if int(stat[2]) == self.group:
                yield path.parent.name, stat


@contextmanager
def serve(command: Iterable[str], port: int, environment: Mapping[str, str], *, ready: str = "") -> Iterator[Server]:
    """Run a server until the block ends; `ready` is a path that has to answer first."""
    began = time.monotonic()
    process = subprocess.Popen(
        [*command], cwd=ROOT, env={**os.environ, **environment}, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        while process.poll() is None and time.monotonic() < began + LONGEST_START:
            try:
                if not ready or get(port, [request(port, ready)])[0].startswith(b"HTTP/1.1 200"):
                    break
            except OSError:
                time.sleep(0.05)
        else:
            sys.exit(f"A server did not start: {' '.join(command)}")
        yield Server(port, process.pid, time.monotonic() - began)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def granian(application: Iterable[str], port: int) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--log-level", "error"]
    return [sys.executable, *application, *where]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def request(port: int, path: str, *headers: str) -> bytes:
    """A GET as a browser sends it, on a line that stays open."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip, deflate, br", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def get(port: int, requests: Iterable[bytes]) -> list[bytes]:
    """Send each after the answer to the one before, on one line; returns the first 200 bytes of each answer."""
    answers = []
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
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
            answers.append((head + file.read(length))[:200])
    return answers
