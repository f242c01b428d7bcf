"""The doctor's checks of what the site knows of itself: Django's checks, what `/healthz` says, a real page."""

import json
from collections.abc import Iterator
from http.client import HTTPException
from urllib.parse import urlsplit

from operations import pages
from operations.doctor import OK, WARNING, WRONG, Finding, found, register
from operations.env_files import DESK_PORT
from operations.machine import Failed, Machine

# What `/healthz` names, and who mends it; anything else is a timer's name.
_MEND = {
    "vault": "heard setup",
    "database": "systemctl restart postgresql",
    "cache": "systemctl restart redis-server",
    "disk": "df -h /var/lib/heard",
    "replica": "heard manage check --database replica",
    "clock": "timedatectl; then: heard manage retention --clock-is-right",
    "retention": "systemctl start heard@retention",
    "wiping": "heard manage retention",
    "security.txt": "heard manage release_figures",
    "certificate": "certbot renew",
    "backup": "heard backup",
    "verify": "heard backup --verify",
    "journal_copy": "systemctl start heard-cli@journal-copy",
    "doctor": "systemctl start heard-cli@doctor",
}
# Served where one of them fails: the database, the pages of editors, and the form.
_PAGES = ("/", "/stories/", "/tell/", "/tell/form/")


@register("What the site knows")
def site_facts(machine: Machine) -> Iterator[Finding]:
    try:
        facts = json.loads(machine.manage("facts", changes=False))
    except (Failed, ValueError) as error:
        yield found("site-silent", error=error)
        return
    for check in facts["checks"]:
        if check["level"] != OK:
            hint = check["hint"] or "docs/runbook.md"
            yield Finding(check["id"], check["level"], check["says"], " ".join(hint.split()))
    for name in facts["late"]:
        level = WRONG if name in ("database", "disk", "clock", "retention", "wiping", "replica") else WARNING
        yield found("late", level, name=name, mend=_MEND.get(name, f"systemctl start heard@{name}"))


@register("Real pages on this machine")
def real_pages(machine: Machine) -> Iterator[Finding]:
    told = machine.environment(desk=True)
    # The desk has the public name where it has none of its own.
    desk = urlsplit(told.get("DESK_URL") or told.get("BASE_URL", "")).hostname or "localhost"
    asked = [(pages.PUBLIC_PORT, pages.public_host(machine), path) for path in _PAGES]
    for port, host, path in (*asked, (DESK_PORT, desk, "/admin/login/")):
        if (answer := _status(port, host, path)) != "200":
            yield found("page", host=host, path=path, what=answer)


def _status(port: int, host: str, path: str) -> str:
    """How this machine answers, past the proxy: a status, or the reason why nothing came."""
    try:
        return str(pages.ask_page(host, path, port=port, seconds=20)[0].status)
    except (OSError, HTTPException) as error:
        return str(error) or type(error).__name__
