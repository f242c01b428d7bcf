"""Words spelt with one slip of the pen, worked out once."""

from collections.abc import Iterable, Iterator

from stories.identifying import words

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slips_of(low: Iterable[str]) -> frozenset[str]:
    """Every string one slip away from one of these words, less the words and names of the language."""
    found = {slip for word in low for slip in _slips(word)}
    return frozenset(slip for slip in found if not words.is_word(slip) and not words.is_name(slip))


def _slips(word: str) -> Iterator[str]:
    """A letter left out, typed twice, put in or changed, or two of them swapped; the first one stays."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield head + tail[0] + tail
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS if at else "":
            yield head + letter + tail
            yield head + letter + tail[1:]
