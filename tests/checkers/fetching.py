"""Fetches what looks at the served pages from outside, the Nu HTML checker and Lighthouse, into var/checkers.

    .venv/bin/python tests/checkers/fetching.py

Their versions and hashes stand in package-lock.json. Without Node.js or Java their tests are skipped, which is said.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

PLACE = Path(__file__).resolve().parent
FOLDER = PLACE.parent.parent / "var" / "checkers"
LISTS = ("package.json", "package-lock.json")
MODULES = FOLDER / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
_STAMP = FOLDER / ".fetched"


def has_nu() -> bool:
    return NU.exists() and shutil.which("java") is not None


def has_lighthouse() -> bool:
    return (MODULES / "lighthouse").exists() and shutil.which("node") is not None


def main() -> None:
    if not _STAMP.exists() or _STAMP.read_text() != _wanted():
        _fetch()
    if not has_nu():
        print("The Nu HTML checker isn't here (it needs npm and Java): its tests are skipped.", flush=True)
    if not has_lighthouse():
        print("Lighthouse isn't here (it needs npm and Node.js): its tests are skipped.", flush=True)


def _fetch() -> None:
    npm = shutil.which("npm")
    if npm is None:
        return
    print("Fetching the HTML checker and Lighthouse (once) …", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in LISTS:
        shutil.copy(PLACE / name, FOLDER / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    quiet = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
    if subprocess.run(command, cwd=FOLDER, env=quiet, check=False).returncode == 0:
        _STAMP.write_text(_wanted())


def _wanted() -> str:
    return hashlib.sha256(b"".join((PLACE / name).read_bytes() for name in LISTS)).hexdigest()


if __name__ == "__main__":
    main()
