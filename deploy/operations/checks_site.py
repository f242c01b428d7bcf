"""The doctor's checks of what the site knows of itself: Django's checks, what `/healthz` says, a real page."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from operations.doctor import OK, WARNING, WRONG, Finding, found, register
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
PAGES = ("/", "/stories/", "/tell/", "/tell/form/")


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
    host = public_host(machine)
    for path in PAGES:
        if (answer := page_status(8000, host, path)) != "200":
            yield found("page", host=host, path=path, what=answer)
    desk = desk_host(machine)
    if (answer := page_status(8001, desk, "/admin/login/")) != "200":
        yield found("page", host=desk, path="/admin/login/", what=answer)


def public_host(machine: Machine) -> str:
    """The site's name; raises Failed where nobody said it."""
    host = urlsplit(machine.environment().get("BASE_URL", "")).hostname
    if not host:
        raise Failed(f"{machine.layout.env_file} has no BASE_URL.")
    return host


def desk_host(machine: Machine) -> str:
    """The desk's name; the public one where it has none."""
    told = machine.environment(desk=True)
    return urlsplit(told.get("DESK_URL") or told.get("BASE_URL", "")).hostname or "localhost"


def page_status(port: int, host: str, path: str, *, seconds: float = 20) -> str:
    """How this machine answers, past the proxy: a status, or the reason why nothing came."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        line.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
        return str(line.getresponse().status)
    except OSError as error:
        return str(error) or type(error).__name__
    finally:
        line.close()
