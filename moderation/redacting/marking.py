"""A text cut into pieces at what could identify somebody; worked out for each screen and never kept."""

from dataclasses import dataclass

from stories.identifying import Finding, words_for
from stories.identifying.wordings import Looked, key_of


@dataclass(frozen=True)
class Piece:
    """Some plain text, or a finding with what it is in words, which the screen translates."""

    text: str
    key: str = ""
    kind: str = ""
    why: str = ""
    others: str = ""
    is_sure: bool = True


def marked(looked: Looked) -> list[Piece]:
    """Return the pieces of a text and its findings in order; joined they are the text again."""
    text, findings = looked
    pieces: list[Piece] = []
    place = 0
    for finding in findings:
        pieces += [Piece(text[place : finding.start]), _piece(text[finding.start : finding.end], finding)]
        place = finding.end
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]


def _piece(words: str, finding: Finding) -> Piece:
    kind, others = words_for(finding)
    return Piece(words, key_of(finding.kind, words), kind.moderator, kind.why, others, finding.sure)
