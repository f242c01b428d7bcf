"""Laying this release's unit files over those of the one before: what `heard upgrade` asks the next release to do."""

import click

from operations import questions, services
from operations.machine import Failed, Machine


@click.command(hidden=True)
@click.pass_obj
def install_units(machine: Machine) -> None:
    """Lay this release's unit files, and start the timers that it brings."""
    answers = questions.answers_before(machine.layout)
    if not answers:
        raise Failed(f"{machine.layout.answers} is missing: run `heard setup`.")
    services.lay_units(machine, answers)
    if machine.layout.is_real:
        services.start_timers(machine, answers)
