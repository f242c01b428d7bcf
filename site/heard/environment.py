"""The environment's names (`environment.toml`): each is read once, and a value that can't be right stops the start."""

import contextlib
import difflib
import json
import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environ import Env
from environ.fileaware_mapping import FileAwareMapping
from redis.connection import parse_url

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_TRUE, _FALSE = Env.BOOLEAN_TRUE_STRINGS, ("0", "n", "no", "off", "false")
# What is made by chance has more in 32 characters, even of digits alone.
_FEWEST_DIFFERENT = 8
# A name as near as this is one of ours with a slip in it, and no other program's.
_NEAR = 0.85
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1", "[::1]")


@dataclass(frozen=True)
class Name:
    """One name; the table says what each column means."""

    kind: str
    says: str
    example: str
    whom: str = ""
    default: str = ""
    demo: str = ""
    without: str = ""
    among: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    is_secret: bool = False
    is_needed: bool = False

    def wanted(self) -> str:
        words: str = _TABLE["kinds"][self.kind]
        return words.format(among=", ".join(self.among), least=self.least, most=self.most)


NAMES = {name: Name(**row) for name, row in _TABLE["names"].items()}
_SECRETS = [name for name, row in NAMES.items() if row.is_secret]


def read_environment(root: Path) -> Env:
    """Every name's value or default, for the settings to read; stops the start with one line that says what to do."""
    given, values = _given_values(), {"root": str(root)}
    is_demo = given.get("DEMO", "").lower() in _TRUE
    for name, row in NAMES.items():
        if name in given:
            values[name] = _checked(name, given[name])
        elif not row.is_needed:
            host = urlsplit(values.get("BASE_URL", "")).hostname
            values[name] = ((is_demo and row.demo) or row.default).format(**values, host=host)
        elif is_demo:
            values[name] = _demo_secrets(Path(values["DATA_DIR"]))[name]
        else:
            _stop(f"set {name}, or {name}_FILE. Example: {name}={row.example}.")
    _stop_where_names_disagree(values, is_demo=is_demo)
    env = Env()
    env.ENVIRON = values
    return env


def misspelt_names() -> dict[str, str]:
    """Names in the environment that are nobody's, each with the one of ours that was probably meant."""
    known = [*NAMES, *(f"{name}_FILE" for name in _SECRETS)]
    near = {name: difflib.get_close_matches(name.upper(), known, 1, _NEAR) for name in os.environ if name not in known}
    return {name: meant[0] for name, meant in near.items() if meant}


def _stop(says: str) -> NoReturn:
    raise SystemExit(f"Heard can't start: {says}")


def _given_values() -> dict[str, str]:
    """What is set of our names; a secret may also be in a file, or be handed over by systemd."""
    given = {name: value for name, value in os.environ.items() if value}
    credentials = Path(given.get("CREDENTIALS_DIRECTORY", "/nowhere"))
    for name in _SECRETS:
        file = f"{name}_FILE"
        if (credentials / name).is_file():
            given.setdefault(file, str(credentials / name))
        if file not in given:
            continue
        if name in given:
            _stop(f"{name} is set twice, as a value and as a file; take one of them away.")
        try:
            # A pepper with a line end behind it would be another pepper.
            given[name] = FileAwareMapping(given, cache=False)[name].rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            _stop(f"{file}={given[file]} can't be read ({type(error).__name__}). Example: {file}=/etc/heard/{name}.")
    return {name: given[name] for name in NAMES if given.get(name)}


def _checked(name: str, value: str) -> str:
    """The value, of a list without blanks between; stops the start where it can't be right."""
    row, shown = NAMES[name], name if NAMES[name].is_secret else f"{name}={value}"
    if value != value.strip() or re.search(r"\s#|\n", value) or value[0] == value[-1] in ("'", '"'):
        _stop(
            f"{shown} has blanks, quotation marks or a comment around its value, which systemd or a container keeps "
            f"as a part of it; a comment goes on a line of its own. Example: {name}={row.example}."
        )
    value = re.sub(r"\s*,\s*", ",", value) if row.kind in _LISTS else value
    with contextlib.suppress(ValueError, TypeError, ImproperlyConfigured, ValidationError):
        if _IS_RIGHT[row.kind](value, row):
            return value
    _stop(f"{shown} has to be {row.wanted()}. Example: {name}={row.example}.")


def _is_secret(value: str, row: Name) -> bool:
    # Few different characters, or one piece over and over.
    repeats = len(set(value)) < _FEWEST_DIFFERENT or value in (value + value)[1:-1]
    return len(value) >= 32 and not repeats


def _is_site(value: str, row: Name) -> bool:
    parts = urlsplit(value)
    # Reading a port that is none raises ValueError.
    has_more = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.port == 0
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not has_more


def _is_database(value: str, row: Name) -> bool:
    scheme, _, rest = value.partition("://")
    is_known = scheme in ("postgres", "postgresql") or (scheme == "sqlite" and rest.startswith("/"))
    return is_known and bool(Env.db_url_config(value)["NAME"])


def _is_email(value: str, row: Name) -> bool:
    validate_email(parseaddr(value)[1])
    return True


_HOST = re.compile(r"\*|\.?[\w.-]+|\[[\da-f:]+\]", re.I)
_LISTS = ("hosts", "networks", "emails")
# Each says whether a value can be right: it may also raise what `_checked` takes for a no.
_IS_RIGHT: dict[str, Callable[[str, Name], object]] = {
    "flag": lambda value, row: value.lower() in (*_TRUE, *_FALSE),
    "choice": lambda value, row: value in row.among,
    "number": lambda value, row: row.least <= int(value) <= row.most,
    "secret": _is_secret,
    "site": _is_site,
    "onion": lambda value, row: re.fullmatch(r"[\w-]+(\.[\w-]+)*\.onion", value),
    "hosts": lambda value, row: all(_HOST.fullmatch(each) for each in value.split(",")),
    "networks": lambda value, row: [ip_network(each, strict=False) for each in value.split(",")],
    "folder": lambda value, row: Path(value).is_absolute(),
    "database": _is_database,
    "redis": lambda value, row: {"host", "path"} & set(parse_url(value)),
    "mail_server": lambda value, row: Env.email_url_config(value)["EMAIL_HOST"],
    "email": _is_email,
    "emails": lambda value, row: all(_is_email(each, row) for each in value.split(",")),
    "contact": lambda value, row: re.match(r"(mailto|https|tel):.", value),
    # A pin of the first release has four groups.
    "fingerprint": lambda value, row: re.fullmatch(r"[\da-f]{4}(-?[\da-f]{4}){3}((-?[\da-f]{4}){4})?", value),
}


def _stop_where_names_disagree(values: Mapping[str, str], *, is_demo: bool) -> None:
    base, desk = urlsplit(values["BASE_URL"]), urlsplit(values["DESK_URL"])
    reachable = {base.hostname, desk.hostname, *filter(None, values["ALLOWED_HOSTS"].split(","))} - {*_THIS_MACHINE}
    # To an onion Tor brings it, and to this machine SSH.
    is_safe = desk.scheme == "https" or desk.hostname in _THIS_MACHINE or (desk.hostname or "").endswith(".onion")
    is_plain = base.scheme == "http" or not is_safe
    if values["RECEIPT_PEPPER"] == values["SECRET_KEY"]:
        _stop("RECEIPT_PEPPER is the same as SECRET_KEY; each has to be made by itself.")
    if is_demo and reachable:
        name = sorted(map(str, reachable))[0]
        _stop(f"the demo answers to this machine alone, and not as {name}; take DEMO away to run a real site.")
    if is_plain and not is_demo:
        _stop("BASE_URL and DESK_URL begin with https:// outside the demo. Example: BASE_URL=https://heard.example.")
    if values["DUTY_EMAIL"] and not (values["EMAIL_URL"] or is_demo):
        _stop("DUTY_EMAIL is set and EMAIL_URL isn't, so no mail would leave.")


def _demo_secrets(data_dir: Path) -> dict[str, str]:
    """Read the demo's own secrets, making them once; several processes may start together."""
    path = data_dir / "demo-secrets.json"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        needed = [name for name, row in NAMES.items() if row.is_needed]
        fresh.write_text(json.dumps({name: secrets.token_hex(32) for name in needed}))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return dict(json.loads(path.read_text()))
