"""`heard`: one command for those who run the site. Each step says what it does and can be done again."""

import contextlib
import os
import signal
import sys
import traceback
from pathlib import Path

import click

from operations.layout import Layout
from operations.machine import Failed, Machine

# Which module has the command of that name, so that each command loads what it needs alone.
COMMANDS = {
    "setup": "operations.setup",
    "doctor": "operations.doctor",
    "status": "operations.status",
    "backup": "operations.backup",
    "journal-copy": "operations.journal_copy",
    "restore": "operations.restore",
    "upgrade": "operations.upgrade",
    "rollback": "operations.upgrade",
    "promote": "operations.replication",
    "move-to-postgresql": "operations.move",
    "close": "operations.closing",
    "manage": "operations.manage",
    "install-units": "operations.units",
}


class Commands(click.Group):
    """The commands, each in a module of its own."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = __import__(COMMANDS[name], fromlist=["command"])
        found: click.Command = getattr(module, name.replace("-", "_"))
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--root", type=click.Path(path_type=Path), default=Path("/"), hidden=True)
@click.option("--debug", is_flag=True, help="Show the whole of an error.")
@click.pass_context
def heard(context: click.Context, root: Path, debug: bool) -> None:
    """Run Heard on this machine.

    A new machine: `heard setup`, then `heard doctor` until it has nothing to say.
    By itself, every day: backup, erasing, mails. When something is wrong, `heard doctor` says which command mends it.
    """
    os.umask(0o022)
    context.obj = Machine(Layout(root.resolve()))


def main() -> None:
    debug = "--debug" in sys.argv
    # So that what has to go in the end goes: a unit that is stopped, a line that drops.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        heard(prog_name="heard", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was done stands; the same command goes on from there.", err=True)
        sys.exit(130)
    except (Failed, OSError) as error:
        if debug:
            traceback.print_exc()
        click.secho(f"heard: {error}", fg="red", err=True)
        sys.exit(1)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            sys.stdout.close()


if __name__ == "__main__":
    main()
