"""The adapter between granian and Django: bodies that stall, that are too many or too long, and readers who go away."""

import asyncio
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.http import HttpResponse, StreamingHttpResponse

from heard import asgi_adapter as asgi
from heard.asgi_adapter import Adapter
from heard.logging import BareFormatter
from heard.middleware import limits

pytestmark = [pytest.mark.django_db]

ACCOUNT = "I rang 101 and nobody rang back."
BODY = urlencode({"adult": "yes", "account": ACCOUNT, "step": "check"}).encode()


class Awaitable:
    """As granian's `send` gives one: it can be awaited, and is no coroutine."""

    def __init__(self, coroutine):
        self.coroutine = coroutine

    def __await__(self):
        return self.coroutine.__await__()


class Loop(asyncio.SelectorEventLoop):
    """One whose seconds pass in a moment, and only where no thread is at work and nothing else is to be done."""

    def __init__(self):
        super().__init__()
        self.now, self.at_work = 0.0, 0

    def time(self):
        return self.now

    def run_in_executor(self, executor, func, *args):
        self.at_work += 1
        work = super().run_in_executor(executor, func, *args)
        work.add_done_callback(lambda _work: self.rest())
        return work

    def rest(self):
        self.at_work -= 1

    def _run_once(self):
        if self._scheduled and not self._ready and not self.at_work:
            self.now = max(self.now, self._scheduled[0].when())
        super()._run_once()


async def until(is_so):
    """Let all else go on, without a second passing; only what has gone wrong takes longer than a real minute."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0)


class Line:
    """One connection: what comes on it are `pieces`, each bytes or seconds of silence; then nothing more is said.

    Whoever `goes_away` does so then, once so many parts of the answer have come.
    """

    def __init__(
        self, *pieces, path="/tell/form/", method="POST", length=None, query=b"", goes_away=None, headers=(), reads=None
    ):
        self.pieces, self.goes_away, self.reads = list(pieces), goes_away, reads
        self.left = sum(len(each) for each in pieces if isinstance(each, bytes)) if length is None else length
        self.sent, self.received = [], 0
        named = [(b"host", b"127.0.0.1"), (b"content-type", b"application/x-www-form-urlencoded"), *headers]
        named += [(b"content-length", str(self.left).encode())] if method == "POST" else []
        self.scope = {
            **{"type": "http", "method": method, "raw_path": path.encode(), "query_string": query, "headers": named},
            **{"http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", "8000"), "client": ("192.0.2.7", "9")},
        }

    async def receive(self):
        while self.pieces and not isinstance(self.pieces[0], bytes):
            await asyncio.sleep(self.pieces.pop(0))
        if not self.pieces and self.goes_away is not None:
            await until(lambda: len(self.sent) >= self.goes_away)
            return {"type": "http.disconnect"}
        if not self.pieces:
            await asyncio.sleep(3600)
        piece = self.pieces.pop(0)
        self.received += len(piece)
        self.left -= len(piece)
        return {"type": "http.request", "body": piece, "more_body": self.left > 0}

    def send(self, message):
        self.sent.append(message)
        # Whoever reads no further stands still.
        return Awaitable(asyncio.sleep(0 if self.reads is None or len(self.sent) <= self.reads else 3600))

    @property
    def status(self):
        return self.sent[0]["status"] if self.sent else None

    @property
    def headers(self):
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def page(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    @property
    def is_whole(self):
        return bool(self.sent) and not self.sent[-1].get("more_body", False)


def in_a_loop(coroutine):
    """Run it in a thread of its own: where a browser is open, this one has a loop already."""

    def run():
        with asyncio.Runner(loop_factory=Loop) as runner:
            return runner.run(coroutine)

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(run).result()


def ask(*lines, handler=None, seconds=30):
    """Have one adapter answer all these lines at once."""

    async def run():
        answering = Adapter(handler or WSGIHandler())
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(answering(line.scope, line.receive, line.send) for line in lines))

    in_a_loop(run())
    return lines


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(asgi, "LONGEST_IDLE_THROWING_AWAY", 0.05)


def answer(response, start_response):
    start_response(f"{response.status_code} It", list(response.items()))
    return response


def hello(environ, start_response):
    """A handler that says what it was given."""
    hello.environ, hello.body = environ, environ["wsgi.input"].read()
    return answer(HttpResponse("hello"), start_response)


def begin(answering, lines):
    return [asyncio.create_task(answering(line.scope, line.receive, line.send)) for line in lines]


def test_environ_says_what_was_asked_and_an_underscore_header_passes_for_no_other(queue_key):
    headers = [(b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"192.0.2.2"), (b"x_forwarded_for", b"evil")]
    headers += [(b"content_length", b"7"), (b"x-name", b"caf\xe9")]
    line = Line(BODY, path="/tell/form/%C3%A9%FF", query=b"q=%FF", headers=headers)

    ask(line, handler=hello)

    environ = hello.environ
    wanted = {"PATH_INFO": "/tell/form/\xc3\xa9\xff", "QUERY_STRING": "q=%FF", "REMOTE_ADDR": "192.0.2.7"}
    wanted |= {"HTTP_HOST": "127.0.0.1", "HTTP_X_NAME": "café", "HTTP_X_FORWARDED_FOR": "192.0.2.1,192.0.2.2"}
    assert {name: environ[name] for name in wanted} == wanted
    assert (environ["CONTENT_LENGTH"], hello.body) == (str(len(BODY)), BODY)
    assert not {"RECEIPT_PEPPER", "HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE"} & set(environ)
    # A body that says no length comes whole, too.
    line = Line(BODY[:20], BODY[20:], headers=[(b"transfer-encoding", b"chunked")])
    line.scope["headers"] = [pair for pair in line.scope["headers"] if pair[0] != b"content-length"]
    ask(line)
    assert line.status == 200
    assert ACCOUNT in line.page


def test_stalled_bodies_hold_no_thread_however_many_they_are(settings):
    stalled = [Line(BODY[:13], length=50_000) for _ in range(100 * asgi.THREADS)]
    others = [Line(path=path, method="GET") for path in ("/", "/tell/form/", "/stories/")] + [Line(BODY)]

    async def run():
        answering = Adapter(WSGIHandler())
        waiting = begin(answering, stalled)
        await until(lambda: all(line.received for line in stalled))
        await asyncio.gather(*begin(answering, others))
        assert not any(task.done() for task in waiting)
        for task in waiting:
            task.cancel()

    in_a_loop(run())

    assert [line.status for line in others] == [200] * 4


def test_body_that_stands_still_or_is_too_long_comes_back_as_far_as_it_came(settings):
    settings.BODY_IDLE_SECONDS = 0.2
    line = Line(BODY[:-5], length=50_000)

    ask(line)

    assert line.status == 408
    assert "Not everything arrived" in line.page
    assert ACCOUNT in line.page
    # Our script swaps a page in that has these, and the form with the words would be gone.
    assert "<footer" not in line.page
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    (long,) = ask(Line(BODY + b"&well=", *[b"x" * 10_000] * 10))
    assert (long.status, long.left) == (413, 0), "it is read to its end"
    assert ACCOUNT in long.page


def test_slow_phone_that_keeps_sending_is_not_hurried_but_ends(queue_key, settings):
    settings.BODY_IDLE_SECONDS = 0.3
    letters = [piece for at in range(0, len(BODY), 10) for piece in (0.1, BODY[at : at + 10])]

    (line,) = ask(Line(*letters))

    assert 0.1 * len(letters) / 2 > 2 * settings.BODY_IDLE_SECONDS
    assert line.status == 200
    assert ACCOUNT in line.page
    # One that trickles for ever ends all the same.
    settings.BODY_LONGEST_SECONDS = 0.6
    (line,) = ask(Line(*[piece for letter in range(1000) for piece in (0.05, b"x")]))
    assert line.status == 408
    assert line.received < 100


def test_past_the_bound_the_largest_body_is_let_go_and_every_form_gets_through(queue_key, settings):
    settings.BODIES_MOST_BYTES, settings.BODY_IDLE_SECONDS = 100_000, 1
    large = [Line(b"account=" + b"x" * 33_300, length=9_000_000) for _ in range(10)]
    small = [Line(0.2, BODY[:20], 0.1, BODY[20:]) for _ in range(20)]

    ask(*large, *small)

    assert [line.status for line in small] == [200] * len(small)
    # Three of them fit, and two beside the forms; the rest were let go at once.
    assert sorted(line.status for line in large) == [408] * 2 + [503] * 8
    refused = next(line for line in large if line.status == 503)
    assert int(refused.headers["retry-after"]) > 0
    assert "Go back to the page before" in refused.page


def test_bodies_that_wait_for_a_thread_count_too(settings):
    settings.BODIES_MOST_BYTES = 100_000
    is_free = threading.Event()

    def busy(environ, start_response):
        if limits.REFUSED not in environ:
            is_free.wait(60)
        return answer(HttpResponse("hello", status=environ.get(limits.REFUSED, 200)), start_response)

    lines = [Line(b"account=" + b"x" * 33_000) for _ in range(50)]

    async def run():
        begun = begin(Adapter(busy), lines)
        await until(lambda: not any(line.left for line in lines))
        is_free.set()
        await asyncio.gather(*begun)

    in_a_loop(run())

    assert sorted(line.status for line in lines) == [200] * (asgi.THREADS + 3) + [503] * (46 - 3)


def test_nothing_is_stored_for_who_went_away_and_no_body_awaited_without_a_form():
    line = Line(BODY[:30], length=len(BODY), goes_away=0)
    hello.environ = None

    ask(line, handler=hello)

    assert (line.sent, hello.environ) == ([], None)
    # A path that takes no form waits for no body.
    lines = ask(*(Line(3600, BODY, path=path, length=9_000_000) for path in ("/nowhere/", "/stories/", "/search/")))

    assert {line.status for line in lines} <= {403, 404, 405}


class Pieces:
    """An endless file; notes that it was closed."""

    def __init__(self, fails_at=None):
        self.number, self.fails_at, self.is_closed = 0, fails_at, False

    def __iter__(self):
        return self

    def __next__(self):
        self.number += 1
        if self.number == self.fails_at:
            raise ValueError(ACCOUNT)
        return b"x" * asgi.PIECE

    def close(self):
        self.is_closed = True


def endless(pieces):
    return lambda environ, start_response: answer(StreamingHttpResponse(pieces), start_response)


def test_reader_who_goes_away_or_stands_still_ends_an_answer_and_frees_its_thread(monkeypatch):
    monkeypatch.setattr(asgi, "LONGEST_READING_OF_PIECE", 0.2)
    pieces, others, large, finished = Pieces(), Pieces(), HttpResponse(b"x" * 5 * asgi.WHOLE), []
    in_pieces, whole = Line(method="GET", path="/stories.csv", reads=1), Line(method="GET", path="/", reads=2)
    request_finished.connect(lambda **_: finished.append(True), weak=False, dispatch_uid="finished")

    (line,) = ask(Line(method="GET", path="/stories.csv", goes_away=3), handler=endless(pieces))
    request_finished.disconnect(dispatch_uid="finished")

    ask(in_pieces, handler=endless(others))
    ask(whole, handler=lambda environ, start_response: answer(large, start_response))

    assert (line.status, finished) == (200, [True])
    assert (pieces.is_closed, others.is_closed) == (True, True)
    assert [each.is_whole for each in (line, in_pieces, whole)] == [False] * 3


def test_answer_that_breaks_off_passes_for_no_whole_one_and_no_word_is_logged(caplog):
    def broken(environ, start_response):
        raise ValueError(ACCOUNT)

    (long,) = ask(Line(method="GET", path="/stories.csv"), handler=endless(Pieces(fails_at=5)))
    (line,) = ask(Line(BODY), handler=broken)

    assert (long.status, long.is_whole) == (200, False)
    assert (line.status, line.page) == (500, "")
    # The lines that the site's own log would have, each without its number.
    written = [re.sub(r"\d+", "", BareFormatter().format(record)) for record in caplog.records]
    assert written == ["ERROR at tests.site.heard.test_adapter:: ValueError (other)"] * 2


class Site:
    """Makes pages for as long as `is_busy` is set, and counts how many it makes at once of each kind."""

    def __init__(self):
        self.at_once, self.most, self.is_free, self.lock = {}, {}, threading.Event(), threading.Lock()

    def __call__(self, environ, start_response):
        path, status = environ["PATH_INFO"], environ.get(limits.REFUSED, 200)
        kind = {"/search/": limits.SEARCH, "/made-up/": limits.PAGE}.get(path)
        if kind and status == 200 and environ.get(limits.CAN_WAIT):
            environ[limits.WANTED] = kind
        elif kind and status == 200:
            self._make(kind)
        return answer(HttpResponse(path, status=status), start_response)

    def _make(self, kind):
        with self.lock:
            self.at_once[kind] = self.at_once.get(kind, 0) + 1
            self.most[kind] = max(self.at_once[kind], self.most.get(kind, 0))
        self.is_free.wait(60)
        with self.lock:
            self.at_once[kind] -= 1


def test_searches_and_pages_to_be_made_leave_a_thread_to_those_who_tell():
    site = Site()
    searching = [Line(method="GET", path=path) for path in ["/search/", "/made-up/"] * 50]
    telling = [Line(method="GET") for _ in range(20)]

    async def run():
        answering = Adapter(site)
        begun = begin(answering, searching)
        await until(lambda: site.at_once == asgi.SHARES)
        await asyncio.gather(*begin(answering, telling))
        assert site.at_once == asgi.SHARES, "who tells waited for one that holds a share"
        told = [line.status for line in telling]
        asyncio.get_running_loop().now += asgi.LONGEST_WAIT_FOR_SHARE
        await until(lambda: sum(each.done() for each in begun) == 97)
        site.is_free.set()
        await asyncio.gather(*begun)
        return told

    assert in_a_loop(run()) == [200] * len(telling)
    assert site.most == asgi.SHARES
    assert sum(asgi.SHARES.values()) < asgi.THREADS
    assert sorted(line.status for line in searching) == [200] * 3 + [503] * 97


def test_long_answer_that_is_read_slowly_keeps_nobody_from_a_share():
    def handler(environ, start_response):
        if environ.get(limits.CAN_WAIT):
            environ[limits.WANTED] = limits.PAGE
        is_long = environ["PATH_INFO"] == "/stories.csv"
        return answer(StreamingHttpResponse(Pieces()) if is_long else HttpResponse("hello"), start_response)

    long, short = Line(3600, method="GET", path="/stories.csv", reads=2), Line(method="GET", path="/")

    async def run():
        answering = Adapter(handler)
        [begun] = begin(answering, [long])
        await until(lambda: len(long.sent) > long.reads)
        await answering(short.scope, short.receive, short.send)
        assert not begun.done(), "it waited until the long answer was given up"
        for sending in asyncio.all_tasks() - {asyncio.current_task(), begun}:
            sending.cancel()
        await begun

    in_a_loop(run())

    assert (long.status, short.status) == (200, 200)
