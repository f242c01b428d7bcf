"""Heard on several machines, under load, with one thing lost after another: `python -m bench.cluster`.

PostgreSQL with two standbys, PgBouncer, Redis, three public machines and the desk, as docs/several-machines.md lays
them out. Ends with 1 where an account was acknowledged and lost, or a story withdrawn and still seen.
"""

import argparse
import asyncio
import math
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.cluster.load import Crowd, NoAnswer, Seen, Visitor
from bench.cluster.network import machines
from bench.cluster.programs import LONGEST_START, NAMES, PUBLIC, REPLICA, Cluster, why_not_here
from bench.cluster.withdrawals import Withdrawal, Withdrawals

READERS, CONTRIBUTORS = 500, 5.0
LONGEST_AWAY = 10.0  # seconds, until what was lost is there again, or somebody has the standby promoted
QUOTA = 0.2  # of a core, for each public machine
LEAST_RATIO = 2.5
ROUNDS, TURN = 3, 5.0  # seconds of each
SENDS = 50
LINES = 8


@dataclass
class Fault:
    """What is lost, and how it comes back; `began` is when, and `ended` when the next was lost."""

    name: str
    lose: Callable[[], None]
    mend: Callable[[], None]
    began: float = 0.0
    ended: float = math.inf
    opened: int = 0

    def has(self, moment: float) -> bool:
        return self.began <= moment < self.ended


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="of the load, through all faults")
    parser.add_argument("--stories", type=int, default=2_000)
    given = parser.parse_args()
    if install := why_not_here():
        sys.exit(f"Install first: {install}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="heard-cluster-") as folder:
        # PostgreSQL's own user has to get to its folders.
        Path(folder).chmod(0o755)
        with machines(NAMES, Path(folder)) as made:
            cluster = Cluster(made, Path(folder))
            began = time.monotonic()
            cluster.start(given.stories)
            print(f"{len(NAMES)} machines run after {time.monotonic() - began:.0f} s", flush=True)
            return asyncio.run(_measure(cluster, given.minutes * 60))


async def _measure(cluster: Cluster, seconds: float) -> int:
    slugs = cluster.manage("shell", "--no-imports", "-v0", "-c", _SLUGS).split()
    withdrawn, read = slugs[: len(slugs) // 2], slugs[len(slugs) // 2 :]
    paths = ["/", "/stories/", "/what-we-hear/", *(f"/stories/{slug}/" for slug in read[:200])]
    crowd = Crowd([machine.address for machine in cluster.public()], paths)
    await _until_all_answer(crowd)
    sends = await _price_of_the_standby(cluster, crowd)
    one, three = await _throughput(cluster, crowd)
    faults = _faults(cluster)
    withdrawals = Withdrawals(cluster, withdrawn)
    async with withdrawals.going_on(), crowd.coming(readers=READERS, contributors=CONTRIBUTORS):
        for fault, following in zip(faults, [*faults[1:], None], strict=True):
            await _play(fault, seconds / len(faults))
            fault.ended = time.monotonic() if following else math.inf
    await _until_all_answer(crowd)
    await _open_again(faults, crowd)
    is_whole = _say_faults(faults, crowd.seen, withdrawals.done)
    _say_speed(cluster, one, three)
    with_standby, alone = (f"{sends[is_held]:.0f} ms" for is_held in (True, False))
    print(f"Send, median: {with_standby} until a standby's disk has it, {alone} until the primary's has")
    return 0 if is_whole else 1


_SLUGS = "from stories.models import Story; print(*Story.live.order_by('-sequence').values_list('slug', flat=True))"


def _faults(cluster: Cluster) -> list[Fault]:
    lost = {"a public machine": PUBLIC[0], "Redis": "redis", "the replica": REPLICA, "PgBouncer": "pool"}
    made = [Fault(name, cluster.machines[key].lose, cluster.machines[key].restore) for name, key in lost.items()]
    nothing = Fault("nothing", lambda: None, lambda: None)
    return [nothing, *made, Fault("the primary", cluster.lose_primary, cluster.promote)]


async def _play(fault: Fault, seconds: float) -> None:
    fault.began = time.monotonic()
    print(f"  lost: {fault.name}", flush=True)
    await asyncio.to_thread(fault.lose)
    await asyncio.sleep(min(LONGEST_AWAY, seconds / 3))
    await asyncio.to_thread(fault.mend)
    await asyncio.sleep(max(0.0, fault.began + seconds - time.monotonic()))


async def _until_all_answer(crowd: Crowd) -> None:
    """Wait until each public machine shows the list, ten times in a row."""
    until, well = time.monotonic() + LONGEST_START, 0
    while well < 10:
        try:
            for address in crowd.addresses:
                await Visitor([address], 0).ask("/stories/")
            well += 1
        except NoAnswer as error:
            well = 0
            if time.monotonic() > until:
                sys.exit(f"The site was not whole again: {error}")
        await asyncio.sleep(0.2)


async def _open_again(faults: list[Fault], crowd: Crowd) -> None:
    """Open every account that was acknowledged, by its code, after all that was lost."""
    accounts = iter(crowd.seen.accounts)

    async def open_some() -> None:
        for account in accounts:
            if await crowd.visitor().opens(account):
                next(fault for fault in faults if fault.has(account.at)).opened += 1

    await asyncio.gather(*(open_some() for _ in range(LINES)))


async def _price_of_the_standby(cluster: Cluster, crowd: Crowd) -> dict[bool, float]:
    """Milliseconds of a Send, the median, without readers: held for a standby, and not."""
    took = {}
    # The first time for nothing: caches are empty.
    for is_held in (True, False, True):
        await asyncio.to_thread(cluster.hold_sends_for_a_standby, is_held=is_held)
        crowd.seen = Seen()
        async with crowd.coming(readers=0, contributors=CONTRIBUTORS):
            await asyncio.sleep(SENDS / CONTRIBUTORS)
        took[is_held] = statistics.median(account.took for account in crowd.seen.accounts) * 1000
    crowd.seen = Seen()
    return took


@dataclass(frozen=True)
class Speed:
    """Pages a second, and seconds of a processor that a page took of the public machines."""

    a_second: float
    cpu: float


async def _throughput(cluster: Cluster, crowd: Crowd) -> tuple[Speed, Speed]:
    """One public machine and three of them, each held to its part of a core, in turn: the medians."""
    measured: dict[int, list[Speed]] = {1: [], 3: []}
    for machine in cluster.public():
        machine.hold_to(QUOTA)
    for _ in range(ROUNDS):
        for count, speeds in measured.items():
            asked = cluster.public()[:count]
            before = sum(machine.cpu() for machine in asked)
            pages = await crowd.as_many_as_they_can([machine.address for machine in asked], TURN, lines=LINES)
            speeds.append(Speed(pages / TURN, (sum(machine.cpu() for machine in asked) - before) / pages))
    for machine in cluster.public():
        machine.hold_to(None)
    one, three = (sorted(each, key=lambda speed: speed.a_second)[ROUNDS // 2] for each in measured.values())
    return one, three


def _say_faults(faults: list[Fault], seen: Seen, withdrawn: list[Withdrawal]) -> bool:
    """Print the table; True where nothing was lost and nothing still seen."""
    heads = ["errors: readers", "contributors", "accounts", "opened", "lost", "withdrawn", "still seen", "whole after"]
    print(f"\n{'lost':<18}" + "".join(f"{head:>17}" for head in heads))
    is_whole = True
    for fault in faults:
        errors = [error for error in seen.errors if fault.has(error.at)]
        whose = Counter(error.who for error in errors)
        accounts = sum(fault.has(account.at) for account in seen.accounts)
        down = [each for each in withdrawn if fault.has(each.at)]
        still = [each for each in down if each.seen_on]
        whole = max((error.at for error in errors), default=fault.began) - fault.began
        cells = [whose["reader"], whose["contributor"], accounts, fault.opened, accounts - fault.opened]
        cells += [len(down), len(still)]
        print(f"{fault.name:<18}" + "".join(f"{cell:>17}" for cell in [*cells, f"{whole:.1f} s"]))
        for why, count in Counter(error.why for error in errors).most_common():
            print(f"    {why}: {count}")
        for each in still:
            print(f"    {each.slug}: {', '.join(each.seen_on)}")
        is_whole = is_whole and accounts == fault.opened and not still
    print(f"{seen.pages:,} pages read")
    return is_whole


def _say_speed(cluster: Cluster, one: Speed, three: Speed) -> None:
    if cluster.public()[0].cgroup is None:
        print(f"CPU of a page: {one.cpu * 1000:.2f} ms on one public machine, {three.cpu * 1000:.2f} ms on three")
        return
    ratio = three.a_second / one.a_second
    missed = "" if ratio >= LEAST_RATIO else "  missed"
    print(
        f"Pages a second, {QUOTA} of a core each: {one.a_second:.0f} with one public machine, "
        f"{three.a_second:.0f} with three: {ratio:.2f}, asked: {LEAST_RATIO}{missed}"
    )


if __name__ == "__main__":
    sys.exit(main())
