"""Make the virtual environment and install the pinned packages; needs nothing but Python and a network.

    python3 deploy/set_up.py requirements.txt [requirements-dev.txt]

What is installed already, from the same pins for the same Python, isn't installed again. The environment links to the
system's Python, so that its security updates reach the site; after a new Python it is made again.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(names: list[str]) -> None:
    if not _is_of_this_python():
        _make_venv()
    for name in names:
        _install(name)


def _is_of_this_python() -> bool:
    """False where there is no environment, one that was never finished, or one of a Python that has gone."""
    inside = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return PYTHON.exists() and subprocess.run([str(PYTHON), "-c", inside], check=False).returncode == 0


def _make_venv() -> None:
    print("Making the virtual environment in .venv …", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except PermissionError as error:
        sys.exit(f"{error.filename} can't be written: run this as the user who owns {ROOT}.")
    except (subprocess.CalledProcessError, OSError):
        sys.exit("Python could not make a virtual environment: on Debian or Ubuntu, install python3-venv first.")


def _install(name: str) -> None:
    stamp = VENV / f".installed-{Path(name).stem}"
    wanted = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {name} (once) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*command, "-r", str(ROOT / name)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(_what_went_wrong(name, done.stderr))
    stamp.write_text(wanted)


def _what_went_wrong(name: str, said: str) -> str:
    """Put a resolver's page of errors into one line that says what to do."""
    network = (
        "NewConnectionError",
        "Temporary failure in name resolution",
        "ConnectTimeoutError",
        "ProxyError",
        "No matching distribution",
    )
    if any(sign in said for sign in network):
        return (
            f"The packages of {name} could not be fetched: check that this machine reaches a Python package registry."
        )
    last = said.strip().splitlines()[-1] if said.strip() else "no reason given"
    return f"The packages of {name} could not be installed: {last}"


if __name__ == "__main__":
    main(sys.argv[1:])
