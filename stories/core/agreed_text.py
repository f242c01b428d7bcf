"""The one document that two moderators agree on, and the digest that names it."""

import hashlib
import json
import secrets
from collections.abc import Mapping

# The public columns of a story, which the document holds under the same names, each as text.
FIELDS = (
    *("title", "text", "differently", "well", "place_shown", "force", "region", "nation", "year", "outcome"),
    *("themes", "content_notes", "demand"),
)
# Those that a row holds under the same name and as text; the others are references and a number.
TEXT_COLUMNS = tuple(name for name in FIELDS if name not in ("force", "year", "outcome"))

# Among the themes of a story whose contributor never told the police: its year is the year in which they would have.
NEVER_REPORTED = "never-reported"

# A document leaves these out where they are empty, as one that was agreed before there was such a field does: its
# digest still names it.
LEFT_OUT_WHEN_EMPTY = ("differently", "well", "demand")


def whole_document(fields: Mapping[str, str]) -> dict[str, str]:
    """Return `fields` with an empty one for each that a text of before has not."""
    return {**dict.fromkeys(LEFT_OUT_WHEN_EMPTY, ""), **fields}


def canonical_text(fields: Mapping[str, str]) -> str:
    """Return the document: JSON of every public field, in one order, so that equal texts are equal strings."""
    said = {name: str(words) for name, words in whole_document(fields).items() if name in FIELDS}
    kept = {name: said[name] for name in FIELDS if said[name] or name not in LEFT_OUT_WHEN_EMPTY}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def new_salt() -> str:
    """Return 64 hexadecimal characters that keep a digest from confirming a guess before publication."""
    return secrets.token_hex(32)


def text_digest(document: str, *, salt: str) -> str:
    """Return the SHA-256 of salt, line feed and document in hexadecimal.

    SHA-256, because both databases can work it out again: a trigger refuses a story whose
    columns don't carry their digest (docs/adr/0002-two-people-one-text.md).
    """
    return hashlib.sha256(f"{salt}\n{document}".encode()).hexdigest()
