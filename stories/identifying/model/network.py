"""The network itself: a BERT of six layers that gives each piece of a word the likelihood of each label.

The weights are four bits each, in blocks of 32 with a scale; they are unpacked once, on loading.
The architecture: Devlin and others, BERT (2019), https://arxiv.org/abs/1810.04805
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stories.identifying.model.onnx_file import NotAModel

Floats = NDArray[np.float32]

LAYERS, HEADS, WIDTH, LABELS = 6, 12, 384, 35
_EPSILON = np.float32(1e-12)
_QUARTER_ROOT = np.float32(1 / np.sqrt(WIDTH // HEADS))


@dataclass(frozen=True, eq=False)
class _Dense:
    """A matrix and what is added after it."""

    weight: Floats
    bias: Floats

    def __call__(self, values: Floats) -> Floats:
        out: Floats = values @ self.weight
        out += self.bias
        return out


@dataclass(frozen=True, eq=False)
class _Norm:
    """Brings each row to mean 0 and spread 1, then scales it."""

    weight: Floats
    bias: Floats

    def __call__(self, values: Floats) -> Floats:
        centred = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        out: Floats = centred / spread * self.weight + self.bias
        return out


@dataclass(frozen=True, eq=False)
class _Layer:
    """One round of looking at the other pieces, then thinking about each by itself."""

    attend: _Dense  # query, key and value in one
    attended: _Dense
    attended_norm: _Norm
    widen: _Dense
    narrow: _Dense
    norm: _Norm

    def __call__(self, values: Floats) -> Floats:
        values = self.attended_norm(values + self.attended(self._look_around(values)))
        return self.norm(values + self.narrow(_gelu(self.widen(values))))

    def _look_around(self, values: Floats) -> Floats:
        length = len(values)
        parts = self.attend(values).reshape(length, 3, HEADS, WIDTH // HEADS).transpose(1, 2, 0, 3)
        query, key, value = parts
        likeness = query @ key.transpose(0, 2, 1) * _QUARTER_ROOT
        found: Floats = (_softmax(likeness) @ value).transpose(1, 0, 2).reshape(length, WIDTH)
        return found


class Network:
    """Holds the weights; `labels` may be called from many threads at once."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        """`arrays` are those of the model's file; raises NotAModel when one is missing or of another shape."""
        try:
            self._words = _Embedding(arrays, "word")
            self._places = _Embedding(arrays, "position")
            kind = _Embedding(arrays, "token_type").rows(np.array([0]))
            self._kind: Floats = kind
            self._norm = _norm(arrays, "bert.embeddings.LayerNorm")
            matrices = _matrices(arrays)
            self._layers = [_layer(arrays, number, matrices[6 * number :]) for number in range(LAYERS)]
            self._label = _Dense(matrices[6 * LAYERS], arrays["classifier.bias"])
        except (KeyError, IndexError, ValueError) as error:
            raise NotAModel from error

    def labels(self, pieces: Sequence[int]) -> Floats:
        """Return the likelihoods, one row a piece and one column a label; at most 512 pieces."""
        values = self._words.rows(np.asarray(pieces)) + self._places.rows(np.arange(len(pieces))) + self._kind
        values = self._norm(values)
        for layer in self._layers:
            values = layer(values)
        return _softmax(self._label(values))


class _Embedding:
    """A table of one row for each word or place, kept in bytes."""

    def __init__(self, arrays: dict[str, NDArray[Any]], name: str) -> None:
        whole = f"bert.embeddings.{name}_embeddings.weight"
        self._table = arrays[f"{whole}_quantized"]
        self._zero = np.float32(arrays[f"{whole}_zero_point"])
        self._scale = np.float32(arrays[f"{whole}_scale"])

    def rows(self, at: NDArray[Any]) -> Floats:
        out: Floats = (self._table[at].astype(np.float32) - self._zero) * self._scale
        return out


def _matrices(arrays: dict[str, NDArray[Any]]) -> list[Floats]:
    """Every matrix in the order in which the network uses them."""
    names = [name.removesuffix("_Q4") for name in arrays if name.endswith("_Q4")]
    return [_unpacked(arrays[f"{name}_Q4"], arrays[f"{name}_scales"]) for name in names]


def _unpacked(packed: NDArray[Any], scales: Floats) -> Floats:
    """Two numbers of 0 to 15 lie in a byte, the earlier one in its low half; 8 is nought."""
    rows = len(packed)
    halves = np.stack((packed & 15, packed >> 4), axis=-1).reshape(rows, scales.shape[1], -1)
    whole = (halves.astype(np.float32) - np.float32(8)) * scales[:, :, None]
    return np.ascontiguousarray(whole.reshape(rows, -1).T)


def _layer(arrays: dict[str, NDArray[Any]], number: int, matrices: list[Floats]) -> _Layer:
    name = f"bert.encoder.layer.{number}"
    query, key, value, attended, widen, narrow = matrices[:6]
    looks = [arrays[f"{name}.attention.self.{part}.bias"] for part in ("query", "key", "value")]
    return _Layer(
        attend=_Dense(np.concatenate((query, key, value), axis=1), np.concatenate(looks)),
        attended=_Dense(attended, arrays[f"{name}.attention.output.dense.bias"]),
        attended_norm=_norm(arrays, f"{name}.attention.output.LayerNorm"),
        widen=_Dense(widen, arrays[f"{name}.intermediate.dense.bias"]),
        narrow=_Dense(narrow, arrays[f"{name}.output.dense.bias"]),
        norm=_norm(arrays, f"{name}.output.LayerNorm"),
    )


def _norm(arrays: dict[str, NDArray[Any]], name: str) -> _Norm:
    return _Norm(arrays[f"{name}.weight"], arrays[f"{name}.bias"])


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    out: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return out


def _gelu(values: Floats) -> Floats:
    """Half of `values` times (1 + erf(values / √2)); erf by Abramowitz and Stegun 7.1.26, good to 2e-7."""
    size = np.abs(values) * np.float32(0.70710678)
    t = 1 / (1 + np.float32(0.3275911) * size)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))
    tail = poly * np.exp(-size * size)
    out: Floats = values * np.where(values < 0, tail, 2 - tail) * np.float32(0.5)
    return out
