"""Set a site up on a bare Debian as an operator does, and play every fault on it: `make faults`.

    tests/operations/on_bare_debian.py [trixie|bookworm] [--keep] [--database postgresql] [--only "NAME OF A FAULT"]

Prints how many commands were typed, questions asked and minutes it took, and what people met in each fault: 20 accounts
are told through it, and at the end every code that was shown is looked up. Needs root, debootstrap and the ports 80,
443, 8000 and 8001 of this machine.
"""

import argparse
import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.operations.load import Load  # noqa: E402

BARE = ROOT / "tests/operations/bare_debian"
NAME = "heard-faults"
ANSWERS = """\
name = "heard.example"
desk_reach = "vpn"
desk_networks = "127.0.0.0/8"
certificate = "trial"
coordinator = "carol"
database = "{database}"
redis = "{redis}"
"""
SHOWN = re.compile(r"(?:^|\s)(\d{1,2}) ([0-9a-f]{4}|[0-9A-Z]{5})(?=\s)")
# What is asked at the terminal, and what somebody answers who wrote down what was shown.
ASKED = (r"on paper[^\n]*: $", r"check sum: $", r"group (\d+): $", r"\[y/N\] $")
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


def main():
    told = argparse.ArgumentParser()
    told.add_argument("suite", nargs="?", default="trixie")
    told.add_argument("--database", default="postgresql")
    told.add_argument("--only", default="")
    told.add_argument("--keep", action="store_true")
    told = told.parse_args()
    with tempfile.TemporaryDirectory(prefix="heard-faults-") as folder:
        source = _tagged_clone(Path(folder))
        _bare("remove", NAME)
        _bare("new", NAME, told.suite)
        _bare("start", NAME, f"{source}:/src")
        try:
            _set_up(told)
            print(json.dumps(play(NAME, "heard.example", told.only), indent=1))
        finally:
            if not told.keep:
                _bare("remove", NAME)


def _tagged_clone(folder):
    source = folder / "src"
    subprocess.run(["git", "clone", "-q", ROOT, source], check=True)
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M)[1]
    subprocess.run(["git", "-C", source, "tag", f"v{version}"], check=True)
    return source


def _set_up(told):
    answers = ANSWERS.format(database=told.database, redis="here" if told.database == "postgresql" else "no")
    _bare("run", NAME, "sh", "-c", f"cat > /root/answers.toml <<'END'\n{answers}END")
    began = time.monotonic()
    # A disk of its own for the data, which can be filled and made read-only without anybody else noticing.
    _bare("run", NAME, "sh", "-c", "mkdir -p /var/lib/heard && mount -t tmpfs -o size=900m tmpfs /var/lib/heard")
    asked, status = _at_terminal([BARE, "run", NAME, "/src/deploy/heard", "setup", "--answers", "/root/answers.toml"])
    minutes = (time.monotonic() - began) / 60
    print(f"{told.suite}, {told.database}: `heard setup` ended with {status} after {minutes:.1f} minutes")
    print(
        f"asked at the terminal {asked} times, besides the {answers.count(' = ')} answers of the file; by hand: 0 files"
    )
    if status:
        sys.exit(status)


def _at_terminal(command):
    """Run it at a terminal and answer what is asked there; returns how often, and its status."""
    pid, line = pty.fork()
    if not pid:
        os.execvpe(command[0], [str(word) for word in command], os.environ | {"TERM": "xterm"})
    said, seen, asked, paper = "", 0, 0, {}
    while True:
        if select.select([line], [], [], 1)[0]:
            try:
                more = os.read(line, 65536).decode(errors="replace")
            except OSError:
                break
            said += more
            sys.stdout.write(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", more))
        paper |= dict(SHOWN.findall(said[seen:]))
        if found := re.search(r"Check sum\s+(\w{4})", said[seen:]):
            paper["check sum"] = found[1]
        for pattern in ASKED:
            if found := re.search(pattern, said[seen:]):
                answer = paper.get(found[1] if found.groups() else "check sum", "")
                answer = {ASKED[0]: "", ASKED[3]: "y"}.get(pattern, answer)
                os.write(line, f"{answer}\n".encode())
                seen, asked = len(said), asked + 1
                break
    return asked, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


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
    done = subprocess.run([BARE, "run", root, "sh", "-c", command], capture_output=True, text=True)
    if done.returncode:
        print(f"  {command}: {done.stderr.strip()[-200:]}", file=sys.stderr)


def _bare(*words):
    subprocess.run([BARE, *map(str, words)], check=True)


if __name__ == "__main__":
    main()
