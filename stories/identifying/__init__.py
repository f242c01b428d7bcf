"""Finds what in a text could identify somebody: text in, findings out, nothing kept."""

from stories.identifying.finding import MAX_CHARACTERS, Finding, IdentifyingError, TooLong
from stories.identifying.kinds import KINDS, Kind
from stories.identifying.spotting import find

__all__ = ["KINDS", "MAX_CHARACTERS", "Finding", "IdentifyingError", "Kind", "TooLong", "find"]
