"""Machines on this one: each is a network namespace behind a switch, with a quota of processor time by cgroup.

Where namespaces are not to be had, a machine is an address of loopback; where cgroups are not, it has no quota. One
network at a time: what a killed one left is taken down by the next.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.serving import Server

SWITCH = "heard-bench"
# As PostgreSQL refuses to run as root, and PgBouncer too.
_UNPRIVILEGED = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
_JOIN_CGROUP = 'echo $$ > "$0/cgroup.procs" && exec "$@"'
_PERIOD = 100_000  # microseconds


@dataclass
class Machine:
    """One with a name and an address; `start` programs on it, `lose` it, `restore` it."""

    name: str
    address: str
    has_namespace: bool
    cgroup: Path | None
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _started: list[Callable[[], object]] = field(default_factory=list)

    def command(self, words: list[str], *, is_root: bool = True) -> list[str]:
        """`words` as they are run on this machine."""
        # What PostgreSQL shares in memory would outlive one that is killed.
        inside = ["ip", "netns", "exec", self._namespace, "unshare", "--ipc"] if self.has_namespace else []
        plain = [] if is_root or os.geteuid() else _UNPRIVILEGED
        join = ["sh", "-c", _JOIN_CGROUP, str(self.cgroup)] if self.cgroup else []
        return [*join, *inside, *plain, *words]

    def run(self, *words: str, environment: Mapping[str, str] | None = None, is_root: bool = True) -> str:
        """Run a command to its end; returns what it printed."""
        command = self.command(list(words), is_root=is_root)
        done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(words)[:200]}\n{done.stderr[-2000:]}")
        return done.stdout

    def start(self, *words: str, environment: Mapping[str, str] | None = None, is_root: bool = True) -> None:
        """Start a program that runs until the machine is lost, and again when it is restored."""

        def begin() -> None:
            with self.log.open("ab") as log:
                command, env = self.command(list(words), is_root=is_root), {**os.environ, **(environment or {})}
                started = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True, cwd="/")
            self.processes.append(started)

        self._started.append(begin)
        begin()

    def lose(self) -> None:
        """Cut its cable and end all it runs, as a loss of power does: whoever was connected hears nothing more."""
        if self.has_namespace:
            _ip("link", "set", f"hb-{self.name}", "down")
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()
        # Each of PostgreSQL's processes leads a group of its own.
        if self.cgroup:
            _kill_all_in(self.cgroup)

    def restore(self) -> None:
        if self.has_namespace:
            _ip("link", "set", f"hb-{self.name}", "up")
        for begin in self._started:
            begin()

    def hold_to(self, cores: float | None) -> None:
        """Let all it runs have so much of a core; None for as much as there is."""
        if self.cgroup is None:
            return
        quota = int(cores * _PERIOD) if cores else None
        if (second := self.cgroup / "cpu.max").exists():
            second.write_text(f"{quota or 'max'} {_PERIOD}")
        else:
            (self.cgroup / "cpu.cfs_quota_us").write_text(str(quota or -1))

    def cpu(self) -> float:
        """Seconds of a processor that what it runs has used so far."""
        return sum(Server(0, process.pid).cpu() for process in self.processes)

    @property
    def _namespace(self) -> str:
        return f"{SWITCH}-{self.name}"


@contextmanager
def machines(names: list[str], folder: Path) -> Iterator[dict[str, Machine]]:
    """A machine of each name; all of it is gone afterwards, however the block ends."""
    cgroups = _cgroups()
    made: dict[str, Machine] = {}
    try:
        _take_down(names, cgroups)
        has_namespaces = _make_switch()
        for number, name in enumerate(names, start=11):
            address = f"10.77.0.{number}" if has_namespaces else f"127.0.1.{number}"
            cgroup = cgroups / f"{SWITCH}-{name}" if cgroups else None
            made[name] = Machine(name, address, has_namespaces, cgroup, folder / f"{name}.log")
            _connect(made[name])
        yield made
    finally:
        # A second Ctrl-C would leave half of it behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for machine in made.values():
            machine.lose()
        _take_down(names, cgroups)


def load_address(machine: Machine) -> str:
    """What `machine` sees as the sender of our own requests."""
    return "10.77.0.1" if machine.has_namespace else "127.0.0.1"


def _make_switch() -> bool:
    steps = [("link", "add", SWITCH, "type", "bridge"), ("addr", "add", "10.77.0.1/24", "dev", SWITCH)]
    return os.geteuid() == 0 and all(_ip(*step) for step in [*steps, ("link", "set", SWITCH, "up")])


def _connect(machine: Machine) -> None:
    if machine.cgroup:
        machine.cgroup.mkdir(exist_ok=True)
    if not machine.has_namespace:
        return
    here, namespace = f"hb-{machine.name}", f"{SWITCH}-{machine.name}"
    inside = ("-n", namespace)
    steps = [
        ("netns", "add", namespace),
        ("link", "add", here, "type", "veth", "peer", "name", "eth0", "netns", namespace),
        ("link", "set", here, "master", SWITCH, "up"),
        (*inside, "addr", "add", f"{machine.address}/24", "dev", "eth0"),
        (*inside, "link", "set", "lo", "up"),
        (*inside, "link", "set", "eth0", "up"),
    ]
    for step in steps:
        if not _ip(*step):
            sys.exit(f"This did not work: ip {' '.join(step)}")


def _take_down(names: list[str], cgroups: Path | None) -> None:
    for name in names:
        namespace = f"{SWITCH}-{name}"
        if cgroups and (cgroup := cgroups / namespace).exists():
            _kill_all_in(cgroup)
            cgroup.rmdir()
        if Path("/run/netns", namespace).exists():
            # Its half of the cable goes with it only once the kernel gets to it.
            _ip("link", "del", f"hb-{name}")
            _ip("netns", "del", namespace)
    _ip("link", "del", SWITCH)


def _kill_all_in(cgroup: Path) -> None:
    until = time.monotonic() + 10
    while (processes := (cgroup / "cgroup.procs").read_text().split()) and time.monotonic() < until:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        time.sleep(0.05)


def _cgroups() -> Path | None:
    """Where groups with a quota are made: version 1's folder or version 2's; None where they can't be."""
    first, second = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")
    with suppress(OSError):
        if not first.exists():
            (second / "cgroup.subtree_control").write_text("+cpu")
        found = first if first.exists() else second
        return found if os.access(found, os.W_OK) else None
    return None


def _ip(*words: str) -> bool:
    with suppress(FileNotFoundError):
        return subprocess.run(["ip", *words], capture_output=True).returncode == 0
    return False
