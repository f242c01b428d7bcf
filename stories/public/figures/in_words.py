"""How a published number reads, and the sentence that goes with every one."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from stories.public.small_numbers import FEW, SMALLEST_SHOWN, UNSHOWN, Cell


def caution() -> str:
    """What every figure carries wherever it goes: page, spreadsheet, drawing."""
    return _("From people who chose to write, not a sample.")


def cell(shown: Cell) -> str:
    """A number that was rounded or hidden before it came here."""
    if isinstance(shown, str):
        return {FEW: _("fewer than 10"), UNSHOWN: _("not shown")}[shown]
    return whole(shown)


def told(stories: int) -> str:
    """A number of published stories, which anybody can count: exact, but for a small one."""
    return _("fewer than 10") if stories < SMALLEST_SHOWN else whole(stories)


def percentage(percent: str) -> str:
    """What `small_numbers.percentage` says; empty for empty."""
    if percent.startswith("<"):
        return _("under %(number)s%%") % {"number": percent[1:]}
    if percent.startswith(">"):
        return _("over %(number)s%%") % {"number": percent[1:]}
    return percent and _("%(number)s%%") % {"number": percent}


def whole(number: int) -> str:
    return number_format(number, force_grouping=True)


def quarter(name: str) -> str:
    """The months of a quarter: 2026-Q4 as "October to December 2026"."""
    year, number = name.split("-Q")
    months = (
        _("January to March %(year)d"),
        _("April to June %(year)d"),
        _("July to September %(year)d"),
        _("October to December %(year)d"),
    )
    return months[int(number) - 1] % {"year": int(year)}
