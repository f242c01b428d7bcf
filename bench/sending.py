"""How many accounts a second the last press of Send takes, against a plain ModelForm on the same store, A B A B.

Both are served by granian and asked by eight people at once who never pause. The plain form stores our questions in
one row in the clear and answers with a redirect; ours seals them, stores them, and answers with the page that has the
code. Runs for the site of its environment, as `bench/run.py` starts it.
"""

import secrets
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urlencode

import django
from serving import IS_QUICK, ROUNDS, TOLD, get, serve_ours, serve_yardstick
from table import Table

LEAST, MOST_MS = 0.8, 60
PEOPLE, EACH = 8, 8 if IS_QUICK else 400
A_SECOND, SECONDS = 20, 1 if IS_QUICK else 20


@dataclass(frozen=True)
class Form:
    """Where it is sent: `posts(count)` makes that many whole requests; `right` begins the answer to a good one."""

    port: int
    posts: Callable[[int], list[bytes]]
    right: bytes

    def send(self, post: bytes) -> None:
        if not (answer := get(self.port, [post])[0]).startswith(self.right):
            sys.exit(f"An account that was sent met an error: {answer.decode(errors='replace')}")


def main() -> int:
    django.setup()
    table = Table()
    table.heading("Send, sealed and durable")
    with ExitStack() as running:
        # It believes what we say of where somebody comes from, as it would a proxy.
        ours = running.enter_context(serve_ours(TRUSTED_PROXIES="127.0.0.1")).port
        plain = running.enter_context(serve_yardstick()).port
        forms = [
            Form(ours, lambda n: _ours(ours, n), b"HTTP/1.1 200"),
            Form(plain, lambda n: _plain(plain, n), b"HTTP/1.1 302"),
        ]
        for form in forms:
            _a_second(form)
        rates = [[_a_second(form) for form in forms] for _ in range(ROUNDS)]
        rate = statistics.median(each[0] for each in rates)
        ratios = [ours / plain for ours, plain in rates]
        table.row("against a plain ModelForm's POST", ratios, least=LEAST, beside=f"{rate:.0f} a second")
        table.row(f"at {A_SECOND} a second, of a hundred the 95th, ms", [_slow_ms(forms[0])], most=MOST_MS)
    return int(table.missed > 0)


def _a_second(form: Form) -> float:
    posts = form.posts(EACH)
    with ThreadPoolExecutor(PEOPLE) as people:
        began = time.perf_counter()
        [*people.map(form.send, posts)]
        return EACH / (time.perf_counter() - began)


def _slow_ms(form: Form) -> float:
    """Whoever comes is not kept waiting for who came before: each is due at a time of its own."""
    posts = form.posts(A_SECOND * SECONDS)
    began = time.perf_counter() + 0.1

    def send(number: int) -> float:
        due = began + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        form.send(posts[number])
        return time.perf_counter() - due

    with ThreadPoolExecutor(PEOPLE * 4) as people:
        return statistics.quantiles(people.map(send, range(len(posts))), n=20)[-1] * 1000


# --- What is sent ---------------------------------------------------------------------------

_networks = iter(range(256**2))


def _ours(port: int, count: int) -> list[bytes]:
    """Each from another network, so that none is over a limit."""
    return [_post(port, "/tell/form/", _sent(), _from_somewhere()) for _ in range(count)]


def _sent() -> dict[str, object]:
    """What stands on the check page when somebody presses Send; its token was made hours before any limit of time."""
    from stories.crypto import receipts
    from stories.intake import public_form

    token = public_form.issue_token("send", since="0", code=receipts.new_code(), began_from="")
    return {**TOLD, "step": "send", "token": token}


def _from_somewhere() -> str:
    number = next(_networks)
    return f"X-Forwarded-For: 10.{number // 256}.{number % 256}.1\r\n"


def _plain(port: int, count: int) -> list[bytes]:
    secret = secrets.token_hex(16)
    return [_post(port, "/tell/", {**TOLD, "csrfmiddlewaretoken": secret}, f"Cookie: csrftoken={secret}\r\n")] * count


def _post(port: int, path: str, fields: dict[str, object], headers: str) -> bytes:
    body = urlencode(fields, doseq=True).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n{headers}"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body


if __name__ == "__main__":
    sys.exit(main())
