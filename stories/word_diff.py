"""What changed between two texts, word by word: two texts in, a list of pieces out; no framework."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

SAME, ADDED, REMOVED = "same", "added", "removed"
# A word carries the space behind it, so that a space between two changed words doesn't part them.
_WORD = re.compile(r"\s*\n\s*|\S+[^\S\n]*|[^\S\n]+")


@dataclass(frozen=True)
class Piece:
    """Some words that stand in both texts, or in one of them alone."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces in reading order; those not added make up `before`, those not removed `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    # Its shortcut for words that come often keeps two long texts from taking seconds.
    for step, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if step == "equal":
            pieces.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        pieces += [Piece(REMOVED, "".join(old[old_from:old_to])), Piece(ADDED, "".join(new[new_from:new_to]))]
    return _joined([piece for piece in pieces if piece.text])


def _joined(pieces: list[Piece]) -> list[Piece]:
    return [Piece(kind, "".join(piece.text for piece in run)) for kind, run in groupby(pieces, key=lambda p: p.kind)]
