"""Learn the weights of `stories/danger/weights.tsv` anew: `python tests/stories/danger/weigh.py`, in a minute or two.

A plain logistic regression over the signs of `weighing.py`. Of each text the window that weighs most is learned from,
as it alone decides. It learns from what the rules are built on and from ordinary accounts, never from the held-out set.
"""

import math
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from stories.danger import weighing  # noqa: E402
from stories.danger.spelling import sentences  # noqa: E402
from tests.stories.danger import measuring  # noqa: E402

EPOCHS, STEP, DECAY = 8, 0.15, 0.01
# Of what each table learns, and the least weight that it keeps.
LEARNED: Mapping[str, tuple[Callable[[measuring.Row], bool], float]] = {
    "life": (lambda row: row.life == "now", 0.15),
    "either": (lambda row: bool(row.life), 0.25),
    "child": (lambda row: row.child, 0.15),
}
OF_ALL_WINDOWS = 3  # epochs before the heaviest window alone is learned from

Windows = list[list[str]]


def windows_of(text: str) -> Windows:
    """The signs of each window of a text, in a fixed order."""
    return [sorted(weighing.signs(window)) for window in weighing.sentence_windows(sentences(text))]


def learned(texts: Sequence[tuple[Windows, bool]], known: frozenset[str]) -> dict[str, float]:
    """Return the weight of each of these signs."""
    kept = [([[s for s in window if s in known] for window in windows], is_danger) for windows, is_danger in texts]
    weights, squares = dict.fromkeys(sorted(known), 0.0), dict.fromkeys(known, 0.1)
    weights[weighing.BASE], order = -1.0, random.Random(0)  # noqa: S311
    for epoch in range(EPOCHS):
        order.shuffle(kept)
        for windows, is_danger in kept:
            if windows and (len(windows) < 4 or epoch >= OF_ALL_WINDOWS or not is_danger):
                _learn(max(windows, key=lambda window: _sum(weights, window)), is_danger, weights, squares)
    return weights


def _sum(weights: dict[str, float], window: Iterable[str]) -> float:
    return weights[weighing.BASE] + sum(weights[sign] for sign in window)


def _learn(window: list[str], is_danger: bool, weights: dict[str, float], squares: dict[str, float]) -> None:
    off = 1 / (1 + math.exp(-max(-30.0, min(30.0, _sum(weights, window))))) - is_danger
    for sign in window:
        slope = off + DECAY * weights[sign]
        squares[sign] += slope * slope
        weights[sign] -= STEP * slope / math.sqrt(squares[sign])
    weights[weighing.BASE] -= 0.02 * off


def main() -> None:
    rows = [row for name in measuring.BUILT_ON for row in measuring.rows(name)]
    read = [(windows_of(row.text), row) for row in rows]
    known = frozenset(sign for windows, _ in read for window in windows for sign in window)  # no name of an account's
    others = [(windows_of(text), False) for texts in measuring.accounts().values() for text in texts]
    lines = []
    for of_what, (is_danger, least) in LEARNED.items():
        weights = learned([*((windows, is_danger(row)) for windows, row in read), *others], known)
        kept = sorted((sign, w) for sign, w in weights.items() if abs(w) >= least or sign == weighing.BASE)
        lines += [f"{of_what}\t{sign}\t{w:.2f}\n" for sign, w in kept]
    weighing.WEIGHTS.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
