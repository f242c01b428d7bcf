"""The scanner's work grows with the text and no faster, whatever is written: counted by doubling."""

import pytest

from stories.danger import scan_for_danger
from tests.stories.pii.hostile import HOSTILE, PIECES
from tests.work import calls_made

LONGEST = 20_000  # characters, as long as an account may be
PIECES_OF_DANGER = [
    *("i want to ", "im going to kill ", "i have the tablets ", "he is outside ", "not not ", "my son is ", "im 1 "),
    *("three years ago ", "i was was ", "year ", "hes hes hes ", "dwi eisiau ", "mae o yn ", "was "),
]
# Measured at 2.0003 for the worst of them.
MOST_GROWTH = 2.1


@pytest.mark.parametrize("piece", [*PIECES_OF_DANGER, *HOSTILE.values(), *PIECES])
def test_twice_the_text_is_twice_the_work(piece):
    half, whole = ((piece * length)[:length] for length in (LONGEST // 2, LONGEST))

    # What is remembered of words is known to both.
    scan_for_danger(whole)
    assert calls_made(scan_for_danger, whole) <= MOST_GROWTH * calls_made(scan_for_danger, half)
