"""Quarters, bank holidays, and 48 hours of working days."""

from datetime import date

from stories.core import dates
from stories.core.dates import Quarter


def test_day_lies_in_one_quarter_that_has_a_name():
    for day, name in [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q4"),
    ]:
        quarter = Quarter.of(day)

        assert (str(quarter), Quarter.named(name)) == (name, quarter)
        assert quarter.first_day <= day < quarter.over_on
    for name in ("", "2026", "2026-Q5", "2026-Q0", "2026-q4", "0000-Q1", "9999-Q4", "2026-Q4 ", "２０２６-Q4"):
        assert Quarter.named(name) is None, name


def test_quarters_follow_each_other_over_the_end_of_a_year():
    last = Quarter(2026, 4)

    assert (last.later(1), last.later(-4)) == (Quarter(2027, 1), Quarter(2025, 4))
    assert last.later(-1) < last < last.later(1)
    assert last.over_on == date(2027, 1, 1)


def test_a_day_that_the_government_lists_is_a_bank_holiday_and_no_other():
    listed = {
        "uk": "2026-04-06 2026-12-28 2038-04-26 2022-09-19 2023-05-08",
        "northern-ireland": "2026-03-17 2026-07-13",
        "scotland": "2026-01-02 2026-08-03",
    }
    ordinary = {"uk": "2026-03-17 2026-12-29 2022-05-30", "scotland": "2026-04-06 2026-08-31"}
    for is_one, days in ((True, listed), (False, ordinary)):
        for region, found in days.items():
            for day in found.split():
                assert dates.is_bank_holiday(date.fromisoformat(day), region=region) == is_one, (region, day)


def test_forty_eight_hours_pass_over_weekends_and_bank_holidays():
    for came, due in [
        (date(2026, 3, 5), date(2026, 3, 9)),  # Thursday over a weekend
        (date(2026, 3, 7), date(2026, 3, 10)),  # Saturday: nothing counts before Monday
        (date(2026, 4, 1), date(2026, 4, 7)),  # the Wednesday before Good Friday, over Easter Monday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas Eve, and Boxing Day's stand-in on a Monday
        (date(2026, 3, 16), date(2026, 3, 18)),  # St Patrick's Day is none in England and Wales
    ]:
        assert dates.due_on(came) == due
