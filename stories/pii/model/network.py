"""The network itself: a BERT of six layers that gives each piece of a word the likelihood of each label.

The weights are four bits each, in blocks of 32 with a scale; they are unpacked once, on loading.
The architecture: Devlin and others, BERT (2019), https://arxiv.org/abs/1810.04805
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_GRAPH, _ARRAYS = 7, 5
_DIMS, _TYPE, _FLOATS, _INTS, _NAME, _RAW = 1, 2, 4, 5, 8, 9
_DTYPES = {1: "<f4", 2: "u1"}


def read_arrays(data: memoryview) -> dict[str, Array]:
    """Return every array of the graph by its name, in the file's order.

    The file is one that we know, by its hash, so no more of protocol buffers is understood than it holds.
    """
    graph = next(value for field, value in _fields(data) if field == _GRAPH)
    return dict(_array(value) for field, value in _fields(graph) if field == _ARRAYS)


def _array(data: memoryview) -> tuple[str, Array]:
    dims: list[int] = []
    dtype, name, raw = 1, "", b""
    for field, part in _fields(data):
        if field == _DIMS:
            dims.append(part)
        elif field == _TYPE:
            dtype = part
        elif field == _NAME:
            name = bytes(part).decode()
        elif field in (_RAW, _FLOATS):
            raw = bytes(part)
        elif field == _INTS:
            # One number, and of one byte.
            raw = bytes([_varint(part, 0)[0]])
    return name, np.frombuffer(raw, _DTYPES[dtype]).reshape(dims)


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    """Yield each field's number with its value: a number, or the bytes of it."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        # The value itself, or how many bytes of it follow.
        number, at = _varint(data, at)
        length = number if key & 7 else 0
        yield key >> 3, data[at : at + length] if key & 7 else number
        at += length


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


Floats = NDArray[np.float32]
_Pair = tuple[Floats, Floats]

LAYERS, HEADS, WIDTH = 6, 12, 384
_EPSILON = np.float32(1e-12)
_QUARTER_ROOT = np.float32(1 / np.sqrt(WIDTH // HEADS))


class _Layer:
    """One round of looking at the other pieces, then thinking about each by itself; `matrices` begin with its six."""

    def __init__(self, arrays: dict[str, Array], number: int, matrices: Sequence[Floats]) -> None:
        name = f"bert.encoder.layer.{number}"
        query, key, value, attended, widen, narrow = matrices[:6]
        biases = [arrays[f"{name}.attention.self.{part}.bias"] for part in ("query", "key", "value")]
        self._attend = np.concatenate((query, key, value), axis=1), np.concatenate(biases)
        self._attended = attended, arrays[f"{name}.attention.output.dense.bias"]
        self._attended_norm = _norm(arrays, f"{name}.attention.output.LayerNorm")
        self._widen = widen, arrays[f"{name}.intermediate.dense.bias"]
        self._narrow = narrow, arrays[f"{name}.output.dense.bias"]
        self._norm = _norm(arrays, f"{name}.output.LayerNorm")

    def __call__(self, values: Floats, spans: Sequence[slice]) -> Floats:
        asked = _multiplied(values, self._attend)
        around = np.concatenate([_look_around(asked[span]) for span in spans])
        values = _evened(values + _multiplied(around, self._attended), self._attended_norm)
        thought = _multiplied(_gelu(_multiplied(values, self._widen)), self._narrow)
        return _evened(values + thought, self._norm)


class Network:
    """Holds the weights; `labels` may be called from many threads at once."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """`arrays` are those of the model's file."""
        self._tables = {name: table for name, table in arrays.items() if name.startswith("bert.embeddings.")}
        self._kind = _embedded(self._tables, "token_type", np.array([0]))
        self._norm = _norm(arrays, "bert.embeddings.LayerNorm")
        # Every matrix in the order in which the network uses them.
        names = [name.removesuffix("_Q4") for name in arrays if name.endswith("_Q4")]
        matrices = [_unpacked(arrays[f"{name}_Q4"], arrays[f"{name}_scales"]) for name in names]
        self._layers = [_Layer(arrays, number, matrices[6 * number :]) for number in range(LAYERS)]
        self._label = matrices[6 * LAYERS], arrays["classifier.bias"]

    def labels(self, windows: Sequence[Sequence[int]]) -> list[Floats]:
        """Return the likelihoods for each window, one row a piece and one column a label; at most 512 pieces each.

        Windows share no attention, and all else: the matrices are read once for all of them, not once for each.
        """
        ends = list(accumulate(map(len, windows), initial=0))
        spans = [slice(start, end) for start, end in pairwise(ends)]
        places = np.concatenate([np.arange(len(window)) for window in windows])
        words = _embedded(self._tables, "word", np.concatenate(windows))
        values = _evened(words + _embedded(self._tables, "position", places) + self._kind, self._norm)
        for layer in self._layers:
            values = layer(values, spans)
        likely = _softmax(_multiplied(values, self._label))
        return [likely[span] for span in spans]


def _embedded(tables: dict[str, Array], name: str, at: Array) -> Floats:
    """The rows of a table of one row for each word or place, kept in bytes."""
    whole = f"bert.embeddings.{name}_embeddings.weight"
    zero, scale = np.float32(tables[f"{whole}_zero_point"]), np.float32(tables[f"{whole}_scale"])
    out: Floats = (tables[f"{whole}_quantized"][at].astype(np.float32) - zero) * scale
    return out


def _unpacked(packed: Array, scales: Floats) -> Floats:
    """Two numbers of 0 to 15 lie in a byte, the earlier one in its low half; 8 is nought."""
    rows = len(packed)
    halves = np.stack((packed & 15, packed >> 4), axis=-1).reshape(rows, scales.shape[1], -1)
    whole = (halves.astype(np.float32) - np.float32(8)) * scales[:, :, None]
    return np.ascontiguousarray(whole.reshape(rows, -1).T)


def _norm(arrays: dict[str, Array], name: str) -> _Pair:
    return arrays[f"{name}.weight"], arrays[f"{name}.bias"]


def _multiplied(values: Floats, by: _Pair) -> Floats:
    """By a matrix, and with what is added after it."""
    out: Floats = values @ by[0]
    out += by[1]
    return out


def _evened(values: Floats, norm: _Pair) -> Floats:
    """Bring each row to mean 0 and spread 1, then scale it."""
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
    out: Floats = centred / spread * norm[0] + norm[1]
    return out


def _look_around(asked: Floats) -> Floats:
    """Let each piece of one window look at the others; `asked` holds query, key and value side by side."""
    query, key, value = asked.reshape(len(asked), 3, HEADS, WIDTH // HEADS).transpose(1, 2, 0, 3)
    likeness = query @ key.transpose(0, 2, 1) * _QUARTER_ROOT
    found: Floats = (_softmax(likeness) @ value).transpose(1, 0, 2).reshape(len(asked), WIDTH)
    return found


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    out: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return out


def _gelu(values: Floats) -> Floats:
    """Half of `values` times (1 + erf(values / √2)); erf by Abramowitz and Stegun 7.1.26, good to 2e-7."""
    size = np.abs(values)
    one = np.float32(1)
    t: Floats = one / (one + np.float32(0.3275911 * 0.70710678) * size)
    poly: Floats = t * np.float32(1.061405429)
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        # In place: these are the largest arrays, and a new one for each step would take twice as long.
        poly += np.float32(term)
        poly *= t
    np.multiply(poly, np.exp(size * size * np.float32(-0.5)), out=poly)
    out: Floats = np.maximum(values, 0) - np.float32(0.5) * size * poly
    return out
