"""Turn the layers' candidates into one sorted list in which nothing overlaps."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from stories.identifying.finding import Finding


def merge(layers: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Earlier layers win; inside a layer the longer finding wins, then the earlier one."""
    kept: list[Finding] = []
    for layer in layers:
        for candidate in sorted(layer, key=_longest_first):
            _insert_if_free(kept, candidate)
    return kept


def touching(found: list[Finding], start: int, end: int) -> list[Finding]:
    """Those of a sorted list without overlaps that share a character with this span."""
    first = bisect_right(found, start, key=_end)
    return found[first : bisect_left(found, end, lo=first, key=_start)]


def _start(found: Finding) -> int:
    return found.start


def _end(found: Finding) -> int:
    return found.end


def _longest_first(candidate: Finding) -> tuple[int, int]:
    return candidate.start - candidate.end, candidate.start


def _insert_if_free(kept: list[Finding], candidate: Finding) -> None:
    at = bisect_left(kept, candidate)
    touches_before = at > 0 and kept[at - 1].end > candidate.start
    touches_after = at < len(kept) and kept[at].start < candidate.end
    if not touches_before and not touches_after and candidate.start < candidate.end:
        kept.insert(at, candidate)
