"""The site as people meet it: `make run`'s own server in a process of its own, and a real Chromium."""

import html
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy import run_demo
from tests.ports import held_port

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "heard.sqlite3"
# In seconds. Only what has gone wrong takes so long, on however slow a machine.
LONGEST_START, LONGEST_ANSWER, LONGEST_END = 480, 120, 120
STORY = re.compile(r"/stories/[0-9a-z]{12}/")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing that a page asks for leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


_HEARD = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}


@dataclass
class Site:
    """A served site: name → {"password", "words"}; `changes` of the demo's environment; the lines that it `said`."""

    url: str
    data_dir: Path
    people: dict = field(default_factory=dict)
    process: subprocess.Popen = None
    said: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)


@contextmanager
def serve_demo(data_dir, **changes):
    """Serve the demo from an empty folder or empty tables, with `changes` of its environment; end all it started."""
    port = held_port()
    environment = _environment(data_dir, port) | changes
    process = subprocess.Popen([sys.executable, str(ROOT / "deploy" / "run_demo.py")], env=environment, **_HEARD)
    try:
        site = _ready(process, port, Path(data_dir), changes)
        log_ins = [told[each] for told in site.people.values() for each in ("password", "words")]
        until(lambda: all(each in "".join(site.said) for each in log_ins))
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=LONGEST_END)


@contextmanager
def serve_again(data_dir, **changes):
    """Serve a folder that a demo made, in a second or two; `site.process` leads the group of all it started."""
    port = held_port()
    environment = demo_environment(data_dir, port) | changes
    process = subprocess.Popen(run_demo.command(port), env=environment, start_new_session=True, **_HEARD)
    try:
        yield _ready(process, port, Path(data_dir), changes)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=LONGEST_END)


def copy_of(site, data_dir):
    """Copy the folder of a demo that runs, as it is at this moment, for a server of one's own."""
    return copy_folder(site.data_dir, data_dir)


def copy_folder(folder, data_dir):
    data_dir.mkdir(parents=True, exist_ok=True)
    for name in ("demo-secrets.json", "demo-log-ins.json"):
        shutil.copy(folder / name, data_dir / name)
    (data_dir / "static").symlink_to(folder / "static")
    source, target = folder / DATABASE, data_dir / DATABASE
    with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(target)) as copy:
        running.backup(copy)
    return data_dir


def fill(data_dir):
    """Fill the folder of a demo that nobody serves just now; `filling` says with what."""
    command = [sys.executable, str(ROOT / "tests" / "filling.py")]
    subprocess.run(command, env=demo_environment(data_dir), check=True, capture_output=True)
    return data_dir


def demo_environment(data_dir, port=8000):
    """What a process of the demo needs to know, beside a server or instead of it."""
    return _environment(data_dir, port) | {
        "DEMO": "1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "heard.settings",
    }


def _environment(data_dir, port):
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_THE_DEMO}
    return kept | {"PORT": str(port), "DATA_DIR": str(data_dir), "RUN_DIR": str(Path(data_dir) / "run")}


_NOT_FOR_THE_DEMO = (
    *("DATABASE_URL", "SECRET_KEY", "RECEIPT_PEPPER", "BASE_URL", "ALLOWED_HOSTS", "DEMO", "CACHE_URL", "SERVE"),
    *("DESK_URL", "DJANGO_SETTINGS_MODULE", "TRUSTED_PROXIES", "ONION_HOST", "QUEUE_KEY_FINGERPRINT"),
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)


def _ready(process, port, data_dir, changes):
    """The site that this process serves, once it answers; what it says is kept for as long as it speaks."""
    site = Site(f"http://127.0.0.1:{port}", data_dir, process=process, changes=changes)
    threading.Thread(target=site.said.extend, args=[process.stdout], daemon=True).start()
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            WITHOUT_REDIRECTS.open(f"{site.url}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            site.people = json.loads((data_dir / "demo-log-ins.json").read_text())
            return site
    raise AssertionError("the server did not start:\n" + "".join(site.said[-30:]))


def until(is_so, *, seconds=LONGEST_ANSWER):
    """Wait until it is so; raises after so long, which only what has gone wrong takes."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def listens(port):
    """True where something listens at that port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port):
    until(lambda: listens(port), seconds=LONGEST_START)


def chromium():
    """The path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def headless_shell():
    """The path of a Chromium that has nothing but pages and costs a quarter less, or None."""
    return os.environ.get("HEADLESS_SHELL") or shutil.which("chromium-headless-shell")


@contextmanager
def browser(path=None):
    """The whole Chromium, or the one of that path."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, launch(playwright.chromium, path or chromium()) as opened:
        yield opened


def launch(engine, path):
    # As people have it: a page that is left stays in memory for the Back button.
    keeps_pages = ["--disable-back-forward-cache"]
    return engine.launch(executable_path=path, args=FLAGS, ignore_default_args=keeps_pages)


class _AsItComes(urllib.request.HTTPErrorProcessor):
    """The exit leads to another site, and no test of ours goes there; what went wrong has a page too."""

    def http_response(self, request, response):
        return response


WITHOUT_REDIRECTS = urllib.request.build_opener(_AsItComes)


class Page:
    """What somebody reads on the page that they have before them, and comes back with."""

    def __init__(self, page=""):
        self.page = page

    def text(self):
        """The words of the page as somebody reads them, those in boxes too."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.page))

    def code(self):
        """The receipt code as it stands there; empty where there is none."""
        found = re.search(r'id="receipt-code"[^>]*>(.*?)</div>', self.page, re.S)
        return re.sub(r"<[^>]*>|\s", "", found[1]) if found else ""

    def hidden(self):
        tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', self.page)
        pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
        return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}

    def come_back(self, code):
        return self.post_afresh("/return/", code=code)

    def post_afresh(self, path, **fields):
        self.page = ""
        return self.post(path, **fields)


class Visitor(Page):
    """Someone who fills in the forms over HTTP, page by page, as a browser without JavaScript would."""

    def __init__(self, url, **headers):
        super().__init__()
        self.url, self.headers, self.cookies = url, headers, []

    def get(self, path):
        return self._ask(urllib.request.Request(self.url + path, headers=self.headers))

    def post(self, path, **fields):
        """Send the page's hidden fields with `fields`."""
        return self.send(path, urllib.parse.urlencode(self.hidden() | fields, doseq=True).encode())

    def send(self, path, body, *, method="POST", **headers):
        """Send any body under any label, as broken browsers and proxies do."""
        sent = self.headers | headers
        return self._ask(urllib.request.Request(self.url + path, data=body, headers=sent, method=method))

    def tell(self, account, **answers):
        """Fill in the form, check, send; returns the receipt code."""
        told = {"adult": "yes", "account": account, **answers}
        self.get("/tell/form/")
        self.post("/tell/form/", step="check", **told)
        self.post("/tell/form/", step="send", **told)
        assert self.code(), "no code was shown"
        return self.code().replace("-", "")

    def _ask(self, request):
        with WITHOUT_REDIRECTS.open(request, timeout=LONGEST_ANSWER) as answer:
            self.cookies += answer.headers.get_all("Set-Cookie") or []
            # What is said to be text is UTF-8 to the last byte; of a picture or a zip, what can be read.
            is_text = answer.headers.get_content_type() not in ("image/png", "application/zip")
            self.status, self.page = answer.status, answer.read().decode(errors="strict" if is_text else "replace")
        return self.page
