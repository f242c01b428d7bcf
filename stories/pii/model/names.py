"""The likelihood that a piece of a text is part of a name, a town or a street, as the network sees it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

FOLDER = Path(__file__).resolve().parents[3] / "var" / "models" / "rampart"
SHA256 = {
    "model_q4.onnx": "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
    "vocab.txt": "0fbe6b50061feabb9be68af471e9aa6df07a4bc428bdca4b0eff1fcd3612dee5",
}
LICENCE = "LICENSE"


def are_known() -> bool:
    """True if every file is there and is the one that we know."""
    return all(read_model_file(name) is not None for name in SHA256)


def read_model_file(name: str) -> bytes | None:
    """Return the bytes of one file; None if it is not there or not the one that we know."""
    try:
        data = (FOLDER / name).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == SHA256[name] else None


UNKNOWN, START, END = 1, 2, 3
_LONGEST_WORD = 100
_ASCII_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PUNCTUATION = re.escape(
    _ASCII_SIGNS + "".join(chr(code) for code in range(128, 0x10000) if unicodedata.category(chr(code))[0] == "P")
)
# A punctuation mark stands alone; everything else between spaces is a word.
_WORD = re.compile(rf"[{_PUNCTUATION}]|[^\s{_PUNCTUATION}]{{1,400}}")


# A piece's number in the vocabulary, and where it begins and ends.
Piece = tuple[int, int, int]


class Vocabulary:
    """The pieces by their spelling; `##` in front marks one that goes on a word."""

    def __init__(self, lines: list[str]) -> None:
        self._numbers = {line: number for number, line in enumerate(lines)}
        self.cut = lru_cache(maxsize=4096)(self._cut_once)

    def pieces(self, text: str) -> list[Piece]:
        found = []
        for match in _WORD.finditer(text):
            plain, start = _plain(match[0]), match.start()
            # Where lowering changes the length, the pieces share the place of the whole word.
            is_even = len(plain) == len(match[0])
            for number, begins, ends in self.cut(plain):
                found.append((number, *((start + begins, start + ends) if is_even else match.span())))
        return found

    def _cut_once(self, word: str) -> list[Piece]:
        if len(word) > _LONGEST_WORD:
            return [(UNKNOWN, 0, len(word))]
        found, at = [], 0
        while at < len(word):
            before = "##" if at else ""
            end = next((end for end in range(len(word), at, -1) if before + word[at:end] in self._numbers), None)
            if end is None:
                return [(UNKNOWN, 0, len(word))]
            found.append((self._numbers[before + word[at:end]], at, end))
            at = end
        return found


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


if TYPE_CHECKING:
    from stories.pii.model.network import Network

# The network was trained on so many pieces at a time, and tells a word by those on either side of it.
WINDOW, CONTEXT = 100, 12
# A piece costs a third of a millisecond, and a text is asked about up to 500 and one for 12 letters: enough for each
# word that could be a name in an account of the longest size. Where every word could be one, it takes a thorough look.
_PIECES_OF_ANY, _LETTERS_A_PIECE, _TIMES_IF_THOROUGH = 500, 12, 4
# Past that many it is a costly look, of which a process takes one at a time. An account of 300 words has 400.
_COSTLY = 1_000
_LONGEST_WAIT = 5.0  # seconds
# So many at once, each window for itself: fewer read the matrices more often, and more don't fit in what is near.
_PIECES_AT_ONCE = 300
# B- and I- of given names and surnames; of cities; of street names.
_NAME, _PLACE, _STREET = slice(1, 5), slice(29, 31), slice(25, 27)
# Two threads that come first at once would each load it.
_LOADING = Lock()
_COSTLY_ONE = Lock()


@dataclass(frozen=True, slots=True)
class Likely:
    """A piece of the unchanged text, and three likelihoods from 0 to 1."""

    start: int
    end: int
    name: float
    place: float
    street: float


def is_here() -> bool:
    """True if the model can be used; loads it, once a process, so call it before forking."""
    return _model() is not None


def likely_names(
    text: str, wanted: Sequence[int], again: Sequence[int] = (), *, is_thorough: bool = False
) -> tuple[list[Likely], bool]:
    """Return what the network sees in the words that start at these places and near them, and whether it is all of it.

    `wanted` are asked about before `again`, which may be left out; each has the most important first. False where it
    was too much, or where another costly look is taken at this moment: a thorough one waits for that and goes further.
    Without the model there is nothing to see, and that is all of it.
    """
    model = _model()
    if model is None or not wanted:
        return [], True
    network, vocabulary = model
    pieces = vocabulary.pieces(text)
    starts = [start for _number, start, _end in pieces]
    asked = [max(0, bisect_right(starts, place) - 1) for place in (*wanted, *again)]
    most = most_pieces(len(text)) * (_TIMES_IF_THOROUGH if is_thorough else 1)
    chosen, many = windows_of_pieces(asked, len(pieces), most=most)
    is_costly = _size(chosen) > _COSTLY
    if is_costly and not _COSTLY_ONE.acquire(timeout=_LONGEST_WAIT if is_thorough else 0):
        return [], False
    try:
        return _seen(network, pieces, chosen), many >= len(wanted)
    finally:
        if is_costly:
            _COSTLY_ONE.release()


def most_pieces(letters: int) -> int:
    """Return how many pieces of a text of so many letters the network is asked about."""
    return _PIECES_OF_ANY + letters // _LETTERS_A_PIECE


def windows_of_pieces(asked: Sequence[int], count: int, *, most: int) -> tuple[list[range], int]:
    """Return the runs of pieces to look at together, at most `most` in all, and how many of the `asked` they hold.

    `asked` are numbers among `count` pieces, the most important first. Each stands `CONTEXT` from the edges of a run.
    """
    chosen = _around(asked, count)
    if _size(chosen) <= most:
        return chosen, len(asked)
    many = bisect_right(range(len(asked)), most, key=lambda many: _size(_around(asked[:many], count))) - 1
    return _around(asked[:many], count), many


def _around(asked: Sequence[int], count: int) -> list[range]:
    if count <= WINDOW:
        return [range(count)] if asked else []
    runs: list[range] = []
    for at in sorted(asked):
        start, stop = max(0, at - CONTEXT), min(count, at + CONTEXT + 1)
        if runs and start <= runs[-1].stop and stop - runs[-1].start <= WINDOW:
            runs[-1] = range(runs[-1].start, stop)
        else:
            runs.append(range(start, stop))
    return runs


def _size(runs: list[range]) -> int:
    return sum(map(len, runs))


def forget_model() -> None:
    """Drop the words remembered while reading: they were somebody's."""
    if _loaded.cache_info().currsize and (model := _loaded()):
        _network, vocabulary = model
        vocabulary.cut.cache_clear()


def _model() -> tuple[Network, Vocabulary] | None:
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> tuple[Network, Vocabulary] | None:
    """None where the files are not here."""
    weights, vocabulary = read_model_file("model_q4.onnx"), read_model_file("vocab.txt")
    if weights is None or vocabulary is None:
        return None
    # Only who looks waits for numpy.
    from stories.pii.model import network

    arrays = network.read_arrays(memoryview(weights))
    return network.Network(arrays), Vocabulary(vocabulary.decode().splitlines())


def _seen(network: Network, pieces: list[Piece], runs: list[range]) -> list[Likely]:
    """Of a piece in two runs the one counts where it stands further from the edge."""
    best: dict[int, tuple[int, Likely]] = {}
    for some in _batches(runs):
        asked = [[START, *(pieces[at][0] for at in run), END] for run in some]
        for run, labels in zip(some, network.labels(asked), strict=True):
            sums = [labels[1:-1, part].sum(axis=-1).tolist() for part in (_NAME, _PLACE, _STREET)]
            for at, *likely in zip(run, *sums, strict=True):
                depth, (_number, start, end) = min(at - run.start, run.stop - 1 - at), pieces[at]
                if at not in best or depth > best[at][0]:
                    best[at] = depth, Likely(start, end, *likely)
    return [seen for _at, (_depth, seen) in sorted(best.items())]


def _batches(runs: list[range]) -> Iterator[list[range]]:
    some: list[range] = []
    for run in runs:
        if some and _size(some) + len(run) > _PIECES_AT_ONCE:
            yield some
            some = []
        some.append(run)
    if some:
        yield some
