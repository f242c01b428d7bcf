"""The proxy in front, its certificate and the onion services, from the files beside this folder."""

import os
import re
import shutil
import socket
import ssl
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from operations import steps_done
from operations.layout import RELEASE
from operations.machine import USER, Failed, Machine
from operations.questions import Answers, answers_before

WEBROOT = "/var/www/heard"
_TRIAL_DAYS = 90
_FILES = {"nginx": "/etc/nginx/nginx.conf", "caddy": "/etc/caddy/Caddyfile"}
# The onion services: what is made up for heard.env, and Tor's folder.
_ONIONS = {"onion": ("ONION_HOST", "heard"), "desk-onion": ("DESK_ONION", "heard-desk")}
_RENEWED = """#!/bin/sh
# After a renewal: the proxy takes the new certificate, and the doctor notes until when it is good.
systemctl reload nginx
systemctl start --no-block heard-cli@doctor.service
"""
_RESTART = "[Service]\nRestart=on-failure\nRestartSec=1\n"


def parts_of(answers: Answers) -> set[str]:
    """Which parts of the shipped files this machine needs."""
    is_public, has_desk = answers["role"] in ("all", "public"), answers["role"] in ("all", "desk")
    reach = answers.get("desk_reach", "")
    parts = {"public"} if is_public else set()
    parts |= {"onion"} if answers.get("onion") == "yes" else set()
    parts |= {"vpn": {"desk"}, "onion": {"desk-onion"}}.get(reach, set()) if has_desk else set()
    return parts | ({"web"} if parts & {"public", "desk"} else set())


def web_names(answers: Answers) -> list[str]:
    """The names for which a certificate is needed."""
    parts = parts_of(answers)
    return [answers[key] for part, key in (("public", "name"), ("desk", "desk_name")) if part in parts]


def filled(text: str, answers: Answers, onions: Mapping[str, str]) -> str:
    """A shipped file with this machine's names, and without the parts that it doesn't need."""
    parts = parts_of(answers)
    for part in re.findall(r"# begin (\S+)\n", text):
        body = r"\1" if part in parts else ""
        text = re.sub(rf"(?ms)^[ \t]*# begin {part}\n(.*?)^[ \t]*# end {part}\n\n?", body, text)
    networks = answers.get("desk_networks", "").split(",")
    instead = {
        "server_name heard.example desk.heard.example;": f"server_name {' '.join(web_names(answers))};",
        "allow 10.8.0.0/24;": " ".join(f"allow {network};" for network in networks),
        "remote_ip 10.8.0.0/24": f"remote_ip {' '.join(networks)}",
        "desk.heard.example": answers.get("desk_name", ""),
        "heard.example": answers["name"],
        "heardexample.onion": onions.get("ONION_HOST", ""),
        "deskexample.onion": onions.get("DESK_ONION", ""),
    }
    return re.sub("|".join(map(re.escape, instead)), lambda found: instead[found[0]], text)


def lay_onions(machine: Machine, answers: Answers) -> dict[str, str]:
    """Set up Tor for the onion services that were asked for; returns their addresses by the names of `_ONIONS`."""
    wanted = parts_of(answers) & set(_ONIONS)
    config = machine.layout.at("/etc/tor/torrc")
    if not wanted and not config.exists():
        return {}
    if wanted:
        machine.step("Set up Tor, and read the onion's address")
        machine.install("tor")
    text = config.read_text(encoding="utf-8") if config.exists() else ""
    text = with_block(text, _torrc(machine, answers) if wanted else "")
    machine.write(config, text)
    machine.run("systemctl", "enable", "--quiet", "--now", "tor")
    with steps_done.until_done(machine, "tor", text) as is_due:
        if is_due:
            machine.run("systemctl", "restart", "tor")
    return {name: _onion_address(machine, folder) for part, (name, folder) in _ONIONS.items() if part in wanted}


def with_block(text: str, lines: str) -> str:
    """A file of somebody else's with our lines at its end, in place of those that are there."""
    begin, end = "# heard: begin", "# heard: end"
    if begin in text:
        before, _, rest = text.partition(begin)
        text = before + rest.partition(f"{end}\n")[2]
    return f"{text.rstrip()}\n{begin}\n{lines}\n{end}\n".lstrip("\n") if lines else text


def _torrc(machine: Machine, answers: Answers) -> str:
    lines = filled((RELEASE / "deploy/torrc").read_text(encoding="utf-8"), answers, {}).splitlines()
    said = "" if machine.dry else machine.ask("tor", "--version")
    found = re.search(r"version 0\.(\d+)\.(\d+)", said)
    # Debian 12's may be older than Tor's defence by work.
    is_old = found is not None and (int(found[1]), int(found[2])) < (4, 8)
    return "\n".join(line for line in lines if not (line.startswith("#") or (is_old and "PoWDefenses" in line)))


def _onion_address(machine: Machine, folder: str) -> str:
    path = machine.layout.at(f"/var/lib/tor/{folder}/hostname")
    if machine.dry:
        return path.read_text().strip() if path.exists() else f"{folder}-address.onion"
    machine.ask("timeout", "30", "sh", "-c", f"until test -s {path}; do sleep 0.2; done")
    return path.read_text(encoding="utf-8").strip()


def lay_proxy(machine: Machine, answers: Answers, onions: Mapping[str, str]) -> bool:
    """Install the proxy with a certificate; False while an authority gives none. Raises Failed."""
    kind = answers["proxy"]
    if not parts_of(answers):
        return True
    machine.step(f"Set up {kind} and its certificate")
    for other in set(_FILES) - {kind}:
        if machine.succeeds("systemctl", "is-enabled", "--quiet", other):
            machine.run("systemctl", "disable", "--quiet", "--now", other)
    _refuse_other_servers(machine)
    machine.install(kind, "openssl")
    if kind == "nginx":
        machine.write(machine.layout.units / "nginx.service.d/heard.conf", _RESTART)
    _lay_certificate(machine, answers)
    _lay_file(machine, answers, onions)
    if kind == "nginx" and answers["certificate"] == "letsencrypt" and web_names(answers):
        return _fetch_certificate(machine, answers)
    return True


def _refuse_other_servers(machine: Machine) -> None:
    said = "" if machine.dry else machine.ask("ss", "-Hltnp", "sport = :80 or sport = :443")
    if others := set(re.findall(r'"([^"]+)"', said)) - set(_FILES):
        name = others.pop()
        raise Failed(f"{name} has port 80 or 443, which the proxy needs: stop it (`systemctl disable --now {name}`).")


def _lay_file(machine: Machine, answers: Answers, onions: Mapping[str, str]) -> None:
    """Put the shipped file in the place of the proxy's own, if the proxy finds it right."""
    kind = answers["proxy"]
    path = machine.layout.at(_FILES[kind])
    shipped = RELEASE / "deploy" / path.name
    text = _text_for(kind, filled(shipped.read_text(encoding="utf-8"), answers, onions), machine, answers)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = path.with_name(f"{path.name}.before-heard")
    if before and "Heard" not in before and not kept.exists():
        machine.write(kept, before)
    machine.write(path, text)
    command = (
        ("nginx", "-t", "-q") if kind == "nginx" else ("caddy", "validate", "--adapter", "caddyfile", "--config", path)
    )
    try:
        machine.run(*command)
    except Failed:
        machine.write(path, before)
        raise
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "enable", "--quiet", kind)
    machine.run("systemctl", "reload-or-restart", kind)


def _text_for(kind: str, text: str, machine: Machine, answers: Answers) -> str:
    tls = machine.layout.etc / "tls"
    if kind == "caddy":
        if answers["certificate"] == "letsencrypt":
            return text
        pair = f"{tls}/fullchain.pem {tls}/privkey.pem"
        return re.sub(r"(?m)^(\S+\.\S+) \{\n", rf"\1 {{\n\ttls {pair}\n", text)
    if not _has_ipv6():
        text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
    if not machine.dry and _is_old_nginx(machine):
        text = re.sub(r"(?m)^ *(# Before nginx.*|http2 on;)\n", "", text)
        text = re.sub(r"(listen \S*443 ssl)", r"\1 http2", text)
    return text.replace("pid /run/nginx.pid;", "user www-data;\npid /run/nginx.pid;")


def _is_old_nginx(machine: Machine) -> bool:
    """True before 1.25.1, which knows HTTP/2 as a word of `listen` alone."""
    found = re.match(r"(\d+)\.(\d+)", machine.ask("dpkg-query", "-W", "-f", "${Version}", "nginx"))
    return found is not None and (int(found[1]), int(found[2])) < (1, 26)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::", 0))
    except OSError:
        return False
    return True


def _lay_certificate(machine: Machine, answers: Answers) -> None:
    """The files in /etc/heard/tls: yours, or made here, which also lets a proxy start before there is another."""
    names = web_names(answers)
    if not names or (answers["proxy"], answers["certificate"]) == ("caddy", "letsencrypt"):
        return
    tls = machine.layout.etc / "tls"
    group = "caddy" if answers["proxy"] == "caddy" else "root"
    machine.folder(tls, mode=0o750, owner=f"root:{group}")
    if answers["certificate"] == "files":
        for answer, name, mode in (("certificate_file", "fullchain", 0o644), ("certificate_key", "privkey", 0o640)):
            text = Path(answers[answer]).read_text(encoding="utf-8")
            machine.write(tls / f"{name}.pem", text, mode=mode, owner=f"root:{group}")
    elif not covers(machine, tls / "fullchain.pem", names):
        make_certificate(machine, names, certificate=tls / "fullchain.pem", key=tls / "privkey.pem", days=_TRIAL_DAYS)
        machine.run("chgrp", group, tls / "privkey.pem")


def covers(machine: Machine, certificate: Path, names: Collection[str]) -> bool:
    """True if there is a certificate for all these names that isn't over."""
    look = ("openssl", "x509", "-noout", "-in", certificate)
    if not (certificate.exists() and machine.succeeds(*look, "-checkend", "0")):
        return False
    return all("does match" in machine.ask(*look, f"-check{_kind(name).lower()}", name) for name in names)


def _kind(name: str) -> str:
    """As openssl calls what is a name or an address."""
    return "IP" if re.fullmatch("[0-9.]+|.*:.*", name) else "HOST"


def make_certificate(machine: Machine, names: Collection[str], *, certificate: Path, key: Path, days: int) -> None:
    """A certificate signed by nobody."""
    first = next(iter(names))
    kinds = ",".join(f"{_kind(name).replace('HOST', 'DNS')}:{name}" for name in names)
    fresh = [path.with_name(f".{path.name}.new") for path in (certificate, key)]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
    command += ["-subj", f"/CN={first[:64]}", "-addext", f"subjectAltName={kinds}", "-days", str(days)]
    machine.run(*command, "-out", fresh[0], "-keyout", fresh[1])
    machine.run("chmod", "0640", fresh[1])
    # The key first: a proxy that starts in between finds a pair that doesn't fit, and is started again.
    for path, made in ((key, fresh[1]), (certificate, fresh[0])):
        machine.run("mv", made, path)


def _fetch_certificate(machine: Machine, answers: Answers) -> bool:
    """Have certbot fetch it through the proxy that runs, and renew it by its own timer."""
    layout, names = machine.layout, web_names(answers)
    live, tls = layout.at("/etc/letsencrypt/live/heard"), layout.etc / "tls"
    machine.install("certbot")
    machine.write(layout.at("/etc/letsencrypt/renewal-hooks/deploy/heard"), _RENEWED, mode=0o755)
    machine.folder(layout.at(WEBROOT))
    machine.run("systemctl", "enable", "--quiet", "--now", "certbot.timer")
    if not covers(machine, live / "fullchain.pem", names):
        command: list[str | Path] = ["certbot", "certonly", "--webroot", "-w", layout.at(WEBROOT), "--expand"]
        command += [
            "--cert-name",
            "heard",
            "--non-interactive",
            "--agree-tos",
            "--register-unsafely-without-email",
            "--quiet",
        ]
        try:
            machine.run(*command, *(part for name in names for part in ("-d", name)), seconds=300)
        except Failed as error:
            machine.note(f"No certificate yet: {error}")
            return False
    for name in ("fullchain.pem", "privkey.pem"):
        machine.link(tls / name, live / name)
    machine.run("systemctl", "reload", "nginx")
    return True


def certificate_ends(name: str, *, port: int = 443) -> float:
    """When the certificate ends that the proxy here shows for `name`, in seconds since 1970; raises Failed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname=name) as line,
        ):
            shown = ssl.DER_cert_to_PEM_cert(line.getpeercert(binary_form=True) or b"")
    except OSError as error:
        raise Failed(f"The proxy shows no certificate for {name}: {error}.") from None
    said = Machine().ask("openssl", "x509", "-noout", "-enddate", stdin=shown)
    return float(ssl.cert_time_to_seconds(said.partition("=")[2].strip()))


def note_certificate(machine: Machine, ends: float) -> None:
    """Write down when the first of the certificates ends: the time of a file in the folder of clocks."""
    path = machine.layout.clocks / "certificate"
    path.touch(mode=0o600)
    if machine.layout.is_real and os.geteuid() == 0:
        shutil.chown(path, USER, USER)
    os.utime(path, (ends, ends))


def certified_names(machine: Machine) -> list[str]:
    """The names for which the proxy on this machine shows a certificate."""
    told, role = machine.environment(), answers_before(machine.layout).get("role", "all")
    addresses = {"public": ["BASE_URL"], "desk": ["DESK_URL"]}.get(role, ["BASE_URL", "DESK_URL"])
    sites = [urlsplit(told.get(name, "")) for name in addresses]
    return sorted({site.hostname for site in sites if site.scheme == "https" and site.hostname})
