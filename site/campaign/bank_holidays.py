"""The bank holidays that follow from a rule, so that no help line is called open when it may well be shut.

Days that a government adds for one year only can't be known here; the hours in words stand beside every line.
"""

from datetime import date, timedelta

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


def in_year(year: int, *, region: str) -> frozenset[date]:
    """The bank holidays of a year in `scotland`, `northern-ireland`, or else in England and Wales."""
    if region == "scotland":
        return _scotland(year)
    if region == "northern-ireland":
        return _england(year) | _one_day(date(year, 3, 17)) | _one_day(date(year, 7, 12))
    return _england(year)


def _england(year: int) -> frozenset[date]:
    easter = _easter(year)
    moving = {easter - timedelta(days=2), easter + timedelta(days=1)}
    mondays = {_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    return frozenset(moving | mondays | _one_day(date(year, 1, 1)) | _two_days(date(year, 12, 25)))


def _scotland(year: int) -> frozenset[date]:
    mondays = {_first_monday(year, 5), _last_monday(year, 5), _first_monday(year, 8)}
    fixed = _two_days(date(year, 1, 1)) | _one_day(date(year, 11, 30)) | _two_days(date(year, 12, 25))
    return frozenset(mondays | fixed | {_easter(year) - timedelta(days=2)})


def _one_day(day: date) -> set[date]:
    """The day itself, and the Monday that stands in for it after a weekend."""
    return {day, day + timedelta(days={SATURDAY: 2, SUNDAY: 1}.get(day.weekday(), 0))}


def _two_days(first: date) -> set[date]:
    """Two days in a row, and the weekdays that stand in for them."""
    stand_in = {FRIDAY: (0, 3), SATURDAY: (2, 3), SUNDAY: (1, 2)}.get(first.weekday(), (0, 1))
    return {first + timedelta(days=days) for days in (0, 1, *stand_in)}


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    cycle = year % 19
    moon = (19 * cycle + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (cycle + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
