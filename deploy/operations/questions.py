"""What `heard setup` asks: `questions.toml`, with what a right answer is, and where the answers are kept."""

import ipaddress
import json
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click

from operations.layout import Layout, read_env_file
from operations.machine import Failed

Answers = dict[str, str]
# Each is asked for at the terminal, and never stands in a file of answers.
NEVER_IN_A_FILE = ("pepper", "receipt_pepper", "secret_key", "paper")
_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_KINDS: dict[str, dict[str, str]] = _TOLD["kinds"]


@dataclass(frozen=True)
class Question:
    """One question; see `questions.toml`."""

    name: str
    ask: str
    kind: str
    help: str = ""
    example: str = ""
    default: str = ""
    env: str = ""
    roles: tuple[str, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)
    when: dict[str, str] = field(default_factory=dict)
    optional: bool = False
    secret: bool = False
    unasked: bool = False

    def is_asked(self, answers: Answers) -> bool:
        of_this_role = not self.roles or answers["role"] in self.roles
        return of_this_role and all(answers.get(name) == value for name, value in self.when.items())

    def checked(self, value: str) -> str:
        """The answer as it is kept; raises ValueError with what a right one is."""
        value = value.strip()
        if not value and self.optional:
            return ""
        if not value:
            raise ValueError(f"{self.ask}: {self.right}")
        if set("'\\\n") & set(value):
            raise ValueError("no quote, backslash or line end; in an address, write %27 or %5C")
        try:
            written = _WRITTEN.get(self.kind, str)(value)
        except ValueError:
            written = ""
        if not re.fullmatch("|".join(self.choices) or _KINDS[self.kind]["pattern"], written):
            raise ValueError(f"it is {self.right}")
        return written

    @property
    def right(self) -> str:
        """What a right answer is."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        return _KINDS[self.kind]["right"] + (f", such as {self.example}" if self.example else "")


def _networks(value: str) -> str:
    return ",".join(str(ipaddress.ip_network(each.strip(), strict=False)) for each in value.split(","))


def _address(value: str, schemes: list[str]) -> str:
    parts = urlsplit(value)
    # A port that is none raises by being looked at.
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError
    return value


def _file(value: str) -> str:
    if not (Path(value).is_absolute() and Path(value).is_file()):
        raise ValueError
    return value


# How an answer is written as it is kept; each raises ValueError where it can't be.
_WRITTEN: dict[str, Callable[[str], str]] = {
    "host": str.lower,
    "hosts": lambda value: ",".join(each.strip() for each in value.lower().split(",")),
    "networks": _networks,
    "contact": lambda value: f"mailto:{value}" if re.fullmatch(r"[^:/@\s]+@[^:/@\s]+", value) else value,
    "mail_server": lambda value: _address(value, ["smtp", "smtp+tls", "smtp+ssl", "smtps"]),
    "postgresql": lambda value: _address(value, ["postgres", "postgresql"]),
    "redis": lambda value: _address(value, ["redis", "rediss"]),
    "file": _file,
    "yes_no": lambda value: {"y": "yes", "true": "yes", "n": "no", "false": "no"}.get(value.lower(), value.lower()),
}


def all_questions() -> list[Question]:
    rows = {name: dict(row) for name, row in _TOLD.items() if name != "kinds"}
    return [Question(name=name, roles=tuple(row.pop("for", ())), **row) for name, row in rows.items()]


def gather(layout: Layout, *, file: Path | None = None, role: str | None = None) -> Answers:
    """The answers: of a file, or else asked for; what was answered before is the default. Raises Failed."""
    before = answers_before(layout)
    given = _answers_of(file) if file else {}
    if role:
        given["role"] = role
    if file or not sys.stdin.isatty():
        if not (file or before):
            raise Failed("There is no terminal to ask at: give the answers with --answers FILE (see --questions).")
        return _answers_given(before, given)
    return _answers_asked(before, given)


def kept_text(answers: Answers) -> str:
    """The text of the file of answers: all but secrets."""
    kept = [question.name for question in all_questions() if question.name in answers and not question.secret]
    lines = [f"{name} = {json.dumps(answers[name], ensure_ascii=False)}" for name in kept]
    return "\n".join(["# What `heard setup` was answered. It begins with these the next time.", *lines, ""])


def example_file() -> str:
    """A file for --answers, with every question."""
    lines = ["# Answers for `heard setup --answers FILE`. What is left away is asked nowhere, and takes its default."]
    for question in all_questions():
        lines += ["", f"# {question.ask}", *([f"# {question.help}"] if question.help else [])]
        lines += [f"#   {name}: {words}" for name, words in question.choices.items()]
        lines.append(f'# {question.name} = "{question.default or question.example}"')
    return "\n".join(lines)


def answers_before(layout: Layout) -> Answers:
    """What was answered the last time, and what the site is told since; empty where it wasn't set up."""
    found = _read_toml(layout.answers) if layout.answers.exists() else {}
    told = read_env_file(layout.env_file) if found else {}
    found |= {each.name: told[each.env] for each in all_questions() if each.env in told}
    # `heard move-to-postgresql` may have moved it since.
    if found.get("database") == "sqlite" and "DATABASE_URL" in told:
        found["database"] = "postgresql" if "@127.0.0.1" in told["DATABASE_URL"] else "url"
    return found


def _answers_of(file: Path) -> Answers:
    found = _read_toml(file)
    known = {question.name: "" for question in all_questions()}
    known |= dict.fromkeys(NEVER_IN_A_FILE, "this is asked for at the terminal; take it out of the file")
    reasons = {name: known.get(name.lower(), "nothing is called so") for name in found}
    wrong = [f"  {name}: {reason}" for name, reason in reasons.items() if reason]
    _fail_over(file, wrong)
    return found


def _read_toml(path: Path) -> Answers:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Failed(f"{path} isn't TOML: {error}.") from None
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in told.items()}


def _answers_given(before: Answers, given: Answers) -> Answers:
    """Those of the file, with what was answered before and then the defaults; names every one that is wrong."""
    answers: Answers = {}
    wrong = []
    for question in all_questions():
        if not question.is_asked(answers):
            continue
        value = given.get(question.name, before.get(question.name, _default(question, answers)))
        if not value and "{" in question.default:
            continue
        try:
            answers[question.name] = question.checked(value)
        except ValueError as error:
            wrong.append(f"  {question.name}: {error}")
            answers[question.name] = ""
    _fail_over(None, wrong)
    return answers


def _fail_over(file: Path | None, wrong: list[str]) -> None:
    if wrong:
        raise Failed("\n".join([f"These answers{f' in {file}' if file else ''} aren't right yet:", *wrong]))


def _default(question: Question, answers: Answers) -> str:
    return question.default.format_map(answers) if "{" not in question.default or answers.get("name") else ""


def _answers_asked(before: Answers, given: Answers) -> Answers:
    if before and not given:
        shown = [f"  {name}: {value}" for name, value in before.items() if not _is_secret(name)]
        click.echo("\n".join(["These were your answers:", *shown]))
        if click.confirm("Go on with them?", default=True):
            return _answers_given(before, given)
    answers: Answers = {}
    for question in all_questions():
        if question.is_asked(answers):
            default = given.get(question.name, before.get(question.name, _default(question, answers)))
            answers[question.name] = default if question.unasked else _asked(question, default)
    return answers


def _is_secret(name: str) -> bool:
    return any(question.secret for question in all_questions() if question.name == name)


def _asked(question: Question, default: str) -> str:
    """Ask until the answer is right."""

    def checked(value: str) -> str:
        try:
            return question.checked("" if value == "-" and question.optional else value)
        except ValueError as error:
            raise click.UsageError(f"{error}.") from None

    click.echo()
    click.secho(question.ask, bold=True)
    for line in filter(None, [question.help, *(f"{name}: {words}" for name, words in question.choices.items())]):
        click.echo(f"  {line}")
    hints = ["Enter for none"] if question.optional else []
    hints += [f"such as {question.example}"] if question.example else []
    prompt = f"  {question.name}" + (f" ({', '.join(hints)})" if hints and not default else "")
    shown: bool | str = "as it is" if question.secret and default else bool(default)
    answer: str = click.prompt(
        prompt,
        default=default if default or question.optional else None,
        show_default=shown,
        value_proc=checked,
        hide_input=question.secret,
    )
    return answer
