"""What one person with one machine can do to the site: stalled forms, words that are dear to look at, searches.

    .venv/bin/python bench/attacks.py [CHECKOUT …]

Each site is the demo of this tree, or of another checkout named on the command line, on granian alone, behind the
nginx.conf and behind the Caddyfile of its own checkout; each attack is measured on all of them in turn. Then: what
200 bodies of 10 MB take of its memory.
"""

import contextlib
import os
import selectors
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from tests import ports, proxies  # noqa: E402

NAME = "localhost"
STALLED = (0, 40, 400)
SEARCHING, SEARCHES_FOR = 50, 10  # connections, seconds
BODIES, BODY = 200, 10_000_000
LONGEST = 20  # seconds that anybody waits for a page
LONGEST_LOOK = 120  # seconds
TOLD = {"adult": "yes", "account": "I rang 101 and nobody rang back.", "step": "check"}
DEAR = {"account": "a@ " * 6663 + "a", "differently": "a@ " * 1330, "well": "a@ " * 1330}
PROSE = {
    "account": ("I rang 101 on a wet evening and waited. The officer said that it was not a crime. " * 250)[:19_990]
}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Front:
    """One way to one site: its name in the table, and how to open a line to it."""

    name: str
    connect: Callable[[], socket.socket]
    host: str

    def ask(self, path: str, body: bytes | None = None, *, longest: int = LONGEST) -> tuple[float, str]:
        """Return the seconds until the whole answer was here, or somebody lost patience, and its status."""
        began, answer = time.monotonic(), b""
        with contextlib.suppress(OSError), self.connect() as line:
            line.settimeout(longest)
            line.sendall(self.request(path, body))
            while len(answer) < 1 << 26 and (piece := line.recv(1 << 18)):
                answer += piece
        return time.monotonic() - began, answer[9:12].decode() or "none"

    def request(self, path: str, body: bytes | None = None, *, length: int | None = None) -> bytes:
        method = "GET" if body is None else "POST"
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\n"
        if body is not None:
            head += f"Content-Type: {FORM}\r\nContent-Length: {len(body) if length is None else length}\r\n"
        return f"{head}\r\n".encode() + (body or b"")


@dataclass(frozen=True)
class Site:
    """A checkout's demo that runs; `group` is its processes'."""

    checkout: Path
    port: int
    group: int

    @property
    def name(self) -> str:
        return "here" if self.checkout == ROOT else self.checkout.name


def main() -> None:
    checkouts = [ROOT, *(Path(each).resolve() for each in sys.argv[1:])]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        sites = [running.enter_context(_serve(each, f"{folder}/{number}")) for number, each in enumerate(checkouts)]
        fronts = [front for site in sites for front in _fronts(site, Path(folder), running)]
        for front in fronts:
            front.ask("/search/?q=warm"), front.ask("/tell/form/", urlencode(TOLD).encode())
        _print("worst page, in seconds, while forms stall", fronts, {f"{n} stalled": _stalled(n) for n in STALLED})
        _print("one look, in seconds", fronts, {"a@ a@ …": _look(DEAR), "20,000 letters of prose": _look(PROSE)})
        _print(f"the form, while {SEARCHING} search", fronts, {"median · slowest · searches": _searches})
        straight = {site.name: site for site in sites}
        _print(f"{BODIES} bodies of 10 MB", straight.values(), {"MB more · answers": _memory})


def _print(title: str, rows: object, columns: dict[str, Callable[..., str]]) -> None:
    print(f"\n{title:<44} " + " ".join(f"{name:>28}" for name in columns), flush=True)
    for row in rows:  # type: ignore[attr-defined]
        print(f"{row.name:<44} " + " ".join(f"{measure(row):>28}" for measure in columns.values()), flush=True)


# --- What is attacked -----------------------------------------------------------------------


@contextlib.contextmanager
def _serve(checkout: Path, folder: str) -> Iterator[Site]:
    """Serve the demo of a checkout, made anew in `folder`."""
    port = ports.held_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {"PORT": str(port), "DATA_DIR": folder, "RUN_DIR": f"{folder}/run", "TRUSTED_PROXIES": "127.0.0.1"}
    print(f"Making the demo of {checkout.name} …", flush=True)
    command = [sys.executable, str(checkout / "deploy" / "run_demo.py")]
    # granian looks for code where it was started too.
    where = {"cwd": checkout, "env": environment, "start_new_session": True}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **where)
    try:
        for line in process.stdout or ():
            if "is ready" in line:
                break
        threading.Thread(target=(process.stdout or sys.stdin).read, daemon=True).start()
        server = int(
            subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()[0]
        )
        yield Site(checkout, port, server)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _fronts(site: Site, folder: Path, running: contextlib.ExitStack) -> Iterator[Front]:
    straight = f"127.0.0.1:{site.port}"
    yield Front(f"{site.name}, granian alone", lambda: _connect(site.port), straight)
    for serve in filter(lambda each: proxies.program(each.__name__), (proxies.nginx, proxies.caddy)):
        own = folder / f"{site.name}-{serve.__name__}"
        own.mkdir()
        _copy_shipped(site.checkout, own)
        # The demo answers to this machine's own names alone.
        instead = [("desk.heard.example", "desk.localhost"), ("heard.example", NAME)]
        proxy = running.enter_context(serve(own, public=site.port, instead=instead))
        yield Front(f"{site.name}, {serve.__name__} in front", _through(proxy.https), NAME)


def _copy_shipped(checkout: Path, folder: Path) -> None:
    """Have `proxies` read the files that this checkout ships; what it replaces stood in none of the first ones."""
    (folder / "deploy").mkdir()
    for name in ("nginx.conf", "Caddyfile"):
        text = (checkout / "deploy" / name).read_text()
        (folder / "deploy" / name).write_text(text if "heardexample.onion" in text else f"{text}# heardexample.onion\n")
    proxies.ROOT = folder


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=LONGEST)


def _through(port: int) -> Callable[[], socket.socket]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return lambda: context.wrap_socket(_connect(port), server_hostname=NAME)


# --- The attacks ----------------------------------------------------------------------------


def _stalled(count: int) -> Callable[[Front], str]:
    def measure(front: Front) -> str:
        body = urlencode(TOLD).encode()
        _wait_until_calm(front)
        with contextlib.ExitStack() as lines:
            for _ in range(count):
                with contextlib.suppress(OSError):
                    line = lines.enter_context(front.connect())
                    line.sendall(front.request("/tell/form/", b"account=hello", length=50_000))
            time.sleep(1)
            pages = [("/", None), ("/tell/form/", None), ("/stories/", None), ("/tell/form/", body)]
            asked: list[tuple[float, str]] = []
            # Once one isn't served, none is.
            while len(asked) < 3 * len(pages) and all(status == "200" for _, status in asked):
                asked.append(front.ask(*pages[len(asked) % len(pages)]))
        return _worst(asked)

    return measure


def _wait_until_calm(front: Front) -> None:
    """Let the server get over the attack before this one, where it can."""
    until = time.monotonic() + 6 * LONGEST
    while time.monotonic() < until and any(front.ask("/")[1] != "200" for _ in range(8)):
        time.sleep(1)


def _worst(asked: list[tuple[float, str]]) -> str:
    slowest = max(seconds for seconds, _ in asked)
    return f"{slowest:.2f}" + ("" if all(status == "200" for _, status in asked) else ", not served")


def _look(fields: dict[str, str]) -> Callable[[Front], str]:
    def measure(front: Front) -> str:
        return _worst([front.ask("/tell/form/", urlencode(TOLD | fields).encode(), longest=LONGEST_LOOK)])

    return measure


def _searches(front: Front) -> str:
    statuses: Counter[str] = Counter()
    is_over = threading.Event()

    def search(name: int) -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            statuses[front.ask(f"/search/?q=police+{name}+{number}")[1]] += 1

    searching = [threading.Thread(target=search, args=[name]) for name in range(SEARCHING)]
    for each in searching:
        each.start()
    time.sleep(2)
    until, asked = time.monotonic() + SEARCHES_FOR, []
    while time.monotonic() < until:
        asked.append(front.ask("/tell/form/"))
        time.sleep(0.1)
    is_over.set()
    for each in searching:
        each.join()
    said = " ".join(f"{status}:{count}" for status, count in sorted(statuses.items()))
    return f"{statistics.median(seconds for seconds, _ in asked):.2f} · {_worst(asked)} · {said}"


def _memory(site: Site) -> str:
    """Send bodies of which each lacks its last byte, and look at what the server holds; then send that too."""
    front = Front("", lambda: _connect(site.port), f"127.0.0.1:{site.port}")
    before, body, lines = _resident(site.group), b"account=" + b"x" * (BODY - 9), []
    most, answers = before, Counter[str]()
    with selectors.DefaultSelector() as selector:
        for _ in range(BODIES):
            line = front.connect()
            line.setblocking(False)
            selector.register(line, selectors.EVENT_WRITE, memoryview(front.request("/tell/form/", body, length=BODY)))
            lines.append(line)
        until = time.monotonic() + LONGEST
        while selector.get_map() and time.monotonic() < until:
            for key, _ in selector.select(1):
                _send_more(selector, key)
            most = max(most, _resident(site.group))
    for line in lines:
        line.settimeout(0.01)
        with contextlib.suppress(OSError):
            answers[line.recv(12)[9:12].decode() or "closed"] += 1
        line.close()
    return f"{(most - before) / 1e6:.0f} · {dict(answers) or 'none yet'}"


def _send_more(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    try:
        rest = key.data[key.fileobj.send(key.data[: 1 << 18]) :]  # type: ignore[union-attr]
    except BlockingIOError:
        return
    except OSError:
        rest = b""
    if rest:
        selector.modify(key.fileobj, selectors.EVENT_WRITE, rest)
    else:
        selector.unregister(key.fileobj)


def _resident(group: int) -> int:
    """Bytes of memory that the processes of a group hold."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getpgid(int(folder.name)) == group:
                total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


if __name__ == "__main__":
    main()
