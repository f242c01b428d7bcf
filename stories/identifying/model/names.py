"""How likely each piece of a text is part of somebody's name, as the network sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stories.identifying.model import files, onnx_file
from stories.identifying.model.network import Floats, Network
from stories.identifying.model.word_pieces import END, START, Piece, Vocabulary

# The network was trained on so many pieces at a time; neighbours share some, so that each piece is seen in context.
WINDOW, OVERLAP = 100, 24
# The rest of a longer text is left to the rules, or it would keep somebody waiting for more than three seconds.
MOST_WINDOWS = 50
# B- and I- of given names, then of surnames.
_OF_A_NAME = slice(1, 5)


@dataclass(frozen=True, slots=True)
class Likely:
    """A piece of the unchanged text and the likelihood, 0 to 1, that it is part of a name."""

    start: int
    end: int
    name: float


@dataclass(frozen=True, eq=False)
class _Model:
    network: Network
    vocabulary: Vocabulary


def is_here() -> bool:
    """True if the model can be used; loads it, once a process."""
    return _model() is not None


def likely(text: str) -> list[Likely]:
    """Return every piece in order, as far as we look; nothing without the model."""
    model = _model()
    if model is None:
        return []
    pieces = model.vocabulary.pieces(text)
    best: dict[int, tuple[int, float]] = {}
    for first, window in _windows(pieces):
        _keep_the_better_seen(best, first, _of_a_name(model.network, window))
    return [Likely(pieces[at].start, pieces[at].end, name) for at, (_depth, name) in sorted(best.items())]


def forget() -> None:
    """Drop the words remembered while reading."""
    if model := _model():
        model.vocabulary.forget()


@cache
def _model() -> _Model | None:
    weights, vocabulary = files.read("model_q4.onnx"), files.read("vocab.txt")
    if weights is None or vocabulary is None:
        return None
    network = Network(onnx_file.arrays(memoryview(weights)))
    return _Model(network, Vocabulary(vocabulary.decode().splitlines()))


def _windows(pieces: list[Piece]) -> Iterator[tuple[int, list[Piece]]]:
    step = WINDOW - OVERLAP
    for number, first in enumerate(range(0, max(1, len(pieces) - OVERLAP), step)):
        if pieces and number < MOST_WINDOWS:
            yield first, pieces[first : first + WINDOW]


def _of_a_name(network: Network, window: list[Piece]) -> Floats:
    labels = network.labels([START, *(piece.number for piece in window), END])
    found: Floats = labels[1:-1, _OF_A_NAME].sum(axis=-1)
    return found


def _keep_the_better_seen(best: dict[int, tuple[int, float]], first: int, names: Floats) -> None:
    """Of a piece in two windows the one counts where it stands further from the edge."""
    for at, name in enumerate(names):
        depth = min(at, len(names) - 1 - at)
        if first + at not in best or depth > best[first + at][0]:
            best[first + at] = depth, float(name)
