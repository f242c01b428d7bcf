"""The site as people meet it: `make run`'s own server in a process of its own, and a real Chromium."""

import html
import importlib.util
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
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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
    timer = threading.Timer(LONGEST_START, process.kill)
    timer.start()
    try:
        site = Site(f"http://127.0.0.1:{port}", Path(data_dir), process=process, changes=changes)
        _read_until_ready(site)
        timer.cancel()
        yield site
    finally:
        timer.cancel()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=LONGEST_END)


@contextmanager
def serve_again(data_dir, **changes):
    """Serve a folder that a demo made, in a second or two; `site.process` leads the group of all it started."""
    port = held_port()
    environment = demo_environment(data_dir, port) | changes
    found = json.loads((Path(data_dir) / "demo-log-ins.json").read_text())
    people = {name: {"password": at["password"], "words": at["words"]} for name, at in found.items()}
    process = subprocess.Popen(_run_demo().command(port), env=environment, start_new_session=True, **_HEARD)
    try:
        site = Site(f"http://127.0.0.1:{port}", Path(data_dir), people, process, changes=changes)
        _listen(site)
        _wait_until_it_answers(site)
        yield site
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


def _run_demo():
    """The script behind `make run`, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("run_demo", ROOT / "deploy" / "run_demo.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _wait_until_it_answers(site):
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and site.process.poll() is None:
        try:
            urllib.request.urlopen(f"{site.url}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start:\n" + "".join(site.said[-30:]))


def _read_until_ready(site):
    for line in site.process.stdout:
        site.said.append(line)
        person = re.match(r"\s+(\w+)\s+.*password: (\S+)(?:\s+six words: (.+))?", line)
        if person:
            site.people[person[1]] = {"password": person[2], "words": (person[3] or "").strip()}
        # The last of them; a word of somebody's six words may be "editor" too.
        if person and re.match(r"\s+\w+\s+editor\b", line):
            return _listen(site)
    raise AssertionError("the demo did not start:\n" + "".join(site.said[-30:]))


def _listen(site):
    """Keep what it says from here on, for as long as it speaks."""
    threading.Thread(target=site.said.extend, args=[site.process.stdout], daemon=True).start()


def wait_for(port):
    """Until something listens at that port of this machine."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at port {port}")


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


class _StayHere(urllib.request.HTTPRedirectHandler):
    """The exit leads to another site, and no test of ours goes there."""

    def redirect_request(self, *args, **kwargs):
        return None


WITHOUT_REDIRECTS = urllib.request.build_opener(_StayHere)


class Visitor:
    """Someone who fills in the forms over HTTP, page by page, as a browser without JavaScript would."""

    def __init__(self, url, **headers):
        self.url, self.headers, self.page, self.cookies = url, headers, "", []

    def get(self, path):
        return self._ask(urllib.request.Request(self.url + path, headers=self.headers))

    def post(self, path, **fields):
        """Send the page's hidden fields with `fields`."""
        return self.send(path, urllib.parse.urlencode(self.hidden() | fields, doseq=True).encode())

    def send(self, path, body, *, method="POST", **headers):
        """Send any body under any label, as broken browsers and proxies do."""
        sent = self.headers | headers
        return self._ask(urllib.request.Request(self.url + path, data=body, headers=sent, method=method))

    def text(self):
        """The words of the page as somebody reads them, those in boxes too."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.page))

    def tell(self, account, **answers):
        """Fill in the form, check, send; returns the receipt code."""
        told = {"adult": "yes", "account": account, **answers}
        self.get("/tell/form/")
        self.post("/tell/form/", step="check", **told)
        self.post("/tell/form/", step="send", **told)
        return self.code()

    def come_back(self, code):
        return self.post_afresh("/return/", code=code)

    def post_afresh(self, path, **fields):
        self.page = ""
        return self.post(path, **fields)

    def code(self):
        found = re.search(r'id="receipt-code"[^>]*>(.*?)</(?:p|code|output|strong|div|b)>', self.page, re.S)
        return re.sub(r"[^0-9A-Z]", "", re.sub(r"<[^>]*>", "", found[1]).upper())

    def hidden(self):
        tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', self.page)
        pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
        return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}

    def _ask(self, request):
        try:
            answer = WITHOUT_REDIRECTS.open(request, timeout=LONGEST_ANSWER)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.cookies += answer.headers.get_all("Set-Cookie") or []
            # What is said to be text is UTF-8 to the last byte; of a picture or a zip, what can be read.
            is_text = answer.headers.get_content_type() not in ("image/png", "application/zip")
            self.status, self.page = answer.status, answer.read().decode(errors="strict" if is_text else "replace")
        return self.page
