from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from campaign import help_lines

UK = ZoneInfo("Europe/London")
WEEKDAYS = {"opens": [{"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "16:00"}], "region": "uk"}
NIGHTS = {"opens": [{"days": [4, 5], "from": "22:00", "to": "02:00"}], "region": "uk"}


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=UK)


def test_a_line_is_open_in_its_hours_and_shut_outside_them():
    # Until the minute they end, and never on a Saturday; those past midnight belong to the day they begin on.
    told = {
        **{(True, moment): WEEKDAYS for moment in (at(25, 10), at(25, 15, 59))},
        **{(False, moment): WEEKDAYS for moment in (at(25, 9, 59), at(25, 16), at(28, 12))},
        **{(True, moment): NIGHTS for moment in (at(27, 23), at(28, 1, 59), at(29, 1))},
        **{(False, moment): NIGHTS for moment in (at(28, 2), at(29, 23), at(27, 1))},
    }
    for (is_open, moment), line in told.items():
        assert help_lines.open_now(line, moment) is is_open, moment


def test_hours_are_the_uks_in_summer_too_and_none_are_kept_on_a_bank_holiday():
    christmas, st_andrews = at(25, 12, month=12), at(30, 12)
    told = [
        *((WEEKDAYS, datetime(2026, 7, 1, hour, 30, tzinfo=UTC), hour == 9) for hour in (9, 15)),
        *((WEEKDAYS, christmas, False), (WEEKDAYS, st_andrews, True)),
        (WEEKDAYS | {"region": "scotland"}, st_andrews, False),
        # One that is always open, and one whose hours are not known.
        *(({"opens": "always"}, christmas, True), ({"opens": []}, at(25, 12), False)),
    ]
    for line, moment, is_open in told:
        assert help_lines.open_now(line, moment) is is_open, (line, moment)


def test_lines_that_answer_in_welsh_come_first_but_for_the_emergency_number():
    told = (("1", False), ("999", False), ("2", True))
    lines = [{"phone": phone, "answers_in_welsh": welsh} for phone, welsh in told]

    assert [line["phone"] for line in help_lines.welsh_first(lines)] == ["999", "2", "1"]
