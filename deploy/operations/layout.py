"""Where everything is on a machine that runs Heard, and the files of its environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

RELEASE = Path(__file__).resolve().parent.parent.parent
_SAFE = re.compile(r"[A-Za-z0-9_@%+=:,./\[\]-]*\Z")


@dataclass(frozen=True)
class Layout:
    """The paths; `root` is another folder than / in tests, where nothing belongs to another user."""

    root: Path = Path("/")

    def at(self, path: str) -> Path:
        """The absolute `path` of a real machine, under this root."""
        return self.root / path.lstrip("/")

    @property
    def is_real(self) -> bool:
        return self.root == Path("/")

    @property
    def etc(self) -> Path:
        return self.at("/etc/heard")

    @property
    def env_file(self) -> Path:
        return self.etc / "heard.env"

    @property
    def desk_env_file(self) -> Path:
        """What the desk's process is told besides, and instead."""
        return self.etc / "desk.env"

    @property
    def answers(self) -> Path:
        """What `heard setup` was answered, without any secret: a second run begins with it."""
        return self.etc / "answers.toml"

    @property
    def data(self) -> Path:
        return self.at("/var/lib/heard")

    @property
    def machine_tag(self) -> Path:
        """Six digits in the names of what is sent away; beside the journal, so that another disk has others."""
        return self.data / "machine"

    @property
    def clocks(self) -> Path:
        return self.data / "clocks"

    @property
    def journal(self) -> Path:
        return self.data / "journal"

    @property
    def backups(self) -> Path:
        return self.at("/var/backups/heard")

    @property
    def releases(self) -> Path:
        return self.at("/opt/heard/releases")

    @property
    def current(self) -> Path:
        return self.at("/opt/heard/current")

    @property
    def next(self) -> Path:
        """The release that takes over, while it does."""
        return self.at("/opt/heard/next")

    @property
    def previous(self) -> Path:
        """The release that `heard rollback` goes back to."""
        return self.at("/opt/heard/previous")

    @property
    def command(self) -> Path:
        return self.at("/usr/local/bin/heard")

    @property
    def units(self) -> Path:
        return self.at("/etc/systemd/system")

    @property
    def lock(self) -> Path:
        """In a folder where both root and the site's user may write, from a hardened unit too."""
        return self.at("/run/heard/heard.lock")

    @property
    def restoring(self) -> Path:
        """There while a restore isn't finished: units look for it, so that no half of a site opens, even at a boot."""
        return self.data / "restoring"


def read_env_file(path: Path) -> dict[str, str]:
    """The names and values of an environment file, as systemd and sh both read it; empty where there is none."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            quoted = len(value) > 1 and value[0] == value[-1] == "'"
            found[name.strip()] = value[1:-1] if quoted else value
    return found


def env_file_text(values: Mapping[str, str], *, head: str) -> str:
    """An environment file that systemd and sh read alike: no comment behind a value, quotes where one is needed.

    Raises ValueError for a value that the two would read differently.
    """
    lines = [f"# {line}" for line in head.splitlines()]
    for name, value in values.items():
        if "'" in value or "\\" in value or "\n" in value:
            raise ValueError(f"{name} can't hold a quote, a backslash or a line end.")
        shown = value if _SAFE.match(value) else f"'{value}'"
        lines.append(f"{name}={shown}")
    return "\n".join(lines) + "\n"
