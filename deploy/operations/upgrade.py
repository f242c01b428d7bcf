"""`heard upgrade` and `heard rollback`: one release takes over from another while both serve; nobody is turned away."""

import os
from collections.abc import Mapping

import click

from operations import pages, releases
from operations.machine import Failed, Machine
from operations.releases import Release

PUBLIC, NEXT, DESK = "heard-public.service", "heard-public-next.service", "heard-desk.service"


@click.command()
@click.argument("version", required=False)
@click.option("--without-backup", is_flag=True, help="Go on without a backup from a moment before.")
@click.pass_obj
def upgrade(machine: Machine, version: str | None, without_backup: bool) -> None:
    """Install the newest release, or VERSION such as 1.2.0.

    Checks who signed it, makes a backup, builds the release beside the one that serves, changes the database so that
    both can read it, and asks the new one for the site's pages. Only then does it take over. If anything goes wrong,
    the old one goes on. Readers and contributors notice nothing. It takes five to ten minutes; CHANGELOG.md says what
    else a release may need. Stopped in the middle? The same command goes on from there.
    """
    _stand_behind(machine)
    with machine.alone("upgrade"):
        installed = releases.installed_release(machine.layout)
        _finish_what_was_stopped(machine, installed)
        releases.fetch_tags(machine, installed)
        wanted = releases.choose_version(machine, installed, version)
        if wanted == installed.version:
            _remove_others(machine)
            machine.note(f"{wanted} is installed; there is nothing to do.")
            return
        step = releases.next_step(machine, installed, wanted)
        releases.verify_tag(machine, installed, step)
    # Outside the lock, which it takes itself.
    if not without_backup:
        _make_backup(machine, installed, step)
    with machine.alone("upgrade"):
        _upgrade_to(machine, step, installed)
    if step != wanted:
        machine.note(f"{wanted} comes after it: `heard upgrade {wanted}` goes on.")


@click.command()
@click.pass_obj
def rollback(machine: Machine) -> None:
    """Go back to the release before, as after an upgrade that you regret.

    Nothing is lost: a release only adds to the database, and takes away what the one before had given up already. It
    can be done once after each upgrade, and takes a minute or two.
    """
    _stand_behind(machine)
    with machine.alone("rollback"):
        layout = machine.layout
        newer, older = releases.installed_release(layout), releases.linked_release(layout.previous)
        if older and older != newer:
            _roll_back_to(machine, older, newer)
        elif not _finish_what_was_stopped(machine, newer):
            raise Failed(f"There is no release before {newer.version} on this machine.")
        layout.previous.unlink(missing_ok=True)
        _end_well(machine, older or newer)


def _stand_behind(machine: Machine) -> None:
    """Let whoever serves go first while a release is built and tried."""
    if machine.layout.is_real:
        os.setpriority(os.PRIO_PROCESS, 0, 10)


def _make_backup(machine: Machine, installed: Release, version: str) -> None:
    machine.step("Making a backup")
    try:
        _ask_release(machine, installed, "backup", "--label", f"upgrade-{version}")
    except Failed as error:
        without = "or go on without one: `heard upgrade --without-backup`"
        raise Failed(f"There is no backup ({error}). Mend that first, {without}.") from None


def _upgrade_to(machine: Machine, version: str, installed: Release) -> None:
    earlier = releases.linked_release(machine.layout.previous)
    try:
        release = releases.build_release(machine, installed, version)
        before = pages.page_statuses(machine, pages.PUBLIC_PORT)
        machine.note("styles and scripts, beside those that are served")
        releases.collect_static_files(machine, release)
        _try_aside(machine, release, before)
    except Failed as error:
        raise Failed(_in_one_line(error, f"{installed.version} goes on serving; nothing was switched.")) from None
    machine.link(machine.layout.previous, installed.folder)
    try:
        _take_over(machine, release, installed, before)
    except Failed:
        if earlier:
            machine.link(machine.layout.previous, earlier.folder)
        else:
            machine.layout.previous.unlink()
        raise
    machine.manage("starting_pages")
    _remove_others(machine)
    _end_well(machine, release)


def _roll_back_to(machine: Machine, older: Release, newer: Release) -> None:
    try:
        releases.install_packages(machine, older)
        # What the newer one gets wrong is no measure.
        _try_aside(machine, older, {})
    except Failed as error:
        raise Failed(_in_one_line(error, f"{newer.version} goes on serving; nothing was switched.")) from None
    _take_over(machine, older, newer, {})


def _try_aside(machine: Machine, release: Release, before: Mapping[str, int]) -> None:
    """Bring the database to what that release needs, and ask it for its pages on a side port. Raises Failed."""
    machine.step("Changing the database, while the site goes on")
    # Also on the way back: it makes the triggers as that release has them.
    machine.manage("migrate", "--noinput", release=release.folder)
    machine.step(f"Asking {release.version} for {len(pages.PAGES)} pages, beside the one that serves")
    with pages.served_aside(machine, release) as port:
        _stop_if_wrong(pages.wrong_pages(machine, port, before))


def _take_over(machine: Machine, release: Release, old: Release, before: Mapping[str, int]) -> None:
    """Switch, and look; where anything is wrong, switch back. Raises Failed."""
    try:
        _switch(machine, release)
        if machine.is_enabled(PUBLIC):
            _stop_if_wrong(pages.wrong_pages(machine, pages.PUBLIC_PORT, before))
    except Failed as error:
        try:
            _switch(machine, old)
        except Failed as another:
            neither = f"Going back to {old.version} failed too ({another}): `heard doctor` says what runs."
            raise Failed(_in_one_line(error, neither)) from None
        machine.layout.next.unlink(missing_ok=True)
        raise Failed(_in_one_line(error, f"{old.version} serves again.")) from None


def _switch(machine: Machine, release: Release) -> None:
    """Let a release take over. The public side's socket goes from one process to the next, and is never closed."""
    machine.step(f"Switching to {release.version}")
    layout, has_public = machine.layout, machine.is_enabled(PUBLIC)
    machine.link(layout.next, release.folder)
    # A release knows its own units.
    _ask_release(machine, release, "install-units")
    machine.systemctl("daemon-reload")
    if has_public:
        # Not `start`: a switch that was stopped may have left another release in it.
        machine.systemctl("restart", NEXT)
    machine.link(layout.current, release.folder)
    if has_public:
        machine.systemctl("restart", PUBLIC)
        machine.systemctl("stop", NEXT)
    if machine.is_enabled(DESK):
        machine.systemctl("restart", DESK)
    # Those that a release brings.
    machine.systemctl("start", "timers.target")


def _finish_what_was_stopped(machine: Machine, installed: Release) -> bool:
    """Finish a switch that was stopped after the link had changed; returns whether there was one."""
    was_stopped = releases.linked_release(machine.layout.next) == installed
    if was_stopped:
        _switch(machine, installed)
        machine.manage("starting_pages")
        machine.layout.next.unlink()
    return was_stopped


def _remove_others(machine: Machine) -> None:
    """Keep the last two; all where one was gone back from, so that the way forward is short."""
    if previous := releases.linked_release(machine.layout.previous):
        kept = [previous, releases.installed_release(machine.layout)]
        for name in releases.remove_other_releases(machine.layout, kept):
            machine.note(f"removed {name}")


def _end_well(machine: Machine, release: Release) -> None:
    machine.layout.next.unlink(missing_ok=True)
    click.secho(f"Heard {release.version} serves.", fg="green")
    try:
        machine.note(_ask_release(machine, release, "doctor"))
    except Failed as error:
        machine.note(f"`heard doctor` has something to say: {error}")


def _ask_release(machine: Machine, release: Release, *words: str) -> str:
    """Run another command of `heard`, with the code of that release."""
    root = () if machine.layout.is_real else ("--root", machine.layout.root)
    return machine.run(release.command, *root, *words)


def _stop_if_wrong(wrong: list[str]) -> None:
    if wrong:
        raise Failed("; ".join(wrong))


def _in_one_line(error: Failed, rest: str) -> str:
    return f"{str(error).rstrip('.')}. {rest}"
