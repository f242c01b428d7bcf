"""Reads a text as an eye does: nothing that has no width, one blank for many, plain digits and letters for drawn ones.

A phone number with soft hyphens in it, as a word processor pastes it, or in full-width digits is a phone number.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stories.pii.finding import Finding

# Marks that choose how a letter looks, a joiner, and the frame of a keycap: between two letters nobody sees them.
_NO_WIDTH = re.compile("[\u034f\u20e3\u180b-\u180f\ufe00-\ufe0f]")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2212\ufe63\uff0d")
_OTHER_SHAPES = ("Lu", "Ll", "Po", "Pd", "Pc", "Sm")
# Letters of other alphabets that look like these; only beside plain ones, for whole words of them are words.
_ALIKE = str.maketrans("АВЕКМНОРСТУХаеорсухіѕјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxisjdqwABEZHIKMNOPTYXo")
_PLAIN = re.compile(r"[0-9A-Za-z]")
_WORD = re.compile(r"\S{1,40}")


@dataclass(frozen=True)
class Folded:
    """`text` as it is read; `spans` says where each character stands in the unchanged text, None if at the same."""

    text: str
    spans: list[tuple[int, int]] | None = None

    def put_back(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings in the folded text with the places that they have in the unchanged one."""
        if (at := self.spans) is None:
            return list(findings)
        return [replace(each, start=at[each.start][0], end=at[each.end - 1][1]) for each in findings]


def fold_text(text: str) -> Folded:
    """Fold a text; of most nothing changes."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return Folded(text)
    letters, spans = _read(text)
    folded = _WORD.sub(_without_look_alikes, "".join(letters))
    return Folded(folded, None if len(spans) == len(text) else spans)


def _read(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Read each character; a letter and its accent are one, and so are blanks in a row."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
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


def _without_look_alikes(word: re.Match[str]) -> str:
    is_mixed = not word[0].isascii() and _PLAIN.search(word[0])
    return word[0].translate(_ALIKE) if is_mixed else word[0]
