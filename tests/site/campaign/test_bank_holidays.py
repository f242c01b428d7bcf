from datetime import date

import pytest

from campaign import bank_holidays


@pytest.mark.parametrize(
    ("day", "region"),
    [
        (date(2026, 4, 3), "uk"),
        (date(2026, 4, 6), "uk"),
        (date(2026, 5, 4), "uk"),
        (date(2026, 5, 25), "uk"),
        (date(2026, 8, 31), "uk"),
        (date(2026, 12, 25), "uk"),
        (date(2026, 12, 28), "uk"),
        (date(2022, 1, 3), "uk"),
        (date(2021, 12, 27), "uk"),
        (date(2021, 12, 28), "uk"),
        (date(2022, 12, 27), "uk"),
        (date(2022, 12, 25), "uk"),
        (date(2038, 4, 26), "uk"),
        (date(2026, 3, 17), "northern-ireland"),
        (date(2026, 7, 13), "northern-ireland"),
        (date(2026, 1, 2), "scotland"),
        (date(2022, 1, 4), "scotland"),
        (date(2026, 8, 3), "scotland"),
        (date(2026, 11, 30), "scotland"),
    ],
)
def test_a_day_that_the_government_lists_is_a_bank_holiday(day, region):
    assert day in bank_holidays.in_year(day.year, region=region)


@pytest.mark.parametrize(
    ("day", "region"),
    [
        (date(2026, 4, 6), "scotland"),
        (date(2026, 8, 31), "scotland"),
        (date(2026, 3, 17), "uk"),
        (date(2026, 12, 29), "uk"),
        (date(2026, 6, 1), "uk"),
    ],
)
def test_an_ordinary_day_is_none(day, region):
    assert day not in bank_holidays.in_year(day.year, region=region)
