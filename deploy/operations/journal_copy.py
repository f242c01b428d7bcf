"""`heard journal-copy`: what was taken back, sent away every five minutes, so that no restore brings it back."""

import os

import click

from operations import archive
from operations.backup import touch_clock
from operations.destination import Destination
from operations.machine import Failed, Machine


@click.command()
@click.pass_obj
def journal_copy(machine: Machine) -> None:
    """Send an encrypted copy of the journal to where backups go. A timer does it every full five minutes.

    The journal says what was withdrawn, taken down or erased since a backup, in keyed hashes that nobody can read. Each
    copy has the same size and is sent whether something was added or not, so neither tells when somebody took something
    back. There is one a day and machine, each in the place of the one before; `heard restore` fetches the newest.
    """
    os.umask(0o077)
    machine.become_user()
    if machine.layout.restoring.exists():
        raise Failed("A restore isn't finished: run `heard restore` again first.")
    # Beside a backup, which may take longer than five minutes.
    with machine.alone("journal-copy", lock=machine.layout.lock.with_name("journal-copy.lock")):
        send_journal(machine)


def send_journal(machine: Machine) -> None:
    place = Destination.of_machine(machine)
    copy = machine.manage_bytes("journal_copy")
    with archive.scratch_folder(machine.layout.backups / ".journal") as scratch:
        path = scratch / archive.journal_name(machine)
        archive.encrypt(machine, copy, path)
        place.send(path)
    touch_clock(machine, "journal_copy")
