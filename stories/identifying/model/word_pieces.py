"""Cuts a text into the pieces that the network knows, with the place of each in the unchanged text.

As the uncased BERT tokenizer does: words and single punctuation marks, lower case, without accents, then the
longest known beginning again and again. https://arxiv.org/abs/1810.04805
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

UNKNOWN, START, END = 1, 2, 3
_LONGEST_WORD = 100
_ASCII_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PUNCTUATION = re.escape(
    _ASCII_SIGNS + "".join(chr(code) for code in range(128, 0x10000) if unicodedata.category(chr(code))[0] == "P")
)
# A punctuation mark stands alone; everything else between spaces is a word.
_WORD = re.compile(rf"[{_PUNCTUATION}]|[^\s{_PUNCTUATION}]{{1,400}}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece's number in the vocabulary, where it stands, and whether it goes on a word."""

    number: int
    start: int
    end: int
    goes_on: bool


class Vocabulary:
    """The pieces by their spelling; `##` in front marks one that goes on a word."""

    def __init__(self, lines: list[str]) -> None:
        self._numbers = {line: number for number, line in enumerate(lines)}
        self._cut = lru_cache(maxsize=4096)(self._cut_once)

    def pieces(self, text: str) -> list[Piece]:
        """Return every piece of the text in order."""
        return [piece for match in _WORD.finditer(text) for piece in self._of(match[0], match.start())]

    def forget(self) -> None:
        """Drop the words remembered on the way: they were somebody's."""
        self._cut.cache_clear()

    def _of(self, word: str, start: int) -> Iterator[Piece]:
        plain = _plain(word)
        # Where lowering changes the length, the pieces share the place of the whole word.
        is_even = len(plain) == len(word)
        for number, begins, ends in self._cut(plain):
            span = (start + begins, start + ends) if is_even else (start, start + len(word))
            yield Piece(number, *span, goes_on=begins > 0)

    def _cut_once(self, word: str) -> list[tuple[int, int, int]]:
        if len(word) > _LONGEST_WORD:
            return [(UNKNOWN, 0, len(word))]
        found, at = [], 0
        while at < len(word):
            end = self._longest(word, at)
            if end is None:
                return [(UNKNOWN, 0, len(word))]
            found.append((self._numbers[("##" if at else "") + word[at:end]], at, end))
            at = end
        return found

    def _longest(self, word: str, at: int) -> int | None:
        before = "##" if at else ""
        return next((end for end in range(len(word), at, -1) if before + word[at:end] in self._numbers), None)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")
