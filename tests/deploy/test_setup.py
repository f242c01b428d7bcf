"""`heard setup` without a machine: its answers, the files it writes, what it shows once, and what a dry run leaves."""

import os
import pty
import re
import shutil
import subprocess
import sys
from itertools import product

import pytest
from click.testing import CliRunner
from operations import archive, env_files, first_release, proxy, questions, secret_paper, setup, steps_done, units
from operations.__main__ import heard
from operations.layout import Layout, env_file_text, read_env_file
from operations.machine import Failed, Machine
from operations.setup import Run

from tests import proxies
from tests.running_site import ROOT

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
PEPPER = "0123456789abcdef" * 4
SITE = 'name = "tell.example.org"\ndesk_networks = "10.8.0.0/24"\ncoordinator = "carol"\ncertificate = "trial"\n'
SITE += f'backup_key = "{KEY}"\n'
SEVERAL = {"database_machines": "10.8.0.5, db2.example,10.8.0.7"}


@pytest.fixture
def machine(tmp_path):
    return Machine(Layout(tmp_path / "root"))


def answered(tmp_path, text, layout=None, role=None):
    (tmp_path / "answers.toml").write_text(text)
    return questions.gather(layout or Layout(tmp_path / "root"), file=tmp_path / "answers.toml", role=role)


def all_answers(**told):
    """Answers as if they had been asked for, with some said otherwise."""
    given = {"name": "tell.example.org", "coordinator": "carol", "desk_networks": "10.9.0.0/16,fd00::/64"}
    given |= {"reached_at": "10.8.0.5", "reached_from": "10.8.0.0/24"}
    return questions._answers_given({}, given | told)


UNWANTED = {"pepper": "x", "paper": "y", "backup_kye": "z"}
WRONG = {
    "name": ("https://tell.example.org/", "without https://"),
    "desk_networks": ("10.8.0", "10.8.0.0/24"),
    "email": ("mail.example:587", "smtp"),
    "database": ("mysql", "sqlite, postgresql, url"),
    "onion": ("perhaps", "yes or no"),
    "backup_key": ("AGE-SECRET-KEY-1QQ", "never the private one"),
    "coordinator": ("Carol O'Neill", "no quote"),
    "security_contact": ("somebody", "e-mail"),
}


def test_wrong_answers_are_all_named_with_what_is_right_and_so_is_what_no_file_holds(tmp_path):
    for given in (UNWANTED, {name: value for name, (value, _right) in WRONG.items()}):
        with pytest.raises(Failed) as refused:
            answered(tmp_path, "\n".join(f'{name} = "{value}"' for name, value in given.items()))

        lines = {line.split(":")[0].strip(): line for line in str(refused.value).splitlines()[1:]}
        assert set(lines) == set(given)
    for name, (_value, right) in WRONG.items():
        assert right in lines[name], name


ONION = 'name = "tell.example.org"\ndesk_reach = "onion"\ncoordinator = "carol"\n'


def kept(machine, answers):
    """Lay what a run of setup leaves of its answers."""
    machine.write(machine.layout.answers, questions.kept_text(answers))
    machine.write(machine.layout.env_file, env_file_text(env_files.heard_env({}, answers, {}), head="x"))
    return answers


def test_answers_are_kept_for_the_next_run_without_a_secret(tmp_path, machine):
    text = f'{ONION}onion = false\nsecurity_contact = "me@x.org"\nemail = "smtp+tls://me:s3cret@mail.example:587"\n'
    answers = kept(machine, answered(tmp_path, text))

    assert "s3cret" not in machine.layout.answers.read_text()
    assert answered(tmp_path, "", machine.layout) == answers
    assert answers["onion"] == "no"
    assert answers["security_contact"] == "mailto:me@x.org"


def test_next_release_lays_its_units_and_retention_alone_may_read_the_clock(tmp_path, machine):
    kept(machine, answered(tmp_path, ONION))

    units.install_units.main([], obj=machine, standalone_mode=False)

    laid = {path.name for path in machine.layout.units.glob("*.timer")}
    assert "heard-retention.timer" in laid
    assert "heard-send_daily_mail.timer" not in laid
    settings = machine.layout.units.glob("*.d/*.conf")
    [told] = [each for each in settings if "SystemCallFilter=adjtimex" in each.read_text()]
    assert told.parent.name == "heard@retention.service.d"
    # As systemd reads them: by their names, whichever folder they are in.
    assert told.name > "hardening.conf"


def test_site_that_comes_back_with_its_people_is_asked_for_no_coordinator(tmp_path):
    text = 'name = "tell.example.org"\nsecurity_contact = "me@x.org"\ndesk_reach = "onion"\ncomes_back = '

    assert "coordinator" not in answered(tmp_path, f"{text}true")
    with pytest.raises(Failed, match="coordinator: "):
        answered(tmp_path, f"{text}false")


def test_example_file_of_all_questions_is_toml_that_names_each():
    text = questions.example_file().replace("\n# role", "\nrole")

    named = re.findall(r"(?m)^(?:# )?(\w+) = ", text)
    assert named == [each.name for each in questions.all_questions()]


def test_env_file_is_read_alike_by_sh_keeps_every_secret_and_what_was_added(machine):
    told = {"SECRET_KEY": "k" * 32, "RECEIPT_PEPPER": PEPPER, "DUTY_EMAIL": "a@x.org, b@x.org"}

    onions = {"ONION_HOST": "abc.onion", "DESK_ONION": "d.onion"}
    values = env_files.heard_env(told | {"EMAIL_URL": "smtp://gone"}, all_answers(), onions)
    machine.write(machine.layout.env_file, env_file_text(values, head=env_files.HEAD))
    command = ["sh", "-c", f"set -a; . {machine.layout.env_file}; env -0"]
    said = subprocess.run(command, env={}, capture_output=True, text=True)

    assert {name: said.stdout.split(f"{name}=")[1].split("\0")[0] for name in values} == values
    assert read_env_file(machine.layout.env_file) == values
    assert told.items() <= values.items()
    assert values["DESK_URL"] == "https://desk.tell.example.org"
    elsewhere = env_files.heard_env({"RECEIPT_PEPPER_FILE": "/x"}, all_answers(), {})
    assert not {"EMAIL_URL", "RECEIPT_PEPPER"} & set(elsewhere)
    assert "DESK_ONION" not in values


def test_secrets_are_made_apart_and_the_public_machine_makes_none(machine):
    fresh = env_files.heard_env({}, all_answers(), {})
    assert fresh["SECRET_KEY"] != fresh["RECEIPT_PEPPER"]
    assert all(len(fresh[name]) == 64 for name in env_files.SECRETS)

    with pytest.raises(Failed, match="copy"):
        env_files.write_env_files(machine, all_answers(role="public"), {})


ONIONS = {"ONION_HOST": f"{'a' * 56}.onion", "DESK_ONION": f"{'b' * 56}.onion"}


def all_machines():
    for role, reach, onion in product(["all", "public", "desk"], ["vpn", "onion", "tunnel"], ["yes", "no"]):
        yield all_answers(role=role, desk_reach=reach, onion=onion)


def test_proxy_of_every_kind_of_machine_has_its_names_and_no_example():
    for answers in all_machines():
        parts = proxy.parts_of(answers)
        for name in ("nginx.conf", "Caddyfile", "torrc"):
            text = proxy.filled((ROOT / "deploy" / name).read_text(), answers, ONIONS)
            told = re.sub(r"\s+", " ", re.sub(r"(?m)^\s*#.*", "", text))
            assert not re.search(r"heard\.example|example\.onion", told), (name, answers)
            assert "begin " not in text, (name, answers)
            holds = {"8081": "onion", "8082": "desk-onion"}
            if name == "nginx.conf":
                holds |= {"server_name tell.example.org;": "public", "allow 10.9.0.0/16; allow fd00::/64; deny": "desk"}
            wanted = {words: part in parts for words, part in holds.items()}
            assert {words: words in told for words in holds} == wanted, answers


@pytest.mark.proxies
def test_nginx_takes_the_file_of_every_kind_of_machine(tmp_path):
    proxies.make_certificate(tmp_path)
    for answers in all_machines():
        text = proxy.filled((ROOT / "deploy/nginx.conf").read_text(), answers, ONIONS)
        for old, new in (("fullchain.pem", "tls.pem"), ("privkey.pem", "tls.key"), ("/etc/heard/tls", str(tmp_path))):
            text = text.replace(old, new)
        text = text.replace("/run/nginx.pid", f"{tmp_path}/pid").replace("/var/log/nginx", str(tmp_path))
        # It tries every port.
        text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text).replace("listen 80", "listen 127.0.0.1:58080")
        text = text.replace("listen 443", "listen 127.0.0.1:58443")
        (tmp_path / "nginx.conf").write_text(text)
        places = ["-p", tmp_path, "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"]
        said = subprocess.run([proxies.program("nginx"), "-t", *places], capture_output=True, text=True)
        assert said.returncode == 0, (answers, said.stderr)


def test_dry_run_shows_every_file_and_command_no_secret_and_changes_nothing(tmp_path):
    source = tmp_path / "answers.toml"
    source.write_text(f'{SITE}database = "postgresql"\nredis = "here"\nbackup_to = "bucket:heard"\n')
    # A release that is here, so that no clone has to be.
    root = tmp_path / "root"
    (root / "opt/heard").mkdir(parents=True)
    (root / "opt/heard/current").symlink_to(ROOT)

    said = CliRunner().invoke(heard, ["--root", str(root), "setup", "--answers", str(source), "--dry-run"])

    assert said.exception is None, said.output
    files = ("heard.env", "desk.env", "nginx.conf", "torrc", "heard-public.service", "heard-retention.timer")
    for shown in (*files, "createdb"):
        assert shown in said.output
    assert "ALLOWED_HOSTS=desk.tell.example.org" in said.output
    assert said.output.index("heard-retention.timer") < said.output.index("/heard backup\n")
    assert not re.search(r"[0-9a-f]{64}", said.output)
    assert [str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()] == []


def test_dry_run_of_a_store_shows_its_files_and_nothing_to_log_in_with(tmp_path):
    shown = {
        "database": ("hostssl replication standby 10.8.0.0/24 scram-sha-256", "STANDBY_URL='…'"),
        "standby": ("pg_basebackup -d postgres://standby@10.8.0.7,db2.example:5432", 'ANY 1 ("10.8.0.5"'),
        "pool": ("pool_mode = transaction", "server_tls_sslmode = verify-full", "requirepass …"),
    }
    source, root = tmp_path / "answers.toml", tmp_path / "root"
    told = {"reached_at": "10.8.0.5", "reached_from": "10.8.0.0/24", **SEVERAL}
    source.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()))
    for role, lines in shown.items():
        command = ["--root", str(root), "setup", "--role", role, "--answers", str(source), "--dry-run"]
        said = CliRunner().invoke(heard, command)

        assert said.exception is None, said.output
        assert [line for line in lines if line not in said.output] == [], said.output
        assert ("synchronous_standby_names" in said.output) == (role == "standby")
        assert not [path for path in root.rglob("*") if not path.is_dir()]


def test_setup_makes_the_first_backup_once_it_lets_others_in_and_never_beside_others(tmp_path, monkeypatch):
    layout, place, source = Layout(tmp_path / "root"), tmp_path / "backups", tmp_path / "answers.toml"
    source.write_text(f'{SITE}backup_to = "{place}"\n')
    for folder in (layout.etc, layout.command.parent, place):
        folder.mkdir(parents=True)
    (layout.etc / "backup.toml").write_text(f'to = "{place}"')
    # In its place one that asks for the lock, as `heard backup` does.
    layout.command.write_text(f"#!/bin/sh\nflock -n {layout.lock} touch {place}/made || {{ echo busy; exit 1; }}\n")
    layout.command.chmod(0o755)
    monkeypatch.setattr(setup, "_set_up_site", lambda run: None)
    monkeypatch.setattr(setup, "_look_with_doctor", lambda machine: None)

    def said():
        told = CliRunner().invoke(heard, ["--root", str(layout.root), "setup", "--answers", str(source)])
        assert told.exception is None, told.output
        return told.output

    place.rmdir()
    assert f"NO BACKUP YET. Mend this, then `heard backup`: {place} isn't there." in said()
    place.mkdir()
    (place / "heard-2026-11-30T03-0a1b2c.1.tar.gz.age").touch()
    assert "NO BACKUP YET" not in said()
    assert not (place / "made").exists()
    shutil.rmtree(place)
    place.mkdir()
    assert "NO BACKUP YET" not in said()
    assert (place / "made").exists()


def test_what_is_left_can_be_said_of_every_machine():
    stores = [all_answers(role=role, **told) for role in setup._STORES for told in ({}, SEVERAL)]
    found = dict.fromkeys(["proxy_says", "exposed", "web_names", "desk_url"], "x")
    found |= dict.fromkeys(["paper", "pin", "certificate_says"], "missing")
    found |= {"backup_says": "The place is full.", "coordinator_says": "invited", "swap": "yes"}
    for answers in [*all_machines(), *stores]:
        is_desk = answers["role"] in ("all", "desk")
        lines = Run(Machine(), answers, found=dict(found) if is_desk else {}).left()
        assert len(lines) >= 2
        assert ("then `heard backup`: The place is full." in " ".join(lines)) == is_desk, answers


def test_what_was_killed_is_done_again_and_what_ended_only_for_other_settings(machine):
    with pytest.raises(KeyboardInterrupt), steps_done.until_done(machine, "start", "a"):
        raise KeyboardInterrupt
    for settings, is_due in (("a", True), ("a", False), ("b", True)):
        with steps_done.until_done(machine, "start", settings) as found:
            assert found == is_due


SHOW = f"p.show_and_ask_back('A', p.in_groups('{PEPPER}'), words='w')"


def at_a_terminal(replies, deed=SHOW):
    """Do what concerns a secret at a terminal of its own; what was on the screen, and how it ended.

    `replies` makes an answer of the prompt and of what was shown last: its groups by number, and its check sum.
    """
    code = f"from operations import secret_paper as p; {deed}"
    child, line = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-c", code], os.environ | {"PYTHONPATH": str(ROOT / "deploy")})
    screen, answered_to = "", 0
    while True:
        try:
            screen += os.read(line, 4096).decode()
        except OSError:
            break
        prompt = screen[answered_to:].rpartition("\n")[2]
        if prompt.endswith(": "):
            answered_to = len(screen)
            os.write(line, f"{replies(prompt)}\n".encode())
    return screen, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def right(prompt):
    group = re.search(r"group (\d+)", prompt)
    if group:
        return f" {secret_paper.in_groups(PEPPER)[int(group[1]) - 1].upper()} "
    return secret_paper.check_sum(PEPPER).lower() if "check sum" in prompt else ""


def test_secret_is_shown_on_a_screen_that_is_cleared_and_asked_back_three_times():
    screen, status = at_a_terminal(right)
    others, failed = at_a_terminal(lambda prompt: "zzzz" if "paper, group" in prompt else right(prompt))

    assert status == 0
    assert re.search(r"1 0123 +2 4567 +3 89ab", screen)
    shown = screen.index("\033[?1049h"), screen.index("1 0123"), screen.rindex("\033[3J"), screen.index("\033[?1049l")
    assert list(shown) == sorted(shown)
    # What was typed is taken off the screen as well.
    assert screen.endswith("\033[3A\033[J")
    assert failed != 0
    assert "isn't on paper yet" in others
    assert others.count("\033[?1049h") == 3


def test_pepper_of_a_site_that_comes_back_is_typed_until_its_check_sum_fits():
    typed = iter([f"f{PEPPER[1:]}", " ".join(secret_paper.in_groups(PEPPER)).upper()])
    deed = f"print(p.read_from_paper('The pepper, all its groups', letters=64).lower() == '{PEPPER}')"

    screen, status = at_a_terminal(lambda prompt: right(prompt) if "check sum" in prompt else next(typed), deed)

    assert status == 0
    assert "Not quite" in screen
    assert "True" in screen


def test_check_sum_changes_with_every_letter_and_not_with_spaces():
    places = range(0, 60, 7)

    sums = {secret_paper.check_sum(PEPPER[:place] + "f" + PEPPER[place + 1 :]) for place in places}

    assert len(sums) == len(places)
    assert secret_paper.check_sum(" ".join(secret_paper.in_groups(PEPPER)).upper()) == secret_paper.check_sum(PEPPER)


def test_two_machines_of_one_image_send_under_names_of_their_own(tmp_path):
    """Else the new one's journal overwrites the old one's, and a restore brings back what was withdrawn."""
    machines = [Machine(Layout(tmp_path / name)) for name in ("old", "new")]
    for machine in machines:
        machine.layout.etc.mkdir(parents=True)
        machine.layout.at("/etc/machine-id").write_text("the same on each copy of one image")
        first_release.lay_machine_tag(machine)

    tags = [archive.machine_tag(machine) for machine in machines]
    first_release.lay_machine_tag(machines[0])

    assert tags[0] != tags[1]
    assert archive.machine_tag(machines[0]) == tags[0]
