"""Start `make run` in a folder of its own, send one account over HTTP, come back, withdraw, and stop."""

import html
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request

# In seconds; only what has gone wrong takes so long, on however slow a machine.
LONGEST, LONGEST_ANSWER = 600, 120
ACCOUNT = "I rang twice and was told that nobody could help. A canary sings in this sentence."


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data_dir:
        environment = os.environ | {"PORT": str(port), "DATA_DIR": data_dir}
        server = subprocess.Popen(
            ["make", "run"], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        timer = threading.Timer(LONGEST, os.killpg, (server.pid, signal.SIGKILL))
        timer.start()
        try:
            _wait_until_ready(server, port)
            _tell(f"http://127.0.0.1:{port}")
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


def _tell(site: str) -> None:
    form = _get(f"{site}/tell/form/")
    checked = _post(f"{site}/tell/form/", _hidden(form) | _answers() | {"step": "check"})
    assert ACCOUNT in checked, "the check page doesn't show the account"
    sent = _post(f"{site}/tell/form/", _hidden(checked) | _answers() | {"step": "send"})
    code = _code(sent)
    back = _post(f"{site}/return/", {"code": code})
    assert ACCOUNT in back, "the code doesn't open what was sent"
    asked = _post(f"{site}/return/", _hidden(back) | {"step": "withdraw"})
    gone = _post(f"{site}/return/", _hidden(asked) | {"step": "withdraw-now"})
    again = _post(f"{site}/return/", {"code": code})
    assert ACCOUNT not in gone + again, "the account is still there after it was withdrawn"
    assert "withdr" in again.lower() or "took" in again.lower(), "the code doesn't say that it was withdrawn"


def _answers() -> dict[str, str]:
    return {"adult": "yes", "account": ACCOUNT, "force": "kent", "year": "2024", "consent_publish": "on"}


def _hidden(page: str) -> dict[str, str]:
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def _code(page: str) -> str:
    found = re.search(r'id="receipt-code"[^>]*>(.*?)</(?:p|code|output|strong|div)>', page, re.S)
    assert found, "the page after sending shows no code"
    letters = re.sub(r"[^0-9A-Z]", "", re.sub(r"<[^>]*>", "", found[1]).upper())
    assert len(letters) == 16, "the code doesn't have 16 characters"
    return letters


def _get(url: str) -> str:
    return _body(urllib.request.Request(url))


def _post(url: str, fields: dict[str, str]) -> str:
    return _body(urllib.request.Request(url, data=urllib.parse.urlencode(fields).encode()))


def _body(request: urllib.request.Request) -> str:
    with urllib.request.urlopen(request, timeout=LONGEST_ANSWER) as answer:
        assert not answer.headers.get_all("Set-Cookie"), "a public page set a cookie"
        text: str = answer.read().decode()
        return text


def _nothing_left(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


if __name__ == "__main__":
    main()
