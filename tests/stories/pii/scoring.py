"""Reads the texts with marked details, and counts what is found of them, as the benchmark of the finder does.

A detail is found when half of its letters and digits are covered by any finding, whatever its kind; a finding is
right when half of it lies inside details, or when it covers one and goes at most 25 characters beyond it.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from stories.pii import MAX_CHARACTERS, Finding, find_identifying
from stories.pii.indirect import find_indirect
from stories.pii.kinds import INDIRECT

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"\{(?P<kind>[A-Z_]+|-)(?: (?P<origin>[a-z ]+))?: (?P<words>[^{}]*)\}")
_AROUND = 25


@dataclass(frozen=True)
class Detail:
    kind: str
    start: int
    end: int
    origin: str = ""


@dataclass(frozen=True)
class Marked:
    """A text, what should be found in it, and what may be found or not."""

    text: str
    style: str
    details: tuple[Detail, ...]
    neutral: tuple[Detail, ...] = ()


@dataclass
class Score:
    """Counts by name, with the misses and the false alarms themselves."""

    count: Counter = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    alarms: list[tuple[str, str, str]] = field(default_factory=list)

    def share(self, part: str, whole: str, *key: str) -> float:
        return self.count[part, *key] / max(1, self.count[whole, *key])

    recall = property(lambda self: self.share("found", "gold"))
    whole = property(lambda self: self.share("whole", "gold"))
    precision = property(lambda self: self.share("right", "flags"))
    quiet = property(lambda self: self.share("quiet", "clean"))

    @property
    def alarms_per_100_words(self) -> float:
        return 100 * len(self.alarms) / max(1, self.count["words",])


def dev() -> list[Marked]:
    """The synthetic texts whose bars we keep."""
    return [_of_dev(json.loads(line)) for line in (DATA / "dev.jsonl").read_text(encoding="utf-8").splitlines()]


def held_out(name: str, of: str = "held") -> list[Marked]:
    """Invented texts: "tuned_on", "kept_apart" or "by_strangers"; `of` numbers without a word, or indirect details."""
    lines = (DATA / f"{of}_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [marked_line(*line.split(": ", 1)[::-1]) for line in lines if line and not line.startswith("#")]


def in_prose(rows: Iterable[Marked], where: str) -> Iterator[Marked]:
    """Set these texts, 20 at a time, at the "start", "middle" or "end" of prose of the longest size with no detail."""
    chance = random.Random(1)
    quiet = [row.text for row in [*held_out("tuned_on"), *dev()] if not (row.details or row.neutral)]
    told = [row for row in rows if row.details]
    for first in range(0, len(told), 20):
        block = told[first : first + 20]
        left = MAX_CHARACTERS - sum(len(row.text) + 2 for row in block)
        prose = [Marked(text, "prose", ()) for text in chance.sample(quiet, len(quiet))]
        ends = accumulate(len(row.text) + 2 for row in prose)
        prose = prose[: sum(end <= left for end in ends)]
        cut = {"start": 0, "middle": len(prose) // 2, "end": len(prose)}[where]
        yield _joined([*prose[:cut], *block, *prose[cut:]])


def _joined(rows: list[Marked]) -> Marked:
    details, at = [], 0
    for row in rows:
        details += [replace(each, start=at + each.start, end=at + each.end) for each in row.details]
        at += len(row.text) + 2
    return Marked("\n\n".join(row.text for row in rows), "prose", tuple(details))


def score(rows: Iterable[Marked], find: Callable[[str], list[Finding]]) -> Score:
    counted = Score()
    for row in rows:
        _count(counted, row, find(row.text))
    return counted


def indirect(name: str) -> Score:
    """Count indirect details: found by any finding, as a moderator sees all of them; false marks are indirect ones."""
    counted = Score()
    for row in held_out(name, of="indirect"):
        direct = find_identifying(row.text, by_rules_alone=True)
        found = find_indirect(row.text, direct)
        covered = set().union(*(_letters(row.text, each.start, each.end) for each in (*direct, *found)))
        spans = [(each, _letters(row.text, each.start, each.end)) for each in row.details]
        _count_details(counted, row, [(each, span) for each, span in spans if each.kind in INDIRECT], covered)
        flags = [(each, _letters(row.text, each.start, each.end)) for each in found]
        _count_flags(counted, row, [span for _, span in spans], flags)
        counted.count.update({("words",): len(row.text.split()), ("accounts",): 1})
    return counted


def table(counted: Score, by: str) -> str:
    """Recall of what is named by "kind", "style" or "origin", one line each, and all of it in the last."""
    told = {key[2] for key in counted.count if key[:2] == ("gold", by)}
    names = sorted(told, key=lambda name: (-counted.count["gold", by, name], name))
    lines = [f"{name:<16} {_row(counted, by, name)}" for name in names]
    everything = f"{'all':<16} {_row(counted)}  precision {100 * counted.precision:.1f}"
    quiet = (
        f"clean texts left quiet {100 * counted.quiet:.1f}, false alarms a 100 words {counted.alarms_per_100_words:.2f}"
    )
    return "\n".join([*lines, f"{everything}  {quiet}"])


def _row(counted: Score, *key: str) -> str:
    gold = counted.count["gold", *key]
    found, whole = counted.share("found", "gold", *key), counted.share("whole", "gold", *key)
    return f"{gold:>5} {100 * found:>6.1f} {100 * whole:>6.1f}"


def _count(counted: Score, row: Marked, found: list[Finding]) -> None:
    spans = [(each, _letters(row.text, each.start, each.end)) for each in row.details]
    flags = [(each, _letters(row.text, each.start, each.end)) for each in found]
    _count_details(counted, row, spans, set().union(*(letters for _, letters in flags)))
    wrong = len(counted.alarms)
    _count_flags(counted, row, [span for _, span in spans], flags)
    clean = not row.details
    quiet = clean and len(counted.alarms) == wrong
    counted.count.update({("words",): len(row.text.split()), ("clean",): clean, ("quiet",): quiet})


def _count_details(counted: Score, row: Marked, spans: list[tuple[Detail, set[int]]], covered: set[int]) -> None:
    for detail, span in spans:
        origin = [("origin", detail.origin)] if detail.origin else []
        is_found, is_whole = 2 * len(span & covered) >= len(span) and bool(span & covered), span <= covered
        for key in ((), ("kind", detail.kind), ("style", row.style), *origin):
            counted.count.update({("gold", *key): 1, ("found", *key): is_found, ("whole", *key): is_whole})
        if not is_found:
            counted.missed.append((detail.kind, row.text[detail.start : detail.end], row.text))


def _count_flags(counted: Score, row: Marked, spans: list[set[int]], flags: list[tuple[Finding, set[int]]]) -> None:
    wanted = set().union(*spans)
    neutral = set().union(*(_letters(row.text, each.start, each.end) for each in row.neutral))
    for each, letters in flags:
        if letters and _is_right(letters, wanted, spans):
            counted.count.update({("flags",): 1, ("right",): 1})
        elif letters and not letters & neutral:
            counted.count["flags",] += 1
            counted.alarms.append((each.kind, row.text[each.start : each.end], row.text))


def _is_right(letters: set[int], wanted: set[int], spans: list[set[int]]) -> bool:
    if 2 * len(letters & wanted) >= len(letters):
        return True
    return any(
        span & letters and 2 * len(span & letters) >= len(span) and len(letters) <= len(span) + _AROUND
        for span in spans
    )


def _letters(text: str, start: int, end: int) -> set[int]:
    return {at for at in range(start, end) if text[at].isalnum()}


def _of_dev(row: dict) -> Marked:
    details = tuple(Detail(each["type"], each["start"], each["end"]) for each in row["spans"])
    neutral = tuple(Detail("-", each["start"], each["end"]) for each in row["neutral"])
    return Marked(row["text"], row["style"], details, neutral)


def marked_line(marked: str, style: str = "") -> Marked:
    """Read a text in which each detail is marked {KIND: so}, and an end of a line \\n."""
    text, details = "", []
    for part, detail in _parts(marked.replace("\\n", "\n")):
        start = len(text)
        text += part
        if detail:
            details.append(Detail(detail["kind"], start, len(text), detail["origin"] or ""))
    right, neutral = ([each for each in details if (each.kind == "-") is is_neutral] for is_neutral in (False, True))
    return Marked(text, style, tuple(right), tuple(neutral))


def _parts(marked: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    at = 0
    for match in _MARK.finditer(marked):
        yield marked[at : match.start()], None
        yield match["words"], match
        at = match.end()
    yield marked[at:], None
