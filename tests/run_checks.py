"""Run every check of the code, two at a time, name each, and close with one line."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PLACES = ["manage.py", "site", "stories", "moderation", "tests", "deploy", "bench", "docs"]
SECRETS = {
    "SECRET_KEY": "a secret key for the checks alone, long enough",
    "RECEIPT_PEPPER": "a pepper for the checks alone, also long enough",
}
CHECKS: dict[str, list[str]] = {
    # The longest first.
    "types": ["mypy"],
    "vulnerabilities": ["pip-audit", "--require-hashes", "--disable-pip", "-r", "requirements.txt"],
    "reading": ["python", "tests/reading_age.py"],
    "format": ["ruff", "format", "--check", "--quiet", *PLACES],
    "lint": ["ruff", "check", "--quiet", *PLACES],
    "imports": ["lint-imports"],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": ["python", "manage.py", "check", "--fail-level", "ERROR"],
}


def main() -> int:
    with ThreadPoolExecutor(2) as beside:
        passed = dict(zip(CHECKS, beside.map(lambda each: _passes(*each), CHECKS.items()), strict=True))
    failed = [name for name, is_right in passed.items() if not is_right]
    print(f"Checks: {', '.join(failed)} failed" if failed else "Checks: none failed")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    program = BIN / command[0]
    environment = os.environ | SECRETS | {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [str(program), *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    said = (done.stdout + done.stderr).strip()
    if name == "vulnerabilities" and _cannot_reach_the_list(said):
        print(f"  {name}: not run, for the list of known vulnerabilities can't be reached from here")
        return True
    told = f"  {name}: {'passed' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - began:.0f} s)"
    if done.returncode or name == "reading":
        told += f"\n{said}" if done.returncode else f"\n    {said}"
    print(told, flush=True)
    return done.returncode == 0


def _cannot_reach_the_list(said: str) -> bool:
    return any(
        sign in said
        for sign in (
            "could not be audited",
            "ConnectionError",
            "Max retries",
            "ServiceError",
            "Failed to connect",
            "NameResolution",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
