"""The clock says the same of one row that is at hand as of the rows of a list."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from moderation.lists import clock
from stories import lifecycle


@pytest.mark.parametrize(
    ("days", "is_open", "is_late"),
    [(0, True, False), (-1, True, True), (None, True, True), (-1, False, False), (None, False, False)],
)
def test_row_is_late_once_its_day_is_over_or_unknown_and_never_when_settled(days, is_open, is_late):
    row = SimpleNamespace(due_on=None if days is None else lifecycle.today() + timedelta(days=days))

    assert clock.is_late(row, is_open=is_open) is is_late
    assert ("late" in clock.due_in_words(row, is_open=is_open)) is is_late
