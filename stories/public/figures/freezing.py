"""The checksum of a release: who holds a copy of its numbers can see that they were never changed."""

import hashlib
import json
from typing import Any


def canonical(tables: Any) -> str:
    """The one way to write JSON down: keys in order, no spaces, every letter as itself."""
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(tables: Any) -> str:
    """SHA-256 of the canonical JSON in UTF-8, in hex."""
    return hashlib.sha256(canonical(tables).encode()).hexdigest()
