"""Reads the numbers out of an ONNX file: its named arrays, and nothing else of it.

The few fields needed of the format: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, in the encoding
of https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GRAPH, _ARRAYS = 7, 5
_DIMS, _TYPE, _FLOATS, _INTS, _NAME, _RAW = 1, 2, 4, 5, 8, 9
_DTYPES: dict[int, np.dtype[Any]] = {1: np.dtype("<f4"), 2: np.dtype("u1"), 3: np.dtype("i1"), 7: np.dtype("<i8")}
_VARINT, _BYTES = 0, 2


class NotAModel(ValueError):
    """The file can't be read as the model that we know."""


def arrays(data: memoryview) -> dict[str, NDArray[Any]]:
    """Return every array of the graph by its name, in the file's order; raises NotAModel."""
    try:
        graph = next(value for field, value in _fields(data) if field == _GRAPH)
        return dict(_array(value) for field, value in _fields(_part(graph)) if field == _ARRAYS)
    except (IndexError, KeyError, StopIteration, ValueError) as error:
        raise NotAModel from error


def _array(value: memoryview | int) -> tuple[str, NDArray[Any]]:
    dims: list[int] = []
    dtype, name, raw, small = 1, "", b"", [0]
    for field, part in _fields(_part(value)):
        if field == _DIMS:
            dims += _numbers(part)
        elif field == _TYPE:
            dtype = int(part)
        elif field == _NAME:
            name = bytes(_part(part)).decode()
        elif field in (_RAW, _FLOATS):
            raw = bytes(_part(part))
        elif field == _INTS:
            small = _numbers(part)
    kind = _DTYPES[dtype]
    found = np.frombuffer(raw, kind) if raw else np.array(small, kind)
    return name, found.reshape(dims)


def _part(value: memoryview | int) -> memoryview:
    if isinstance(value, int):
        raise NotAModel
    return value


def _numbers(value: memoryview | int) -> list[int]:
    """One number, or many packed into bytes."""
    if isinstance(value, int):
        return [value]
    found, at = [], 0
    while at < len(value):
        number, at = _varint(value, at)
        found.append(number)
    return found


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview | int]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        field, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield field, value
            continue
        length, at = _varint(data, at) if wire == _BYTES else ({1: 8, 5: 4}[wire], at)
        yield field, data[at : at + length]
        at += length


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
