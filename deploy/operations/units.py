"""The unit files of this release, as systemd reads them on a machine that has them from an earlier one."""

import tomllib

import click

from operations.layout import RELEASE
from operations.machine import USER, Machine

UNITS = RELEASE / "deploy/units"
_TIMER = """\
[Unit]
Description=Heard: when {unit} runs

[Timer]
OnCalendar={when}
Persistent=yes
Unit={unit}

[Install]
WantedBy=timers.target
"""


@click.command(hidden=True)
@click.pass_obj
def install_units(machine: Machine) -> None:
    """Lay this release's unit files over those of another: what `heard upgrade` asks the next release to do."""
    units = machine.layout.units
    hardening = (UNITS / "hardening.conf").read_text(encoding="utf-8")
    for path in sorted([*UNITS.glob("*.service"), *UNITS.glob("*.socket")]):
        machine.write(units / path.name, path.read_text(encoding="utf-8"))
        if path.suffix == ".service":
            machine.write(units / f"{path.name}.d/hardening.conf", hardening)
    machine.write(machine.layout.at("/etc/tmpfiles.d/heard.conf"), (UNITS / "heard.conf").read_text(encoding="utf-8"))
    _install_timers(machine, tomllib.loads((UNITS / "timers.toml").read_text(encoding="utf-8")))


def _install_timers(machine: Machine, timers: dict[str, dict[str, str]]) -> None:
    """A timer that a release brings is enabled wherever the others are, and its clock is laid."""
    wants = machine.layout.units / "timers.target.wants"
    has_timers = any(wants.glob("heard-*.timer"))
    for name, told in timers.items():
        path = machine.layout.units / f"heard-{name}.timer"
        if has_timers and not path.exists():
            machine.write(machine.layout.clocks / name, "", owner=f"{USER}:{USER}")
            machine.link(wants / path.name, path)
        machine.write(path, _TIMER.format(**told))
