"""`heard doctor`: what is wrong with this machine and this site, and the one command that mends it."""

import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from operations.machine import Failed, Machine

OK, WARNING, WRONG = "OK", "warning", "wrong"
_COLOURS = {OK: "green", WARNING: "yellow", WRONG: "red"}
# What nobody asks of a site that a restore keeps closed.
_OF_AN_OPEN_SITE = {"Services", "Timers", "Real pages on this machine", "Proxy"}
# What is asked of a machine that has a store alone.
_OF_A_STORE = {"Stores for the other machines", "Clock of the machine", "Swap", "Security updates"}
_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `says` and `mend` are empty where it is in order."""

    name: str
    level: str = OK
    says: str = ""
    mend: str = ""


Check = Callable[[Machine], Iterable[Finding]]
_checks: dict[str, Check] = {}


def register(title: str) -> Callable[[Check], Check]:
    """Make a check of the function under it, which yields what isn't in order, and nothing where all is."""

    def add(check: Check) -> Check:
        _checks[title] = check
        return check

    return add


def found(name: str, level: str = WRONG, /, **facts: object) -> Finding:
    """The finding of that name in doctor.toml, with its facts filled in."""
    said = _SAID[name]
    return Finding(name, level, said["says"].format(**facts), said["mend"].format(**facts))


def examine(machine: Machine) -> Iterator[tuple[str, Finding]]:
    """Every check by its title, with each thing that it found, or with OK; a check that fails is itself a finding."""
    from operations import checks_machine

    if checks_machine.role(machine) in checks_machine.STORES:
        titles = _OF_A_STORE
    else:
        # A machine with a store alone has none of the packages that these need.
        from operations import checks_outside, checks_site  # noqa: F401

        titles = _checks.keys() - (_OF_AN_OPEN_SITE if machine.layout.restoring.exists() else set())
    for title, check in _checks.items():
        if title not in titles:
            continue
        try:
            findings = list(check(machine))
        except (Failed, OSError, ValueError, KeyError) as error:
            findings = [Finding("check", WARNING, f"Could not be looked at: {error}", "heard --debug doctor")]
        for finding in findings or [Finding("in order")]:
            yield title, finding


def worst(findings: Iterable[Finding]) -> int:
    """0 where all is in order, 1 where something is to be looked at, 2 where something is wrong: as monitors count."""
    levels = {finding.level for finding in findings}
    return 2 if WRONG in levels else 1 if WARNING in levels else 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for a monitor.")
@click.option("--quiet", is_flag=True, help="Only what isn't in order.")
@click.option("--audit", is_flag=True, help="Fetch what looks for known vulnerabilities, and look.")
@click.pass_obj
def doctor(machine: Machine, as_json: bool, quiet: bool, audit: bool) -> None:
    """Look at everything that could be wrong, and name the command that mends it.

    Ends with 0 (all in order), 1 (something to look at) or 2 (something is wrong). It changes nothing but the times in
    DATA_DIR/clocks, which `/healthz` reads; a timer runs it every morning.
    """
    if audit:
        os.environ["HEARD_AUDIT"] = "1"
    results = list(examine(machine))
    findings = [finding for _title, finding in results]
    if as_json:
        told = [{"check": title, **asdict(finding)} for title, finding in results]
        click.echo(json.dumps({"status": worst(findings), "findings": told}, ensure_ascii=False, indent=1))
    else:
        _print(results, quiet=quiet)
    if machine.layout.clocks.is_dir():
        (machine.layout.clocks / "doctor").touch()
    sys.exit(worst(findings))


def _print(results: list[tuple[str, Finding]], *, quiet: bool) -> None:
    for title, finding in results:
        if finding.level == OK and quiet:
            continue
        click.echo(f"{click.style(f'{finding.level:<8}', fg=_COLOURS[finding.level])}{title}", nl=not finding.says)
        if finding.says:
            click.echo(f": {finding.says}")
        if finding.mend:
            click.echo(f"        → {finding.mend}")
    counted = {level: sum(finding.level == level for _title, finding in results) for level in (WRONG, WARNING)}
    click.echo(f"{counted[WRONG]} wrong, {counted[WARNING]} to look at, {len(results)} things looked at.")
