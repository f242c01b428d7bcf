"""The age at which somebody can read the contributor's way: printed by `make check`, which fails above 13.

Flesch and Kincaid's grade (1975) for all whole sentences of the way, plus five: the years from a school grade to
an age in the UK. Syllables are counted by where a word may be parted.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyphen

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from deploy import catalogue  # noqa: E402

OLDEST = 13.0
THE_WAY = ("stories/intake/", "templates/stories/intake/", "templates/includes/exit", "stories/decline_reasons")
_PARTED = pyphen.Pyphen(lang="en_GB", left=1, right=1)


def main() -> int:
    sentences = list(_sentences())
    age = reading_age(sentences)
    print(f"reading age {age:.1f}, of {len(sentences)} sentences; at most {OLDEST:.0f}")
    for each in sorted(sentences, key=lambda sentence: -reading_age([sentence]))[:3] if age > OLDEST else ():
        print(f"  hard: {each}")
    return 1 if age > OLDEST else 0


def reading_age(sentences: list[str]) -> float:
    """Return the age in years at which these sentences are read with ease."""
    words = [word for sentence in sentences for word in _words(sentence)]
    syllables = sum(len(_PARTED.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def _sentences() -> Iterator[str]:
    for words, _context, files in catalogue.strings():
        if any(file.startswith(THE_WAY) for file, _line in files):
            yield from _whole(words if isinstance(words, str) else words[-1])


def _whole(words: str) -> Iterator[str]:
    """The sentences in a string; a label or a button is none, and would make the way look easier than it is."""
    plain = re.sub(r"<[^>]+>", "", words)
    # What is put in stands for a date, a number or a few words.
    plain = re.sub(r"%\(\w+\)s|\{\w*\}", "two", plain)
    for sentence in re.findall(r"[^.?!]+[.?!](?=\s|$|”)", " ".join(plain.split())):
        if len(_words(sentence)) > 2:
            yield sentence.strip()


def _words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:[’'][a-z]+)?", sentence)


if __name__ == "__main__":
    sys.exit(main())
