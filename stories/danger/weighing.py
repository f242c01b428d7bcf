"""Weighs the words of a sentence, alone and in pairs, where no cue is met: each has a weight that was learned.

`weights.tsv` is made by `tests/stories/danger/weigh.py` from the sentences that the rules are built on.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import log
from pathlib import Path

from stories.danger.word_classes import class_of

WEIGHTS = Path(__file__).with_name("weights.tsv")
_REACH = 3  # words between the two of a pair
_STEM = 4  # letters
_BEGINS, _ENDS = "^", "$"
BASE = "*"  # what every sentence weighs
HEAVY = {"life": -0.6, "child": 0.0}  # as low as ordinary sentences allow
# Each sentence more is one more chance of a mistake, so in a long account each has to weigh more.
_MORE_FOR_LENGTH = 1.5


def heavy(sentences: Sequence[str], of_what: str) -> Iterator[str]:
    """The windows whose signs weigh enough to speak of danger: "life" or "child"."""
    table = _tables()[of_what]
    least = HEAVY[of_what] + _MORE_FOR_LENGTH * log((max(len(sentences), 1) + 1) / 2)
    for window in windows(sentences):
        if table[BASE] + sum(table.get(sign, 0.0) for sign in signs(window)) > least:
            yield window


def is_of_somebody_near(window: str) -> bool:
    """Say whether it speaks of somebody at the door, on their way or armed, and not of one's own hand."""
    classes = {class_of().get(word, word) for word in window.split()}
    return "HE" in classes and bool(classes & {"AT_DOOR", "COME", "WEAPON"}) and not classes & {"SELF", "TABLET"}


def windows(sentences: Sequence[str]) -> Iterator[str]:
    """Each sentence, and each with the one after it: what stands in one is often meant by the other."""
    for at, sentence in enumerate(sentences):
        yield sentence
        if at + 1 < len(sentences):
            yield f"{sentence} {_ENDS} {_BEGINS} {sentences[at + 1]}"


def signs(window: str) -> set[str]:
    """Words, stems and classes alone, and classes or words in pairs, near each other or one after another."""
    words = [_BEGINS, *window.split(), _ENDS]
    classes = [class_of().get(word, word) for word in words]
    for at in range(1, len(words) - 1):
        if words[at].isdigit() and (words[at - 1].isdigit() or words[at + 1].isdigit()):
            words[at] = classes[at] = "DATE"  # or a reference: nobody's age
    found = {*words, *classes, *(f"{word[:_STEM]}-" for word in words if len(word) > _STEM)}
    for at, one in enumerate(classes):
        found.update(f"{one} {other}" for other in classes[at + 1 : at + 2])
        found.update(f"{one} .. {other}" for other in classes[at + 2 : at + 2 + _REACH])
        found.update(f"{words[at]} {other}" for other in words[at + 1 : at + 2])
    return found


@cache
def _tables() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {"life": {}, "child": {}}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        of_what, sign, weighs = line.split("\t")
        found[of_what][sign] = float(weighs)
    return found
