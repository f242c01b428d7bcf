"""The faults that `make faults` plays on a site on a bare Debian, and what people meet in each.

Each fault gets 20 accounts told through it; at the end every code that was shown is looked up.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.operations.load import Load

HERE = Path(__file__).resolve().parent
MAIN = "$(systemctl show heard-public --property=MainPID --value)"
POSTGRES = "$(pgrep -u postgres -x postgres)"
REDIS = "$(pgrep -x redis-server)"


@dataclass(frozen=True)
class Fault:
    """What is done, for how long, and what ends it; commands of sh, as root on the machine."""

    does: str
    seconds: float = 10
    ends: str = "true"
    after: float = 8


FAULTS = {
    "worker killed": Fault(f"kill -9 $(pgrep -P {MAIN} | head -n 1)"),
    "master killed": Fault(f"kill -9 {MAIN}", seconds=15),
    "restart": Fault("systemctl restart heard-public", seconds=15),
    "reload": Fault("systemctl reload heard-public", seconds=15),
    "redis stopped": Fault("systemctl stop redis-server", ends="systemctl start redis-server"),
    "redis frozen": Fault(f"kill -STOP {REDIS}", seconds=15, ends=f"kill -CONT {REDIS}"),
    "postgresql stopped": Fault(
        "systemctl kill -s QUIT postgresql@*; systemctl stop 'postgresql@*'",
        seconds=20,
        ends="systemctl start postgresql",
    ),
    "postgresql frozen": Fault(f"kill -STOP {POSTGRES}", seconds=40, ends=f"kill -CONT {POSTGRES}", after=15),
    "disk nearly full": Fault(
        "fallocate -l $(($(df --output=avail -B1 /var/lib/heard | tail -n 1) - 150000000)) /var/lib/heard/ballast",
        ends="rm /var/lib/heard/ballast",
    ),
    "disk full": Fault(
        "cd /var/lib/heard; for size in 1M 1k; do dd if=/dev/zero of=ballast.$size bs=$size 2>/dev/null; done; true",
        seconds=20,
        ends="rm -f /var/lib/heard/ballast.*",
    ),
    "disk read-only": Fault("mount -o remount,ro /var/lib/heard", ends="mount -o remount,rw /var/lib/heard"),
}


def play(root, host, only=""):
    """What people met in each fault, or in that one alone, on the running root of that name."""
    told = {}
    for name, fault in FAULTS.items():
        if only in ("", name):
            told[name] = _play(root, host, fault)
            print(f"{name}: {told[name]}", flush=True)
    return told


def _play(root, host, fault):
    with Load(host) as load:
        time.sleep(4)
        began = load.now()
        _on(root, fault.does)
        time.sleep(fault.seconds)
        _on(root, fault.ends)
        time.sleep(fault.after)
        ended = load.now()
        while len(load.codes) < 20 and load.now() < ended + 60:
            time.sleep(1)
        met = load.met(since=began, until=ended)
    return met | {"told": len(load.codes), "lost": len(load.lost())}


def _on(root, command):
    done = subprocess.run([HERE / "bare_debian", "run", root, "sh", "-c", command], capture_output=True, text=True)
    if done.returncode:
        print(f"  {command}: {done.stderr.strip()[-200:]}", file=sys.stderr)
