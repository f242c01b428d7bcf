"""Where the site's secrets come from: the environment, or in the demo a file made on the first run."""

import contextlib
import json
import os
import secrets
from pathlib import Path

NEEDED = ("SECRET_KEY", "RECEIPT_PEPPER")
# What is made by chance has more in 32 characters, even of digits alone.
FEWEST_DIFFERENT = 8


def gather_secrets(*, demo: bool, data_dir: Path) -> dict[str, str]:
    """Return each needed secret by name; stop the start with one line if one is missing or easily guessed."""
    made = _demo_secrets(data_dir) if demo else {}
    found = {name: os.environ.get(name) or made.get(name, "") for name in NEEDED}
    for name, value in found.items():
        if not value:
            raise SystemExit(
                f"Heard can't start: set {name} in the environment (docs/runbook.md says how to make one)."
            )
        if len(value) < 32:
            raise SystemExit(f"Heard can't start: {name} is shorter than 32 characters; make a longer one.")
        if _repeats(value):
            raise SystemExit(f"Heard can't start: {name} repeats itself; make one by chance, as docs/runbook.md says.")
    if found["RECEIPT_PEPPER"] == found["SECRET_KEY"]:
        raise SystemExit("Heard can't start: RECEIPT_PEPPER is the same as SECRET_KEY; each has to be made by itself.")
    return found


def _repeats(value: str) -> bool:
    """True for few different characters, or for one piece over and over."""
    return len(set(value)) < FEWEST_DIFFERENT or value in (value + value)[1:-1]


def _demo_secrets(data_dir: Path) -> dict[str, str]:
    """Read the demo's own secrets, making them once; several processes may start together."""
    path = data_dir / "demo-secrets.json"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({name: secrets.token_hex(32) for name in NEEDED}))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    made: dict[str, str] = json.loads(path.read_text())
    return made
