"""A text as an eye reads it: its words with their places, and plain letters for those that only look otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from stories.pii.kinds import Finding
from stories.pii.model.names import Likely
from stories.pii.words import GROUPS

_WORD = re.compile(r"(?<![\d_])[^\W\d_]{1,40}+(?:['’](?!s\b|S\b)[^\W\d_]{1,40}+){0,3}+(?![\d_])")
_POSSESSIVE = re.compile(r"['’][sS]\b")
_SENTENCE_END = re.compile(r"[.!?:\n\r•\"“‘]|(?<!\S)'")
_ENOUGH = 4
_NEIGHBOURS = 3


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """One word of a text, linked to its neighbours; NOBODY stands past either end.

    `title` is True only where a capital is not owed to shouting; `first` opens a sentence; `gap` is what lies between
    it and the next word; `is_acronym` is in capitals among words that are not; `seen` is the name model's answer.
    """

    text: str
    start: int
    end: int
    low: str
    title: bool
    upper: bool
    first: bool
    possessive: bool
    number: int = -1
    gap: str = ""
    is_acronym: bool = False
    seen: Likely | None = None
    before: Token = field(init=False)
    after: Token = field(init=False)

    @property
    def next_word(self) -> Token:
        """The token after this one if only a space lies between, or NOBODY."""
        return self.after if self.gap == " " else NOBODY

    def span_to(self, last: Token) -> tuple[int, int]:
        return self.start, last.end

    def text_before(self, length: int) -> str:
        return self.text[max(0, self.start - length) : self.start]

    def is_followed(self, pattern: re.Pattern[str]) -> bool:
        """True where this pattern matches right behind the token."""
        return pattern.match(self.text, self.end) is not None

    def is_led_to(self, pattern: re.Pattern[str], length: int) -> bool:
        """True where so many characters before the token hold this pattern."""
        return pattern.search(self.text_before(length)) is not None


NOBODY = Token("", 0, 0, "", title=False, upper=False, first=False, possessive=False)
NOBODY.before = NOBODY.after = NOBODY


class Words:
    """The tokens of a text in order, found by number or by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_read(text))
        small = [token.title for token in self.tokens if token.low in GROUPS["small words"] and not token.first]
        # Most Small Words Have A Capital, So Capitals Say Nothing.
        is_all_titled = len(small) >= _ENOUGH and 2 * sum(small) > len(small)
        for number, token in enumerate(self.tokens):
            token.number, token.title = number, token.title and not is_all_titled
            token.before = self.tokens[number - 1] if number else NOBODY
            token.after = self.tokens[number + 1] if number + 1 < len(self.tokens) else NOBODY
            token.gap = text[token.end : token.after.start if token.after.low else len(text)]
            token.is_acronym = token.upper and not self._is_shouted(number)
        # The token that starts, or ends, exactly at a place; None where none does.
        self.starting = {token.start: token for token in self.tokens}.get
        self.ending = {token.end: token for token in self.tokens}.get

    def run(self, first: Token, last: Token) -> list[Token]:
        """The tokens of a run, `last` among them."""
        return self.tokens[first.number : last.number + 1]

    def said(self, found: Finding) -> str:
        return self.text[found.start : found.end]

    def forget(self) -> None:
        """Part the neighbours, so that no word outlives its use, as things that hold each other do."""
        for token in self.tokens:
            token.before = token.after = NOBODY

    def _is_shouted(self, number: int) -> bool:
        around = self.tokens[max(0, number - _NEIGHBOURS) : number] + self.tokens[number + 1 : number + 1 + _NEIGHBOURS]
        long_words = [token for token in around if token.end - token.start > 1]
        return 2 * sum(token.upper for token in long_words) >= max(1, len(long_words))


def _read(text: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        if match[0] in "sS" and _POSSESSIVE.match(text, match.start() - 1) and match.start() == end + 1:
            continue
        word, first = match[0], end == 0 or _SENTENCE_END.search(text, end, match.start()) is not None
        end = match.end()
        upper = len(word) > 1 and word.isupper()
        title = word[0].isupper() and not upper
        possessive = _POSSESSIVE.match(text, end) is not None
        yield Token(text, match.start(), end, _plain(word), title, upper, first, possessive)


def _plain(word: str) -> str:
    """Lower case, without accents, with a straight apostrophe: as the word lists spell it."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


# Nothing that has no width, one blank for many: a phone number with soft hyphens in it, as a word processor pastes it,
# or in full-width digits is a phone number.

# Marks that choose how a letter looks, a joiner, and the frame of a keycap: between two letters nobody sees them.
_NO_WIDTH = re.compile("[\u034f\u20e3\u180b-\u180f\ufe00-\ufe0f]")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2212\ufe63\uff0d")
_OTHER_SHAPES = ("Lu", "Ll", "Po", "Pd", "Pc", "Sm")
# Letters of other alphabets that look like these; only beside plain ones, for whole words of them are words.
_ALIKE = str.maketrans("АВЕКМНОРСТУХаеорсухіѕјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxisjdqwABEZHIKMNOPTYXo")
_PLAIN = re.compile(r"[0-9A-Za-z]")
_RUN = re.compile(r"\S{1,40}")


@dataclass(frozen=True)
class Folded:
    """`text` as it is read; `spans` says where each character stands in the unchanged text, None if at the same."""

    text: str
    spans: list[tuple[int, int]] | None = None

    def put_back(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings in the folded text with the places that they have in the unchanged one."""
        at = self.spans
        return [replace(each, start=at[each.start][0], end=at[each.end - 1][1]) if at else each for each in findings]


def fold_text(text: str) -> Folded:
    """Fold a text; of most nothing changes."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return Folded(text)
    letters, spans = _read_signs(text)
    folded = _RUN.sub(lambda run: run[0].translate(_ALIKE) if _PLAIN.search(run[0]) else run[0], "".join(letters))
    return Folded(folded, None if len(spans) == len(text) else spans)


def _read_signs(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Read each character; a letter and its accent are one, and so are blanks in a row."""
    letters, spans = list[str](), list[tuple[int, int]]()
    for at, letter in enumerate(text):
        plain = _read_as(letter)
        composed = unicodedata.normalize("NFC", letters[-1] + letter) if letters and plain and letter > "\x7f" else ""
        if len(composed) == 1:
            letters[-1], spans[-1] = composed, (spans[-1][0], at + 1)
        elif plain and not (plain == " " and letters and letters[-1] == " "):
            letters.append(plain)
            spans.append((at, at + 1))
    return letters, spans


def _read_as(letter: str) -> str:
    """Return one character for one, or none where it has no width."""
    if letter.isascii():
        return " " if letter == "\t" else letter
    category = unicodedata.category(letter)
    if category == "Cf" or _NO_WIDTH.match(letter):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if letter in _HYPHENS or letter in _BLANKS or category == "Zs":
        return "-" if letter in _HYPHENS else " "
    shape = unicodedata.normalize("NFKC", letter) if category in _OTHER_SHAPES else letter
    return shape if len(shape) == 1 and shape.isascii() else letter
