"""Heard on several machines, under load, with one thing lost after another: `python -m bench.cluster`, as root.

PostgreSQL with two standbys, PgBouncer, Redis, three public machines and the desk, as docs/several-machines.md lays
them out. Ends with 1 where an account was acknowledged and lost, or a story taken back and still seen.
"""

import argparse
import asyncio
import json
import math
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.cluster.network import machines
from bench.cluster.programs import LONGEST_START, NAMES, PUBLIC, REPLICA, Cluster, why_not_here
from bench.crowd import Account, Crowd, NoAnswer, Seen, Visitor, day_in_the_news

READERS, CONTRIBUTORS = 500.0, 5.0  # a second
# Of what the machines bear without a fault: at their limit they would refuse some in any case.
MOST_OF_WHAT_THEY_BEAR = 0.5
WITHDRAWAL_EACH = 5.0  # seconds: after each of them all pages are made again
LONGEST_AWAY = 10.0  # seconds, until what was lost is there again, or somebody has the standby promoted
QUOTA, LEAST_RATIO = 0.2, 2.5  # of a core, for each public machine
ROUNDS, TURN = 3, 5.0  # seconds of each


@dataclass
class Fault:
    """What is lost, and how it comes back; `began` is when, and `ended` when the next was lost."""

    name: str
    lose: Callable[[], None]
    mend: Callable[[], None]
    began: float = 0.0
    ended: float = math.inf

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
    give_codes = "import json; from bench.seeding import stories; print(json.dumps(stories.give_codes({})))"
    shell = cluster.manage("shell", "--no-imports", "-v0", "-c", give_codes.format(int(seconds / WITHDRAWAL_EACH) + 2))
    codes, slugs = json.loads(shell)
    crowd = Crowd(cluster.doors(), day_in_the_news(slugs[:200], searches=False))
    await _until_all_answer(crowd)
    # The first pages of each machine cost more.
    await _bear(crowd, {})
    await _say_price_of_the_standby(cluster, crowd)
    await _say_throughput(cluster, crowd)
    some = dict([codes.popitem() for _ in range(2)])
    borne = await _bear(crowd, some)
    readers = min(READERS, borne * MOST_OF_WHAT_THEY_BEAR)
    print(
        f"Readers a second: {READERS:.0f} asked; {os.cpu_count()} cores for all machines and the load bear {borne:.0f}"
    )
    faults = _faults(cluster)
    crowd.seen, began = Seen(), time.monotonic()
    async with crowd.coming(readers=readers, contributors=CONTRIBUTORS, codes=codes, pause=WITHDRAWAL_EACH):
        for number, fault in enumerate(faults):
            await _play(fault, seconds / len(faults))
            fault.ended = time.monotonic() if faults[number + 1 :] else math.inf
        took = time.monotonic() - began
    await _until_all_answer(crowd)
    print(
        f"{len(crowd.seen.took) / took:.0f} readers and {len(crowd.seen.accounts) / took:.1f} accounts a second"
        f" came, for {took / 60:.1f} minutes"
    )
    for withdrawal in crowd.seen.withdrawals:
        await crowd.look_for(withdrawal, "in the end")
    return _say_faults(faults, crowd.seen, await crowd.find_lost(crowd.seen.accounts))


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
    await asyncio.sleep(fault.began + seconds - time.monotonic())


async def _until_all_answer(crowd: Crowd) -> None:
    """Wait until each public machine shows the list, ten times in a row."""
    until, well = time.monotonic() + LONGEST_START, 0
    while well < 10:
        try:
            for door in crowd.doors:
                await Visitor([door], 0).ask("/stories/")
            well += 1
        except NoAnswer as error:
            well = 0
            if time.monotonic() > until:
                sys.exit(f"The site was not whole again: {error}")
        await asyncio.sleep(0.2)


async def _bear(crowd: Crowd, codes: dict[str, str]) -> float:
    """Pages a second at all machines, as many as they can while people tell and take back."""
    async with crowd.coming(readers=0, contributors=CONTRIBUTORS, codes=codes, pause=TURN):
        return await crowd.as_many_as_they_can(crowd.doors, 2 * TURN)


async def _say_price_of_the_standby(cluster: Cluster, crowd: Crowd) -> None:
    """What a Send takes without readers, where its commit waits for a standby, and where it doesn't; in turn."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for is_held in (True, False) * ROUNDS:
        await asyncio.to_thread(cluster.hold_sends_for_a_standby, is_held=is_held)
        crowd.seen = Seen()
        async with crowd.coming(readers=0, contributors=CONTRIBUTORS):
            await asyncio.sleep(TURN)
        took[is_held] += [account.took[-1] * 1000 for account in crowd.seen.accounts]
    await asyncio.to_thread(cluster.hold_sends_for_a_standby, is_held=True)
    held, alone = (statistics.median(each) for each in took.values())
    print(f"Send, median: {held:.0f} ms until a standby's disk has it (ANY 1), {alone:.0f} ms until the primary's has")


async def _say_throughput(cluster: Cluster, crowd: Crowd) -> None:
    """One public machine and three of them, each held to its part of a core, in turn: the medians."""
    speeds: dict[int, list[float]] = {1: [], 3: []}
    costs: dict[int, list[float]] = {1: [], 3: []}
    for machine in cluster.public():
        machine.hold_to(QUOTA)
    for _ in range(ROUNDS):
        for count in speeds:
            asked = cluster.public()[:count]
            before = sum(machine.cpu() for machine in asked)
            speed = await crowd.as_many_as_they_can(crowd.doors[:count], TURN)
            speeds[count].append(speed)
            costs[count].append((sum(machine.cpu() for machine in asked) - before) / (speed * TURN) * 1000)
    for machine in cluster.public():
        machine.hold_to(None)
    if cluster.public()[0].cgroup is None:
        one, three = map(statistics.median, costs.values())
        print(f"CPU of a page: {one:.2f} ms on one public machine, {three:.2f} ms on three (no quotas here, no ratio)")
        return
    one, three = map(statistics.median, speeds.values())
    missed = "" if three / one >= LEAST_RATIO else "  missed"
    print(
        f"Pages a second, {QUOTA} of a core each: {one:.0f} with one public machine, {three:.0f} with three: "
        f"{three / one:.2f}, asked: {LEAST_RATIO}{missed}"
    )


def _say_faults(faults: list[Fault], seen: Seen, lost: list[Account]) -> int:
    """Print the table; 1 where an account was lost or a story still seen."""
    heads = ["errors: readers", "contributors", "accounts", "of them lost", "taken back", "still seen", "whole after"]
    print(f"\n{'lost':<18}" + "".join(f"{head:>16}" for head in heads))
    for fault in faults:
        errors = [error for error in seen.errors if fault.has(error.at)]
        whose = Counter(error.who for error in errors)
        accounts = [account for account in seen.accounts if fault.has(account.at)]
        down = [each for each in seen.withdrawals if fault.has(each.at)]
        still = [each for each in down if each.seen]
        whole = max((error.at for error in errors), default=fault.began) - fault.began
        cells = [whose["reader"], whose["contributor"], len(accounts), sum(each in lost for each in accounts)]
        cells += [len(down), len(still)]
        print(f"{fault.name:<18}" + "".join(f"{cell:>16}" for cell in [*cells, f"{whole:.1f} s"]))
        for (who, why), count in Counter((error.who, error.why) for error in errors).most_common():
            print(f"    {who}: {why}: {count}")
        for each in still:
            print(f"    {each.slug}: {', '.join(each.seen)}")
    return int(bool(lost) or any(each.seen for each in seen.withdrawals))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
