"""The doctor names each thing that is wrong, and a command that mends it."""

import json
import os
import re
import time
import tomllib

import pytest
import yaml
from click.testing import CliRunner
from operations import backup, checks_machine, checks_outside, doctor
from operations.__main__ import COMMANDS, heard
from operations.layout import Layout, env_file_text, read_env_file
from operations.machine import Machine

from tests.made_database import ROOT

GOOD = "BASE_URL=https://heard.example\nRUN_DIR=/run/heard\n"


@pytest.fixture
def machine(tmp_path):
    """A machine in a folder, as `heard setup` leaves its files."""
    layout = Layout(tmp_path)
    for folder in (layout.etc, layout.data, layout.clocks, layout.backups):
        folder.mkdir(parents=True)
    layout.data.chmod(0o700)
    layout.env_file.write_text(GOOD)
    layout.env_file.chmod(0o640)
    (layout.etc / "backup.pub").write_text("age1example\n")
    (layout.etc / "backup.toml").write_text('to = "elsewhere:heard"\n')
    for clock in ("verify", "journal_copy"):
        backup.touch_clock(Machine(layout), clock)
    return Machine(layout)


def names(check, machine):
    return [finding.name for finding in check(machine)]


READ_DIFFERENTLY = {
    "a comment behind": "RUN_DIR=/run/heard               # in memory",
    "a blank": "MAIL_FROM=Heard heard@heard.example",
    "double quotes": 'MAIL_FROM="heard@heard.example"',
    "a dollar": "EMAIL_URL=smtp://a:pa$word@mail.example",
    "no value": "RUN_DIR",
    "a commented name that sh runs": "DATABASE_URL=postgres://h@127.0.0.1/h      without it: SQLite",
}


def test_line_that_systemd_and_sh_read_differently_is_named_and_none_of_setup(machine):
    told = {"EMAIL_URL": "smtp+tls://a:p w#d@mail.example:587"}
    machine.layout.env_file.write_text(env_file_text(told, head="x"))
    assert names(checks_machine.environment_files, machine) == []
    assert read_env_file(machine.layout.env_file) == told

    for what, line in READ_DIFFERENTLY.items():
        machine.layout.env_file.write_text(GOOD + line + "\n")
        (finding,) = checks_machine.environment_files(machine)
        assert (finding.name, finding.level) == ("env-file", doctor.WRONG), what
        assert "line 3" in finding.says, what


def _python_that_is_a_copy(layout):
    bin = layout.current / ".venv/bin"
    for folder in (bin, layout.command.parent):
        folder.mkdir(parents=True)
    layout.command.touch()
    (bin / "python").write_text('#!/bin/sh\nexec /usr/bin/python3 "$@"\n')
    (bin / "python").chmod(0o755)


def _desk_with_another_public_address(layout):
    layout.desk_env_file.write_text("BASE_URL=https://desk.heard.example\n")
    layout.desk_env_file.chmod(0o640)


FAULTS = {
    "env-rights": (checks_machine.environment_files, lambda layout: layout.env_file.chmod(0o644)),
    "env-desk": (checks_machine.environment_files, _desk_with_another_public_address),
    "data-rights": (checks_machine.rights_of_data, lambda layout: layout.data.chmod(0o755)),
    "python": (checks_machine.release_and_python, _python_that_is_a_copy),
    "backup-private": (
        checks_machine.private_key,
        lambda layout: (layout.etc / "key.txt").write_text("# made\nAGE-SECRET-KEY-1EXAMPLE\n"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_a_machine_is_named(name, machine):
    check, spoil = FAULTS[name]

    spoil(machine.layout)

    (finding,) = check(machine)
    assert (finding.name, finding.level) == (name, doctor.WARNING if name == "python" else doctor.WRONG)


def test_each_fault_of_backups_is_named_and_nothing_where_they_are_in_order(machine):
    assert names(checks_outside.backups, machine) == []
    layout = machine.layout
    old = layout.backups / "heard-2020-01-01T0400.tar.age"
    old.touch()
    for path, days in ((old, 28), (layout.clocks / "verify", 101)):
        os.utime(path, (0, time.time() - days * 86400))
    (layout.clocks / "journal_copy").unlink()
    (layout.etc / "backup.pub").write_text("# none yet\n")
    (layout.etc / "backup.toml").unlink()

    found = names(checks_outside.backups, machine)

    assert found == ["backup-key", "backup-place", "backup-old", "backup-unseen", "journal"]
    # As `heard setup` lays it, so that it is waited for.
    (layout.clocks / "verify").write_text("")
    assert "backup-never" in names(checks_outside.backups, machine)


NGINX, CADDY = "etc/nginx/nginx.conf", "etc/caddy/Caddyfile"
PROXIES = [
    (NGINX, "access_log /var/log/nginx/access.log;", ["proxy-log"]),
    (NGINX, "access_log off; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", ["proxy-address"]),
    (NGINX, "http { }", ["proxy-log"]),
    *((place, (ROOT / "deploy" / place.split("/")[2]).read_text(), []) for place in (NGINX, CADDY)),
]


def test_proxy_that_writes_visits_down_or_lets_addresses_through_is_named(machine):
    for place, text, told in PROXIES:
        path = machine.layout.at(f"/{place}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

        found = checks_outside._written_down(machine, place.split("/")[1])

        assert [each.name for each in found] == told, text


def test_doctor_ends_with_what_a_monitor_counts(tmp_path):
    """A folder without anything in it: every check answers, and none with a traceback."""
    ended = CliRunner().invoke(heard, ["--root", str(tmp_path), "doctor", "--json"])

    told = json.loads(ended.output)
    assert ended.exit_code == told["status"] == 2
    wrong = [each for each in told["findings"] if each["level"] != doctor.OK]
    assert all(each["says"] and each["mend"] for each in wrong)
    assert {each["check"] for each in told["findings"]} == set(doctor._checks)


def test_every_command_that_mends_is_one_that_heard_has():
    said = "".join((ROOT / "deploy/operations" / name).read_text() for name in ("doctor.toml", "checks_site.py"))

    for words in re.findall(r"\bheard (?:--debug )?([a-z-]+)", said):
        if words not in ("has", "is", "alone"):
            assert words in COMMANDS, words


def test_containers_have_the_clocks_of_the_timers():
    timers = tomllib.loads((ROOT / "deploy/units/timers.toml").read_text())
    jobs = [line for line in (ROOT / "deploy/crontab").read_text().splitlines() if re.match(r"[\d*]", line)]
    described = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]

    for name, timer in timers.items():
        command = f"manage.py {name} && touch" if "heard@" in timer["unit"] else f"heard {timer['unit'][10:-8]}"
        if name != "doctor":
            assert any(command in job for job in jobs), name
    assert set(described) == {"prepare", "public", "desk", "clocks", "database", "cache", "proxy"}
    for name, service in described.items():
        assert service.get("logging"), name
