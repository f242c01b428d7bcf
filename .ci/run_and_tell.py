"""Start `make run` in a folder of its own, send one account over HTTP, come back, withdraw, and stop."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading

from tests.ports import held_port

# In seconds; only what has gone wrong takes so long, on however slow a machine.
LONGEST, LONGEST_ANSWER = 600, 120


def main() -> None:
    port = held_port()
    with tempfile.TemporaryDirectory() as data_dir:
        environment = os.environ | {"PORT": str(port), "DATA_DIR": data_dir}
        server = subprocess.Popen(
            ["make", "run"], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        timer = threading.Timer(LONGEST, os.killpg, (server.pid, signal.SIGKILL))
        timer.start()
        try:
            _wait_until_ready(server, port)
            # As `heard setup` does, with the packages that `make run` installed.
            tell = f"trial_account.tell_and_withdraw(trial_account.Site('127.0.0.1:{port}', {port}))"
            code = f"from operations import trial_account; {tell}"
            subprocess.run([".venv/bin/python", "-c", code], env=os.environ | {"PYTHONPATH": "deploy"}, check=True)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=LONGEST_ANSWER)
            timer.cancel()
    _nothing_left(port)
    print("make run: an account was sent, found again with its code, and withdrawn")


def _wait_until_ready(server: subprocess.Popen[str], port: int) -> None:
    for line in server.stdout or []:
        print(f"  {line}", end="")
        if line.startswith(f"Heard is ready: http://127.0.0.1:{port}/"):
            return
    sys.exit("make run ended before it was ready")


def _nothing_left(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


if __name__ == "__main__":
    main()
