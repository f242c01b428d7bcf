"""`heard status`: how the site and its machine stand, on one screen."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from operations.backup import days_since
from operations.machine import Machine


@click.command()
@click.pass_obj
def status(machine: Machine) -> None:
    """Show the queue, what is late, the backup, the certificate, the disk and the versions, on one screen."""
    facts = json.loads(machine.manage("facts", changes=False))
    rows = {**facts["lines"], **_machine_lines(machine)}
    widest = max(map(len, rows))
    for name, value in rows.items():
        click.echo(f"{name:<{widest}}  {value}")
    for sentence in facts["left"]:
        click.echo(f"{'To do':<{widest}}  {sentence}")


def _machine_lines(machine: Machine) -> dict[str, str]:
    layout = machine.layout
    free = shutil.disk_usage(layout.data if layout.data.is_dir() else layout.root)
    release = layout.current.resolve().name if layout.current.exists() else "none"
    debian = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line
    )
    return {
        "Last backup": _since(machine, "backup"),
        "Last looked at": _since(machine, "verify"),
        "Certificate until": _day(layout.clocks / "certificate"),
        "Disk": f"{free.free / 2**30:.1f} GiB free of {free.total / 2**30:.1f}",
        "Code": str(release),
        "System": debian.get("PRETTY_NAME", "unknown").strip('"'),
    }


def _since(machine: Machine, clock: str) -> str:
    days = days_since(machine, clock)
    if days is None:
        return "never"
    return f"{days * 24:.0f} hours ago" if days < 2 else f"{days:.0f} days ago"


def _day(path: Path) -> str:
    if not path.exists() or not path.stat().st_mtime:
        return "not known yet"
    return f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d}"
