"""Run every check of the code, two at a time; with `--strict`, as before a release, a skipped look-up fails."""

import json
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


def _shell_files() -> list[str]:
    """Every file of the repository that a shell runs, by its first line."""
    said = subprocess.run(["git", "grep", "-lIE", r"^#!.*\b(sh|bash)$"], cwd=ROOT, capture_output=True, text=True)
    return [name for name in said.stdout.splitlines() if (ROOT / name).read_text().startswith("#!")]


CHECKS: dict[str, list[str]] = {
    # The longest first.
    "types": ["mypy"],
    "vulnerabilities": ["pip-audit", "--require-hashes", "--disable-pip", "-f", "json", "-r", "requirements.txt"],
    "reading": ["python", "tests/reading_age.py"],
    "format": ["ruff", "format", "--check", "--quiet", *PLACES],
    "lint": ["ruff", "check", "--quiet", *PLACES],
    "imports": ["lint-imports"],
    "shell": ["shellcheck", *_shell_files()],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": ["python", "manage.py", "check", "--fail-level", "ERROR"],
}


# How pip-audit ends where nobody answers.
_NOBODY_ANSWERS = ("Could not connect", "ConnectionError", "Max retries", "ServiceError", "NameResolution", "timed out")


def main(*, strict: bool = False) -> int:
    with ThreadPoolExecutor(2) as beside:
        asked = [(name, command, strict) for name, command in CHECKS.items()]
        passed = dict(zip(CHECKS, beside.map(lambda each: _passes(*each), asked), strict=True))
    failed = [name for name, is_right in passed.items() if not is_right]
    print(f"Checks: {', '.join(failed)} failed" if failed else "Checks: none failed")
    return 1 if failed else 0


def _passes(name: str, command: list[str], strict: bool) -> bool:
    began = time.monotonic()
    program = BIN / command[0]
    environment = os.environ | SECRETS | {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [str(program), *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    ended, said = "FAILED" if done.returncode else "passed", (done.stdout + done.stderr).strip()
    if name == "vulnerabilities":
        ended, said = _audited(done, strict=strict)
    told = f"  {name}: {ended} ({time.monotonic() - began:.0f} s)"
    if ended == "FAILED":
        told += f"\n{said}"
    elif name in ("reading", "vulnerabilities"):
        told += f"\n    {said}"
    print(told, flush=True)
    return ended != "FAILED"


def _audited(done: subprocess.CompletedProcess[str], *, strict: bool) -> tuple[str, str]:
    """How pip-audit ended, and what to say of it; what it could not look up fails where `strict`."""
    listed = json.loads(done.stdout)["dependencies"] if done.stdout.startswith("{") else []
    found = [f"{each['name']} {each['version']}: {known['id']}" for each in listed for known in each.get("vulns", ())]
    unknown = [each["name"] for each in listed if "skip_reason" in each]
    if found:
        return "FAILED", "\n".join(found)
    if done.returncode and not any(sign in done.stderr for sign in _NOBODY_ANSWERS):
        return "FAILED", (done.stdout + done.stderr).strip()
    if done.returncode or len(unknown) == len(listed):
        return "FAILED" if strict else "not run", "the list of known vulnerabilities can't be reached from here"
    if unknown:
        some = f"{len(unknown)} of {len(listed)} could not be looked up: {', '.join(unknown)}"
        return "FAILED" if strict else "passed", some
    return "passed", f"{len(listed)} looked up, none is known to be vulnerable"


if __name__ == "__main__":
    sys.exit(main(strict="--strict" in sys.argv[1:]))
