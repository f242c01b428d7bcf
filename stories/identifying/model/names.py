"""How likely each piece of a text is part of a name, a town or a street, as the network sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from stories.identifying.model import files
from stories.identifying.model.word_pieces import END, START, Piece, Vocabulary

if TYPE_CHECKING:
    from stories.identifying.model.network import Floats, Network

# The network was trained on so many pieces at a time; neighbours share some, so that each piece is seen in context.
WINDOW, OVERLAP = 100, 24
# In a longer text neighbours share less, and what is past the last window is left to the rules:
# a window costs about 35 ms, and nobody should wait for more than three seconds.
MOST_WINDOWS = 44
_LEAST_OVERLAP = 4
# B- and I- of given names and surnames; of cities; of street names.
_NAME, _PLACE, _STREET = slice(1, 5), slice(29, 31), slice(25, 27)
# Two threads that come first at once would each load it.
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class Likely:
    """A piece of the unchanged text, and three likelihoods from 0 to 1."""

    start: int
    end: int
    name: float
    place: float
    street: float


@dataclass(frozen=True, eq=False)
class _Model:
    network: Network
    vocabulary: Vocabulary


def is_here() -> bool:
    """True if the model can be used; loads it, once a process, so call it before forking."""
    return _model() is not None


def likely(text: str) -> list[Likely]:
    """Return every piece in order, as far as we look; nothing without the model."""
    model = _model()
    if model is None:
        return []
    pieces = model.vocabulary.pieces(text)
    best: dict[int, tuple[int, Likely]] = {}
    for first, window in windows(pieces):
        _keep_the_better_seen(best, first, list(_seen(model.network, window)))
    return [seen for _at, (_depth, seen) in sorted(best.items())]


def windows(pieces: list[Piece]) -> Iterator[tuple[int, list[Piece]]]:
    """Yield the runs of pieces that are looked at together, each with the number of its first."""
    wanted = -(-(len(pieces) - OVERLAP) // MOST_WINDOWS)
    step = min(max(WINDOW - OVERLAP, wanted), WINDOW - _LEAST_OVERLAP)
    for number, first in enumerate(range(0, max(1, len(pieces) - (WINDOW - step)), step)):
        if pieces and number < MOST_WINDOWS:
            yield first, pieces[first : first + WINDOW]


def forget() -> None:
    """Drop the words remembered while reading."""
    if _loaded.cache_info().currsize and (model := _loaded()):
        model.vocabulary.forget()


def _model() -> _Model | None:
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> _Model | None:
    """None where the files are not here, or nothing to reckon with is."""
    weights, vocabulary = files.read("model_q4.onnx"), files.read("vocab.txt")
    if weights is None or vocabulary is None:
        return None
    try:
        from stories.identifying.model import network, onnx_file
    except ImportError:
        return None
    arrays = onnx_file.arrays(memoryview(weights))
    return _Model(network.Network(arrays), Vocabulary(vocabulary.decode().splitlines()))


def _seen(network: Network, window: list[Piece]) -> Iterator[Likely]:
    labels: Floats = network.labels([START, *(piece.number for piece in window), END])[1:-1]
    sums = [labels[:, part].sum(axis=-1).tolist() for part in (_NAME, _PLACE, _STREET)]
    for piece, name, place, street in zip(window, *sums, strict=True):
        yield Likely(piece.start, piece.end, name, place, street)


def _keep_the_better_seen(best: dict[int, tuple[int, Likely]], first: int, window: list[Likely]) -> None:
    """Of a piece in two windows the one counts where it stands further from the edge."""
    for at, seen in enumerate(window):
        depth = min(at, len(window) - 1 - at)
        if first + at not in best or depth > best[first + at][0]:
            best[first + at] = depth, seen
