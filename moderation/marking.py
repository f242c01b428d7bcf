"""A text cut into pieces at what could identify somebody; worked out for each screen and never kept."""

from collections import Counter
from dataclasses import dataclass

from stories import identifying


@dataclass(frozen=True)
class Piece:
    """Some plain text, or a finding with what it is in words."""

    text: str
    kind: str = ""
    why: str = ""
    is_sure: bool = True


def marked(text: str) -> list[Piece]:
    """Return the pieces of `text` in order; joined they are the text again."""
    pieces: list[Piece] = []
    place = 0
    for finding in _findings(text):
        pieces += [Piece(text[place : finding.start]), _piece(text, finding)]
        place = finding.end
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]


def kinds_in(text: str) -> dict[str, int]:
    """How many findings of each kind `text` holds, by the kind in words, most first."""
    return dict(Counter(identifying.KINDS[finding.kind].moderator for finding in _findings(text)).most_common())


def _piece(text: str, finding: identifying.Finding) -> Piece:
    kind = identifying.KINDS[finding.kind].moderator
    return Piece(text[finding.start : finding.end], kind=kind, why=finding.why, is_sure=finding.sure)


def _findings(text: str) -> list[identifying.Finding]:
    """Look through a text of any length, in parts that end at a line where one is too long."""
    found: list[identifying.Finding] = []
    start = 0
    while start < len(text):
        end = min(start + identifying.MAX_CHARACTERS, len(text))
        if end < len(text):
            end = max(text.rfind("\n", start + 1, end), 0) or end
        found += [_moved(finding, start) for finding in identifying.find(text[start:end])]
        start = end
    return found


def _moved(finding: identifying.Finding, by: int) -> identifying.Finding:
    return identifying.Finding(finding.start + by, finding.end + by, finding.kind, finding.why, finding.sure)
