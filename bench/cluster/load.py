"""People who read and tell, each going on to the next public machine where one does not answer, as a browser does of
a name with several addresses; and what they saw.
"""

import asyncio
import html
import random
import re
import string
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.cluster.programs import SITE_PORT
from bench.sending import TOLD

LONGEST_CONNECT, LONGEST_ANSWER = 1.0, 30.0  # seconds
# Between two pages of a reader. A contributor is slower than a machine, which the site would take them for.
READING, WRITING = 10.0, (2.5, 1.5)
# Of one Send, before somebody gives up: a page that asks to press once more is no error.
MOST_PRESSES = 2
FORM = "/tell/form/"
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_CODE = re.compile(r'id="receipt-code"[^>]*>(.*?)</(?:p|code|output|strong|div|b)>', re.S)


class NoAnswer(Exception):
    """A request that was not answered whole, or with an error of the server."""


@dataclass(frozen=True)
class Account:
    """One that was acknowledged at `at`, `took` seconds after the press of Send; `mark` is a word of its text."""

    code: str
    mark: str
    at: float
    took: float


@dataclass(frozen=True)
class Error:
    """What a reader or a contributor met instead of an answer."""

    at: float
    who: str
    why: str


@dataclass
class Seen:
    """Pages that readers were shown, accounts with a code, and errors."""

    pages: int = 0
    accounts: list[Account] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)


class Visitor:
    """One with an address of their own, who keeps to one public machine for as long as it answers."""

    def __init__(self, addresses: list[str], number: int) -> None:
        self._addresses = random.sample(addresses, len(addresses))
        # A limit counts what one network of 256 sends.
        self._from = f"{number % 199 + 11}.{number // 199 % 256}.{number // 50944 % 256}.1"

    async def ask(self, path: str, fields: Mapping[str, object] | None = None) -> tuple[int, str]:
        """Status and page; raises NoAnswer."""
        for address in list(self._addresses):
            try:
                async with asyncio.timeout(LONGEST_CONNECT):
                    reader, writer = await asyncio.open_connection(address, SITE_PORT)
            except OSError:
                self._addresses.append(self._addresses.pop(0))
                continue
            try:
                async with asyncio.timeout(LONGEST_ANSWER):
                    status, page = await self._exchange(reader, writer, path, fields)
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                self._addresses.append(self._addresses.pop(0))
                raise NoAnswer(type(error).__name__) from error
            finally:
                writer.close()
            if status >= 500:
                title = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
                raise NoAnswer(f"{status} {title[1].strip() if title else ''}")
            return status, page
        raise NoAnswer("no machine")

    async def tell(self, mark: str) -> Account:
        """Fill in the form, check, send; raises NoAnswer."""
        told = {**TOLD, "account": f"{mark}. {TOLD['account']}"}
        page = (await self.ask(FORM))[1]
        await asyncio.sleep(WRITING[0])
        page = (await self.ask(FORM, {**_hidden(page), **told, "step": "check"}))[1]
        await asyncio.sleep(WRITING[1])
        for _ in range(MOST_PRESSES):
            began = time.monotonic()
            page = (await self.ask(FORM, {**_hidden(page), **told, "step": "send"}))[1]
            if found := _CODE.search(page):
                code = re.sub(r"[^0-9A-Z]", "", re.sub(r"<[^>]*>", "", found[1]).upper())
                return Account(code, mark, time.monotonic(), time.monotonic() - began)
        raise NoAnswer("no code")

    async def opens(self, account: Account) -> bool:
        """True where its code shows its words."""
        return account.mark in (await self.ask("/return/", {"code": account.code}))[1]

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        path: str,
        fields: Mapping[str, object] | None,
    ) -> tuple[int, str]:
        body = urlencode(fields, doseq=True).encode() if fields is not None else b""
        lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += [f"X-Forwarded-For: {self._from}", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/x-www-form-urlencoded", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
        page = await (reader.readexactly(int(length[1])) if length else reader.read())
        return int(head.split(" ", 2)[1]), page.decode(errors="replace")


class Crowd:
    """Readers and contributors of the public machines at `addresses`, who read `paths`; `seen` is what they saw."""

    def __init__(self, addresses: list[str], paths: list[str]) -> None:
        self.addresses, self.paths, self.seen = addresses, paths, Seen()
        self._numbers = 0

    def visitor(self) -> Visitor:
        self._numbers += 1
        return Visitor(self.addresses, self._numbers)

    @asynccontextmanager
    async def coming(self, *, readers: int, contributors: float) -> AsyncIterator[None]:
        """So many readers, and so many contributors a second; whoever has begun to tell ends it."""
        reading = [asyncio.create_task(self._read(READING * number / readers)) for number in range(readers)]
        telling: set[asyncio.Task[None]] = set()
        arriving = asyncio.create_task(self._arrive(contributors, telling))
        try:
            yield
        finally:
            for task in (*reading, arriving):
                task.cancel()
            await asyncio.gather(*reading, arriving, return_exceptions=True)
            await asyncio.gather(*telling)

    async def as_many_as_they_can(self, addresses: list[str], seconds: float, *, lines: int) -> int:
        """How many pages are answered in so many seconds, with `lines` readers who never pause for each machine."""
        until = time.monotonic() + seconds

        async def read(address: str) -> int:
            visitor, count = Visitor([address], random.randrange(10**6)), 0
            while time.monotonic() < until:
                with suppress(NoAnswer):
                    await visitor.ask(random.choice(self.paths))
                    count += 1
            return count

        return sum(await asyncio.gather(*(read(address) for address in addresses for _ in range(lines))))

    async def _read(self, pause: float) -> None:
        visitor = self.visitor()
        while True:
            await asyncio.sleep(pause)
            pause = READING
            try:
                await visitor.ask(random.choice(self.paths))
                self.seen.pages += 1
            except NoAnswer as error:
                self.seen.errors.append(Error(time.monotonic(), "reader", str(error)))

    async def _arrive(self, a_second: float, telling: set[asyncio.Task[None]]) -> None:
        while True:
            task = asyncio.create_task(self._tell())
            telling.add(task)
            task.add_done_callback(telling.discard)
            await asyncio.sleep(1 / a_second)

    async def _tell(self) -> None:
        # Letters alone: digits might be taken for a number that identifies somebody.
        mark = "".join(random.choices(string.ascii_lowercase, k=14))
        try:
            self.seen.accounts.append(await self.visitor().tell(mark))
        except NoAnswer as error:
            self.seen.errors.append(Error(time.monotonic(), "contributor", str(error)))


def _hidden(page: str) -> dict[str, str]:
    pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in _HIDDEN.findall(page)]
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}
