"""`heard setup` of three machines with PostgreSQL and one with PgBouncer: its own steps, on Debian's real programs.

Each machine is a folder and an address of loopback; in place of apt and systemd, PostgreSQL's own commands.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from operations import checks_machine, databases, questions, replication, stores
from operations.__main__ import heard
from operations.doctor import WARNING, WRONG
from operations.layout import Layout, read_env_file
from operations.machine import Failed, Machine

from stories.core import replica as replicas
from tests import servers
from tests.site.heard.test_postgresql import ask, lateness, opened

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(
        os.geteuid() != 0 or not shutil.which("pgbouncer"), reason="needs root and PgBouncer (Debian: pgbouncer)"
    ),
]
DB1, DB2, DB3, POOL = (f"127.78.0.{number}" for number in (11, 12, 13, 14))
INSERT = "INSERT INTO told VALUES (%s)"
AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


class OneMachine(Machine):
    """Machine of that address, in a folder; its units are processes that the test ends."""

    def __init__(self, whole, address, fresh, **answers):
        super().__init__(Layout(whole / address))
        self.address, self.fresh, self.pooler = address, fresh, None
        others = {"database_machines": ",".join([DB1, DB2, DB3])}
        given = {"reached_at": address, "reached_from": "127.0.0.0/8", **others, **answers}
        self.answers = questions._answers_given({}, given)
        self.settings = self.layout.at("/etc/postgresql/17/main")
        self.data = self.layout.at("/var/lib/postgresql/17/main")

    def set_up(self):
        deed = {"database": databases.set_up_database_machine, "standby": replication.set_up_standby}
        self.write(self.layout.answers, questions.kept_text(self.answers))
        return deed.get(self.answers["role"], replication.set_up_pool)(self, self.answers)

    def wrong(self):
        """What `heard doctor` finds there."""
        return [(finding.name, finding.level) for finding in checks_machine.stores_for_others(self)]

    def copy_to(self, other, *names):
        other.layout.etc.mkdir(parents=True, exist_ok=True)
        for name in names:
            text = (self.layout.etc / name).read_text().replace(str(self.layout.root), str(other.layout.root))
            (other.layout.etc / name).write_text(text)

    def install(self, *packages):
        if "postgresql" not in packages or self.settings.exists():
            return
        for folder in (self.settings, self.settings / "conf.d", self.data.parent, self.data):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.chown(folder, "postgres", "postgres")
        how = ("-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.ask("initdb", "-D", self.data, *how, user="postgres")
        told = f"data_directory = '{self.data}'\nhba_file = '{self.settings}/pg_hba.conf'\ninclude_dir = 'conf.d'\n"
        (self.settings / "postgresql.conf").write_text(f"{told}unix_socket_directories = '{self.settings}'\n")
        (self.settings / "pg_hba.conf").write_text("local all all trust\n")
        self._control("start")

    def ask(self, *command, user="", env=None, **how):
        if command[0] == "systemctl":
            return self._systemctl(*command[1:])
        if command[0] == "chown":
            command = ("chown", "root:postgres", *command[2:])
        if command[0] == "usermod":
            return ""
        program = servers.binaries() / command[0]
        words = [str(word) for word in (program if program.exists() else command[0], *command[1:])]
        drops = AS_POSTGRES if user == "postgres" else []
        place = {"PGHOST": str(self.settings), "PGUSER": "postgres", "PGDATABASE": "postgres", "HOME": "/"}
        return super().ask(*drops, *words, env={**os.environ, **place, **(env or {})}, **{**how, "cwd": Path("/")})

    def _systemctl(self, verb, *words):
        if verb == "show":
            return "ActiveState=active"
        if "postgresql@" in words[-1] and (verb != "start" or not (self.data / "postmaster.pid").exists()):
            self._control(verb)
        if "pgbouncer" in words[-1] and verb == "restart":
            self._restart_pgbouncer()
        return ""

    def _control(self, verb):
        # Where each listens on all addresses, two of them would want the same one.
        told = f"-c config_file={self.settings}/postgresql.conf -h {self.address} -F"
        how = ["-w", "-m", "fast"] if verb != "start" else ["-w"]
        self.ask("pg_ctl", "-D", self.data, *how, "-o", told, "-l", self.settings / "log", verb, user="postgres")

    def _restart_pgbouncer(self):
        self.stop_pgbouncer()
        place = self.layout.at("/etc/pgbouncer")
        text = (place / "pgbouncer.ini").read_text().replace("listen_addr = *", f"listen_addr = {self.address}")
        (place / "here.ini").write_text(text.replace("/var/run/postgresql", str(place)))
        command = [*AS_POSTGRES, "pgbouncer", "-q", place / "here.ini"]
        shutil.chown(place, "postgres")
        self.pooler = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL)
        # Its unit says when it listens, and systemd waits for that.
        servers.until(self._pools)

    def _pools(self):
        with closing(socket.socket()) as probe:
            return probe.connect_ex((self.address, 6432)) == 0

    def stop_pgbouncer(self):
        if self.pooler:
            self.pooler.kill()
            self.pooler.wait()

    def lose(self):
        """Its power goes, and its disk."""
        self.ask("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", user="postgres")
        shutil.rmtree(self.data)

    def _give(self, path, owner):
        if owner.startswith("postgres"):
            shutil.chown(path, "postgres", "postgres")

    def url(self, name="DATABASE_URL", file="database.env"):
        return read_env_file(self.layout.etc / file)[name]

    def value(self, question, name="heard"):
        return self.ask("psql", "-tAc", question, "-d", name, user="postgres").strip()


@pytest.fixture(scope="module")
def fresh():
    """What Debian makes when PostgreSQL is installed."""
    made = servers.PostgreSQL().lay()
    yield made
    made.remove()


@pytest.fixture
def machines(fresh, monkeypatch):
    """All four: DB1 is the primary, DB2 and DB3 follow it, which takes two runs of its setup."""
    whole = Path(tempfile.mkdtemp(prefix="heard-machines-"))
    whole.chmod(0o755)
    monkeypatch.setattr(databases, "lay_redis", lambda *args, **told: "rediss://")
    roles = {DB1: "database", DB2: "standby", DB3: "standby", POOL: "pool"}
    made = {address: OneMachine(whole, address, fresh, role=role) for address, role in roles.items()}
    yield made
    made[POOL].stop_pgbouncer()
    for address in (DB1, DB2, DB3):
        if (made[address].data / "postmaster.pid").exists():
            made[address].lose()
    shutil.rmtree(whole)


def lay_primary(machines):
    said = machines[DB1].set_up()
    for address in (DB2, DB3, POOL):
        keys = ("database.key",) if address != POOL else ()
        machines[DB1].copy_to(machines[address], "database.env", "database.pem", *keys)
    return said


def run(machine, *words, **how):
    return CliRunner().invoke(heard.commands.get(words[0]) or heard.get_command(None, words[0]), obj=machine, **how)


def test_account_is_on_two_machines_and_outlives_the_primary_with_its_disk(machines):
    one, two, three, pool = machines.values()
    # Nobody follows yet, and nothing waits for it.
    assert lay_primary(machines) == {"sends_wait": "no"}
    two.set_up()
    three.set_up()
    assert one.set_up() == {}
    pool.set_up()
    laid = {path: path.read_text() for each in machines.values() for path in each.layout.at("/etc").rglob("*.conf")}
    pids = [(each.data / "postmaster.pid").read_text() for each in (one, two, three)]
    for each in (one, two, three, pool):
        each.set_up()
    assert laid == {path: path.read_text() for path in laid}
    assert pids == [(each.data / "postmaster.pid").read_text() for each in (one, two, three)]

    site = pool.url(file="pool.env").replace("DISABLE_SERVER_SIDE_CURSORS=true&", "")
    with closing(psycopg.connect(site, autocommit=True)) as connection:
        connection.execute("CREATE TABLE told (words text)")
        three.ask("pg_ctl", "-D", three.data, "-w", "-m", "immediate", "stop", user="postgres")
        connection.execute(INSERT, ["With one standby away"])
    assert databases.count(one, databases.FOLLOWED_BY) == 1
    assert one.value("SELECT sync_state FROM pg_stat_replication") == "quorum"
    three._control("start")

    assert two.wrong() == []
    one.lose()
    servers.until(lambda: two.wrong() == [("follows", WRONG)])
    refused = run(two, "promote", input="n\n")
    assert "two primaries" in refused.output
    assert two.value("SELECT pg_is_in_recovery()") == "t"
    assert run(two, "promote", input="y\n").exception is None
    pool.set_up()

    # It finds the promoted one by itself.
    servers.until(lambda: three.wrong() == [])
    assert two.wrong() == [("standbys", WARNING)]
    with closing(psycopg.connect(site, autocommit=True)) as connection:
        connection.execute(INSERT, ["After it"])
        assert connection.execute("SELECT words FROM told").fetchall() == [("With one standby away",), ("After it",)]
    servers.until(lambda: three.value("SELECT count(*) FROM told") == "2")
    # The desk is told of all three, and its backup finds the new one too.
    stores.Postgresql(two, two.url()).copy_to(two.layout.at("/dump"))
    two.answers["role"] = "database"
    two.set_up()
    assert "primary_conninfo" not in (two.settings / "conf.d/heard.conf").read_text()
    with closing(psycopg.connect(site, autocommit=True)) as connection:
        connection.execute(INSERT, ["The password is the same one"])


def test_standby_replaces_no_database_with_anything_in_it(machines):
    two = machines[DB2]
    with pytest.raises(Failed, match="Copy database.env"):
        two.set_up()
    lay_primary(machines)
    assert machines[DB1].wrong() == [("standbys", WRONG)]
    two.install("postgresql")
    two.value("CREATE TABLE somebodys (words text)", "postgres")

    with pytest.raises(Failed, match="holds something of its own"):
        two.set_up()

    assert two.value("SELECT count(*) FROM somebodys", "postgres") == "0"


def test_replica_made_primary_is_late_only_where_it_isnt_the_one_written(monkeypatch, django_db_blocker):
    later = lateness(monkeypatch)

    with (
        servers.running(servers.PostgreSQL().lay().start()) as (primary,),
        servers.running(primary.standby()) as (promoted,),
    ):
        old, new, read = opened(primary), opened(promoted), opened(promoted)
        monkeypatch.setattr(replicas, "connections", {"replica": read})
        with django_db_blocker.unblock(), closing(old), closing(new), closing(read):
            ask(new, "SELECT pg_promote()")

            monkeypatch.setattr(replicas, "connection", new)
            ask(new, "SELECT pg_switch_wal()::text")
            assert [later(9) for _ in range(3)] == [False] * 3

            monkeypatch.setattr(replicas, "connection", old)
            for _ in range(3):
                ask(old, "SELECT pg_logical_emit_message(false, 'told', 'words')::text || pg_switch_wal()::text")
            later(9)
            assert [later(9), later(9)] == [True, True]
