"""Where the model's files lie, and the marks by which we know that they are the ones we tested.

Rampart, by the US National Design Studio, CC BY 4.0: see data/NOTICE. `deploy/fetch_model.py` puts them here.
"""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "var" / "models" / "rampart"
SHA256 = {
    "model_q4.onnx": "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
    "vocab.txt": "0fbe6b50061feabb9be68af471e9aa6df07a4bc428bdca4b0eff1fcd3612dee5",
}
LICENCE = "LICENSE"


def are_known() -> bool:
    """True if every file is there and is the one that we know."""
    return all(read(name) is not None for name in SHA256)


def read(name: str) -> bytes | None:
    """Return the bytes of one file; None if it is not there or not the one that we know."""
    try:
        data = (FOLDER / name).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == SHA256[name] else None
