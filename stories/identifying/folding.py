"""Reads a text as an eye does: without what has no width, with digits and letters of other shapes as plain ones.

A phone number with soft hyphens in it, as a word processor pastes it, or in full-width digits is a phone number.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stories.identifying.finding import Finding

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
    """`text` as it is read; `places` says where each character stands in the unchanged text, None if at the same."""

    text: str
    places: list[int] | None = None

    def put_back(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings in the folded text with the places that they have in the unchanged one."""
        if (at := self.places) is None:
            return list(findings)
        return [replace(each, start=at[each.start], end=at[each.end - 1] + 1) for each in findings]


def fold(text: str) -> Folded:
    """Fold a text; of most nothing changes."""
    if text.isascii():
        return Folded(text)
    read = [(at, plain) for at, letter in enumerate(text) if (plain := _read_as(letter))]
    folded = _WORD.sub(_without_look_alikes, "".join(letter for _at, letter in read))
    return Folded(folded, None if len(read) == len(text) else [at for at, _letter in read])


def _read_as(letter: str) -> str:
    """Return one character for one, or none where it has no width."""
    if letter.isascii():
        return letter
    category = unicodedata.category(letter)
    if category == "Cf" or _NO_WIDTH.match(letter):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if letter in _HYPHENS or letter in _BLANKS:
        return "-" if letter in _HYPHENS else " "
    shape = unicodedata.normalize("NFKC", letter) if category in _OTHER_SHAPES else letter
    return shape if len(shape) == 1 and shape.isascii() else letter


def _without_look_alikes(word: re.Match[str]) -> str:
    is_mixed = not word[0].isascii() and _PLAIN.search(word[0])
    return word[0].translate(_ALIKE) if is_mixed else word[0]
