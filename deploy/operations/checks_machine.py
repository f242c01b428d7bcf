"""The doctor's checks of the machine itself: files, rights, Python, units, clock, memory."""

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from operations import databases, questions, services
from operations.doctor import WARNING, WRONG, Finding, found, register
from operations.layout import read_env_file
from operations.machine import USER, Machine

# What the desk must not be told otherwise: letters to forces and what moderators see would differ from what is public.
_SAME_FOR_BOTH = ("BASE_URL", "SECRET_KEY", "RECEIPT_PEPPER", "DATABASE_URL", "DATA_DIR", "RUN_DIR")


@register("Environment files")
def environment_files(machine: Machine) -> Iterator[Finding]:
    layout = machine.layout
    for path in (layout.env_file, layout.desk_env_file):
        if not path.exists():
            if path == layout.env_file:
                yield found("env-file", file=path, what="it isn't there")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if why := _why_read_differently(line):
                yield found("env-file", file=path, what=f"line {number} {why}")
        owner, mode = _owner(path), path.stat().st_mode
        if mode & 0o037 or (layout.is_real and owner != f"root:{USER}"):
            yield found("env-rights", file=path, mode=f"{mode & 0o777:04o}", owner=owner)
    for name in _SAME_FOR_BOTH:
        if name in read_env_file(layout.desk_env_file):
            yield found("env-desk", file=layout.desk_env_file, name=name)


def _why_read_differently(line: str) -> str:
    """Say why systemd and sh would read this line of an environment file differently, or neither would."""
    text = line.strip()
    name, equals, value = text.partition("=")
    if not text or text.startswith("#"):
        return ""
    if not equals or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        return "isn't NAME=value"
    if value[:1] == "'" and value[-1:] == "'" and len(value) > 1:
        return ""
    if re.search(r"\s#", value):
        return f"has a comment behind the value of {name}, which systemd takes for a part of it"
    if re.search(r"[\s\"'`$\\;&|<>()*?~#]", value):
        return f"has a blank or a sign in the value of {name} that sh reads as its own: put it in single quotes"
    return ""


@register("Rights of the data")
def rights_of_data(machine: Machine) -> Iterator[Finding]:
    data = machine.layout.data
    if not data.is_dir():
        yield found("data-rights", path=data, owner="nobody", mode="no folder", data=data)
        return
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o077 or (machine.layout.is_real and not _owner(data).startswith(f"{USER}:")):
        yield found("data-rights", path=data, owner=_owner(data), mode=f"{mode:04o}", data=data)
    if machine.layout.is_real and os.access(data, os.X_OK):
        for path in data.glob("*"):
            if not _owner(path).startswith(f"{USER}:"):
                yield found("data-rights", path=path, owner=_owner(path), mode="", data=data)


def _owner(path: Path) -> str:
    return f"{path.owner()}:{path.group()}"


@register("Release and Python")
def release_and_python(machine: Machine) -> Iterator[Finding]:
    layout = machine.layout
    for path in (layout.current, layout.command):
        if not path.exists():
            yield found("link", path=path, what="nothing" if path.is_symlink() else "nothing: it isn't there")
    python = layout.current / ".venv/bin/python"
    if python.exists() and not python.is_symlink():
        yield found("python", WARNING, what="a copy")
    if python.exists() and (version := _version_of(machine, Path("/usr/bin/python3"))):
        if (own := _version_of(machine, python)) != version:
            yield found("python", WARNING, what=f"{own or 'gone'}, and the system has {version}")
    elif not python.exists() and layout.current.exists():
        yield found("python", what="gone")


def _version_of(machine: Machine, python: Path) -> str:
    code = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
    return machine.ask(python, "-c", code).strip() if python.exists() else ""


def _answers(machine: Machine) -> dict[str, Any]:
    """What setup was answered; as for one machine that does everything, where it wasn't asked."""
    return {"role": "all"} | questions.answers_before(machine.layout)


@register("Services")
def running_services(machine: Machine) -> Iterator[Finding]:
    for name in services.served_by(_answers(machine)):
        for unit in (name.replace(".service", ".socket"), name):
            path = machine.layout.units / unit
            if not path.exists():
                yield found("unit-missing", unit=unit)
                continue
            told = _told_by_systemd(machine, unit)
            if told["UnitFileState"] != "enabled":
                yield found("unit-off", unit=unit, state=told["UnitFileState"] or "not enabled")
            if told["ActiveState"] != "active":
                yield found("server", unit=unit)
            elif told["NeedDaemonReload"] == "yes":
                yield found("unit-off", WARNING, unit=unit, state="older in systemd's memory than its file")


@register("Timers")
def timers(machine: Machine) -> Iterator[Finding]:
    for name, timer in services.timers_of(_answers(machine)).items():
        unit = f"heard-{name}.timer"
        if not (machine.layout.units / unit).exists():
            yield found("unit-missing", unit=unit)
            continue
        told = _told_by_systemd(machine, unit)
        if (told["UnitFileState"], told["ActiveState"]) != ("enabled", "active"):
            yield found("unit-off", unit=unit, state=f"{told['UnitFileState'] or 'not enabled'}, {told['ActiveState']}")
        if _told_by_systemd(machine, timer["unit"])["Result"] not in ("success", ""):
            yield found("unit-failed", unit=timer["unit"])


# The units of a machine that has a store alone.
STORES = {"database": ["postgresql"], "standby": ["postgresql"], "pool": ["pgbouncer", "redis-server"]}


def role(machine: Machine) -> str:
    return str(_answers(machine)["role"])


@register("Stores for the other machines")
def stores_for_others(machine: Machine) -> Iterator[Finding]:
    answers = _answers(machine)
    for unit in STORES.get(answers["role"], []):
        if _told_by_systemd(machine, unit)["ActiveState"] != "active":
            yield found("store", unit=unit)
    if not answers.get("database_machines"):
        return
    wanted = len(databases.database_machines(answers)) - 1
    if answers["role"] == "standby" and not databases.count(machine, databases.FOLLOWS_PRIMARY):
        yield found("follows")
    if answers["role"] == "database" and (count := databases.count(machine, databases.FOLLOWED_BY)) < wanted:
        yield found("standbys", WARNING if count else WRONG, count=count, wanted=wanted)


def _told_by_systemd(machine: Machine, unit: str) -> dict[str, str]:
    names = ("UnitFileState", "ActiveState", "NeedDaemonReload", "Result")
    said = machine.ask("systemctl", "show", unit, *(f"--property={name}" for name in names), seconds=20)
    return dict.fromkeys(names, "") | dict(line.split("=", 1) for line in said.splitlines() if "=" in line)


@register("Clock of the machine")
def clock(machine: Machine) -> Iterator[Finding]:
    if machine.ask("timedatectl", "show", "--property=NTPSynchronized", "--value", seconds=20).strip() != "yes":
        yield found("clock", WARNING)


@register("Swap")
def swap(machine: Machine) -> Iterator[Finding]:
    for line in Path("/proc/swaps").read_text().splitlines()[1:]:
        device = line.split()[0]
        # What systemd-cryptsetup and zram make is called so; anything else writes memory down as it is.
        if not device.startswith(("/dev/dm-", "/dev/mapper/", "/dev/zram")):
            yield found("swap", WARNING, what=device)


@register("Security updates")
def updates(machine: Machine) -> Iterator[Finding]:
    if sys.platform == "linux" and not Path("/usr/bin/unattended-upgrade").exists():
        yield found("updates", WARNING)


@register("Private key of the backups")
def private_key(machine: Machine) -> Iterator[Finding]:
    for folder in ("/etc/heard", "/root", "/var/lib/heard", "/var/backups/heard"):
        for path in machine.layout.at(folder).glob("*"):
            if path.is_file() and path.stat().st_size < 10_000 and b"AGE-SECRET-KEY-" in _bytes(path):
                yield found("backup-private", WRONG, file=path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError:
        return b""
