"""The same words wherever they stand: what a screen lists once, and what is replaced everywhere at once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stories.identifying import redact
from stories.identifying.finding import MAX_CHARACTERS, Finding
from stories.identifying.kinds import Kind, words_for
from stories.identifying.spotting import find

# Where a long text is cut: the first of these that it holds. Half a word could look like a name.
_CUTS = ("\n", ". ", " ")
Looked = tuple[str, list[Finding]]


@dataclass(frozen=True)
class Wording:
    """Words that were found once or more; `found` is the finding that stands first."""

    key: str
    words: str
    found: Finding
    times: int
    is_sure: bool

    @property
    def fitting(self) -> Kind:
        """The words of the table that fit it best."""
        return words_for(self.found)[0]

    @property
    def others(self) -> str:
        """The words it goes with, where it identifies only together with them; "" for none."""
        return words_for(self.found)[1]


def look(text: str, *, by_rules_alone: bool = False) -> list[Finding]:
    """Find in a text of any length: what is too long for one look is cut where a line or a sentence ends."""
    found: list[Finding] = []
    start = 0
    while start < len(text):
        end = _end_of_part(text, start)
        part = find(text[start:end], by_rules_alone=by_rules_alone)
        found += [replace(each, start=each.start + start, end=each.end + start) for each in part]
        start = end
    return found


def key_of(kind: str, words: str) -> str:
    """Name words of a kind by themselves, so that the name still fits after an edit around them.

    So long that nobody can find two wordings with one name: a reason for the one would let the other through.
    """
    return hashlib.blake2b(f"{kind} {words.casefold()}".encode(), digest_size=16).hexdigest()


def wordings(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording of these texts and their findings once, in the order in which it first stands."""
    listed: dict[str, Wording] = {}
    for words, found in _each(looked):
        key = key_of(found.kind, words)
        before = listed.get(key)
        if before:
            listed[key] = replace(before, times=before.times + 1, is_sure=before.is_sure or found.sure)
        else:
            listed[key] = Wording(key, words, found, 1, found.sure)
    return list(listed.values())


def replaced(text: str, found: Sequence[Finding], neutral: Mapping[str, str]) -> str:
    """Return the text with the `neutral` words, by key, in place of every finding that has some; "" takes it out."""
    # From the last to the first, so that what stands before is still where it was found.
    floors = [0, *(each.end for each in found)]
    for floor, each in reversed(list(zip(floors, found, strict=False))):
        words = neutral.get(key_of(each.kind, text[each.start : each.end]))
        if words is not None:
            done = redact.edit(text, each.start, each.end, words, floor=floor)
            text = text[: done.start] + done.words + text[done.end :]
    return text


def _end_of_part(text: str, start: int) -> int:
    end = min(start + MAX_CHARACTERS, len(text))
    if end == len(text):
        return end
    cuts = (text.rfind(mark, start, end) + len(mark) for mark in _CUTS if mark in text[start:end])
    return next(cuts, end)


def _each(looked: Iterable[Looked]) -> Iterator[tuple[str, Finding]]:
    return ((text[each.start : each.end], each) for text, found in looked for each in found)
