"""One spelling for what people type: "I'm gonna", "im gona" and "i am going to" all become "im going to"."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from stories.pii.rule_files import sections_of
from stories.pii.tokens import fold_text
from stories.pii.words import slips_of

_DATA = Path(__file__).parent / "data"
_LONGEST_WORD = 30  # characters; a longer one is noise
# From the first of several on: with twenty thousand dots before a letter each would be read to the end again.
_SENTENCE_END = re.compile(r"(?<![.!?;…\n\r])[.!?;…\n\r]+(?:\s|\Z)|[\n\r]")
_APOSTROPHES = re.compile(r"['’‘`´]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")

_LISTS = sections_of(_DATA / "spelling.txt")
# Said over and over, and changes nothing of what is meant.
_FILLERS = frozenset(_LISTS["said over and over"].split())
_WELSH_NUMBERS = [line.split(" -> ") for line in _LISTS["welsh numbers"].splitlines()]
_WELSH_NUMBER = re.compile("|".join(rf"\b(?P<n{at}>{pattern})\b" for at, (pattern, _) in enumerate(_WELSH_NUMBERS)))


def _pairs(lines: str) -> dict[str, str]:
    """Read "typed=meant" pairs, parted by semicolons and line ends."""
    pairs = (pair.split("=") for line in lines.splitlines() for pair in line.split(";") if pair.strip())
    return {typed.strip(): meant.strip() for typed, meant in pairs}


def _rewritten(lines: str) -> list[tuple[re.Pattern[str], str]]:
    """Read "pattern -> what stands in its place" of each line."""
    pairs = (line.split(" ->", 1) for line in lines.splitlines())
    return [(re.compile(pattern), meant.strip()) for pattern, meant in pairs]


_AS_TYPED, _AS_SPELT = _rewritten(_LISTS["as typed"]), _rewritten(_LISTS["as spelt"])
_MEANT = _pairs(_LISTS["meant"])
_SHORT = _pairs(_LISTS["shorter"])
_TENS = {word: int(number) for word, number in _pairs(_LISTS["tens"]).items()}
_LONGER = re.compile(rf"\b(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b")


def sentences(text: str) -> list[str]:
    """Return each sentence in one spelling: small letters, plain words, one blank between, no marks."""
    plain = unicodedata.normalize("NFKD", fold_text(text).text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = (_respelt(part) for part in _SENTENCE_END.split(_APOSTROPHES.sub("'", plain)))
    return [sentence for sentence in found if sentence]


def _respelt(part: str) -> str:
    for pattern, meant in _AS_TYPED:
        part = pattern.sub(meant, part)
    drawn_in = (_LETTERS_DRAWN_OUT.sub(r"\1\1", word[:_LONGEST_WORD]) for word in _NOT_A_WORD.split(part) if word)
    words = (_MEANT.get(word) or _slips().get(word) or word for word in drawn_in)
    joined = " ".join(_added_up(" ".join(word for word in words if word not in _FILLERS).split()))
    for pattern, meant in _AS_SPELT:
        joined = pattern.sub(meant, joined)
    joined = _LONGER.sub(lambda match: _SHORT[match[0]], joined)
    return _WELSH_NUMBER.sub(lambda match: _WELSH_NUMBERS[int((match.lastgroup or "n0")[1:])][1], joined)


def _added_up(words: list[str]) -> list[str]:
    """Write "twenty eight" and "28" the same way."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in _TENS and len(word) == 1 and word.isdigit():
            found[-1] = str(_TENS[found[-1]] + int(word))
        else:
            found.append(word)
    return [str(_TENS.get(word, word)) for word in found]


@cache
def _slips() -> dict[str, str]:
    """Every slip of the words that are looked for, worked out once."""
    return {
        slip: _MEANT.get(word, word)
        for word in _LISTS["met with a slip"].split()
        for slip in slips_of([word])
        if slip not in _MEANT
    }
