"""Pages that a real visitor would ask for, asked of a process of ours on loopback: do they come whole, with styles?"""

import contextlib
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from operations.machine import Failed, Machine
from operations.releases import Release

# Where the public side listens: deploy/units/heard-public.socket.
PUBLIC_PORT = 8000
# One story besides, the first that /stories/ leads to. Editors may have taken some of them off.
PAGES = (
    *("/", "/cy/", "/stories/", "/forces/", "/what-we-hear/", "/open-data/", "/learning/", "/asks/"),
    *("/tell/", "/tell/form/", "/return/", "/take-down/"),
)
_STORY = re.compile(r'href="(/stories/[0-9a-z]{12}/)"')
_STYLES = re.compile(r'href="(/static/[^"]+\.css)"')
_LONGEST_START, _LONGEST_ANSWER = 120, 30
NO_ANSWER = 0


def ask_page(
    host: str, path: str, *, port: int, fields: Mapping[str, str] | None = None, seconds: float = _LONGEST_ANSWER
) -> tuple[HTTPResponse, str]:
    """An answer and its words, asked of a process here as the proxy does, and posted to if there are `fields`.

    On port 443 the proxy itself is asked. Raises OSError or HTTPException where nothing comes.
    """
    headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    if fields:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with contextlib.closing(_connection(host, port, seconds)) as connection:
        connection.request("POST" if fields else "GET", path, urlencode(fields or {}) or None, headers)
        answer = connection.getresponse()
        return answer, answer.read().decode(errors="replace")


def _connection(host: str, port: int, seconds: float) -> HTTPConnection:
    if port != 443:
        return HTTPConnection("127.0.0.1", port, timeout=seconds)
    # Nothing secret is said, so it doesn't matter who signed the certificate.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection(host, timeout=seconds, context=context)
    here = socket.create_connection(("127.0.0.1", port), timeout=seconds)
    connection.sock = context.wrap_socket(here, server_hostname=host)
    return connection


def public_host(machine: Machine) -> str:
    """The site's name; raises Failed where nobody said it."""
    host = urlsplit(machine.environment().get("BASE_URL", "")).hostname
    if not host:
        raise Failed(f"{machine.layout.env_file} has no BASE_URL.")
    return host


def wrong_pages(machine: Machine, port: int, before: Mapping[str, int]) -> list[str]:
    """A line for each page that fails at `port`, or that came `before` and doesn't come there."""
    now = page_statuses(machine, port)
    return [f"{page} answers {now[page] or 'nothing'}" for page in now if _is_wrong(page, now[page], before)]


def page_statuses(machine: Machine, port: int) -> dict[str, int]:
    """The status of each page, of one story, and of the styles of the first page; NO_ANSWER where none came."""
    found, styles, story = {}, None, None
    for page in PAGES:
        found[page], words = _get_page(machine, port, page)
        styles, story = styles or _STYLES.search(words), story or _STORY.search(words)
    if story:
        found["a story"] = _get_page(machine, port, story[1])[0]
    if styles:
        found["the styles"] = _get_page(machine, port, styles[1])[0]
    return found


@contextlib.contextmanager
def served_aside(machine: Machine, release: Release) -> Iterator[int]:
    """Serve a release on a port of its own, for us alone; gives the port once something answers there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = ("deploy/serve.py", "--host", "127.0.0.1", "--port", str(port), "--workers", "1")
    # It ends by itself where this process was killed.
    command = ["timeout", "--kill-after=60", "300", *machine.user_command(release.python, *serve)]
    environment = machine.environment() | {"SERVE": "public"}
    with subprocess.Popen(
        command,
        cwd=release.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _wait_for_answer(machine, process, port)
            yield port
        finally:
            process.terminate()


def _wait_for_answer(machine: Machine, process: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + _LONGEST_START
    while _get_page(machine, port, "/healthz")[0] == NO_ANSWER:
        if process.poll() is not None:
            said = (process.stderr.read() if process.stderr else "").strip().splitlines()
            raise Failed(f"The new release doesn't start: {said[-1] if said else 'it says no reason'}")
        if time.monotonic() > until:
            raise Failed(f"The new release gave no answer within {_LONGEST_START} seconds.")
        time.sleep(0.2)


def _get_page(machine: Machine, port: int, page: str) -> tuple[int, str]:
    """The status and the words of a page, asked for as the proxy does; half a page is no answer."""
    try:
        answer, words = ask_page(public_host(machine), page, port=port)
    except (OSError, HTTPException, Failed):
        return NO_ANSWER, ""
    is_whole = "html" not in answer.headers.get("Content-Type", "") or "</html>" in words
    return answer.status if is_whole else NO_ANSWER, words


def _is_wrong(page: str, now: int, before: Mapping[str, int]) -> bool:
    """A page that editors took off may be missing; none may fail, and the first page is always there."""
    came = page == "/" or before.get(page) == 200
    return now == NO_ANSWER or now >= 500 or (came and now != 200)
