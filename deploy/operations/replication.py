"""Where one machine is outgrown: standbys that follow the database's machine, the pool before it, and the promotion."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from operations import databases, questions, steps_done
from operations.layout import RELEASE, read_env_file
from operations.machine import Failed, Machine
from operations.proxy import covers
from operations.questions import Answers

# What people make in PostgreSQL is numbered from 16384 on.
_MADE = " UNION ALL ".join(
    f"SELECT oid FROM {each} WHERE oid >= 16384" for each in ("pg_database", "pg_roles", "pg_class")
)


def set_up_standby(machine: Machine, answers: Answers) -> dict[str, str]:
    """PostgreSQL that follows the primary, whichever of the machines that is, and may be it one day."""
    machine.step("Follow the primary")
    told = _copied(machine, "STANDBY_URL", "database.env", "database.pem", "database.key")
    names = databases.database_machines(answers)
    others = [each for each in names if each != answers["reached_at"]]
    url = databases.url_of(machine, "standby", urlsplit(told).password or "…", others)
    if not (machine.dry or covers(machine, machine.layout.etc / "database.pem", names)):
        raise Failed("The database's certificate is for other machines: give all of them the same `database_machines`.")
    # First, since a PostgreSQL that was made anew keeps our settings, and starts with no key that it can't read.
    databases.own_certificate(machine, "database", names)
    folder = databases.install_postgresql(machine)
    data = machine.layout.at("/var/lib/postgresql") / folder.parent.name / "main"
    is_new = not (data / "standby.signal").exists()
    if is_new and data.exists() and not machine.dry:
        _require_fresh(machine, data, folder)
    # Whoever is the primary: a standby finds the promoted one by itself.
    follows = f"primary_conninfo = '{url}&connect_timeout=2'\n"
    settings = databases.for_other_machines(machine, folder, answers) + follows
    if is_new:
        _copy_primary(machine, url, data)
    databases.start_postgresql(machine, folder, settings)
    or_else = "It doesn't follow: `tail /var/log/postgresql/*.log` says why."
    databases.wait_for_one(machine, databases.FOLLOWS_PRIMARY, or_else)
    return {}


def _require_fresh(machine: Machine, data: Path, folder: Path) -> None:
    """Refuse to replace a PostgreSQL in which anybody made a database, a role or a table, or that isn't this one."""
    machine.run("systemctl", "start", databases.unit_of(data))
    said = machine.ask("psql", "-tAc", _MADE, "-c", "SHOW data_directory", user="postgres", cwd=Path("/"))
    if said.strip() != str(data):
        cluster = f"{data.parent.name} main"
        anew = f"pg_dropcluster --stop {cluster} && rm -rf {folder} && pg_createcluster --start {cluster}"
        raise Failed(f"PostgreSQL here holds something of its own. If nobody needs it any more: `{anew}`, and again.")


def _copy_primary(machine: Machine, url: str, data: Path) -> None:
    """Put a copy of the primary in place of an empty database, whole or not at all."""
    password, fresh = urlsplit(url).password or "", data.with_name("main.new")
    told = {**machine.environment(), "PGPASSWORD": password}
    machine.run("rm", "-rf", fresh)
    source = url.replace(f":{password}@", "@")
    machine.run("pg_basebackup", "-d", source, "-D", fresh, "-c", "fast", env=told, user="postgres", cwd=Path("/"))
    machine.run("touch", fresh / "standby.signal", user="postgres")
    machine.run("systemctl", "stop", databases.unit_of(data))
    machine.run("rm", "-rf", data)
    machine.run("mv", fresh, data)


def set_up_pool(machine: Machine, answers: Answers) -> dict[str, str]:
    """PgBouncer before the primary, and Redis, which is lost with no database's machine then."""
    machine.step("Set up PgBouncer")
    url, path = _copied(machine, "DATABASE_URL", "database.env", "database.pem"), machine.layout.etc / "pool.env"
    machine.install("pgbouncer", "postgresql-client")
    certificate, key = databases.own_certificate(machine, "pool", [answers["reached_at"]])
    machine.run("usermod", "-aG", "ssl-cert", "postgres")
    password, place = urlsplit(url).password or "", machine.layout.at("/etc/pgbouncer")
    told = {"primary": _primary(machine, url), "trusted": machine.layout.etc / "database.pem"}
    told |= {"users": place / "userlist.txt", "certificate": certificate, "key": key}
    ini = (RELEASE / "deploy/pgbouncer.ini").read_text(encoding="utf-8").format(**told)
    machine.write(place / "pgbouncer.ini", ini, mode=0o640, owner="postgres:postgres")
    machine.write(place / "userlist.txt", f'"heard" "{password}"\n', mode=0o640, owner="postgres:postgres")
    machine.run("systemctl", "enable", "--quiet", "--now", "pgbouncer")
    with steps_done.until_done(machine, "pgbouncer", ini + password) as is_due:
        if is_due:
            machine.run("systemctl", "restart", "pgbouncer")
    site = f"postgres://heard:{password}@{answers['reached_at']}:6432/heard?DISABLE_SERVER_SIDE_CURSORS=true"
    site += f"&sslmode=verify-full&sslrootcert={certificate}"
    cache = databases.lay_redis(machine, url=read_env_file(path).get("CACHE_URL", ""), answers=answers)
    databases.write_addresses(machine, path, {"DATABASE_URL": site, "CACHE_URL": cache})
    return {}


def _primary(machine: Machine, url: str) -> str:
    """Which of the machines takes what is written."""
    parts = urlsplit(url)
    if "," not in (parts.hostname or "") or machine.dry:
        return parts.hostname or "…"
    told = {**machine.environment(), "PGPASSWORD": parts.password or "", "PGCONNECT_TIMEOUT": "2"}
    source = url.replace(f":{parts.password}@", "@")
    return machine.ask("psql", "-tAc", "SHOW cluster_name", source, env=told).strip()


def _copied(machine: Machine, name: str, *files: str) -> str:
    """An address in the database's files, which have to be here; raises Failed."""
    etc = machine.layout.etc
    url = read_env_file(etc / "database.env").get(name, "")
    if machine.dry:
        return "…"
    if not (url and all((etc / each).exists() for each in files)):
        raise Failed(f"Copy {', '.join(files)} from {etc} of the primary's machine to here, and run this again.")
    # PostgreSQL's own user reads it, however it was copied.
    machine.run("chmod", "0644", etc / "database.pem")
    return url


@click.command()
@click.pass_obj
def promote(machine: Machine) -> None:
    """Make this standby the primary, where the primary is lost.

    Of two standbys, the one with the greater `SELECT pg_last_wal_receive_lsn()`. The other one follows by itself.
    """
    answers = questions.answers_before(machine.layout)
    if answers.get("role") != "standby":
        raise Failed("This machine follows no primary: `heard setup --role standby` makes one that does.")
    click.confirm("Is the old primary off for good? Of two primaries, the accounts of one are lost.", abort=True)
    with machine.alone("promote"):
        machine.run("psql", "-qc", "SELECT pg_promote()", user="postgres", cwd=Path("/"))
        machine.write(machine.layout.answers, questions.kept_text(answers | {"role": "database"}), mode=0o640)
    click.echo("It is the primary. On the pool's machine: `heard setup`. Then make another standby: till then, every")
    click.echo("Send waits whenever the one that is left is away.")
