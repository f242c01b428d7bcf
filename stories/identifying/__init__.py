"""Finds what in a text could identify somebody: text in, findings out, nothing kept."""

from stories.identifying.finding import MAX_CHARACTERS, Finding, IdentifyingError, TooLong, to_utf16
from stories.identifying.kinds import KINDS, Kind, words_for
from stories.identifying.spotting import find

__all__ = [
    "KINDS",
    "MAX_CHARACTERS",
    "Finding",
    "IdentifyingError",
    "Kind",
    "TooLong",
    "find",
    "to_utf16",
    "words_for",
]
