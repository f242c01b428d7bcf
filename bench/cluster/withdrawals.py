"""Stories that a moderator takes down at the desk, one after another, and whether a reader still sees them."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bench.cluster.load import NoAnswer, Visitor
from bench.cluster.programs import Cluster

# Seconds between two: after each of them all pages are made again.
PAUSE = 5.0
# After so many seconds each public machine is asked; the first is what is promised.
LOOKS = (2.0, 4.0, 8.0)
# Takes down each story that it is told, trying until the database has it.
_DESK = """
import sys, time
from django.db import Error, connections
from stories.core import takedown
from stories.models import Story
for line in sys.stdin:
    while True:
        try:
            takedown.hide_story(Story.objects.get(slug=line.strip()))
            break
        except Error:
            connections.close_all()
            time.sleep(0.1)
    print(line.strip(), flush=True)
"""


@dataclass(frozen=True)
class Withdrawal:
    """A story that was taken down `at` a moment; `seen_on` are the looks at which it was still there."""

    slug: str
    at: float
    seen_on: list[str]


class Withdrawals:
    """`done` are those whose looks are over."""

    def __init__(self, cluster: Cluster, slugs: list[str]) -> None:
        self._cluster, self._slugs = cluster, slugs
        self._addresses = [machine.address for machine in cluster.public()]
        self.done: list[Withdrawal] = []

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """Take down while the block runs; the last looks are over when this ends."""
        desk = self._cluster.machines["desk"]
        command = desk.command(self._cluster.manage_command("shell", "--no-imports", "-v0", "-c", _DESK))
        env = {**os.environ, **self._cluster.environment(desk, "admin")}
        pipe = asyncio.subprocess.PIPE
        shell = await asyncio.create_subprocess_exec(*command, env=env, stdin=pipe, stdout=pipe, start_new_session=True)
        looks: set[asyncio.Task[None]] = set()
        going = asyncio.create_task(self._go_on(shell, looks))
        try:
            yield
        finally:
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)
            await asyncio.gather(shell.wait(), *looks)

    async def _go_on(self, shell: asyncio.subprocess.Process, looks: set[asyncio.Task[None]]) -> None:
        assert shell.stdin
        assert shell.stdout
        for slug in self._slugs:
            shell.stdin.write(f"{slug}\n".encode())
            if not await shell.stdout.readline():
                raise RuntimeError("The desk's shell ended.")
            looks.add(asyncio.create_task(self._look_for(slug, time.monotonic())))
            await asyncio.sleep(PAUSE)

    async def _look_for(self, slug: str, at: float) -> None:
        seen_on: list[str] = []
        for seconds in LOOKS:
            await asyncio.sleep(at + seconds - time.monotonic())
            found = await asyncio.gather(*(self._is_seen(slug, address) for address in self._addresses))
            places = zip(self._addresses, found, strict=True)
            seen_on += [f"{address} after {seconds:.0f} s" for address, is_seen in places if is_seen]
        self.done.append(Withdrawal(slug, at, seen_on))

    async def _is_seen(self, slug: str, address: str) -> bool:
        """True where its page or the list of the newest has it; a machine that answers with an error shows nothing."""
        story, visitor = f"/stories/{slug}/", Visitor([address], 0)
        with suppress(NoAnswer):
            if (await visitor.ask(story))[0] == 200:
                return True
        with suppress(NoAnswer):
            return f'href="{story}"' in (await visitor.ask("/stories/"))[1]
        return False
