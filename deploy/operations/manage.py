"""`heard manage …`: one of `manage.py`'s commands, as the site's own user and with its environment."""

import os
import sys

import click

from operations.machine import Machine


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, required=True)
@click.pass_obj
def manage(machine: Machine, words: tuple[str, ...]) -> None:
    """Run a command of `manage.py`, such as `heard manage vault status`."""
    release = machine.layout.current
    command = machine.user_command(release / ".venv/bin/python", release / "manage.py", *words)
    sys.stdout.flush()
    os.chdir(release)
    os.execvpe(command[0], command, machine.environment())
