"""The conditions of a start: its secrets, the demo's addresses, and those of the duty mail."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

NEEDED = ("SECRET_KEY", "RECEIPT_PEPPER")
# What is made by chance has more in 32 characters, even of digits alone.
FEWEST_DIFFERENT = 8


def gather_secrets(*, demo: bool, data_dir: Path) -> dict[str, str]:
    """Return each needed secret by name; stop the start with one line if one is missing or easily guessed."""
    made = _demo_secrets(data_dir) if demo else {}
    found = {name: os.environ.get(name) or made.get(name, "") for name in NEEDED}
    for name, value in found.items():
        # Few different characters, or one piece over and over.
        repeats = len(set(value)) < FEWEST_DIFFERENT or value in (value + value)[1:-1]
        if not value:
            raise SystemExit(
                f"Heard can't start: set {name} in the environment (docs/runbook.md says how to make one)."
            )
        if len(value) < 32:
            raise SystemExit(f"Heard can't start: {name} is shorter than 32 characters; make a longer one.")
        if repeats:
            raise SystemExit(f"Heard can't start: {name} repeats itself; make one by chance, as docs/runbook.md says.")
    if found["RECEIPT_PEPPER"] == found["SECRET_KEY"]:
        raise SystemExit("Heard can't start: RECEIPT_PEPPER is the same as SECRET_KEY; each has to be made by itself.")
    return found


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
    return dict(json.loads(path.read_text()))


def duty_addresses(given: Iterable[str], *, mail_leaves: bool) -> list[str]:
    """Return them; or stop the start with one line that says what is wrong."""
    found = [address.strip() for address in given if address.strip()]
    for address in found:
        try:
            validate_email(address)
        except ValidationError:
            raise SystemExit(f"Heard can't start: DUTY_EMAIL: {address} is no e-mail address.") from None
    if found and not mail_leaves:
        raise SystemExit("Heard can't start: DUTY_EMAIL is set and EMAIL_URL isn't, so no mail would leave.")
    return found


def stop_unless_loopback(*, base_url: str, hosts: Iterable[str]) -> None:
    """Stop the start with one line if the demo would answer to a name that others can reach."""
    reachable = sorted({urlsplit(base_url).hostname or "", *hosts} - {"127.0.0.1", "localhost", "::1", "[::1]"})
    if reachable:
        raise SystemExit(
            f"Heard can't start: the demo answers to this machine alone, and not as {reachable[0]}; "
            "take DEMO away to run a real site."
        )
