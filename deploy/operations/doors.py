"""Closing the site while its data is exchanged, and opening it once real pages answer."""

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from operations.machine import Failed, Machine

# Everything that reads or writes the site's data; the public's socket stays, for the page that says it is closed.
# Patterns, as systemctl takes it ill where a unit that it is told by name isn't there.
_SERVICES = ["heard-public*.service", "heard-desk.socket", "heard-desk.service"]
_JOBS = ["heard-*.timer", "heard@*.service", "heard-cli@*.service"]
_CLOSED = "heard-closed.service"
_PAGES = ["/", "/stories/", "/tell/", "/tell/form/", "/return/", "/what-we-hear/", "/cy/"]
_START_SECONDS, _ANSWER_SECONDS = 120, 30


def close_doors(machine: Machine) -> None:
    """Stop all that touches the data and show the closed page; it stays so after a boot, until `open_doors`."""
    with machine.as_user():
        machine.layout.restoring.write_text("begun", encoding="utf-8")
    if machine.layout.is_real:
        # Both listen for a moment: nobody is turned away in between.
        machine.run("systemctl", "start", _CLOSED)
        machine.run("systemctl", "stop", *_SERVICES, *_JOBS)


def open_doors(machine: Machine) -> None:
    with machine.as_user():
        machine.layout.restoring.unlink(missing_ok=True)
    if machine.layout.is_real:
        listed = machine.ask("systemctl", "list-unit-files", "--state=enabled", "--no-legend", "--plain", "heard*")
        enabled = [line.split()[0] for line in listed.splitlines() if line.strip()]
        machine.run("systemctl", "start", *[each for each in enabled if each != _CLOSED and "@" not in each])
        machine.run("systemctl", "stop", _CLOSED)


def look_at_pages(machine: Machine) -> None:
    """Serve the site where only this machine sees it, and ask for real pages; raises Failed where one isn't 200."""
    host = urlsplit(machine.environment().get("BASE_URL", "")).hostname or "localhost"
    with _served(machine) as port:
        for path in _PAGES:
            status = _status(port, path, host)
            if status != 200:
                raise Failed(f"{path} answers {status}. The site stays closed; the log says why: journalctl -e")
            machine.note(f"{path} answers 200.")


@contextmanager
def _served(machine: Machine) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    release = machine.layout.current
    serve: list[str | Path] = [release / ".venv/bin/python", release / "deploy/serve.py", "--host", "127.0.0.1"]
    serve += ["--port", str(port), "--workers", "1", "--log-level", "error"]
    # It ends with us, also where we are killed.
    as_user = ["--reuid=heard", "--regid=heard", "--init-groups"] if machine.is_root else []
    command = ["setpriv", "--pdeathsig=KILL", *as_user, *map(str, serve)]
    env = machine.environment() | {"SERVE": "public"}
    process = subprocess.Popen(command, env=env, cwd=release, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            said = process.stderr.read().decode(errors="replace").strip().splitlines() if process.stderr else []
            raise Failed(f"The site doesn't start: {said[-1] if said else 'it says nothing'}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Failed(f"The site didn't start within {_START_SECONDS} seconds.")


def _status(port: int, path: str, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
