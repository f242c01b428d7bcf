"""PostgreSQL and Redis on this machine, so that neither writes down what it holds; for others, over TLS."""

import secrets
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from operations import proxy, steps_done
from operations.layout import RELEASE, env_file_text, read_env_file
from operations.machine import Failed, Machine
from operations.questions import Answers

# A failing INSERT would else be logged with its values, and a refused row stands in the line after it.
POSTGRESQL = """# Laid by `heard setup`: nothing that is stored is ever written into a log.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_min_duration_statement = -1
log_connections = off
"""
REDIS = """# Laid by `heard setup`: token keys and counts, which may reach no disk.
save ""
appendonly no
maxmemory 256mb
maxmemory-policy volatile-ttl
"""
LOCAL = "127.0.0.1"
# Of several machines with PostgreSQL, each of which may be the primary one day.
REPLICATION = (RELEASE / "deploy/replication.conf").read_text(encoding="utf-8")
# A copy that is only being made never tells what it has on disk.
FOLLOWED_BY = "pg_stat_replication WHERE state = 'streaming' AND flush_lsn IS NOT NULL"
FOLLOWS_PRIMARY = "pg_stat_wal_receiver WHERE status = 'streaming'"


def lay_postgresql(machine: Machine, *, url: str, answers: Answers) -> str:
    """Install PostgreSQL with a database of ours; returns its address, which is `url` if there was one here."""
    machine.step("Set up PostgreSQL")
    folder = install_postgresql(machine)
    others = for_other_machines(machine, folder, answers) if answers["role"] == "database" else ""
    start_postgresql(machine, folder, others)
    password = urlsplit(url).password or secrets.token_urlsafe(24)
    _lay_role(machine, "heard", "CREATEDB", password)
    if not _ask(machine, "SELECT 1 FROM pg_database WHERE datname = 'heard'"):
        kind = ("--template=template0", "--encoding=UTF8", "--locale=C.UTF-8", "--owner=heard", "heard")
        machine.run("createdb", *kind, user="postgres", cwd=Path("/"))
        machine.run("psql", "-qc", "REVOKE ALL ON DATABASE heard FROM PUBLIC", user="postgres", cwd=Path("/"))
    return (
        url_of(machine, "heard", password, database_machines(answers))
        if others
        else url or f"postgres://heard:{password}@{LOCAL}:5432/heard"
    )


def install_postgresql(machine: Machine) -> Path:
    """Debian's PostgreSQL; returns the folder of its settings."""
    machine.install("postgresql")
    folder = next(iter(sorted(machine.layout.at("/etc/postgresql").glob("*/main"), reverse=True)), None)
    if folder is None and not machine.dry:
        raise Failed("PostgreSQL has no cluster called main: `pg_createcluster VERSION main --start`, and again.")
    return folder or machine.layout.at("/etc/postgresql/VERSION/main")


def start_postgresql(machine: Machine, folder: Path, others: str) -> None:
    """Start it with our settings and `others`, and again where they are others than at its last start."""
    # How a standby follows holds a password.
    machine.write(folder / "conf.d/heard.conf", POSTGRESQL + others, mode=0o640, owner="postgres:postgres")
    machine.run("systemctl", "enable", "--quiet", "--now", "postgresql")
    with steps_done.until_done(machine, "postgresql", POSTGRESQL + others) as is_due:
        if is_due:
            machine.run("systemctl", "restart", unit_of(folder))
    wait_for_one(machine, "pg_roles", "PostgreSQL doesn't start: `journalctl -u postgresql@*` says why.")


def unit_of(folder: Path) -> str:
    """The unit of the PostgreSQL of that folder; nobody waits for it where all of them are told."""
    return f"postgresql@{folder.parent.name}-main"


def _ask(machine: Machine, question: str) -> str:
    """One value from the PostgreSQL on this machine, or nothing in a dry run."""
    return "" if machine.dry else machine.ask("psql", "-tAc", question, user="postgres", cwd=Path("/")).strip()


def _lay_role(machine: Machine, name: str, right: str, password: str) -> None:
    verb = "ALTER" if _ask(machine, f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'") else "CREATE"
    # Through standard input, since others on this machine see a command's words; and no standby has to be there.
    change = f"SET synchronous_commit = local; {verb} ROLE {name} LOGIN {right} PASSWORD '{password}';"
    machine.run("psql", "-q", stdin=change, user="postgres", cwd=Path("/"))


def database_machines(answers: Answers) -> list[str]:
    """The names of all machines with PostgreSQL, the same list on each; one where none follows another."""
    return sorted({answers["reached_at"], *filter(None, answers["database_machines"].split(","))})


def url_of(machine: Machine, role: str, password: str, machines: list[str]) -> str:
    """How others reach the database, or whichever of several machines is the primary then."""
    several = "target_session_attrs=read-write&" if len(machines) > 1 else ""
    safe = f"sslmode=verify-full&sslrootcert={machine.layout.etc / 'database.pem'}"
    return f"postgres://{role}:{password}@{','.join(machines)}:5432/heard?{several}{safe}"


def for_other_machines(machine: Machine, folder: Path, answers: Answers) -> str:
    """Let the other machines in, over TLS and with a password alone; returns the settings for it."""
    machines, rules = database_machines(answers), folder / "pg_hba.conf"
    certificate, key = own_certificate(machine, "database", machines)
    logins = ["all heard", "replication standby"][: len(machines)]
    lines = [f"hostssl {each} {net} scram-sha-256" for net in answers["reached_from"].split(",") for each in logins]
    text = rules.read_text(encoding="utf-8") if rules.exists() else ""
    machine.write(rules, proxy.with_block(text, "\n".join(lines)), mode=0o640, owner="postgres:postgres")
    settings = f"listen_addresses = '*'\nssl = on\nssl_cert_file = '{certificate}'\nssl_key_file = '{key}'\n"
    if len(machines) > 1:
        quoted = ", ".join(f'"{each}"' for each in machines)
        on_each, waiting, names = REPLICATION.format(machines=quoted).partition("# A Send")
        settings += f"cluster_name = '{answers['reached_at']}'\n{on_each}"
        if answers["role"] == "standby" or sends_wait(machine, folder):
            settings += waiting + names
    return settings


def sends_wait(machine: Machine, folder: Path) -> bool:
    """Whether a Send is to wait for a standby's disk: once one follows, for ever; before, none would ever end."""
    laid = folder / "conf.d/heard.conf"
    if laid.exists() and "synchronous_standby_names" in laid.read_text(encoding="utf-8"):
        return True
    return count(machine, FOLLOWED_BY) > 0


def count(machine: Machine, rows: str) -> int:
    """How many rows of a table PostgreSQL has; 0 while it takes no connection."""
    with suppress(Failed):
        return int(_ask(machine, f"SELECT count(*) FROM {rows}") or 0)
    return 0


def lay_redis(machine: Machine, *, url: str, answers: Answers) -> str:
    """Install Redis with a password; returns its address, which is `url` if there was one here."""
    machine.step("Set up Redis")
    machine.install("redis-server")
    password = urlsplit(url).password or secrets.token_urlsafe(24)
    config = machine.layout.at("/etc/redis/redis.conf")
    others = answers["role"] in ("database", "pool")
    where, certificate = f"bind {LOCAL}\n", Path()
    if others:
        certificate, key = own_certificate(machine, answers["role"], [answers["reached_at"]])
        machine.run("usermod", "-aG", "ssl-cert", "redis")
        where = "bind * -::*\nport 0\ntls-port 6379\ntls-auth-clients no\n"
        where += f"tls-cert-file {certificate}\ntls-key-file {key}\n"
    shown = "…" if machine.dry else password
    text = config.read_text(encoding="utf-8") if config.exists() else ""
    settings = f"{REDIS}{where}requirepass {shown}\n"
    machine.write(config.with_name("heard.conf"), settings, mode=0o640, owner="redis:redis")
    machine.write(config, proxy.with_block(text, "include /etc/redis/heard.conf"), mode=0o640, owner="redis:redis")
    machine.run("systemctl", "enable", "--quiet", "--now", "redis-server")
    with steps_done.until_done(machine, "redis", settings) as is_due:
        if is_due:
            machine.run("systemctl", "restart", "redis-server")
            machine.run("rm", "-f", machine.layout.at("/var/lib/redis/dump.rdb"))
    host = answers.get("reached_at", LOCAL)
    if others:
        return url or f"rediss://:{password}@{host}:6379/0?ssl_ca_certs={certificate}"
    return url or f"redis://:{password}@{host}:6379/0"


def own_certificate(machine: Machine, name: str, names: list[str]) -> tuple[Path, Path]:
    """A certificate for this machine, or for all with PostgreSQL, of which the other machines are given a copy."""
    certificate, key = machine.layout.etc / f"{name}.pem", machine.layout.etc / f"{name}.key"
    machine.install("openssl", "ssl-cert")
    machine.folder(machine.layout.etc)
    if not proxy.covers(machine, certificate, names):
        proxy.make_certificate(machine, names, certificate=certificate, key=key, days=3650)
    machine.run("chown", "root:ssl-cert", key)
    machine.run("chmod", "0640", key)
    return certificate, key


def set_up_database_machine(machine: Machine, answers: Answers) -> dict[str, str]:
    """PostgreSQL for the other machines, and Redis where there is no pool's machine for it; returns what is to be said.

    Their addresses stand in database.env then.
    """
    path = machine.layout.etc / "database.env"
    told = read_env_file(path)
    found = {"DATABASE_URL": lay_postgresql(machine, url=told.get("DATABASE_URL", ""), answers=answers)}
    several = len(database_machines(answers)) > 1
    if several:
        password = urlsplit(told.get("STANDBY_URL", "")).password or secrets.token_urlsafe(24)
        _lay_role(machine, "standby", "REPLICATION", password)
        found["STANDBY_URL"] = url_of(machine, "standby", password, database_machines(answers))
    else:
        found["CACHE_URL"] = lay_redis(machine, url=told.get("CACHE_URL", ""), answers=answers)
    write_addresses(machine, path, found)
    return {"sends_wait": "no"} if several and not sends_wait(machine, install_postgresql(machine)) else {}


def write_addresses(machine: Machine, path: Path, found: dict[str, str]) -> None:
    shown = dict.fromkeys(found, "…") if machine.dry else found
    machine.write(path, env_file_text(shown, head="What the other machines are told of this one."), mode=0o600)


def wait_for_one(machine: Machine, rows: str, or_else: str, *, seconds: float = 30) -> None:
    """Wait until PostgreSQL counts one of them; raises Failed with what is said otherwise."""
    until = time.monotonic() + seconds
    while not (machine.dry or count(machine, rows)):
        if time.monotonic() > until:
            raise Failed(or_else)
        time.sleep(0.5)
