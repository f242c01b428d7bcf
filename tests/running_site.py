"""The site as people meet it: `make run`'s own server in a process of its own, and a real Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 180
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """Where it answers, where it keeps its files, and who may log in: name → {"password", "words"}."""

    url: str
    data_dir: Path
    people: dict = field(default_factory=dict)
    process: subprocess.Popen = None


@contextmanager
def serve_demo(data_dir):
    """Serve the demo from an empty folder; ends it and everything it started."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_THE_DEMO}
    environment |= {"PORT": str(port), "DATA_DIR": str(data_dir), "RUN_DIR": str(data_dir / "run")}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "deploy" / "run_demo.py")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(LONGEST_START, process.kill)
    timer.start()
    try:
        site = Site(f"http://127.0.0.1:{port}", Path(data_dir), process=process)
        _read_until_ready(site)
        timer.cancel()
        yield site
    finally:
        timer.cancel()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


_NOT_FOR_THE_DEMO = (
    *("DATABASE_URL", "SECRET_KEY", "RECEIPT_PEPPER", "BASE_URL", "ALLOWED_HOSTS", "DEMO", "CACHE_URL"),
    *("DJANGO_SETTINGS_MODULE", "SERVE"),
)


def _read_until_ready(site):
    said = []
    for line in site.process.stdout:
        said.append(line)
        person = re.match(r"\s+(\w+)\s+.*password: (\S+)(?:\s+six words: (.+))?", line)
        if person:
            site.people[person[1]] = {"password": person[2], "words": (person[3] or "").strip()}
        if line.startswith("  Ctrl-C"):
            return
    raise AssertionError("the demo did not start:\n" + "".join(said[-30:]))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def chromium():
    """The path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()
