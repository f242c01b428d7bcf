"""PostgreSQL and Redis on this machine, so that neither writes down what it holds; for others, over TLS."""

import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit

from operations import proxy, steps_done
from operations.layout import env_file_text, read_env_file
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


def lay_postgresql(machine: Machine, *, url: str, answers: Answers) -> str:
    """Install PostgreSQL with a database of ours; returns its address, which is `url` if there was one here."""
    machine.step("Set up PostgreSQL")
    machine.install("postgresql")
    folder = next(iter(sorted(machine.layout.at("/etc/postgresql").glob("*/main"), reverse=True)), None)
    if folder is None and not machine.dry:
        raise Failed("PostgreSQL has no cluster called main: `pg_createcluster VERSION main --start`, and again.")
    folder = folder or machine.layout.at("/etc/postgresql/VERSION/main")
    others = _others_postgresql(machine, folder, answers) if answers["role"] == "database" else ""
    machine.write(folder / "conf.d/heard.conf", POSTGRESQL + others, owner="postgres:postgres")
    machine.run("systemctl", "enable", "--quiet", "--now", "postgresql")
    with steps_done.until_done(machine, "postgresql", POSTGRESQL + others) as is_due:
        if is_due:
            machine.run("systemctl", "restart", "postgresql")
    _wait_for_postgresql(machine)
    password = urlsplit(url).password or secrets.token_urlsafe(24)
    _make_database(machine, password)
    host = answers.get("reached_at", LOCAL)
    safe = "?sslmode=verify-full&sslrootcert=/etc/heard/database.pem" if others else ""
    return url or f"postgres://heard:{password}@{host}:5432/heard{safe}"


def _make_database(machine: Machine, password: str) -> None:
    def ask(question: str) -> str:
        return "" if machine.dry else machine.ask("psql", "-tAc", question, user="postgres", cwd=Path("/")).strip()

    exists = ask("SELECT 1 FROM pg_roles WHERE rolname = 'heard'")
    # Through standard input, since others on this machine see a command's words.
    verb = "ALTER" if exists else "CREATE"
    machine.run(
        "psql", "-q", stdin=f"{verb} ROLE heard LOGIN CREATEDB PASSWORD '{password}';", user="postgres", cwd=Path("/")
    )
    if not ask("SELECT 1 FROM pg_database WHERE datname = 'heard'"):
        kind = ("--template=template0", "--encoding=UTF8", "--locale=C.UTF-8", "--owner=heard", "heard")
        machine.run("createdb", *kind, user="postgres", cwd=Path("/"))
        machine.run("psql", "-qc", "REVOKE ALL ON DATABASE heard FROM PUBLIC", user="postgres", cwd=Path("/"))


def _others_postgresql(machine: Machine, folder: Path, answers: Answers) -> str:
    """Let the other machines in, over TLS and with the password alone; returns the settings for it."""
    certificate, key = _own_certificate(machine, answers)
    lines = [f"hostssl heard heard {network} scram-sha-256" for network in answers["reached_from"].split(",")]
    rules = folder / "pg_hba.conf"
    text = rules.read_text(encoding="utf-8") if rules.exists() else ""
    machine.write(rules, proxy.with_block(text, "\n".join(lines)), mode=0o640, owner="postgres:postgres")
    return f"listen_addresses = '*'\nssl = on\nssl_cert_file = '{certificate}'\nssl_key_file = '{key}'\n"


def lay_redis(machine: Machine, *, url: str, answers: Answers) -> str:
    """Install Redis with a password; returns its address, which is `url` if there was one here."""
    machine.step("Set up Redis")
    machine.install("redis-server")
    password = urlsplit(url).password or secrets.token_urlsafe(24)
    config = machine.layout.at("/etc/redis/redis.conf")
    others = answers["role"] == "database"
    where = f"bind {LOCAL}\n"
    if others:
        certificate, key = _own_certificate(machine, answers)
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
        return url or f"rediss://:{password}@{host}:6379/0?ssl_ca_certs=/etc/heard/database.pem"
    return url or f"redis://:{password}@{host}:6379/0"


def _own_certificate(machine: Machine, answers: Answers) -> tuple[Path, Path]:
    """A certificate of this machine's own, which the other machines are given a copy of."""
    layout = machine.layout
    certificate, key = layout.etc / "database.pem", layout.etc / "database.key"
    machine.install("openssl", "ssl-cert")
    machine.folder(layout.etc)
    if not certificate.exists():
        proxy.make_certificate(machine, [answers["reached_at"]], certificate=certificate, key=key, days=3650)
        machine.run("chown", "root:ssl-cert", key)
        machine.run("chmod", "0640", key)
    return certificate, key


def set_up_database_machine(machine: Machine, answers: Answers) -> None:
    """Both stores for the other machines, whose addresses stand in database.env then."""
    path = machine.layout.etc / "database.env"
    told = read_env_file(path)
    found = {
        "DATABASE_URL": lay_postgresql(machine, url=told.get("DATABASE_URL", ""), answers=answers),
        "CACHE_URL": lay_redis(machine, url=told.get("CACHE_URL", ""), answers=answers),
    }
    shown = dict.fromkeys(found, "…") if machine.dry else found
    machine.write(path, env_file_text(shown, head="What the other machines are told of this one."), mode=0o600)


def _wait_for_postgresql(machine: Machine, *, seconds: float = 30) -> None:
    """Wait until it takes connections; raises Failed."""
    until = time.monotonic() + seconds
    while not (machine.dry or machine.succeeds("pg_isready", "-q")):
        if time.monotonic() > until:
            raise Failed("PostgreSQL doesn't start: `journalctl -u postgresql@*` says why.")
        time.sleep(0.5)
