"""What runs on the machines: Debian's own programs with the lines that `heard setup` lays, and Heard."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from glob import glob
from pathlib import Path

from bench.cluster.network import Machine, load_address
from bench.crowd import Door
from bench.serving import ROOT

PUBLIC = ("public1", "public2", "public3")
DATABASES = ("db1", "db2", "db3")
NAMES = [*DATABASES, "pool", "redis", *PUBLIC, "desk"]
SITE_PORT = 8000
REPLICA = "db2"
LONGEST_START = 120  # seconds
_PACKAGES = {"pgbouncer": "pgbouncer", "redis-server": "redis-server", "psql": "postgresql", "ip": "iproute2"}


def why_not_here() -> str | None:
    """What to install first, where something is missing."""
    missing = {package for program, package in _PACKAGES.items() if not shutil.which(program)}
    missing |= set() if glob("/usr/lib/postgresql/*/bin/initdb") else {"postgresql"}
    return f"apt-get install -y --no-install-recommends {' '.join(sorted(missing))}" if missing else None


def wait_until(is_so: Callable[[], bool], what: str, *, seconds: float = LONGEST_START) -> None:
    """Ask again and again; ends the bench where it never becomes so."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            sys.exit(f"It never came: {what}")
        time.sleep(0.05)


class Cluster:
    """All machines with what runs on them; `machines` by the names in `NAMES`."""

    def __init__(self, machines: dict[str, Machine], folder: Path) -> None:
        self.machines, self.folder, self.primary = machines, folder, "db1"
        self._postgres = Path(max(glob("/usr/lib/postgresql/*/bin")))
        self._ini = (ROOT / "deploy/replication.conf").read_text(encoding="utf-8").format(machines=", ".join(DATABASES))
        self._secrets = {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_PEPPER")}

    def public(self) -> list[Machine]:
        return [self.machines[name] for name in PUBLIC]

    def doors(self) -> list[Door]:
        return [Door(machine.address, SITE_PORT) for machine in self.public()]

    def start(self, stories: int) -> None:
        """Begin with databases, then what stands on them; `stories` more than the demo's are live afterwards."""
        self._start_databases()
        self._start_pool()
        redis = self.machines["redis"]
        bind = ["--bind", redis.address, "--protected-mode", "no", "--save", "", "--dir", "/"]
        redis.start("redis-server", *bind)
        for command in (["migrate"], ["collectstatic", "--noinput"], ["demo"], ["seed_stories", str(stories), "--yes"]):
            self.manage(*command, "--verbosity=0")
        for machine in self.public():
            options = ["--host", machine.address, "--port", str(SITE_PORT), "--workers", "2", "--log-level", "error"]
            serve = [sys.executable, str(ROOT / "deploy/serve.py"), *options]
            machine.start(*serve, environment=self.environment(machine, "public"))

    def manage(self, *words: str) -> str:
        desk = self.machines["desk"]
        return desk.run(*self.manage_command(*words), environment=self.environment(desk, "admin"))

    def manage_command(self, *words: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *words]

    def environment(self, machine: Machine, serve: str) -> dict[str, str]:
        """What Heard on this machine is told."""
        pool, replica, redis = (self.machines[name].address for name in ("pool", REPLICA, "redis"))
        own = self.folder / machine.name
        own.mkdir(exist_ok=True)
        urls = {"DATABASE_URL": f"postgres://heard@{pool}:6432/heard?DISABLE_SERVER_SIDE_CURSORS=true"}
        if serve == "public":
            urls["DATABASE_REPLICA_URL"] = f"postgres://heard@{replica}/heard"
        paths = {"DATA_DIR": own, "RUN_DIR": own / "run"}
        paths |= {"STATIC_DIR": self.folder / "static", "MEDIA_DIR": self.folder / "media"}
        python = {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "heard.settings"}
        site = {"DEMO": "1", "SERVE": serve, "BASE_URL": f"http://127.0.0.1:{SITE_PORT}"}
        site |= {"CACHE_URL": f"redis://{redis}:6379/0", "TRUSTED_PROXIES": load_address(machine)}
        return {**python, **site, **urls, **self._secrets, **{name: str(path) for name, path in paths.items()}}

    def ask(self, name: str, sql: str) -> str:
        """One value from the PostgreSQL on that machine."""
        desk = self.machines["desk"]
        return desk.run("psql", "-XAt", "-U", "heard", "-h", self.machines[name].address, "-d", "postgres", "-c", sql)

    def wait_for_standbys(self, count: int) -> None:
        streaming = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'quorum'"
        wait_until(lambda: int(self.ask(self.primary, streaming)) == count, "standbys that follow the primary")

    def hold_sends_for_a_standby(self, *, is_held: bool) -> None:
        """Have a commit wait for a standby's disk, as documented, or for the primary's alone."""
        change = "RESET synchronous_standby_names" if is_held else "SET synchronous_standby_names = ''"
        self.ask(self.primary, f"ALTER SYSTEM {change}")
        self.ask(self.primary, "SELECT pg_reload_conf()")
        names = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'async'"
        wait_until(lambda: (self.ask(self.primary, names).strip() == "0") == is_held, "the other way to commit")

    def lose_primary(self) -> None:
        """End it for good, and its disk with it."""
        self.machines[self.primary].lose()
        shutil.rmtree(self.folder / self.primary)

    def promote(self) -> None:
        """What `heard promote` does where the primary is lost, and `heard setup` on the pool's machine then."""
        left = [name for name in DATABASES if name != self.primary]
        received = "SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn"
        # The last of equals is the one that isn't read.
        self.primary = max(left, key=lambda name: (int(self.ask(name, received)), name != REPLICA))
        self.ask(self.primary, "SELECT pg_promote()")
        self._lay_pool()
        self.machines["pool"].lose()
        self.machines["pool"].restore()
        self.wait_for_standbys(1)

    # --- How each is laid -------------------------------------------------------------------

    def _start_databases(self) -> None:
        for name in DATABASES:
            machine, data = self.machines[name], self.folder / name
            data.mkdir(mode=0o700)
            self._give_away(data)
            if name == self.primary:
                laid = ["-U", "heard", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
                machine.run(str(self._postgres / "initdb"), "-D", str(data), *laid, is_root=False)
                with (data / "pg_hba.conf").open("a") as hba:
                    hba.write("host all all samenet trust\nhost replication all samenet trust\n")
            else:
                others = ",".join(self.machines[each].address for each in DATABASES if each != name)
                source = f"host={others} user=heard target_session_attrs=read-write connect_timeout=2"
                copy = [str(self._postgres / "pg_basebackup"), "-d", source, "-D", str(data), "-R", "-c", "fast"]
                machine.run(*copy, is_root=False)
            own = f"listen_addresses = '{machine.address}'\nunix_socket_directories = ''\ncluster_name = '{name}'\n"
            own += "dynamic_shared_memory_type = mmap\n"
            (data / "postgresql.conf").write_text(own + self._ini)
            machine.start(str(self._postgres / "postgres"), "-D", str(data), is_root=False)
            self._wait_for_postgres(name)
        self.wait_for_standbys(2)
        self.ask(self.primary, "CREATE DATABASE heard")

    def _wait_for_postgres(self, name: str) -> None:
        command = self.machines["desk"].command(["pg_isready", "-q", "-h", self.machines[name].address])
        wait_until(lambda: subprocess.run(command).returncode == 0, f"PostgreSQL on {name}")

    def _start_pool(self) -> None:
        (self.folder / "users").write_text('"heard" ""\n')
        self._lay_pool()
        self.machines["pool"].start("pgbouncer", str(self.folder / "pgbouncer.ini"), is_root=False)

    def _lay_pool(self) -> None:
        laid = (ROOT / "deploy/pgbouncer.ini").read_text(encoding="utf-8").partition("; How it is reached")[0]
        laid = laid.format(primary=self.machines[self.primary].address)
        own = (
            f"listen_addr = {self.machines['pool'].address}\nlisten_port = 6432\nunix_socket_dir =\nauth_type = trust\n"
        )
        (self.folder / "pgbouncer.ini").write_text(f"{laid}{own}auth_file = {self.folder / 'users'}\n")

    def _give_away(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")
