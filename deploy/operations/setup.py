"""`heard setup`: from a bare Debian to a site that takes accounts."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from operations import (
    archive,
    databases,
    env_files,
    first_release,
    proxy,
    questions,
    replication,
    secret_paper,
    services,
    steps_done,
    trial_account,
)
from operations.destination import Destination
from operations.layout import RELEASE, read_env_file
from operations.machine import USER, Failed, Machine
from operations.questions import Answers
from operations.releases import Release, collect_static_files

_STORES = {
    "database": databases.set_up_database_machine,
    "standby": replication.set_up_standby,
    "pool": replication.set_up_pool,
}
_DEBIANS = ("12", "13")
_PAPER = re.compile(r"(?:[0-9A-Z]{5}-){12}[0-9A-Z]{5}")
_FINGERPRINT = re.compile(r"\b[0-9a-f]{4}(?:-[0-9a-f]{4}){7}\b")
_PEPPER = """Without it every code that contributors hold opens nothing, for ever.
  Keep it apart from the backups, and apart from the other paper."""
_VAULT = """It opens everything, and nothing replaces it. Write it twice: two envelopes,
  in two places where no single person gets at one unseen."""


@dataclass
class Run:
    """One run of `heard setup`, and what it found, of which the list at its end is made."""

    machine: Machine
    answers: Answers
    onions: dict[str, str] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)

    @property
    def has_desk(self) -> bool:
        return self.answers["role"] in ("all", "desk")

    @property
    def is_public(self) -> bool:
        return self.answers["role"] in ("all", "public")

    def left(self) -> list[str]:
        """What people have to do themselves: the lines of `left_to_do.toml` that are so here."""
        told = tomllib.loads(Path(__file__).with_name("left_to_do.toml").read_text(encoding="utf-8"))
        so = self.answers | self.found

        def is_said(row: dict[str, Any]) -> bool:
            excluded = any(so.get(name, "") == value for name, value in row.get("unless", {}).items())
            included = all(so.get(name) == value for name, value in row.get("when", {}).items())
            return included and not excluded and so["role"] in row.get("for", [so["role"]])

        return [row["line"].format_map(so) for row in told.values() if is_said(row)]


@click.command(short_help="Set this machine up, or go on where it stopped.")
@click.option(
    "--answers",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a TOML file; see --questions.",
)
@click.option(
    "--role",
    type=click.Choice(["all", "public", "desk", *_STORES]),
    help="What this machine does, of several.",
)
@click.option("--dry-run", is_flag=True, help="Show every file and command, and change nothing.")
@click.option("--questions", "show", is_flag=True, help="Print a file for --answers with every question, and end.")
@click.pass_obj
def setup(machine: Machine, file: Path | None, role: str | None, dry_run: bool, show: bool) -> None:
    """Set this machine up, or go on where it stopped.

    \b
    On a bare Debian 12 or 13, as root:
        git clone --branch v1.0.0 ADDRESS heard && heard/deploy/heard setup

    It asks, installs, writes every file, starts the site, and tells and withdraws an account to see that it
    works. Two secrets are shown once and asked back: have pen, paper and a second person there. It can be
    stopped at any moment: the same command goes on, and leaves alone what is right already. A second run is
    also how an answer is changed.
    """
    if show:
        click.echo(questions.example_file())
        return
    machine.dry = dry_run
    _refuse_other_machines(machine)
    _go_on_with_current(machine)
    answers = questions.gather(machine.layout, file=file, role=role)
    _refuse_other_database(machine, answers)
    run = Run(machine, answers)
    with machine.alone("setup"):
        if answers["role"] in _STORES:
            _set_up_store(run)
        else:
            _set_up_site(run)
    _make_first_backup(run)
    if not dry_run:
        _look_with_doctor(machine)
    click.secho("\nWhat is left to do:", bold=True)
    for number, line in enumerate(run.left(), start=1):
        click.echo(f"{number:3}. {line}")


def _refuse_other_machines(machine: Machine) -> None:
    if not machine.layout.is_real or machine.dry:
        return
    if os.geteuid() != 0:
        raise Failed("Run this as root.")
    told = read_env_file(Path("/etc/os-release"))
    if told.get("ID") != "debian" or told.get("VERSION_ID", "").strip('"') not in _DEBIANS:
        raise Failed("This needs Debian 12 or 13. docs/runbook.md says what a machine of another kind needs.")


def _go_on_with_current(machine: Machine) -> None:
    """Hand over to the release that is installed, so that a clone from before an upgrade sets nothing back."""
    current = machine.layout.current
    if machine.layout.is_real and current.exists() and current.resolve() != RELEASE:
        command = str(current / "deploy/heard")
        os.execv(command, [command, *sys.argv[1:]])


def _refuse_other_database(machine: Machine, answers: Answers) -> None:
    """An answer alone moves no words from one database to another."""
    in_postgresql = "DATABASE_URL" in read_env_file(machine.layout.env_file)
    in_file = not in_postgresql and (machine.layout.data / "heard.sqlite3").exists()
    if in_postgresql and answers.get("database") == "sqlite":
        raise Failed("The site's words are in PostgreSQL: answer `database` with postgresql or url.")
    if in_file and answers.get("database") in ("postgresql", "url"):
        raise Failed("The site's words are in SQLite's file: `heard move-to-postgresql` moves them, no answer does.")


def _set_up_store(run: Run) -> None:
    run.machine.step("Install Debian's packages")
    run.machine.install("openssl", "unattended-upgrades")
    _keep_answers(run, owner="root:root")
    # It has no release of the site.
    run.machine.link(run.machine.layout.command, RELEASE / "deploy/heard")
    run.found |= _STORES[run.answers["role"]](run.machine, run.answers)


def _set_up_site(run: Run) -> None:
    machine, answers = run.machine, run.answers
    first_release.install_packages(machine)
    first_release.make_user_and_folders(machine)
    _keep_answers(run, owner=f"root:{USER}")
    first_release.make_release(machine)
    _lay_stores(run)
    run.onions = proxy.lay_onions(machine, answers)
    env_files.write_env_files(machine, answers, run.onions | _pepper_of_paper(run))
    _fill_database(run)
    services.lay_units(machine, answers)
    services.start_services(machine, answers)
    _see_pages(run)
    if not proxy.lay_proxy(machine, answers, run.onions):
        run.found["certificate_says"] = "missing"
    services.start_timers(machine, answers)
    _see_proxy_and_sandbox(run)
    if run.has_desk:
        run.found["desk_url"] = env_files.desk_url(answers, run.onions)
        _put_on_paper(run)
    _tell_account(run)
    if len(Path("/proc/swaps").read_text(encoding="utf-8").splitlines()) > 1:
        run.found["swap"] = "yes"


def _keep_answers(run: Run, *, owner: str) -> None:
    machine = run.machine
    machine.write(machine.layout.answers, questions.kept_text(run.answers), mode=0o640, owner=owner)


def _lay_stores(run: Run) -> None:
    """PostgreSQL and Redis where they are to be here; their addresses stand among the answers then."""
    told = read_env_file(run.machine.layout.env_file)
    if run.answers["database"] == "postgresql":
        url = databases.lay_postgresql(run.machine, url=told.get("DATABASE_URL", ""), answers=run.answers)
        run.answers["database_url"] = url
    if run.answers["redis"] == "here":
        run.answers["redis_url"] = databases.lay_redis(run.machine, url=told.get("CACHE_URL", ""), answers=run.answers)


def _pepper_of_paper(run: Run) -> dict[str, str]:
    """The pepper of a site that comes back, typed from paper, until this machine has it."""
    told = read_env_file(run.machine.layout.env_file)
    if run.answers.get("comes_back") != "yes" or told.get("RECEIPT_PEPPER") or run.machine.dry:
        return {}
    run.machine.step("Type the pepper from paper")
    pepper = secret_paper.read_from_paper("The pepper, all its groups", letters=64)
    steps_done.mark_done(run.machine, "pepper")
    return {"RECEIPT_PEPPER": pepper.lower()}


def _fill_database(run: Run) -> None:
    machine = run.machine
    if run.has_desk:
        machine.step("Make the tables (a minute)")
        machine.manage("migrate", "--noinput", "-v0")
    elif not machine.dry:
        machine.step("Look whether the desk's machine made the tables")
        machine.manage("migrate", "--check", changes=False)
    machine.step("Lay the static files")
    collect_static_files(machine, Release(machine.layout.current))
    if run.has_desk:
        machine.step("Lay the first pages, help lines and lists")
        machine.manage("starting_pages")
        machine.step("Erase what is due, for the first time")
        machine.manage("retention")


def _see_pages(run: Run) -> None:
    if run.machine.dry:
        return
    run.machine.step("Wait for a page")
    if run.is_public:
        page = trial_account.Site(run.answers["name"]).wait_for("/")
        title = re.search(r"<title>\s*(.*?)\s*</title>", page, re.S)
        run.machine.note(f"https://{run.answers['name']}/: {' '.join(title[1].split()) if title else 'here'}")
    if run.has_desk:
        host = env_files.desk_hosts(run.answers, run.onions)[0]
        trial_account.Site(host, port=8001).wait_for("/admin/login/")
        run.machine.note(f"{env_files.desk_url(run.answers, run.onions)}/admin/: the desk's log-in")


def _see_proxy_and_sandbox(run: Run) -> None:
    machine, names = run.machine, proxy.web_names(run.answers)
    if machine.dry:
        return
    run.found["web_names"] = " and ".join(names)
    try:
        if names:
            proxy.note_certificate(machine, min(map(proxy.certificate_ends, names)))
        if run.is_public:
            trial_account.Site(run.answers["name"], port=443).wait_for("/", seconds=20)
            machine.note("The proxy hands it on.")
    except Failed as error:
        machine.note(str(error))
        run.found["proxy_says"] = str(error)
    scores = services.exposures(machine, run.answers)
    worst = max(scores, key=lambda unit: scores[unit])
    machine.note(f"systemd-analyze security: at most {scores[worst]} ({worst}).")
    if scores[worst] > services.MOST_EXPOSED:
        run.found["exposed"] = worst


def _put_on_paper(run: Run) -> None:
    """The pepper, the vault and the first coordinator: what takes people at a terminal."""
    machine = run.machine
    if machine.dry:
        machine.step("Show pepper and paper, ask both back, pin the vault's fingerprint, print the first link")
        return
    if run.answers["comes_back"] == "yes":
        return
    if not secret_paper.has_terminal():
        click.secho("Nobody sits at a terminal here, so this stops before pepper and vault.", fg="yellow")
        run.found["paper"] = "missing"
        return
    try:
        _show_pepper(run)
        has_vault = _make_vault(run)
    except Failed as error:
        click.secho(str(error), fg="yellow")
        has_vault = False
    if not has_vault:
        run.found["paper"] = "missing"
    _invite_coordinator(run)


def _show_pepper(run: Run) -> None:
    if steps_done.is_done(run.machine, "pepper"):
        return
    run.machine.step("Show the pepper")
    told = read_env_file(run.machine.layout.env_file)
    pepper = told.get("RECEIPT_PEPPER") or Path(told["RECEIPT_PEPPER_FILE"]).read_text(encoding="utf-8").strip()
    secret_paper.show_and_ask_back("The pepper", secret_paper.in_groups(pepper), words=_PEPPER)
    steps_done.mark_done(run.machine, "pepper")


def _make_vault(run: Run) -> bool:
    """Make the vault if there is none, and pin its fingerprint; False where it has to wait."""
    machine = run.machine
    told = read_env_file(machine.layout.env_file)
    status = _vault_status(machine)
    if not status:
        machine.step("Make the vault")
        if not secret_paper.agrees(
            "Nobody may ever have had the paper alone. Are two of you here, with pen and paper?"
        ):
            return False
        fingerprint = _begin_vault(machine)
    else:
        found = _FINGERPRINT.search(status)
        fingerprint = found[0] if found else ""
    if "QUEUE_KEY_FINGERPRINT" in told:
        return True
    if ": opens the vault" in status:
        run.found["pin"] = "missing"
        return True
    env_files.write_env_files(machine, run.answers, run.onions | {"QUEUE_KEY_FINGERPRINT": fingerprint})
    machine.note(f"The vault's fingerprint, pinned: {fingerprint}")
    services.start_services(machine, run.answers)
    _see_pages(run)
    return True


def _vault_status(machine: Machine) -> str:
    """What `vault status` says; nothing where there is no vault."""
    try:
        return machine.manage("vault", "status", changes=False)
    except Failed as error:
        if "hasn’t begun" in str(error):
            return ""
        raise


def _begin_vault(machine: Machine) -> str:
    """Have the vault made once its paper is written down; returns the fingerprint. Raises Failed where it isn't."""
    release = machine.layout.current
    command = [str(release / ".venv/bin/python"), str(release / "manage.py"), "vault", "init", "--ask-back"]
    command = ["runuser", "-u", USER, "--", *command]
    environment = machine.environment() | {"PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, cwd=release, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            shown = next((found[0] for line in process.stdout if (found := _PAPER.search(line))), None)
            if shown is None:
                raise Failed(process.stderr.read().strip().splitlines()[-1])
            groups = shown.split("-")
            secret_paper.show_and_ask_back("The recovery paper of the vault", groups, words=_VAULT)
            process.stdin.write(f"{groups[-1]}\n")
            process.stdin.close()
            said = _FINGERPRINT.search(process.stdout.read())
        except BaseException:
            process.kill()
            raise
        if process.wait() or not said:
            raise Failed("The vault wasn't made. `heard setup` again makes it, with another paper: destroy this one.")
    return said[0]


def _invite_coordinator(run: Run) -> None:
    if not steps_done.is_done(run.machine, "coordinator"):
        run.machine.step(f"Invite {run.answers['coordinator']}, the first coordinator")
        try:
            link = run.machine.manage("invite", run.answers["coordinator"]).strip()
        except Failed as error:
            run.machine.note(str(error))
        else:
            click.echo(f"\n  {link}\n\n  It works once, for seven days. Hand it over where nobody else reads it.")
        steps_done.mark_done(run.machine, "coordinator")
    run.found["coordinator_says"] = "invited"


def _tell_account(run: Run) -> None:
    """Tell an account and withdraw it, once there is a vault to seal it for."""
    if not run.is_public or run.machine.dry or steps_done.is_done(run.machine, "trial"):
        return
    site = trial_account.Site(run.answers["name"])
    if "/tell/form/" not in site.page("/tell/"):
        return
    run.machine.step("Tell a trial account through the site's forms, find it by its code, withdraw it")
    trial_account.tell_and_withdraw(site)
    run.machine.note("It was told, found and withdrawn.")
    steps_done.mark_done(run.machine, "trial")


def _make_first_backup(run: Run) -> None:
    """Now, while somebody is there to mend what keeps it from arriving; none where others lie, to be restored."""
    machine, answers = run.machine, run.answers
    if not (run.has_desk and answers["backup_key"] and answers["backup_to"]):
        return
    try:
        if machine.dry or not archive.backups_by_age({*Destination.of_machine(machine).sizes()}):
            machine.step("Make the first backup (heard backup)")
            machine.run(machine.layout.command, "backup")
    except Failed as error:
        machine.note(str(error))
        run.found["backup_says"] = str(error)


def _look_with_doctor(machine: Machine) -> None:
    group = click.get_current_context().find_root().command
    if isinstance(group, click.Group) and "doctor" in group.list_commands(click.get_current_context()):
        machine.step("Look at everything (heard doctor)")
        subprocess.run([machine.layout.command, "doctor"], check=False)
    else:
        machine.note("This release has no `heard doctor` yet.")
