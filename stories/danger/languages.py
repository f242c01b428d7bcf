"""Which texts are in a language that nothing here reads: neither English nor Welsh, however they are typed."""

import re
import unicodedata
from pathlib import Path

from stories.pii import words

# Fewer words, or letters of another script among others, are a name or a quotation.
_FEWEST_WORDS, _FEWEST_LETTERS = 6, 12
# A run of this many words that is mostly of no language of ours makes the text one that we don't know.
_RUN = 20
# Of English in haste or in Scots a good half of all words are common, of Welsh nearly; elsewhere two in five at most.
# Measured: tests/stories/danger/test_languages.py.
_LEAST_KNOWN = 0.42

_WELSH = frozenset(
    word
    for line in (Path(__file__).parent / "data" / "welsh.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
# What words look like in Welsh and in hardly any other language.
_LOOKS_WELSH = re.compile(r"dd|ll|[ŵŷ]|^(?:gw|ff|rh|mh|ngh|nh)|wyd|wyn|(?:aeth|odd|ais|iad|au|ol|yn)$")
# A letter alone is a word of Welsh; in English it may stand for anything.
_WELSH_WORD, _ENGLISH_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]{2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")


def is_in_another_language(text: str) -> bool:
    """True where a run of the text is in neither English nor Welsh; a word or two in another language isn't enough."""
    if text.isascii() and text.count(" ") < _FEWEST_WORDS - 1:
        return False
    low = text.casefold()
    foreign = sum(_is_of_another_script(letter) for letter in low)
    if foreign >= _FEWEST_LETTERS or 2 * foreign > sum(letter.isalpha() for letter in low):
        return True
    english = [words.is_common(word) for word in _ENGLISH_WORD.findall(_APOSTROPHE.sub("", low))]
    welsh = [word in _WELSH or bool(_LOOKS_WELSH.search(word)) for word in _WELSH_WORD.findall(low)]
    return max(_least_known(english), _least_known(welsh)) < _LEAST_KNOWN


def _is_of_another_script(letter: str) -> bool:
    return letter > "\u036f" and letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith("LATIN")


def _least_known(known: list[bool]) -> float:
    """The share of known words in the run that has fewest; of a text too short to tell, all."""
    if len(known) < _FEWEST_WORDS:
        return 1
    runs = range(max(len(known) - _RUN, 0) + 1)
    return min(sum(known[at : at + _RUN]) / min(_RUN, len(known)) for at in runs)
