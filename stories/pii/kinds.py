"""A Finding, and the one table of what we look for: its words for people, and the neutral words to put instead."""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path

# A bound on what one look can cost; every text that our forms take fits.
MAX_CHARACTERS = 20_000


class IdentifyingError(ValueError):
    """Anything that stops us reading a text; never carries the text itself."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that could identify a person.

    `start` and `end` count Python characters of the unchanged text. `kind` is a key of
    `KINDS`, `why` is plain words for the contributor. `sure` is False when the
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


@dataclass(frozen=True, slots=True)
class Kind:
    """`contributor` and `moderator` name it on their screens; `why` says how it could identify."""

    contributor: str
    moderator: str
    why: str
    replacements: tuple[str, ...]


_TABLES = tomllib.loads((Path(__file__).parent / "data" / "kinds.toml").read_text(encoding="utf-8"))


def _kinds(table: str) -> dict[str, Kind]:
    rows = _TABLES[table].items()
    return {name: Kind(**{**words, "replacements": tuple(words["replacements"])}) for name, words in rows}


KINDS = _kinds("kinds")
# Details that say little alone; found apart, and only where they are asked for.
INDIRECT = _kinds("indirect")
RELATIONS = _kinds("relations")
COMBINATIONS = _kinds("combinations")
PROFILE = _kinds("links")["profile"]
BY_HAND: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in _TABLES["by_hand"].items()}
ALL_KINDS = (*KINDS.values(), *RELATIONS.values(), PROFILE, *COMBINATIONS.values())
NEUTRAL_WORDS = frozenset(chain(*(kind.replacements for kind in (*ALL_KINDS, *INDIRECT.values())), *BY_HAND.values()))
_SPECIAL = {kind.why: kind for kind in (*RELATIONS.values(), PROFILE, *COMBINATIONS.values())}
_TOGETHER_WITH = " Together with: "


def make_finding(span: tuple[int, int], kind: str, *, sure: bool = True) -> Finding:
    return Finding(span[0], span[1], kind, (KINDS.get(kind) or INDIRECT[kind]).why, sure)


def kinds_together(found: Finding, combination: str, others: str) -> Finding:
    """Make a finding part of a combination, a key of COMBINATIONS, with the `others` of it in their own words."""
    why = f"{COMBINATIONS[combination].why}.{_TOGETHER_WITH}{others}"
    return Finding(found.start, found.end, "TOGETHER", why, sure=False)


def words_for(found: Finding) -> tuple[Kind, str]:
    """Return the words that fit this finding best, and the words it goes with ("" for none).

    Screens show these rather than `KINDS[found.kind]`: they tell a child's name from an officer's, and a day beside
    a small place from any other combination. All but the second are strings of these tables, to be translated.
    """
    why, _, others = found.why.partition(f".{_TOGETHER_WITH}")
    return _SPECIAL.get(why) or KINDS.get(found.kind) or INDIRECT[found.kind], others
