from datetime import date

import pytest

from stories.core.dates import Quarter


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_day_lies_in_one_quarter(day, name):
    quarter = Quarter.of(day)

    assert str(quarter) == name
    assert Quarter.named(name) == quarter
    assert quarter.first_day <= day < quarter.over_on
    assert quarter.last_month == quarter.over_on.replace(month=(quarter.over_on.month - 2) % 12 + 1, year=day.year)


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-Q5", "2026-Q0", "2026-q4", "0000-Q1", "9999-Q4", "2026-Q4 ", "２０２６-Q4"]
)
def test_what_is_no_quarter_is_none(name):
    assert Quarter.named(name) is None


def test_quarters_follow_each_other_over_the_end_of_a_year():
    last = Quarter(2026, 4)

    assert last.later(1) == Quarter(2027, 1)
    assert last.later(-4) == Quarter(2025, 4)
    assert last.later(-1) < last < last.later(1)
    assert last.over_on == date(2027, 1, 1)
