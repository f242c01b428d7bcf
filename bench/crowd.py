"""People who read, tell, come back and take back, each from a network of their own; and what they saw of the site."""

import asyncio
import gzip
import random
import re
import resource
import ssl
import string
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.serving import TOLD
from tests import running_site

LONGEST_CONNECT = 1.0  # seconds, where there is another door
# A contributor is slower than a machine, which the site would take them for.
WRITING, LOOKING_OVER = 2.5, 1.5  # seconds
# Of one Send, before somebody gives up: a page that asks to press once more is no error.
MOST_PRESSES = 2
# Seconds after which a story that was taken back is looked for; the first is what is promised.
LOOKS = (2.0, 2.25, 2.5, 3.0, 5.0, 8.0)
# Of one code, at the end: what goes wrong with a question says nothing of the account.
MOST_TRIES = 5
LINES = 8
_FORM, _RETURN = "/tell/form/", "/return/"
_WORDS = ("police", "ignored", "photos", "phone", "evidence", "closed", "school", "threats", "website", "kindness")


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NoAnswer(Exception):
    """A request that was not answered whole, or with an error."""


@dataclass(frozen=True)
class Door:
    """Where a public machine, or the proxy in front of it, listens; `tls` where it speaks it, under the name `host`."""

    address: str
    port: int
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    longest_answer: float = 30.0  # seconds


@dataclass(frozen=True)
class Account:
    """One that was acknowledged at `at`; `took` seconds for each page on the way; `mark` is a word of its text."""

    code: str
    mark: str
    at: float
    took: list[float]


@dataclass(frozen=True)
class Withdrawal:
    """A story that was taken back `at` a moment; `seen` says where and when it was still there afterwards."""

    slug: str
    at: float
    seen: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Error:
    """What a reader or a contributor met instead of an answer."""

    at: float
    who: str
    why: str


@dataclass
class Seen:
    """Seconds that each page took a reader, bytes that came with them, accounts with a code, withdrawals and errors."""

    took: list[float] = field(default_factory=list)
    size: int = 0
    accounts: list[Account] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)


class Visitor(running_site.Visitor):
    """One who keeps to one door for as long as it answers, as a browser does with a name of several addresses.

    `size` counts the bytes of all answers, packed as they came.
    """

    def __init__(self, doors: Sequence[Door], number: int) -> None:
        super().__init__("")
        self._doors, self.size = random.sample(doors, len(doors)), 0
        self.line: Line | None = None
        # A limit counts what one network of 256 sends.
        self._network = f"{number // 256 % 256}.{number % 256}.1"

    async def ask(self, path: str, fields: Mapping[str, object] | None = None) -> str:
        """The page, kept as `page` too; raises NoAnswer."""
        if self.line:
            # One that was kept may have been closed meanwhile.
            with suppress(OSError, asyncio.IncompleteReadError):
                return self._read(*await self._exchange(self._doors[0], path, fields))
        for _ in self._doors:
            door = self._doors[0]
            try:
                self.line = await self._connect(door)
            except OSError:
                self._doors.append(self._doors.pop(0))
                continue
            try:
                return self._read(*await self._exchange(door, path, fields))
            except (OSError, asyncio.IncompleteReadError) as error:
                self._doors.append(self._doors.pop(0))
                raise NoAnswer(type(error).__name__) from error
        raise NoAnswer("no machine")

    async def _connect(self, door: Door) -> Line:
        if door.tls is None:
            async with asyncio.timeout(LONGEST_CONNECT):
                return await asyncio.open_connection(door.address, door.port)
        # A proxy on this machine goes by the address itself.
        source = (f"127.{self._network}", 0)
        async with asyncio.timeout(door.longest_answer):
            return await asyncio.open_connection(
                door.address, door.port, ssl=door.tls, server_hostname=door.host, local_addr=source
            )

    async def _exchange(self, door: Door, path: str, fields: Mapping[str, object] | None) -> tuple[str, bytes]:
        """Head and body of the answer; the line is kept where TLS was agreed on it, which costs more than a page."""
        assert self.line
        (reader, writer), self.line = self.line, None
        body = urlencode(fields, doseq=True).encode() if fields is not None else b""
        lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", f"Host: {door.host}"]
        lines += [f"X-Forwarded-For: 10.{self._network}", "Accept-Encoding: gzip", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/x-www-form-urlencoded", *([] if door.tls else ["Connection: close"])]
        is_kept = False
        try:
            async with asyncio.timeout(door.longest_answer):
                writer.write("\r\n".join([*lines, "", ""]).encode() + body)
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
                answer = await (reader.readexactly(int(length[1])) if length else reader.read())
            is_kept = bool(door.tls and length)
            return head, answer
        finally:
            if is_kept:
                self.line = reader, writer
            else:
                writer.close()

    def _read(self, head: str, body: bytes) -> str:
        self.size += len(head) + len(body)
        is_packed = re.search(r"(?i)\r\ncontent-encoding: *gzip", head)
        self.page = (gzip.decompress(body) if is_packed else body).decode(errors="replace")
        self.status = int(head.split(" ", 2)[1])
        # One that was taken back says so.
        if self.status >= 400 and self.status != 410:
            title = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.S)
            again = re.search(r"(?i)\r\n(retry-after: *\d+)", head)
            raise NoAnswer(" ".join([str(self.status), *(found[1].strip() for found in (title, again) if found)]))
        return self.page

    async def tells(self, mark: str) -> Account:
        """Fill in the form, check, send; raises NoAnswer."""
        told, took = {**TOLD, "account": f"{mark}. {TOLD['account']}"}, []

        async def ask(fields: Mapping[str, object] | None) -> None:
            began = time.monotonic()
            await self.ask(_FORM, fields)
            took.append(time.monotonic() - began)

        await ask(None)
        await asyncio.sleep(WRITING)
        await ask({**self.hidden(), **told, "step": "check"})
        await asyncio.sleep(LOOKING_OVER)
        for _ in range(MOST_PRESSES):
            await ask({**self.hidden(), **told, "step": "send"})
            if 'id="receipt-code"' in self.page:
                return Account(self.code(), mark, time.monotonic(), took)
        raise NoAnswer("no code")

    async def opens(self, account: Account) -> bool:
        """True where its code shows its words."""
        return account.mark in await self.ask(_RETURN, {"code": account.code})

    async def takes_back(self, code: str) -> None:
        """Withdraw by the code, as the pages lead there; raises NoAnswer unless the last says that it is done."""
        await self.ask(_RETURN, {"code": code})
        for step in ("withdraw", "withdraw-now"):
            await self.ask(_RETURN, {**self.hidden(), "step": step})
        if "You took it back" not in self.page:
            raise NoAnswer("not taken back")


class Crowd:
    """All who come to `doors`: readers ask for `paths`, a part of those who told comes back; `seen`, what they saw."""

    def __init__(self, doors: Sequence[Door], paths: Iterator[str], *, coming_back: float = 0.0) -> None:
        self.doors, self.paths, self.seen = doors, paths, Seen()
        self._coming_back, self._told, self.came_back, self._numbers = coming_back, 0, 0, 0
        self._idle: list[Visitor] = []
        # Each who waits for an answer is an open file.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def visitor(self) -> Visitor:
        self._numbers += 1
        return Visitor(self.doors, self._numbers)

    @asynccontextmanager
    async def coming(
        self, *, readers: float, contributors: float, codes: Mapping[str, str] | None = None, pause: float = 0.0
    ) -> AsyncIterator[None]:
        """So many of each a second, and one of `codes` (by the slug of its story) taken back in each `pause`.

        Whoever has come by the end of the block ends what they began.
        """
        async with asyncio.TaskGroup() as going:
            arriving = [going.create_task(self._take_back(codes or {}, pause, going))]
            for often, visit in ((readers, self._read), (contributors, self._tell)):
                if often:
                    arriving.append(going.create_task(arrive(often, visit, going)))
            try:
                yield
            finally:
                for task in arriving:
                    task.cancel()

    async def as_many_as_they_can(self, doors: Sequence[Door], seconds: float) -> float:
        """How many pages a second are answered in so many seconds, with readers at each door who never pause."""
        until = time.monotonic() + seconds

        async def read(visitor: Visitor) -> int:
            count = 0
            while time.monotonic() < until:
                with suppress(NoAnswer):
                    await visitor.ask(next(self.paths))
                    count += 1
            return count

        numbers = range(LINES)
        return sum(await asyncio.gather(*(read(Visitor([door], each)) for door in doors for each in numbers))) / seconds

    async def find_lost(self, accounts: Sequence[Account]) -> list[Account]:
        """Come back with each code; returns the accounts that it opens no more."""
        lost, waiting = [], iter(accounts)

        async def open_some() -> None:
            for account in waiting:
                for _ in range(MOST_TRIES):
                    with suppress(NoAnswer):
                        if await self.visitor().opens(account):
                            break
                    await asyncio.sleep(1)
                else:
                    lost.append(account)

        await asyncio.gather(*(open_some() for _ in range(LINES)))
        return lost

    async def look_for(self, withdrawal: Withdrawal, when: str) -> None:
        """Ask at each door for its page and for the newest; one that answers with an error shows nothing."""
        story = f"/stories/{withdrawal.slug}/"
        for door in self.doors:
            visitor = Visitor([door], self._numbers)
            for path in (story, "/stories/"):
                with suppress(NoAnswer):
                    page = await visitor.ask(path)
                    if (visitor.status == 200) if path == story else (f'href="{story}"' in page):
                        withdrawal.seen.append(f"{path} at {door.address} {when}")

    async def _read(self, due: float) -> None:
        # Another person by the line of one who has read; there is none where lines aren't kept.
        visitor = self._idle.pop() if self._idle else self.visitor()
        visitor.size = 0
        try:
            await visitor.ask(next(self.paths))
        except NoAnswer as error:
            self._note("reader", error)
        self.seen.took.append(time.monotonic() - due)
        self.seen.size += visitor.size
        if visitor.line:
            self._idle.append(visitor)

    async def _tell(self, due: float) -> None:
        # Letters alone: digits might be taken for a number that identifies somebody.
        mark = "".join(random.choices(string.ascii_lowercase, k=14))
        try:
            self.seen.accounts.append(account := await self.visitor().tells(mark))
            self._told += 1
            if self._told * self._coming_back >= self.came_back + 1:
                self.came_back += 1
                if not await self.visitor().opens(account):
                    raise NoAnswer("the code opened nothing")
        except NoAnswer as error:
            self._note("contributor", error)

    async def _take_back(self, codes: Mapping[str, str], pause: float, going: asyncio.TaskGroup) -> None:
        for slug, code in codes.items():
            await asyncio.sleep(pause)
            visitor = self.visitor()
            while True:
                try:
                    await visitor.takes_back(code)
                    break
                except NoAnswer as error:
                    self._note("contributor", error)
                    await asyncio.sleep(0.5)
            self.seen.withdrawals.append(withdrawal := Withdrawal(slug, time.monotonic()))
            going.create_task(self._look_again(withdrawal))

    async def _look_again(self, withdrawal: Withdrawal) -> None:
        for seconds in LOOKS:
            await asyncio.sleep(withdrawal.at + seconds - time.monotonic())
            await self.look_for(withdrawal, f"after {seconds} s")

    def _note(self, who: str, error: NoAnswer) -> None:
        self.seen.errors.append(Error(time.monotonic(), who, str(error)))


async def arrive(
    a_second: float, visit: Callable[[float], Coroutine[None, None, None]], going: asyncio.TaskGroup
) -> None:
    """Have somebody come at an even pace, whatever the answers take, so that a slow one keeps nobody away."""
    due = time.monotonic()
    while True:
        await asyncio.sleep(due - time.monotonic())
        going.create_task(visit(due))
        due += 1 / a_second


def day_in_the_news(stories: Sequence[str], *, searches: bool) -> Iterator[str]:
    """Addresses in the shares of such a day; `stories` are slugs, and the first is the one that all read."""
    dice = random.Random(7)
    lists = ("/stories/", "/patterns/", "/stories/?force=kent", "/forces/", "/stories/?outcome=closed")
    tail = [f"/stories/{slug}/" for slug in stories[1:]] + ["/get-help/", "/open-data/", "/the-law/", "/cy/"]
    shares = [("/", f"/stories/{stories[0]}/"), lists, ("/what-we-hear/",), tail]
    while True:
        path = dice.choice(dice.choices(shares, (60, 25, 10, 5))[0])
        has_searched = searches and path == "/what-we-hear/" and dice.random() < 0.5
        yield f"/search/?q={dice.choice(_WORDS)}" if has_searched else path
