"""Words with their places, and whether their capital letters tell us anything."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stories.pii.words import word_group

_WORD = re.compile(r"(?<![\d_])[^\W\d_]{1,40}+(?:['’](?!s\b|S\b)[^\W\d_]{1,40}+){0,3}+(?![\d_])")
_POSSESSIVE = re.compile(r"['’][sS]\b")
_SENTENCE_END = re.compile(r"[.!?:\n\r•\"“‘]|(?<!\S)'")
_SMALL_WORDS = word_group("small words")
_ENOUGH = 4
_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `title` is True only where a capital is not owed to shouting; `first` opens a sentence."""

    start: int
    end: int
    low: str
    title: bool
    upper: bool
    first: bool
    possessive: bool

    @property
    def key(self) -> str:
        """The word as place lists spell it."""
        return self.low + ("'s" if self.possessive else "")


class Words:
    """The tokens of a text in order, found by number or by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_read(text))
        if _is_title_case(self.tokens):
            self.tokens = [replace(token, title=False) for token in self.tokens]
        self._by_start = {token.start: at for at, token in enumerate(self.tokens)}
        self._by_end = {token.end: at for at, token in enumerate(self.tokens)}
        self._calm = [not token.upper or not self._shouted(at) for at, token in enumerate(self.tokens)]

    def at(self, index: int) -> Token | None:
        """The token with this number, None past either end."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def starting(self, place: int) -> int | None:
        """The number of the token that starts exactly here."""
        return self._by_start.get(place)

    def ending(self, place: int) -> int | None:
        """The number of the token that ends exactly here."""
        return self._by_end.get(place)

    def gap(self, index: int) -> str:
        """What stands between this token and the next one."""
        after = self.at(index + 1)
        return self.text[self.tokens[index].end : after.start if after else len(self.text)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where these tokens lie in the text."""
        return self.tokens[first].start, self.tokens[last].end

    def before(self, index: int, length: int) -> str:
        """So many characters before this token."""
        start = self.tokens[index].start
        return self.text[max(0, start - length) : start]

    def next_to(self, index: int) -> Token | None:
        """The token after this one if only a space lies between."""
        return self.at(index + 1) if self.gap(index) == " " else None

    def is_acronym(self, index: int) -> bool:
        """In capitals among words that are not."""
        return self.tokens[index].upper and self._calm[index]

    def _shouted(self, index: int) -> bool:
        around = self.tokens[max(0, index - _NEIGHBOURS) : index] + self.tokens[index + 1 : index + 1 + _NEIGHBOURS]
        long_words = [token for token in around if token.end - token.start > 1]
        return 2 * sum(token.upper for token in long_words) >= max(1, len(long_words))


def _is_title_case(tokens: list[Token]) -> bool:
    """Most Small Words Have A Capital, So Capitals Say Nothing."""
    small = [token.title for token in tokens if token.low in _SMALL_WORDS and not token.first]
    return len(small) >= _ENOUGH and 2 * sum(small) > len(small)


def _read(text: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        if match[0] in "sS" and _POSSESSIVE.match(text, match.start() - 1) and match.start() == end + 1:
            continue
        first = end == 0 or _SENTENCE_END.search(text, end, match.start()) is not None
        yield _token(text, match, first)
        end = match.end()


def _token(text: str, match: re.Match[str], first: bool) -> Token:
    word = match[0]
    upper = len(word) > 1 and word.isupper()
    return Token(
        start=match.start(),
        end=match.end(),
        low=_plain(word),
        title=word[0].isupper() and not upper,
        upper=upper,
        first=first,
        possessive=_POSSESSIVE.match(text, match.end()) is not None,
    )


def _plain(word: str) -> str:
    """Lower case, without accents, with a straight apostrophe: as the word lists spell it."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))
