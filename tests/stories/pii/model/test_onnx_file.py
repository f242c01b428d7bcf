"""Reading the arrays of a model's file, from bytes built by hand."""

import numpy

from stories.pii.model.network import read_arrays as arrays


def varint(number):
    out = b""
    while True:
        number, low = number >> 7, number & 127
        out += bytes([low | 128 * bool(number)])
        if not number:
            return out


def part(field, value):
    if isinstance(value, int):
        return varint(field << 3) + varint(value)
    return varint(field << 3 | 2) + varint(len(value)) + value


def file_of(*tensors):
    return memoryview(part(1, 8) + part(7, b"".join(part(5, each) for each in tensors)))


def test_arrays_are_read_by_name_in_their_order_and_shape():
    floats = part(1, 2) + part(1, 2) + part(2, 1) + part(8, b"w") + part(9, numpy.arange(4, dtype="<f4").tobytes())
    small = part(1, 2) + part(2, 2) + part(8, b"q") + part(9, bytes([7, 200]))

    found = arrays(file_of(floats, small))

    assert list(found) == ["w", "q"]
    assert found["w"].tolist() == [[0, 1], [2, 3]]
    assert found["q"].tolist() == [7, 200]


def test_single_number_may_stand_in_its_own_field():
    zero_point = part(2, 2) + part(8, b"zero") + part(5, 114)

    assert arrays(file_of(zero_point))["zero"] == 114
