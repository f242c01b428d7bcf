from datetime import date

import pytest

from stories.core import dates


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
        (date(2022, 9, 19), "uk"),
        (date(2023, 5, 8), "uk"),
        (date(2026, 3, 17), "northern-ireland"),
        (date(2026, 7, 13), "northern-ireland"),
        (date(2026, 1, 2), "scotland"),
        (date(2022, 1, 4), "scotland"),
        (date(2026, 8, 3), "scotland"),
        (date(2026, 11, 30), "scotland"),
    ],
)
def test_a_day_that_the_government_lists_is_a_bank_holiday(day, region):
    assert dates.is_bank_holiday(day, region=region)


@pytest.mark.parametrize(
    ("day", "region"),
    [
        (date(2026, 4, 6), "scotland"),
        (date(2026, 8, 31), "scotland"),
        (date(2026, 3, 17), "uk"),
        (date(2026, 12, 29), "uk"),
        (date(2026, 6, 1), "uk"),
        (date(2022, 5, 30), "uk"),
    ],
)
def test_an_ordinary_day_is_none(day, region):
    assert not dates.is_bank_holiday(day, region=region)


# --- Forty-eight hours of working days ------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 4)),  # Monday to Wednesday
        (date(2026, 3, 5), date(2026, 3, 9)),  # Thursday over a weekend
        (date(2026, 3, 6), date(2026, 3, 10)),  # Friday over a weekend
        (date(2026, 3, 7), date(2026, 3, 10)),  # Saturday: nothing counts before Monday
        (date(2026, 3, 8), date(2026, 3, 10)),  # Sunday
        (date(2026, 4, 1), date(2026, 4, 7)),  # the Wednesday before Good Friday, over Easter Monday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas Eve, and Boxing Day's stand-in on a Monday
        (date(2026, 3, 16), date(2026, 3, 18)),  # St Patrick's Day is none in England and Wales
    ],
)
def test_forty_eight_hours_pass_over_weekends_and_bank_holidays(came, due):
    assert dates.due_on(came) == due
