"""The code on a new machine: /opt/heard/releases/<version>, made from the clone that `heard setup` was started from."""

import os
import secrets
import shutil

from operations.layout import RELEASE
from operations.machine import USER, Failed, Machine
from operations.releases import Release

PACKAGES = (
    "git",
    "python3",
    "python3-venv",
    "ca-certificates",
    "iproute2",
    "openssl",
    "openssh-client",
    "age",
    "rclone",
    "unattended-upgrades",
)
# Of these one is enough; another would be taken away for it.
_CLOCKS = ("chrony", "ntpsec", "openntpd")


def install_packages(machine: Machine) -> None:
    machine.step("Install Debian's packages, with updates by themselves and the time from the network")
    has_clock = any(machine.succeeds("dpkg-query", "-W", clock) for clock in _CLOCKS)
    machine.install(*PACKAGES, *([] if has_clock else ["systemd-timesyncd"]))
    every_day = "".join(f'APT::Periodic::{what} "1";\n' for what in ("Update-Package-Lists", "Unattended-Upgrade"))
    machine.write(machine.layout.at("/etc/apt/apt.conf.d/20auto-upgrades"), every_day)


def make_user_and_folders(machine: Machine) -> None:
    machine.step(f"Make the user {USER} and its folders")
    layout = machine.layout
    if not machine.succeeds("id", USER):
        home = ("--home-dir", str(layout.data), "--no-create-home", "--shell", "/usr/sbin/nologin")
        machine.run("useradd", "--system", "--user-group", *home, USER)
    machine.folder(layout.etc)
    machine.folder(layout.releases.parent)
    machine.folder(layout.releases)
    # `heard backup` runs as this user, and as root.
    for folder in (layout.data, layout.clocks, layout.journal, layout.backups, layout.at("/run/heard")):
        machine.folder(folder, mode=0o700, owner=f"{USER}:{USER}")
    lay_machine_tag(machine)
    # Taken before there was such a user, and from now on by its timers too.
    if layout.is_real and layout.lock.exists():
        shutil.chown(layout.lock, USER, USER)


def lay_machine_tag(machine: Machine) -> None:
    """Give this machine its six digits, once for each disk."""
    if not machine.layout.machine_tag.exists():
        machine.write(machine.layout.machine_tag, f"{secrets.token_hex(3)}\n", mode=0o600, owner=f"{USER}:{USER}")


def make_release(machine: Machine) -> None:
    """Lay the code and point the links at it. A release that is there already stays: `heard upgrade` changes it."""
    layout = machine.layout
    if layout.current.exists():
        machine.step(f"Release {Release(layout.current).version} is here")
    else:
        _clone_release(machine)
    release = layout.current if layout.current.exists() else layout.releases / Release(RELEASE).version
    machine.step("Make its Python environment, and fetch the name model (a minute or two)")
    machine.run("python3", release / "deploy/set_up.py", "requirements.txt", cwd=release)
    python = release / ".venv/bin/python"
    said = machine.run(python, release / "deploy/fetch_model.py", cwd=release).strip()
    if "could not" in said:
        machine.note(said.splitlines()[-1])
    # The site's own user can't write here, and would compile everything at each start.
    machine.run(python, "-m", "compileall", "-q", *("site", "stories", "moderation", "deploy"), cwd=release)
    if not layout.current.exists():
        machine.link(layout.current, layout.releases / Release(RELEASE).version)
    machine.link(layout.command, layout.current / "deploy/heard")


def _clone_release(machine: Machine) -> None:
    version = Release(RELEASE).version
    place = machine.layout.releases / version
    machine.step(f"Lay release {version} into {place}")
    if place.exists():
        return
    if not (RELEASE / ".git").exists():
        raise Failed(f"{RELEASE} is no git clone: start `heard setup` from a clone of a release.")
    # Whoever owns the clone; git would ask otherwise.
    trusted = {**os.environ, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    fresh = place.with_name(f".{version}.new")
    try:
        origin = machine.ask("git", "-C", RELEASE, "remote", "get-url", "origin", env=trusted).strip()
    except Failed:
        raise Failed(f"{RELEASE} has no `origin` that upgrades could come from: `git clone` a release.") from None
    machine.run("rm", "-rf", fresh)
    machine.run("git", "clone", "--quiet", "--no-hardlinks", RELEASE, fresh, env=trusted)
    machine.run("git", "-C", fresh, "remote", "set-url", "origin", origin)
    machine.run("mv", fresh, place)
