"""The list of requests says the same of one row that is at hand as of the rows of a list."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from moderation.queue import take_downs
from stories.core import lifecycle


@pytest.mark.parametrize(
    ("days", "is_open", "is_late"),
    [(0, True, False), (-1, True, True), (None, True, True), (-1, False, False), (None, False, False)],
)
def test_row_is_late_once_its_day_is_over_or_unknown_and_never_when_settled(days, is_open, is_late):
    settled_on = None if is_open else lifecycle.today()
    row = SimpleNamespace(
        settled_on=settled_on, due_on=None if days is None else lifecycle.today() + timedelta(days=days)
    )

    assert take_downs.is_overdue(row) is is_late
    assert ("late" in take_downs.due_label(row)) is is_late
