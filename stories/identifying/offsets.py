"""Turns places counted in Python's characters into those that a browser counts, in UTF-16."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stories.identifying.finding import Finding

_PAST_ONE_UNIT = "\uffff"


def to_utf16(text: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the same findings, in order, with `start` and `end` as JavaScript's strings count them.

    An emoji is one character here and two there. `findings` are sorted and do not overlap, as `find` gives them.
    """
    read = wide = 0
    for each in findings:
        before = wide + _wide(text[read : each.start])
        read, wide = each.end, before + _wide(text[each.start : each.end])
        yield replace(each, start=each.start + before, end=each.end + wide)


def _wide(part: str) -> int:
    """How many of these characters take two units."""
    return sum(character > _PAST_ONE_UNIT for character in part)
