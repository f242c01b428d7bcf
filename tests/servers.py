"""PostgreSQL and Redis of a test's own, to be stopped and frozen: those of the whole round serve other tests too."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from glob import glob
from pathlib import Path

from tests import ports, running_site
from tests.timings import children

# PostgreSQL refuses to run as root.
_AS = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
_QUIET = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def binaries():
    """The folder of PostgreSQL's own commands on this machine, or None."""
    found = shutil.which("initdb")
    folders = sorted(map(Path, glob("/usr/lib/postgresql/*/bin"))) or ([Path(found).parent] if found else [])
    return folders[-1] if folders else None


def are_here():
    return bool(binaries() and shutil.which("redis-server"))


class Server:
    """One that listens at `port` of loopback, with all processes that it made."""

    def freeze(self):
        """Let it keep every connection, and answer nothing."""
        # The first makes others only while it runs.
        for number in (self.pid(), *children(self.pid())):
            os.kill(number, signal.SIGSTOP)

    def thaw(self):
        for number in (*children(self.pid()), self.pid()):
            os.kill(number, signal.SIGCONT)

    def remove(self):
        """Leave nothing behind."""


class PostgreSQL(Server):
    """A cluster in a folder of its own; `standby` begins one that follows it."""

    def __init__(self):
        # Under pytest's own folder nobody but its user gets to.
        self._whole = Path(tempfile.mkdtemp(prefix="heard-postgresql-"))
        self.folder, self.port = self._whole / "data", ports.held_port()
        if _AS:
            shutil.chown(self._whole, _AS["user"], _AS["group"])

    @property
    def url(self):
        return f"postgres://heard@127.0.0.1:{self.port}/postgres"

    def pid(self):
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def lay(self):
        told = ["-U", "heard", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", self.folder, *told)
        return self

    def start(self):
        told = f"-p {self.port} -k {self.folder} -h 127.0.0.1 -F -c max_connections=50"
        self._run("pg_ctl", "-D", self.folder, "-w", "-o", told, "-l", self.folder / "log", "start")
        return self

    def stop(self):
        self._run("pg_ctl", "-D", self.folder, "-w", "-m", "immediate", "stop")

    def standby(self):
        other = PostgreSQL()
        self._run("pg_basebackup", "-d", self.url, "-D", other.folder, "-R", "-c", "fast", "--no-sync")
        return other.start()

    def remove(self):
        shutil.rmtree(self._whole)

    def _run(self, command, *words):
        subprocess.run([str(binaries() / command), *map(str, words)], cwd="/", **_AS, **_QUIET)


class Redis(Server):
    """One that keeps all in memory, on a port that stays its own when it is started again."""

    def __init__(self):
        self.port = ports.held_port()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def pid(self):
        return self._process.pid

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "/"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        running_site.wait_for(self.port)
        return self

    def stop(self):
        self._process.kill()
        self._process.wait()


@contextmanager
def running(*servers):
    """End them, whatever state they are in."""
    try:
        yield servers
    finally:
        for server in servers:
            # A test may have stopped it.
            with suppress(OSError, subprocess.CalledProcessError):
                server.thaw()
                server.stop()
            server.remove()


# How a server goes away, and how it comes back.
WAYS = {"stop": "start", "freeze": "thaw"}


@contextmanager
def away(server, way):
    getattr(server, way)()
    try:
        yield
    finally:
        getattr(server, WAYS[way])()


until = running_site.until
