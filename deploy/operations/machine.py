"""What `heard` does to a machine: commands, files, packages. Each is shown, may be done again, and is atomic."""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

import click

from operations.layout import Layout, read_env_file

USER = "heard"


class Failed(Exception):
    """Something couldn't be done; its one argument is the line that says what, and what to do."""


class How(TypedDict, total=False):
    """How a command is run: as which user, with which environment, input and folder, and how long it may take."""

    user: str
    env: Mapping[str, str] | None
    stdin: str | None
    cwd: Path | None
    seconds: float | None


@dataclass
class Machine:
    """One machine. With `dry` nothing is changed, and every command and file is shown instead."""

    layout: Layout = field(default_factory=Layout)
    dry: bool = False

    def step(self, words: str) -> None:
        """Say what is being done."""
        click.secho(f"· {words}", bold=True)

    def note(self, words: str) -> None:
        click.echo(f"  {words}")

    def run(self, *command: str | Path, **how: Unpack[How]) -> str:
        """Run a command that changes something; returns what it printed. Raises Failed with its last line."""
        if self.dry:
            click.echo(f"  $ {' '.join(map(str, command))}")
            return ""
        return self.ask(*command, **how)

    def ask(self, *command: str | Path, **how: Unpack[How]) -> str:
        """Run a command that changes nothing, in a dry run too; returns what it printed. Raises Failed."""
        user, seconds = how.get("user", ""), how.get("seconds")
        words = self.user_command(*command, user=user) if user else [str(word) for word in command]
        try:
            done = subprocess.run(
                words,
                env=how.get("env"),
                input=how.get("stdin"),
                cwd=how.get("cwd"),
                timeout=seconds,
                # What the site's own user makes is for nobody else.
                umask=0o077 if user == USER else -1,
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            raise Failed(f"{words[0]} isn't on this machine.") from None
        except subprocess.TimeoutExpired:
            raise Failed(f"`{' '.join(words[:3])}` didn't end within {seconds:.0f} seconds.") from None
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip() or f"status {done.returncode}").splitlines()[-1]
            raise Failed(f"`{_shown(command)}`: {said}")
        return done.stdout

    def systemctl(self, *words: str) -> None:
        """Tell systemd to do something."""
        self.run("systemctl", *words)

    def is_enabled(self, unit: str) -> bool:
        """Whether this machine is one that runs that unit."""
        return self.succeeds("systemctl", "is-enabled", "--quiet", unit)

    def succeeds(self, *command: str | Path, seconds: float | None = 30) -> bool:
        """True if a command that changes nothing ends well."""
        try:
            self.ask(*command, seconds=seconds)
        except Failed:
            return False
        return True

    def manage(
        self,
        *words: str,
        release: Path | None = None,
        stdin: str | None = None,
        changes: bool = True,
        told: Mapping[str, str] | None = None,
    ) -> str:
        """Run one of `manage.py`'s commands as the site's own user, with the site's environment and what is `told`."""
        release = release or self.layout.current
        do = self.run if changes else self.ask
        command: tuple[str | Path, ...] = (release / ".venv/bin/python", release / "manage.py", *words)
        return do(*command, user=USER, env=self.environment() | dict(told or {}), stdin=stdin, cwd=release)

    @property
    def is_root(self) -> bool:
        """True where what we make has to be given to the site's own user."""
        return self.layout.is_real and os.getuid() == 0

    def manage_bytes(self, *words: str, content: bytes = b"", told: Mapping[str, str] | None = None) -> bytes:
        """Run one of those commands that read or write bytes; raises Failed with the line that says what is wrong."""
        release = self.layout.current
        command = self.user_command(release / ".venv/bin/python", release / "manage.py", *words)
        env = self.environment() | dict(told or {})
        done = subprocess.run(command, input=content, env=env, cwd=release, capture_output=True, check=False)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines() or [f"status {done.returncode}"]
            # A check says first what is wrong, and last how much of it.
            raise Failed(next((line for line in said if "(heard.E" in line), said[-1]))
        return done.stdout

    def user_command(self, *command: str | Path, user: str = USER) -> list[str]:
        """A command as the site's own user runs it, or another."""
        if not self.is_root:
            return [str(word) for word in command]
        # Within `as_user` nothing more is needed than to give up the way back.
        drops = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--keep-groups", "--"]
        return [*(drops if os.geteuid() else ["runuser", "-u", user, "--"]), *map(str, command)]

    def become_user(self) -> None:
        """Go on as the site's own user for good: a file that root leaves beside a database stops the site."""
        if self.is_root:
            account = _account()
            os.initgroups(USER, account.pw_gid)
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            os.environ["HOME"] = account.pw_dir

    @contextlib.contextmanager
    def as_user(self) -> Iterator[None]:
        """Touch files and start programs as the site's own user meanwhile."""
        if not self.is_root:
            yield
            return
        account = _account()
        with _acting_as(account.pw_uid, account.pw_gid, os.getgrouplist(USER, account.pw_gid)):
            yield

    @contextlib.contextmanager
    def as_root(self) -> Iterator[None]:
        """Within `as_user`, do again what root alone may."""
        with _acting_as(0, 0, [0]) if self.is_root else contextlib.nullcontext():
            yield

    def environment(self, *, desk: bool = False) -> dict[str, str]:
        """What the site's processes are told; for the desk's, with its own."""
        told = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"} | read_env_file(
            self.layout.env_file
        )
        return told | (read_env_file(self.layout.desk_env_file) if desk else {})

    def write(self, path: Path, text: str, *, mode: int = 0o644, owner: str = "") -> bool:
        """Write a whole file or nothing of it; returns True if it changed. `owner` is `user:group`."""
        if path.is_file() and path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == mode:
            return False
        if self.dry:
            click.echo(f"  writes {path} ({mode:04o} {owner or 'root:root'})")
            for line in text.splitlines():
                click.echo(f"    {line}")
            return True
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(fresh, mode)
            self._give(Path(fresh), owner)
            os.replace(fresh, path)
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise
        return True

    def folder(self, path: Path, *, mode: int = 0o755, owner: str = "") -> None:
        """Make a folder, or give one that is there its mode and its owner."""
        if self.dry:
            if not path.is_dir():
                click.echo(f"  makes {path}/ ({mode:04o} {owner or 'root:root'})")
            return
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        self._give(path, owner)

    def link(self, path: Path, target: Path) -> None:
        """Point a link elsewhere in one step, so that nobody meets it missing."""
        if self.dry:
            click.echo(f"  links {path} to {target}")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        os.replace(fresh, path)

    def install(self, *packages: str) -> None:
        """Install those of Debian's packages that are missing."""
        missing = [each for each in packages if not self._has(each)]
        if not missing:
            return
        self.note(f"Debian packages: {' '.join(missing)}")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # What a power cut left half done; and where Debian's own updates run just now, this waits.
        self.run("dpkg", "--configure", "-a", env=quiet)
        apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
        self.run(*apt, "update", env=quiet)
        self.run(*apt, "install", "--no-install-recommends", "-y", *missing, env=quiet)

    def _has(self, package: str) -> bool:
        said = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True, check=False
        )
        return said.stdout == "installed"

    def _give(self, path: Path, owner: str) -> None:
        if owner and self.layout.is_real:
            user, _, group = owner.partition(":")
            shutil.chown(path, user, group or user)

    @contextlib.contextmanager
    def alone(self, what: str, *, lock: Path | None = None) -> Iterator[None]:
        """Let nobody else change this machine meanwhile; raises Failed where somebody does."""
        if self.dry:
            yield
            return
        lock = lock or self.layout.lock
        lock.parent.mkdir(parents=True, exist_ok=True)
        # Its folder is the site's user's, whom root follows through no link.
        with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644), "r+", encoding="utf-8") as file:
            if self.is_root:
                with contextlib.suppress(Failed):
                    os.fchown(file.fileno(), _account().pw_uid, -1)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise Failed(f"`heard {file.read().strip() or '…'}` is running: wait until it has ended.") from None
            file.seek(0)
            file.truncate()
            file.write(what)
            file.flush()
            yield


@contextlib.contextmanager
def _acting_as(user: int, group: int, groups: list[int]) -> Iterator[None]:
    before = os.geteuid(), os.getegid(), os.getgroups()
    _act_as(user, group, groups)
    try:
        yield
    finally:
        _act_as(*before)


def _act_as(user: int, group: int, groups: list[int]) -> None:
    os.seteuid(0)
    os.setgroups(groups)
    os.setegid(group)
    os.seteuid(user)


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        raise Failed(f"There is no user “{USER}” on this machine: run `heard setup` first.") from None


def _shown(command: tuple[str | Path, ...]) -> str:
    """A command by its first words, without what may be a secret behind them."""
    return " ".join(Path(word).name if isinstance(word, Path) else word for word in command[:4])
