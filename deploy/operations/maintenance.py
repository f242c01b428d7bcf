"""Closing the site while its data is exchanged, and opening it once real pages answer."""

from operations import pages
from operations.machine import Failed, Machine
from operations.releases import installed_release

# Everything that reads or writes the site's data; the public's socket stays, for the page that says it is closed.
# Patterns, as systemctl takes it ill where a unit that it is told by name isn't there.
_SERVICES = ["heard-public*.service", "heard-desk.socket", "heard-desk.service"]
_JOBS = ["heard-*.timer", "heard@*.service", "heard-cli@*.service"]
_CLOSED = "heard-closed.service"


def begin_maintenance(machine: Machine) -> None:
    """Stop all that touches the data and show the closed page; it stays so after a boot, until `end_maintenance`."""
    with machine.as_user():
        machine.layout.restoring.write_text("begun", encoding="utf-8")
    if machine.layout.is_real:
        # Both listen for a moment: nobody is turned away in between.
        machine.run("systemctl", "enable", "--now", _CLOSED)
        machine.run("systemctl", "stop", *_SERVICES, *_JOBS)


def end_maintenance(machine: Machine) -> None:
    with machine.as_user():
        machine.layout.restoring.unlink(missing_ok=True)
    if machine.layout.is_real:
        listed = machine.ask("systemctl", "list-unit-files", "--state=enabled", "--no-legend", "--plain", "heard*")
        enabled = [line.split()[0] for line in listed.splitlines() if line.strip()]
        machine.run("systemctl", "start", *[each for each in enabled if each != _CLOSED and "@" not in each])
        machine.run("systemctl", "disable", "--now", _CLOSED)


def look_at_pages(machine: Machine) -> None:
    """Serve the site where only this machine sees it, and ask for real pages; raises Failed where one fails."""
    with pages.served_aside(machine, installed_release(machine.layout)) as port:
        if wrong := pages.wrong_pages(machine, port, {"/tell/form/": 200}):
            raise Failed(f"{'; '.join(wrong)}. The site stays closed; the log says why: journalctl -e")
