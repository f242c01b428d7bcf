"""Serve Heard with invented stories on this machine alone: what `make run` does after setting up.

Migrates, gathers the static files, makes the demo's data on the first run, starts granian on
127.0.0.1, waits until it answers, says so, and ends with all it started on Ctrl-C.
"""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
LONGEST_START = 240


def main() -> None:
    port = _port()
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var" / "demo")
    os.environ.update(
        DEMO="1",
        DATA_DIR=str(data_dir),
        BASE_URL=f"http://{HOST}:{port}",
        PYTHONPATH=f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        DJANGO_SETTINGS_MODULE="heard.settings",
    )
    # What is made here is for this person's eyes alone.
    os.umask(0o077)
    data_dir.mkdir(parents=True, exist_ok=True)
    _prepare(data_dir)
    log_ins = _manage("demo", capture=True)
    _serve(port, log_ins)


def _port() -> int:
    typed = os.environ.get("PORT", "8000")
    if not typed.isdigit() or not 0 < int(typed) < 65536:
        sys.exit(f"PORT is a number between 1 and 65535, not {typed}: try `make run PORT=8001`.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(typed)))
        except OSError:
            sys.exit(f"Port {typed} is taken on this machine: try `make run PORT={int(typed) + 1}`.")
    return int(typed)


def _prepare(data_dir: Path) -> None:
    print("Bringing the database up to date …", flush=True)
    _manage("migrate", "--verbosity=0")
    stamp, wanted = data_dir / ".static-made-from", _static_sources()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Gathering styles, scripts and fonts …", flush=True)
        _manage("collectstatic", "--noinput", "--clear", "--verbosity=0")
        stamp.write_text(wanted)
    print("Looking after the demo's stories (the first time takes some seconds) …", flush=True)


def _static_sources() -> str:
    """Name what the static files are made from, so that a second start needn't gather them again."""
    paths = [
        ROOT / "requirements.txt",
        *(ROOT / "site" / "static").rglob("*"),
        *(ROOT / "moderation" / "static").rglob("*"),
    ]
    paths += [*(ROOT / "site" / "campaign" / "static").rglob("*")]
    whole = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        whole.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return whole.hexdigest()


def _manage(*words: str, capture: bool = False) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE if capture else None, text=True, check=False)
    if done.returncode:
        sys.exit(f"`manage.py {words[0]}` did not finish; the lines above say why.")
    return done.stdout or ""


def command(port: int) -> list[str]:
    """The server's own command, for whoever sets its environment."""
    return [
        *(sys.executable, str(ROOT / "deploy" / "serve.py"), "--host", HOST, "--port", str(port)),
        *("--workers", "2", "--log-level", "error"),
    ]


def _serve(port: int, log_ins: str) -> None:
    server = subprocess.Popen(command(port), start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _end(server))
    ready = _answers(port, server)
    if ready:
        print("Ctrl-C ends it; what you changed is there the next time.")
        print(f"Heard is ready: http://{HOST}:{port}/", flush=True)
        print(log_ins.rstrip(), flush=True)
    else:
        _end(server)
    server.wait()
    if not ready:
        sys.exit("The server did not start; the lines above say why.")


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2)
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server and every worker it started: kindly, and after ten seconds not."""
    for number, seconds in ((signal.SIGTERM, 0), (signal.SIGKILL, 10)):
        timer = threading.Timer(seconds, _signal_all, (server.pid, number))
        timer.daemon = True
        timer.start()


def _signal_all(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    main()
