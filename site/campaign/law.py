"""The law on a day: what somebody asks for (a day, a month or a year, and a nation), and what was law there then.

A day can be one of somebody's life, so only a year's page is kept by the page cache (`is_one_of_few`).
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from django_stubs_ext import StrOrPromise, StrPromise

from stories.core import lifecycle
from stories.reading import offences
from stories.reading.offences import PublicOffence

# In the order in which pages name them; what holds in the whole UK stands last.
PLACES: dict[str, StrPromise] = {
    "england-and-wales": gettext_lazy("England and Wales"),
    "scotland": gettext_lazy("Scotland"),
    "northern-ireland": gettext_lazy("Northern Ireland"),
}
_EVERYWHERE = {"uk": gettext_lazy("The whole UK")}
# An offence, from when to when it is in force, and what is said of anonymity.
Told = tuple[PublicOffence, str, str]


def law_by_place(first: date, last: date, *, where: str = "") -> list[tuple[StrOrPromise, list[Told]]]:
    """The law on some day from `first` to `last`: at one of `PLACES` by its name, or at each of them."""
    if where:
        return [(PLACES[where], [_told(each) for each in offences.offences_between(first, last, where)])]
    found = [each for each in offences.all_offences() if each.is_in_force_between(first, last)]
    names = PLACES | _EVERYWHERE
    told = {slug: [_told(each) for each in found if each.jurisdiction == slug] for slug in names}
    return [(names[slug], each) for slug, each in told.items() if each or slug in PLACES]


def day_in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _told(offence: PublicOffence) -> Told:
    anonymity = {"yes": _("Yes, for life."), "no": _("Not given by this law.")}
    unsure = _("We are not sure. Ask the police or a help line.")
    return offence, _in_force(offence), anonymity.get(offence.anonymity, unsure)


def _in_force(offence: PublicOffence) -> str:
    since = f"{offence.since:%Y}" if offence.since_year_only else day_in_words(offence.since)
    if offence.date_unconfirmed:
        return _("From %(since)s, as published; being checked") % {"since": since}
    if offence.until is None:
        # Of a year that somebody asks about, a later part may not have come yet.
        is_law = offence.since <= lifecycle.today()
        return (_("From %(since)s, and today") if is_law else _("From %(since)s")) % {"since": since}
    return _("From %(since)s to %(until)s") % {"since": since, "until": day_in_words(offence.until)}


EARLIEST, _MOST = 1900, 40
# The addresses that other pages lead to: a nation as a story names it is one of these too.
NATIONS = {slug: slug for slug in PLACES} | {"england": "england-and-wales", "wales": "england-and-wales"}
PAPERS = ("a5", "a4")
# Of each the first three letters are enough, in English and in Welsh.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf"),
    *("awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
# Django writes it with one n in Welsh, which nothing here would read: said here, it is in our own words on every page.
_JULY = gettext_lazy("July")
# The years that stories speak of, or none.
_NEAR_OR_NONE = re.compile(r"(?:20[1-3][0-9])?")
_YEAR = re.compile(r"(?P<year>\d{4})")
_NUMBERS = re.compile(r"(?:(?P<day>\d{1,2})[./ -])?(?P<month>\d{1,2})[./ -](?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?P<name>[^\W\d_]{3,})[ ,.]+(?P<year>\d{4})")


@dataclass(frozen=True)
class Choice:
    """A question read: the days meant, the nation, and the reason of an answer that nobody can read."""

    first: date
    last: date
    where: str = ""
    # What was typed, to be given back.
    typed: str = ""
    is_today: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def when(self) -> str:
        if self.first == self.last:
            return day_in_words(self.first)
        whole_year = (self.first.month, self.last.month) == (1, 12)
        return str(self.first.year) if whole_year else date_format(self.first, "F Y")


def law_choice(asked: Mapping[str, str], today: date) -> Choice:
    """The question in `on` and `nation`; whatever can't be read is said in `errors`, and today stands in its place."""
    typed = asked.get("on", "").strip()[:_MOST]
    nation = asked.get("nation", "").strip().lower()
    errors = {}
    if nation and nation not in NATIONS:
        errors["nation"] = _("We don’t know that nation. Choose one from the list, or every nation.")
    days = law_span(typed) if typed else None
    if typed and (reason := _why_not_that_day(days, today)):
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
        and (given.keys() <= {"on", "nation"} or given.keys() <= {"paper", "nation"})
        and _NEAR_OR_NONE.fullmatch(given.get("on", "")) is not None
        and given.get("nation", "") in ("", *NATIONS)
        and given.get("paper", "") in ("", *PAPERS)
    )


def _days(parts: dict[str, str | None]) -> tuple[date, date] | None:
    name = parts.get("name")
    months = [number % 12 + 1 for number, whole in enumerate(_MONTHS) if name and whole.startswith(name)]
    month = next(iter(months), 0) or int(parts.get("month") or 0)
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


def _why_not_that_day(days: tuple[date, date] | None, today: date) -> str | None:
    if days is None or days[0].year < EARLIEST:
        return _(
            "We could not read that as a date. Write a day, a month or a year,"
            " such as 13 April 2015, March 2019 or 2019."
        )
    if days[0] > today:
        return _("That day has not come yet. Write a date up to today, or leave it empty for the law today.")
    return None
