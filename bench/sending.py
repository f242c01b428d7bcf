"""How many accounts a second the last press of Send takes, beside a plain Django form on the same store.

Each is served by granian, ours as we ship it, and asked over HTTP by eight people at once who never pause: A B C,
A B C. The yardstick (`bench/yardstick`) is what `startproject` gives with a ModelForm: it asks our questions, stores
them in one row in the clear, and answers with a redirect. Ours seals them, stores them, and answers with the page that
has the code.
"""

import os
import re
import secrets
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 8
ROUNDS = 7
EACH = 400
LONGEST_START = 60  # seconds
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
class Round:
    """What one round of one contestant came to: accounts a second, slowest of a hundred in ms, how many went wrong."""

    a_second: float
    slow_ms: float
    errors: int


@dataclass(frozen=True)
class Contestant:
    """`requests(count)` makes that many whole HTTP requests; `right` begins the answer to one that went well."""

    name: str
    port: int
    requests: Callable[[int], list[bytes]]
    right: bytes


def measure(folder: str) -> bool:
    """Print the table for the site in `folder`, in a process where Django is set up for it; True if all went well."""
    with ExitStack() as running:
        contestants = _contestants(folder, running)
        rounds: dict[str, list[Round]] = {each.name: [] for each in contestants}
        for each in contestants:
            run_round(each, EACH // 2)
        for _ in range(ROUNDS):
            for each in contestants:
                rounds[each.name].append(run_round(each, EACH))
    return _report(rounds)


# --- Who is measured ------------------------------------------------------------------------


def _contestants(folder: str, running: ExitStack) -> list[Contestant]:
    ours, yardstick, keeping = _free_ports(3)
    running.enter_context(_serve(["deploy/serve.py"], ours, _our_environment()))
    plain = ["-m", "granian", "yardstick.wsgi:application", "--interface", "wsgi", "--blocking-threads", "4"]
    for port, keeps in ((yardstick, "0"), (keeping, "600")):
        running.enter_context(_serve(plain, port, _yardsticks_environment(folder, keeps)))
    return [
        Contestant("ours", ours, lambda count: _our_requests(ours, count), b"HTTP/1.1 200"),
        Contestant("ours, into a full flood tray", ours, lambda count: _floods(ours, count), b"HTTP/1.1 200"),
        Contestant("plain ModelForm", yardstick, lambda count: _plain(yardstick, count, "/tell/"), b"HTTP/1.1 302"),
        Contestant("plain, connections kept", keeping, lambda count: _plain(keeping, count, "/tell/"), b"HTTP/1.1 302"),
        Contestant(
            "plain, five columns only",
            yardstick,
            lambda count: _plain(yardstick, count, "/tell-shortly/"),
            b"HTTP/1.1 302",
        ),
    ]


def _our_environment() -> dict[str, str]:
    # It believes what we say of where somebody comes from, as it would a proxy.
    return os.environ | {"PYTHONPATH": f"site{os.pathsep}.", "TRUSTED_PROXIES": "127.0.0.1"}


def _yardsticks_environment(folder: str, keeps: str) -> dict[str, str]:
    url = os.environ.get("BENCH_YARDSTICK_DATABASE_URL") or f"sqlite:///{folder}/yardstick.sqlite3"
    environment = os.environ | {
        "PYTHONPATH": f"bench{os.pathsep}.",
        "DJANGO_SETTINGS_MODULE": "yardstick.settings",
        "YARDSTICK_DATABASE_URL": url,
        "YARDSTICK_KEEPS_CONNECTIONS": keeps,
    }
    make = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    subprocess.run(make, cwd=ROOT, env=environment, check=True)
    return environment


@contextmanager
def _serve(application: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, *application, "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=environment, start_new_session=True)
    try:
        _wait_for(port)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("A server did not start.")


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


# --- What is sent ---------------------------------------------------------------------------

_networks = iter(range(256**2))


def _our_requests(port: int, count: int) -> list[bytes]:
    """Each from another network, so that none is over a limit."""
    return [_post(port, "/tell/form/", _sent(), _from_somewhere()) for _ in range(count)]


def _floods(port: int, count: int) -> list[bytes]:
    return [_post(port, "/tell/form/", {**_sent(), "website": "spam"}, _from_somewhere()) for _ in range(count)]


def _sent() -> dict[str, object]:
    """What stands on the check page when somebody presses Send; its token was made hours before any limit of time."""
    from stories.crypto import receipts
    from stories.intake import public_form

    token = public_form.issue_token("send", since="0", code=receipts.new_code(), began_from="")
    return {**TOLD, "step": "send", "token": token}


def _from_somewhere() -> str:
    number = next(_networks)
    return f"X-Forwarded-For: 10.{number // 256}.{number % 256}.1\r\n"


def _plain(port: int, count: int, path: str) -> list[bytes]:
    secret = secrets.token_hex(16)
    return [_post(port, path, {**TOLD, "csrfmiddlewaretoken": secret}, f"Cookie: csrftoken={secret}\r\n")] * count


def _post(port: int, path: str, fields: dict[str, object], headers: str) -> bytes:
    body = urlencode(fields, doseq=True).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n{headers}"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body


# --- Asking ---------------------------------------------------------------------------------


@dataclass
class _Person:
    """One who never pauses: what came of the answer so far, and when the request went out."""

    line: socket.socket
    began: float = 0.0
    answer: bytes = b""

    def send(self, request: bytes) -> None:
        self.began, self.answer = time.perf_counter(), b""
        self.line.sendall(request)

    def has_all(self) -> bool:
        """Take what has come; True once the answer is whole."""
        more = self.line.recv(1 << 18)
        if not more:
            raise ConnectionError("the server closed the line")
        self.answer += more
        head, found, body = self.answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head) if found else None
        return length is not None and len(body) >= int(length[1])


def run_round(contestant: Contestant, count: int) -> Round:
    """One thread for all eight, so that the asking takes little of the machine that answers."""
    requests, times, errors = iter(contestant.requests(count)), [], 0
    with selectors.DefaultSelector() as selector, ExitStack() as lines:
        for _ in range(PEOPLE):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", contestant.port), timeout=60))
            selector.register(line, selectors.EVENT_READ, _Person(line))
        began = time.perf_counter()
        for key in list(selector.get_map().values()):
            key.data.send(next(requests))
        while len(times) < count:
            for key, _ in selector.select():
                if not key.data.has_all():
                    continue
                times.append(time.perf_counter() - key.data.began)
                errors += not key.data.answer.startswith(contestant.right)
                if request := next(requests, None):
                    key.data.send(request)
        took = time.perf_counter() - began
    return Round(count / took, sorted(times)[count * 99 // 100] * 1000, errors)


def _report(rounds: dict[str, list[Round]]) -> bool:
    print(
        f"\n{'the last press of Send':<32} {'a second':>9} {'ours to it':>11} {'slowest of 100, ms':>19} {'errors':>7}"
    )
    for name, measured in rounds.items():
        ratios = [ours.a_second / each.a_second for ours, each in zip(rounds["ours"], measured, strict=True)]
        a_second, slow = (
            statistics.median(getattr(each, field) for each in measured) for field in ("a_second", "slow_ms")
        )
        errors = sum(each.errors for each in measured)
        print(f"{name:<32} {a_second:>9.0f} {statistics.median(ratios):>11.2f} {slow:>19.0f} {errors:>7}")
    return not any(each.errors for measured in rounds.values() for each in measured)
