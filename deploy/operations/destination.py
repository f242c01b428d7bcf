"""Where backups go: a folder on another disk, or what rclone reaches (sftp, S3 and others)."""

import json
import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from operations.machine import Failed, Machine

# Each look-up ends, so that a timer never hangs behind a line that is dead.
_PATIENCE = ["--contimeout", "20s", "--timeout", "60s", "--retries", "2", "--low-level-retries", "3"]
_NO_FOLDER = 3
_STAMP = re.compile(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d ")


@dataclass(frozen=True)
class Destination:
    """The place that /etc/heard/backup.toml names."""

    machine: Machine
    to: str

    @classmethod
    def of_machine(cls, machine: Machine) -> "Destination":
        """Read its name; raises Failed where there is none."""
        path = machine.layout.etc / "backup.toml"
        try:
            to = tomllib.loads(path.read_text(encoding="utf-8")).get("to") if path.exists() else None
        except tomllib.TOMLDecodeError as error:
            raise Failed(f"{path} can't be read: {error}.") from None
        if not to or not isinstance(to, str):
            raise Failed(f'Nobody said where backups go. Write into {path}: to = "REMOTE:FOLDER" or to = "/a/folder"')
        if not to.startswith("/") and ":" not in to:
            raise Failed(f"“{to}” in {path} is neither a whole path (/…) nor a remote of rclone's (NAME:FOLDER).")
        return cls(machine, to.rstrip("/") or "/")

    def sizes(self, *, flag: str = "") -> dict[str, int]:
        """The files there and their sizes in bytes; raises Failed where it can't be reached."""
        self._require_folder()
        done = self._rclone("lsjson", "--files-only", "--no-mimetype", *([flag] if flag else []), self.to)
        if done.returncode == _NO_FOLDER:
            # A remote makes its folder with the first file.
            return {}
        self._raise_unless_well(done)
        return {each["Path"]: each["Size"] for each in json.loads(done.stdout)}

    def send(self, path: Path) -> None:
        """Copy a file there and compare: by its size, and by a hash where the place has one."""
        self._require_folder()
        if self.to.startswith("/") and not os.access(self.to, os.W_OK):
            raise Failed(f"Heard may not write into {self.to}: mount it to be written to, or chown heard {self.to}")
        self._raise_unless_well(self._rclone("copyto", "--ignore-times", str(path), self._place(path.name)))
        seen = self._rclone("check", "--one-way", "--include", f"/{path.name}", str(path.parent), self.to)
        if seen.returncode:
            raise Failed(f"{path.name} arrived at {self.to} otherwise than it left: run it again.")

    def _require_folder(self) -> None:
        """Raise Failed where rclone would make the folder itself, beside a disk that isn't mounted."""
        if self.to.startswith("/") and not Path(self.to).is_dir():
            raise Failed(f"{self.to} isn't there. Is its disk mounted? If it is: install -d -o heard {self.to}")

    def fetch(self, name: str, folder: Path) -> Path:
        self._raise_unless_well(self._rclone("copyto", self._place(name), str(folder / name)))
        return folder / name

    def delete(self, name: str) -> None:
        self._raise_unless_well(self._rclone("deletefile", self._place(name)))

    def delete_old_versions(self) -> list[str]:
        """Delete what a bucket keeps of files that were deleted or overwritten; returns what it keeps all the same."""
        kind = self._kind()
        commands = {"s3": ["backend", "cleanup-hidden", self.to], "b2": ["cleanup", self.to]}
        if kind not in commands:
            return []
        # What it couldn't delete is seen afterwards.
        self._rclone(*commands[kind])
        return sorted(set(self.sizes(flag=f"--{kind}-versions")) - set(self.sizes()))

    def _kind(self) -> str:
        """What rclone calls this kind of place; empty for a folder."""
        if self.to.startswith("/"):
            return ""
        name, _, _ = self.to.partition(":")
        if not name:
            return self.to[1:].partition(":")[0].partition(",")[0]
        kinds = dict(line.split(":", 1) for line in self._rclone("listremotes", "--long").stdout.splitlines())
        return kinds.get(name, "").strip()

    def _place(self, name: str) -> str:
        return f"{self.to}{'' if self.to.endswith((':', '/')) else '/'}{name}"

    def _rclone(self, *words: str) -> subprocess.CompletedProcess[str]:
        told = ["rclone", "--config", str(self.machine.layout.etc / "rclone.conf"), *_PATIENCE, *words]
        try:
            return subprocess.run(told, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        except FileNotFoundError:
            raise Failed("rclone isn't on this machine: apt-get install rclone") from None

    def _raise_unless_well(self, done: subprocess.CompletedProcess[str]) -> None:
        if done.returncode:
            said = [_STAMP.sub("", line) for line in done.stderr.strip().splitlines()] or ["it didn't say why"]
            raise Failed(f"Backups can't reach {self.to}: {said[-1]}")
