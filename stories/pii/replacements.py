"""The same words wherever they stand: what a screen lists once, and what is replaced everywhere at once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stories.pii import neutral, redact
from stories.pii.finder import find_identifying
from stories.pii.finding import MAX_CHARACTERS, Finding, InAHurry
from stories.pii.kinds import Kind, words_for

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
    # The neutral words for it where it stands, the one that says least first.
    neutral: tuple[str, ...]

    @property
    def fitting(self) -> Kind:
        """The words of the table that fit it best, with the neutral ones for where it stands."""
        return replace(words_for(self.found)[0], replacements=self.neutral)

    @property
    def others(self) -> str:
        """The words it goes with, where it identifies only together with them; "" for none."""
        return words_for(self.found)[1]


def look_through(text: str, *, by_rules_alone: bool = False) -> list[Finding]:
    """Find in a text of any length, thoroughly: what is too long for one is cut where a line or a sentence ends."""
    found: list[Finding] = []
    start = 0
    while start < len(text):
        end = _end_of_part(text, start)
        part = find_identifying(text[start:end], by_rules_alone=by_rules_alone, is_thorough=True)
        moved = [replace(each, start=each.start + start, end=each.end + start) for each in part]
        found = InAHurry([*found, *moved]) if isinstance(part, InAHurry) else type(found)([*found, *moved])
        start = end
    return found


def key_of(kind: str, words: str) -> str:
    """Name words of a kind by themselves, so that the name still fits after an edit around them.

    So long that nobody can find two wordings with one name: a reason for the one would let the other through.
    """
    return hashlib.blake2b(f"{kind} {words.casefold()}".encode(), digest_size=16).hexdigest()


def group_wordings(looked: Iterable[Looked]) -> list[Wording]:
    """Return each wording of these texts and their findings once, in the order in which it first stands."""
    listed: dict[str, Wording] = {}
    for text, words, found in _each(looked):
        key, offered = key_of(found.kind, words), neutral.fitting_words(text, found)
        before = listed.get(key)
        first = Wording(key, words, found, 1, found.sure, offered)
        listed[key] = _once_more(before, found, offered) if before else first
    return list(listed.values())


def replace_wordings(text: str, found: Sequence[Finding], chosen: Mapping[str, str]) -> str:
    """Return the text with the words `chosen` by key in place of every finding that has some; "" takes it out."""
    # From the last to the first, so that what stands before is still where it was found.
    floors = [0, *(each.end for each in found)]
    for floor, each in reversed(list(zip(floors, found, strict=False))):
        words = chosen.get(key_of(each.kind, text[each.start : each.end]))
        if words is not None:
            done = redact.edit_text(text, each.start, each.end, words, floor=floor)
            text = text[: done.start] + done.words + text[done.end :]
    return text


def _end_of_part(text: str, start: int) -> int:
    end = min(start + MAX_CHARACTERS, len(text))
    if end == len(text):
        return end
    cuts = (text.rfind(mark, start, end) + len(mark) for mark in _CUTS if mark in text[start:end])
    return next(cuts, end)


def _once_more(before: Wording, found: Finding, offered: tuple[str, ...]) -> Wording:
    """Count a wording again, with the neutral words that fit both places."""
    fits = neutral.fitting_both((before.found, before.neutral), (found, offered))
    return replace(before, times=before.times + 1, is_sure=before.is_sure or found.sure, neutral=fits)


def _each(looked: Iterable[Looked]) -> Iterator[tuple[str, str, Finding]]:
    return ((text, text[each.start : each.end], each) for text, found in looked for each in found)
