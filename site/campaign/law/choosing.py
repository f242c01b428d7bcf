"""What somebody asks the page about the law: a day, a month or a year, and a nation. Text in, a choice out.

A day can be one of somebody's life, so only a year's page is kept by the page cache (`is_one_of_few`).
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.law import in_force

EARLIEST, _MOST = 1900, 40
# The addresses that other pages lead to: a nation as a story names it is one of these too.
NATIONS = {slug: slug for slug in in_force.PLACES} | {"england": "england-and-wales", "wales": "england-and-wales"}
PAPERS = ("a5", "a4")
# Of each the first three letters are enough, in English and in Welsh.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf"),
    *("awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
# Django writes it with one n in Welsh, which nothing here would read: said here, it is in our own words on every page.
_JULY = gettext_lazy("July")
# The years that stories speak of.
_NEAR = re.compile(r"20[1-3][0-9]")
_YEAR = re.compile(r"(?P<year>\d{4})")
_NUMBERS = re.compile(r"(?:(?P<day>\d{1,2})[./ -])?(?P<month>\d{1,2})[./ -](?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?P<name>[^\W\d_]{3,})[ ,.]+(?P<year>\d{4})")


@dataclass(frozen=True)
class Choice:
    """What was asked: the days meant, where, and what to say of an answer that nobody can read."""

    first: date
    last: date
    where: str = ""
    # What was typed, to be given back.
    typed: str = ""
    is_today: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def when(self) -> str:
        """The days meant, in words."""
        if self.first == self.last:
            return in_force.day_in_words(self.first)
        whole_year = (self.first.month, self.last.month) == (1, 12)
        return str(self.first.year) if whole_year else date_format(self.first, "F Y")


def law_choice(asked: Mapping[str, str], today: date) -> Choice:
    """What `on` and `nation` ask for; whatever can't be read is said in `errors`, and today stands in its place."""
    typed = asked.get("on", "").strip()[:_MOST]
    nation = asked.get("nation", "").strip().lower()
    errors = {}
    if nation and nation not in NATIONS:
        errors["nation"] = _("We don’t know that nation. Choose one from the list, or every nation.")
    days = law_span(typed) if typed else None
    if typed and (reason := _why_not(days, today)):
        errors["on"], days = reason, None
    first, last = days or (today, today)
    return Choice(first, last, NATIONS.get(nation, ""), typed, is_today=days is None, errors=errors)


def law_span(typed: str) -> tuple[date, date] | None:
    """The first and the last day that are meant by a day, a month or a year; None where nobody can tell."""
    words = re.sub(r"\s+", " ", typed.strip().lower())
    for shape in (_YEAR, _ISO, _NUMBERS, _NAMED):
        if found := shape.fullmatch(words):
            return _days(found.groupdict())
    return None


def is_one_of_few(asked: Sequence[tuple[str, str]]) -> bool:
    """True for an address that pages of ours lead to, of which there are some hundreds: those may be kept."""
    given = dict(asked)
    return (
        len(given) == len(asked)
        and given.keys() <= {"on", "nation", "paper"}
        and not {"on", "paper"} <= given.keys()
        and _is_a_year(given.get("on", ""))
        and given.get("nation", "") in ("", *NATIONS)
        and given.get("paper", "") in ("", *PAPERS)
    )


def _is_a_year(typed: str) -> bool:
    return not typed or _NEAR.fullmatch(typed) is not None


def _days(parts: dict[str, str | None]) -> tuple[date, date] | None:
    name = parts.get("name")
    month = _month(name) if name else int(parts.get("month") or 0)
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    if name and not month:
        return None
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        last = monthrange(year, month)[1] if month else 31
        return date(year, month or 1, 1), date(year, month or 12, last)
    except ValueError:
        return None


def _month(name: str) -> int:
    for names in (_MONTHS, _WELSH):
        for number, whole in enumerate(names, start=1):
            if whole.startswith(name):
                return number
    return 0


def _why_not(days: tuple[date, date] | None, today: date) -> str | None:
    if days is None or days[0].year < EARLIEST:
        return _(
            "We could not read that as a date. Write a day, a month or a year,"
            " such as 13 April 2015, March 2019 or 2019."
        )
    if days[0] > today:
        return _("That day has not come yet. Write a date up to today, or leave it empty for the law today.")
    return None
