"""The scanner's work grows with the text and no faster, whatever is written: no timed test, so counted by doubling."""

import time

import pytest

from stories.danger import scan_for_danger
from tests.stories.pii.hostile import HOSTILE, PIECES

LONGEST = 20_000  # characters, as long as an account may be
PIECES_OF_DANGER = [
    *("i want to ", "im going to kill ", "i have the tablets ", "he is outside ", "not not ", "my son is ", "im 1 "),
    *("three years ago ", "i was was ", "year ", "hes hes hes ", "dwi eisiau ", "mae o yn ", "was "),
]
# Twice the text may take twice the time; four times leaves room for a machine that does other things too.
MOST_GROWTH, FLOOR = 4, 0.05


def _seconds(text: str) -> float:
    began = time.process_time()
    scan_for_danger(text)
    return time.process_time() - began


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.parametrize("piece", [*PIECES_OF_DANGER, *HOSTILE.values(), *PIECES])
def test_twice_the_text_is_twice_the_work(piece):
    half, whole = ((piece * length)[:length] for length in (LONGEST // 2, LONGEST))

    most = MOST_GROWTH * max(min(_seconds(half) for _ in range(3)), FLOOR)
    # What else a machine does only adds: once within it is enough.
    assert any(_seconds(whole) <= most for _ in range(3))
