"""Weighs the words of a sentence, alone and in pairs: each has a weight that was learned.

What weighs enough speaks of danger where no cue is met, and what weighs far less doesn't although one is.

`weights.tsv` is made by `tests/stories/danger/weigh.py` from the sentences that the rules are built on.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import fsum, log
from pathlib import Path

from stories.pii.rule_files import sections_of

WEIGHTS = Path(__file__).with_name("weights.tsv")
_REACH = 3  # words between the two of a pair
_STEM = 4  # letters
_BEGINS, _ENDS = "^", "$"
# What would tell how long a sentence is, and nothing of what it says.
_HOW_SHORT = frozenset(f"{one}{between}{other}" for one in "^$" for between in (" ", " .. ") for other in "^$")
BASE = "*"  # what every sentence weighs
# "life" is danger to it now, "either" now or past. As low as look-alikes and ordinary sentences allow.
HEAVY = {"life": -0.9, "either": -0.3, "child": -0.6}
# Each sentence more is one more chance of a mistake, so in a long account each has to weigh more.
_MORE_FOR_LENGTH = 1.5
# Fewer words say too little to be weighed.
_FEWEST = 3
# How much less than that a sentence with a cue may weigh.
_WITH_A_CUE = 3.0


class Weighed:
    """The sentences of one text, each weighed once, alone and with the one after it."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._windows = [(window, signs(window)) for window in sentence_windows(sentences)]
        self._for_length = _MORE_FOR_LENGTH * log((max(len(sentences), 1) + 1) / 2)

    def heavy(self, of_what: str) -> Iterator[str]:
        """The windows that weigh enough to speak of danger: "life", "either" or "child"."""
        return (
            window
            for window, found in self._windows
            if sum(word not in (_BEGINS, _ENDS) for word in window.split()) >= _FEWEST
            and self._excess(found, of_what) > 0
        )

    def bears_out(self, at: int, of_what: str) -> bool:
        """Say whether the words around a cue in this sentence let it be meant."""
        beside = self._windows[max(2 * at - 1, 0) : 2 * at + 2]
        return any(self._excess(found, of_what) > -_WITH_A_CUE for _window, found in beside)

    def _excess(self, found: set[str], of_what: str) -> float:
        table = _tables()[of_what]
        # The exact sum, which is the same in whichever order the signs come.
        weight = fsum((table[BASE], *(table.get(sign, 0.0) for sign in found)))
        return weight - HEAVY[of_what] - self._for_length


def is_of_somebody_near(window: str) -> bool:
    """Say whether it speaks of somebody at the door, on their way or armed, and not of one's own hand."""
    classes = {class_of().get(word, word) for word in window.split()}
    return "HE" in classes and bool(classes & {"AT_DOOR", "COME", "WEAPON"}) and not classes & {"SELF", "TABLET"}


def sentence_windows(sentences: Sequence[str]) -> Iterator[str]:
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
    return found - _HOW_SHORT


@cache
def _tables() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {of_what: {} for of_what in HEAVY}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        of_what, sign, weighs = line.split("\t")
        found[of_what][sign] = float(weighs)
    return found


@cache
def class_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in sections_of(Path(__file__).parent / "data" / "word_classes.txt").items():
        for word in words.split():
            found.setdefault(word, name)
    found |= {str(age): "CHILD_AGE" for age in range(9, 18)}
    found |= {str(age): "SMALL_AGE" for age in range(2, 9)}
    found |= {str(age): "GROWN_AGE" for age in range(18, 100)}
    return found
