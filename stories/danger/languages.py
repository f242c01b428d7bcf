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
# Measured: tests/stories/danger/test_rules.py.
_LEAST_KNOWN = 0.45

_WELSH = frozenset(
    word
    for line in (Path(__file__).parent / "data" / "welsh.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
# What words look like in Welsh and in hardly any other language.
_LOOKS_WELSH = re.compile(r"dd|ll|[ŵŷ]|^(?:gw|ff|rh|mh|ngh|nh)|wyd|wyn|(?:aeth|odd|ais|iad|au|ol|yn)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’`´][^\W\d_]+)*")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")


def is_in_another_language(text: str) -> bool:
    """True where a run of the text is in neither English nor Welsh; a word or two in another language isn't enough."""
    if text.isascii() and text.count(" ") < _FEWEST_WORDS - 1:
        return False
    low = text.casefold()
    foreign = sum(_is_of_another_script(letter) for letter in low)
    if foreign >= _FEWEST_LETTERS or 2 * foreign > sum(letter.isalpha() for letter in low):
        return True
    # A letter alone is a word of Welsh, or may stand for anything.
    known = [_is_ours(word) for word in _WORD.findall(low) if len(word) > 1 or word in _WELSH]
    if len(known) < _FEWEST_WORDS:
        return False
    runs = range(max(len(known) - _RUN, 0) + 1)
    return min(sum(known[at : at + _RUN]) for at in runs) < _LEAST_KNOWN * min(_RUN, len(known))


def _is_ours(word: str) -> bool:
    """A common word of English, or one of Welsh: people who speak both change within a sentence."""
    is_welsh = any(part in _WELSH or _LOOKS_WELSH.search(part) for part in _APOSTROPHE.split(word))
    return is_welsh or (len(word) > 1 and words.is_common(_APOSTROPHE.sub("", word)))


def _is_of_another_script(letter: str) -> bool:
    return letter > "\u036f" and letter.isalpha() and not unicodedata.name(letter, "LATIN").startswith("LATIN")
