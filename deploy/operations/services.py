"""Units, timers and clocks of this machine: `units/` beside this folder, and the sandbox that each service gets."""

import re
import tomllib
from typing import Any

from operations import steps_done
from operations.layout import RELEASE
from operations.machine import USER, Machine
from operations.questions import Answers

UNITS = RELEASE / "deploy/units"
# The most that `systemd-analyze security` may say of a service.
MOST_EXPOSED = 3.0
_ROLES = {"all": ("public", "desk"), "public": ("public",), "desk": ("desk",)}
# Clocks that no timer of ours winds.
_OTHER_CLOCKS = {"all": ("verify",), "desk": ("verify",), "public": ()}


def served_by(answers: Answers) -> list[str]:
    """The services that this machine keeps running."""
    return [f"heard-{half}.service" for half in _ROLES[answers["role"]]]


def timers_of(answers: Answers) -> dict[str, dict[str, Any]]:
    """The timers of this machine by name."""
    told = tomllib.loads((UNITS / "timers.toml").read_text(encoding="utf-8"))
    mails, backs_up = bool(answers.get("email")), bool(answers.get("backup_key"))
    return {
        name: row
        for name, row in told.items()
        if (mails or not row.get("mails"))
        and (answers["role"] != "public" or row.get("everywhere"))
        and (backs_up or name != "backup")
    }


def lay_units(machine: Machine, answers: Answers) -> None:
    """Lay units, sandbox and timers."""
    machine.step("Lay services and timers")
    place = machine.layout.units
    left_out = {"heard-public", "heard-desk"} - {f"heard-{half}" for half in _ROLES[answers["role"]]}
    hardening = (UNITS / "hardening.conf").read_text(encoding="utf-8")
    for source in sorted([*UNITS.glob("*.service"), *UNITS.glob("*.socket")]):
        if source.stem.removesuffix("-next") in left_out:
            continue
        machine.write(place / source.name, source.read_text(encoding="utf-8"))
        if source.suffix == ".service":
            machine.write(place / f"{source.name}.d/hardening.conf", hardening)
    for source in UNITS.glob("*.d/*.conf"):
        machine.write(place / source.relative_to(UNITS), source.read_text(encoding="utf-8"))
    for name, row in timers_of(answers).items():
        machine.write(place / f"heard-{name}.timer", _timer(name, row))
    in_memory = (UNITS / "heard.conf").read_text(encoding="utf-8")
    machine.write(machine.layout.at("/etc/tmpfiles.d/heard.conf"), in_memory)
    if machine.layout.is_real:
        machine.run("systemd-tmpfiles", "--create", "heard.conf")
        machine.run("systemctl", "daemon-reload")


def _timer(name: str, row: dict[str, Any]) -> str:
    lines = ["[Unit]", f"Description=When Heard’s {name} runs", "", "[Timer]", f"OnCalendar={row['when']}"]
    lines += ["Persistent=true", "AccuracySec=1s", f"Unit={row['unit']}", "", "[Install]", "WantedBy=timers.target"]
    return "\n".join([*lines, ""])


def start_services(machine: Machine, answers: Answers) -> None:
    """Start what serves, and start it again where units or settings are others than at its last start."""
    machine.step("Start the site")
    names = served_by(answers)
    sockets = [name.replace(".service", ".socket") for name in names]
    files = [machine.layout.env_file, machine.layout.desk_env_file]
    files += [
        machine.layout.units / name for name in (*names, *sockets, *(f"{each}.d/hardening.conf" for each in names))
    ]
    told = "".join(path.read_text(encoding="utf-8") for path in files if path.exists())
    machine.run("systemctl", "enable", "--quiet", *sockets, *names)
    machine.run("systemctl", "start", *sockets)
    with steps_done.until_done(machine, "start", told) as is_due:
        machine.run("systemctl", "restart" if is_due else "start", *names)


def start_timers(machine: Machine, answers: Answers) -> None:
    """Start the timers, and lay the clocks about which this machine is asked."""
    timers = timers_of(answers)
    wanted = [f"heard-{name}.timer" for name in timers]
    machine.run("systemctl", "enable", "--quiet", "--now", *wanted)
    # A backup that nobody set up yet is late one day, and so is one that nobody ever restored.
    clocks = [*timers, *_OTHER_CLOCKS[answers["role"]], *(["backup"] if answers["role"] != "public" else [])]
    for name in clocks:
        path = machine.layout.clocks / name
        if not path.exists():
            machine.run("install", "-m", "600", "-o", USER, "-g", USER, "/dev/null", path)


def exposure(machine: Machine, unit: str) -> float:
    """What `systemd-analyze security` says of a unit: 0 is best, 10 worst."""
    said = machine.ask("systemd-analyze", "security", "--no-pager", unit)
    found = re.search(r"exposure level for \S+: ([\d.]+)", said)
    return float(found[1]) if found else 10.0


def exposures(machine: Machine, answers: Answers) -> dict[str, float]:
    """The same of each service of this machine."""
    units = [*served_by(answers), *(row["unit"] for row in timers_of(answers).values())]
    return {unit: exposure(machine, unit) for unit in dict.fromkeys(units)}
