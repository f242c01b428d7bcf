"""The doctor's checks of what stands around the site: proxy, certificate, backups, known vulnerabilities."""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from operations.backup import days_since
from operations.doctor import WARNING, WRONG, Finding, found, register
from operations.layout import RELEASE
from operations.machine import Failed, Machine
from operations.pages import ask_page, public_host
from operations.proxy import certificate_ends, certified_names, note_certificate

_SECONDS = 10
# Warned of so many days before: it is renewed after two thirds of its ninety.
_CERTIFICATE_DAYS = 14
_BACKUP_DAYS = 27
_LOOKED_AT_DAYS = 100
_JOURNAL_SECONDS = 900
# What Caddy writes with an address in it when something fails.
_LEFT_OUT = {"http.log.error", "http.handlers.reverse_proxy"}


@register("Proxy")
def proxy(machine: Machine) -> Iterator[Finding]:
    host = public_host(machine)
    kind = "caddy" if machine.layout.at("/etc/caddy/Caddyfile").exists() else "nginx"
    try:
        plain, challenge = _plain_status(host, "/"), _plain_status(host, "/.well-known/acme-challenge/none")
    except OSError as error:
        yield found("outside", host=host, what=error, proxy=kind)
        return
    if plain not in (301, 302, 307, 308):
        yield found("plain", host=host, what=plain)
    if challenge in (301, 302, 307, 308) and kind == "nginx":
        yield found("acme", WARNING, host=host)
    with contextlib.suppress(OSError, http.client.HTTPException):
        answer = _plain_status("not-ours.example", "/")
        if answer < 400 and kind == "nginx":
            yield found("strangers", WARNING, what=f"not-ours.example gets {answer}")
    if _has_ipv6() and not _listens("::1", 443):
        yield found("ipv6", WARNING)
    yield from _written_down(machine, kind)


def _plain_status(host: str, path: str) -> int:
    return ask_page(host, path, port=80, seconds=_SECONDS)[0].status


def _has_ipv6() -> bool:
    """True if this machine has an IPv6 address that others can reach."""
    path = Path("/proc/net/if_inet6")
    lines = path.read_text().splitlines() if path.exists() else []
    return any(line.split()[3] == "00" and not line.startswith(("fd", "fc")) for line in lines)


def _listens(address: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=3):
        return True
    return False


def _written_down(machine: Machine, kind: str) -> Iterator[Finding]:
    """What the proxy's own configuration says of logs, and of the address that it hands on."""
    path = machine.layout.at("/etc/caddy/Caddyfile" if kind == "caddy" else "/etc/nginx/nginx.conf")
    text = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8"))
    if kind == "caddy":
        # The log of the whole, which leaves out what names a visitor, stands one step in; a site's stands further.
        if re.search(r"(?m)^(\t{2,}| {8,}|[^\s].*\{\s*)log(\s|\{|$)", text) or not _LEFT_OUT.issubset(text.split()):
            yield found("proxy-log", what=f"{path} has a log of visits")
        if "trusted_proxies" in text:
            yield found("proxy-address", what=f"{path} trusts other proxies")
        return
    logs = re.findall(r"access_log\s+([^;]+);", text) or ["isn't switched off"]
    for value in logs:
        if value != "off":
            yield found("proxy-log", what=f"access_log {value}")
    for value in re.findall(r"X-Forwarded-For\s+([^;]+);", text):
        if value not in ("$remote_addr", '""'):
            yield found("proxy-address", what=f"it hands on {value}")


@register("Certificate")
def certificate(machine: Machine) -> Iterator[Finding]:
    ends = {}
    for host in certified_names(machine):
        try:
            ends[host] = certificate_ends(host)
        except Failed as error:
            yield found("outside", host=host, what=error, proxy="nginx")
    if ends and os.access(machine.layout.clocks, os.W_OK):
        note_certificate(machine, min(ends.values()))
    for host, end in ends.items():
        days = (end - time.time()) / 86400
        if days < _CERTIFICATE_DAYS:
            level = WRONG if days < 1 else WARNING
            yield found(
                "certificate",
                level,
                host=host,
                day=f"{datetime.fromtimestamp(end, UTC):%Y-%m-%d}",
                mend="certbot renew",
            )


@register("Renewal of the certificate")
def renewal(machine: Machine) -> Iterator[Finding]:
    if machine.layout.at("/etc/letsencrypt/live").is_dir():
        state = machine.ask("systemctl", "show", "certbot.timer", "--property=ActiveState", "--value").strip()
        if state != "active":
            yield found("renewal", state=state)


@register("Backups")
def backups(machine: Machine) -> Iterator[Finding]:
    layout = machine.layout
    keys = layout.etc / "backup.pub"
    if not keys.exists() or not re.search(r"(?m)^(age1|ssh-)", keys.read_text(encoding="utf-8")):
        yield found("backup-key", file=keys)
    place = layout.etc / "backup.toml"
    if not place.exists() or not tomllib.loads(place.read_text(encoding="utf-8")).get("to"):
        yield found("backup-place", WARNING, file=place)
    for path in sorted(layout.backups.glob("*.age")):
        days = int((time.time() - path.stat().st_mtime) // 86400)
        if days > _BACKUP_DAYS:
            yield found("backup-old", file=path, days=days)
    if (looked_at := days_since(machine, "verify")) is None:
        yield found("backup-never", WARNING)
    elif looked_at > _LOOKED_AT_DAYS:
        yield found("backup-unseen", WARNING, days=int(looked_at))
    copied = layout.clocks / "journal_copy"
    if not copied.exists() or time.time() - copied.stat().st_mtime > _JOURNAL_SECONDS:
        what = (
            f"of {datetime.fromtimestamp(copied.stat().st_mtime, UTC):%Y-%m-%d %H:%M} UTC"
            if copied.exists()
            else "none"
        )
        yield found("journal", WARNING, what=what)


@register("Known vulnerabilities")
def vulnerabilities(machine: Machine) -> Iterator[Finding]:
    """Once a day, or with --audit: by pip-audit, in an environment of its own that no process of the site loads."""
    home = machine.layout.data / "audit"
    told = home / "last.json"
    if os.environ.get("HEARD_AUDIT") or not told.exists() or time.time() - told.stat().st_mtime > 86400:
        try:
            _audit(machine, home, told)
        except (Failed, OSError) as error:
            yield found("unaudited", WARNING, error=error)
            return
    for package in json.loads(told.read_text(encoding="utf-8"))["dependencies"]:
        if package.get("vulns"):
            ids = ", ".join(each["id"] for each in package["vulns"])
            yield found("vulnerable", package=f"{package['name']} {package['version']}", ids=ids)


def _audit(machine: Machine, home: Path, told: Path) -> None:
    tool = home / "bin/pip-audit"
    if not tool.exists():
        if not os.environ.get("HEARD_AUDIT"):
            raise Failed("pip-audit isn't fetched yet.")
        machine.run(RELEASE / ".venv/bin/python", "-m", "venv", "--clear", home, user="heard")
        machine.run(home / "bin/pip", "install", "-q", "-r", RELEASE / "requirements-audit.txt", user="heard")
    said = subprocess.run(
        [str(tool), "-r", str(RELEASE / "requirements.txt"), "--disable-pip", "--require-hashes", "-f", "json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if not said.stdout.startswith("{"):
        raise Failed((said.stderr.strip() or "no answer").splitlines()[-1])
    fresh = told.with_suffix(".new")
    fresh.write_text(said.stdout, encoding="utf-8")
    fresh.replace(told)
