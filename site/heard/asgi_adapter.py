"""An ASGI application around Django's WSGI handler: bodies first, then four threads (docs/adr/0016)."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import close_old_connections
from django.http.response import HttpResponseBase

from heard import ready_pages
from heard.middleware import limits, page_cache, public
from stories.core import snapshot

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Handler = Callable[[Message, Callable[..., Any]], Iterable[bytes]]

THREADS = 4
# How many of them make pages of each kind at once. The last is left to those who tell, and to what is kept.
SHARES = {limits.SEARCH: THREADS // 2, limits.PAGE: 1}
LONGEST_WAIT_FOR_SHARE = 2.0  # seconds
# An answer up to here goes out in one piece and lets its thread go, however slowly it is read.
WHOLE = 1024 * 1024
PIECE = 64 * 1024
LONGEST_READING_OF_PIECE = 60.0  # seconds
# What a form has beyond what is read is taken and thrown away: in mid-upload a browser shows no answer.
MOST_THROWN_AWAY = 64 * 1024 * 1024
LONGEST_IDLE_THROWING_AWAY = 5.0  # seconds

logger = logging.getLogger(__name__)


class Gone(ConnectionError):
    """The one who asked has closed the line, or reads no further."""


class Refused(Exception):
    """All that the request gets is the page of this status, which is its one argument."""


class Adapter:
    """Answers ASGI requests with `handler`, Django's own for WSGI."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="heard")
        self._free = asyncio.Semaphore(THREADS)
        self._shares = {kind: asyncio.Semaphore(places) for kind, places in SHARES.items()}
        # One at a time, so that hundreds of pages that refuse stand in nobody's way.
        self._refusing = asyncio.Semaphore(1)
        self._bodies = Bodies(settings.BODIES_MOST_BYTES)
        self._ready = ready_pages.ReadyPages()
        self._is_looking = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        name = ready_pages.name_of(scope)
        if page := self._ready.find(name):
            await send(ready_pages.for_front(page.head))
            await send(page.body)
            self._look_ahead()
            return
        headers = dict(scope["headers"])
        has_body = b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"
        exchange = Exchange(_environ(scope), receive, send, name=name, has_more=has_body)
        try:
            await self._answer(exchange)
            await exchange.throw_rest_away()
        except Gone:
            pass
        finally:
            self._bodies.remove(exchange)

    async def _answer(self, exchange: "Exchange") -> None:
        environ = exchange.environ
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        try:
            if most := public.most_bytes(environ["REQUEST_METHOD"], path):
                await self._bodies.gather(exchange, most=most)
            environ[limits.CAN_WAIT] = True
            await self._run(exchange)
            if kind := environ.pop(limits.WANTED, None):
                await self._run_in_share(exchange, self._shares[kind])
        except Refused as refused:
            [environ[limits.REFUSED]] = refused.args
            # It waits for nothing any more, so nobody else's body can have it let go a second time.
            self._bodies.remove(exchange)
            exchange.is_let_go = False
            async with self._refusing:
                await self._run(exchange)

    async def _run_in_share(self, exchange: "Exchange", share: asyncio.Semaphore) -> None:
        """Wait where waiting costs no thread, and then have the page made."""
        try:
            await asyncio.wait_for(share.acquire(), LONGEST_WAIT_FOR_SHARE)
        except TimeoutError:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE) from None
        del exchange.environ[limits.CAN_WAIT]
        with contextlib.ExitStack() as held:
            held.callback(share.release)
            # A long answer that is read slowly keeps its thread (`export.requests` counts those), but no share.
            loop = asyncio.get_running_loop()
            exchange.long_answer_begins = lambda: loop.call_soon_threadsafe(held.close)
            await self._run(exchange)

    async def _run(self, exchange: "Exchange") -> None:
        """Have a thread answer; raises `Refused` for a body that was let go while it waited for one."""
        loop = asyncio.get_running_loop()
        async with self._free:
            if exchange.is_let_go:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
            # From here on the number of threads is the bound.
            self._bodies.remove(exchange)
            answer = await loop.run_in_executor(self._threads, exchange.run, self._handler, loop)
        if answer is not None:
            if exchange.name and (kept := exchange.environ.get(page_cache.KEPT)):
                head, content = answer
                self._ready.keep(exchange.name, kept, head, _piece(content, has_more=False))
                answer = (ready_pages.for_front(head), content)
            await exchange.send_whole(*answer)

    def _look_ahead(self) -> None:
        """Have one thread read the edition's number while what is ready still goes out."""
        if snapshot.last_seen().age > ready_pages.LOOK_AFTER_SECONDS and not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().run_in_executor(self._threads, self._look)

    def _look(self) -> None:
        try:
            close_old_connections()
            snapshot.look_again()
        finally:
            self._is_looking = False


class Bodies:
    """Every exchange whose body waits in this process, for its end or for a thread.

    Past `most` bytes in all the largest is let go. One that stands still with thirteen bytes takes nothing from
    anybody, and a form, small as it is, gets through however many large ones were begun before it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._waiting: set[Exchange] = set()

    async def gather(self, exchange: "Exchange", *, most: int) -> None:
        """Take what comes until the body is whole, or a byte longer than `most`. Raises `Gone` and `Refused`."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + settings.BODY_LONGEST_SECONDS
        self._waiting.add(exchange)
        try:
            async with asyncio.timeout(None) as exchange.timer:
                while exchange.has_more and exchange.size <= most:
                    exchange.timer.reschedule(min(latest, loop.time() + settings.BODY_IDLE_SECONDS))
                    piece = await exchange.next_piece()
                    if exchange.is_let_go:
                        break
                    self._add(exchange, piece[: most + 1 - exchange.size])
        except TimeoutError:
            if not exchange.is_let_go:
                raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None
        if exchange.is_let_go:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)

    def remove(self, exchange: "Exchange") -> None:
        if exchange in self._waiting:
            self._waiting.remove(exchange)
            self._held -= exchange.size

    def _add(self, exchange: "Exchange", piece: bytes) -> None:
        exchange.content.write(piece)
        self._held += len(piece)
        while self._held > self._most:
            largest = max(self._waiting, key=lambda each: each.size)
            self.remove(largest)
            largest.is_let_go, largest.content = True, BytesIO()
            # One whose time is up at this very moment, or that waits for a thread, can't be hurried any more.
            with contextlib.suppress(RuntimeError):
                largest.timer.reschedule(0)


def _head(status: str, headers: Iterable[tuple[str, str]]) -> Message:
    """The beginning of an answer, whose status is a number and its words."""
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": encoded}


def _piece(content: bytes, *, has_more: bool = True) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": has_more}


@dataclass(eq=False)
class Exchange:
    """One request, its body as far as it came, and the line on which it came; one that is let go is empty again."""

    environ: Message
    receive: Receive
    send: Send
    # Of a page that may be given again just so.
    name: ready_pages.Name | None = None
    has_more: bool = False
    content: BytesIO = field(default_factory=BytesIO)
    timer: asyncio.Timeout = field(init=False)
    is_let_go: bool = False
    long_answer_begins: Callable[[], object] = lambda: None

    @property
    def size(self) -> int:
        """Bytes of the body that came, until they are read."""
        return self.content.tell()

    async def next_piece(self) -> bytes:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise Gone
        self.has_more = message.get("more_body", False)
        return cast(bytes, message.get("body", b""))

    async def throw_rest_away(self) -> None:
        thrown_away = 0
        with contextlib.suppress(TimeoutError):
            while self.has_more and thrown_away < MOST_THROWN_AWAY:
                thrown_away += len(await asyncio.wait_for(self.next_piece(), LONGEST_IDLE_THROWING_AWAY))

    async def send_whole(self, head: Message, content: bytes) -> None:
        """Send an answer that needs no thread any more; a large one is kept only while somebody reads it."""
        await self.send(head)
        ends = range(WHOLE, len(content), WHOLE)
        try:
            for end in ends:
                await asyncio.wait_for(self.send(_piece(content[end - WHOLE : end])), LONGEST_READING_OF_PIECE)
        except TimeoutError:
            raise Gone from None
        await self.send(_piece(content[len(ends) * WHOLE :], has_more=False))

    def run(self, handler: Handler, loop: asyncio.AbstractEventLoop) -> tuple[Message, bytes] | None:
        """Return Django's answer; None for one that went out in pieces, or that has to wait for its share."""
        self.environ |= {"wsgi.input": self.content, "CONTENT_LENGTH": str(self.content.getbuffer().nbytes)}
        self.content.seek(0)
        started: list[Any] = []
        try:
            response = cast(HttpResponseBase, handler(self.environ, lambda *line: started.extend(line)))
            with contextlib.closing(response):
                if limits.WANTED in self.environ:
                    return None
                head = _head(*started)
                if response.streaming and int(response.headers.get("Content-Length", WHOLE + 1)) > WHOLE:
                    self._send_in_pieces(head, response, loop)
                    return None
                return head, b"".join(response)
        except Exception:
            # What goes wrong within Django it answers itself.
            logger.exception("No answer could be made")
            return _head("500", []), b""

    def _send_in_pieces(self, head: Message, response: Iterable[bytes], loop: asyncio.AbstractEventLoop) -> None:
        """Send what is made while it is read; the line is closed before the end of an answer that breaks off."""
        self.long_answer_begins()
        # A HEAD wants none; the empty piece keeps the server from saying that the answer has no length.
        pieces = iter([b""]) if self.environ["REQUEST_METHOD"] == "HEAD" else _pieces(response)
        has_gone = asyncio.run_coroutine_threadsafe(self._wait_until_gone(), loop)
        try:
            for message in chain([head], map(_piece, pieces), [_piece(b"", has_more=False)]):
                if has_gone.done():
                    return
                sending = asyncio.run_coroutine_threadsafe(self._send_one(message), loop)
                try:
                    sending.result(LONGEST_READING_OF_PIECE)
                finally:
                    sending.cancel()
        except TimeoutError:
            return
        except Exception:
            logger.exception("A long answer broke off")
        finally:
            has_gone.cancel()

    async def _send_one(self, message: Message) -> None:
        """As a coroutine: granian's own `send` gives something that can be awaited, and is none."""
        await self.send(message)

    async def _wait_until_gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass


def _pieces(response: Iterable[bytes]) -> Iterator[bytes]:
    """Gather what is made line by line: each piece costs a way to the loop and back."""
    gathered = bytearray()
    for each in response:
        gathered += each
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def _environ(scope: Message) -> Message:
    """Say in WSGI's words what was asked; the body's own length follows from what comes of it."""
    server, port = scope["server"]
    environ = {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.url_scheme": scope["scheme"],
    }
    for raw_name, raw_value in scope["headers"]:
        # One with an underscore would pass for another with a dash.
        if b"_" not in raw_name:
            name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
            name = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
            environ[name] = f"{environ[name]},{value}" if name in environ else value
    environ.pop("HTTP_CONTENT_LENGTH", None)
    return environ
