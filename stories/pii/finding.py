"""A Finding, which the module hands out, and the error that it raises."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter

# A bound on what one look can cost; every text that our forms take fits.
MAX_CHARACTERS = 20_000


class IdentifyingError(ValueError):
    """Anything that stops us reading a text; never carries the text itself."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that could identify a person.

    `start` and `end` count Python characters of the unchanged text. `kind` is a key of
    `kinds.KINDS`, `why` is plain words for the contributor. `sure` is False when the
    shape or the words around it leave room for doubt.
    """

    start: int
    end: int
    kind: str
    # Of a combination it names the other words, which no log and no error may show.
    why: str = field(repr=False)
    sure: bool


class InAHurry(list[Finding]):
    """The findings of a text in which names may be missed: for want of time the model was not asked about all of it."""


def merged_findings(layers: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Earlier layers win; inside a layer the longer finding wins, then the earlier one."""
    kept: list[Finding] = []
    for layer in layers:
        for each in sorted(layer, key=lambda each: (each.start - each.end, each.start)):
            at = bisect_left(kept, each)
            is_free = (not at or kept[at - 1].end <= each.start) and (at == len(kept) or kept[at].start >= each.end)
            if is_free and each.start < each.end:
                kept.insert(at, each)
    return kept


def touching_findings(found: list[Finding], start: int, end: int) -> list[Finding]:
    """Those of a sorted list without overlaps that share a character with this span."""
    first = bisect_right(found, start, key=attrgetter("end"))
    return found[first : bisect_left(found, end, lo=first, key=attrgetter("start"))]


def to_utf16(text: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the same findings with `start` and `end` as JavaScript's strings count them: an emoji is two there."""
    for each in findings:
        start, end = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (each.start, each.end))
        yield replace(each, start=start, end=end)
