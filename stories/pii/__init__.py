"""Finds what in a text could identify somebody: text in, findings out, nothing kept."""

from stories.pii.finder import find_identifying
from stories.pii.kinds import KINDS, MAX_CHARACTERS, Finding, IdentifyingError, to_utf16, words_for

__all__ = ["KINDS", "MAX_CHARACTERS", "Finding", "IdentifyingError", "find_identifying", "to_utf16", "words_for"]
