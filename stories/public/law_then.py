"""The law in the year somebody first told the police: which offences there were, and never which of them it was.

A report can be about something older, so each line speaks of the year and never of the case. The offences come from the
campaign's records (`offences`); where nation or year is unknown, or the records say nothing of a nation, it says less.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stories import addresses, dates
from stories.public import offences
from stories.public.offences import PublicOffence

PAGE = "/the-law/"


@dataclass(frozen=True)
class LawThen:
    """What stands beside a story: a sentence, the offences that it speaks of, and where more is told."""

    sentence: str
    offences: tuple[str, ...]
    url: str


def of(year: int | None, nation: str) -> LawThen:
    """Say what the law was in `year` in `nation`, as the columns of a story hold them."""
    known = offences.of_nation(nation)
    if year is None or not known:
        return LawThen(_unsure(), (), addresses.in_language(PAGE))
    # Of an earlier year readers are told no more than that: its number mustn't stand in a sentence or a link either.
    year = max(year, dates.BEFORE_FIRST_YEAR_IN_A_ROW)
    found = offences.in_year(year, nation) if year >= dates.FIRST_YEAR else []
    asked = urlencode({"nation": slugify(nation), "on": year})
    return LawThen(
        _sentence(year, nation, known, found),
        tuple(_line(each, year) for each in found),
        f"{addresses.in_language(PAGE)}?{asked}",
    )


def _unsure() -> str:
    return _("Which law applied depends on where it happened and when.")


def _sentence(year: int, nation: str, known: list[PublicOffence], found: list[PublicOffence]) -> str:
    words = {"where": _where(nation), "year": year}
    if found:
        return (
            _("These were offences in %(where)s in %(year)s. Which applies depends on what happened and when.") % words
        )
    if year < min(each.since.year for each in known):
        return _("%(where)s had no offence of sharing intimate images yet. Other laws could apply.") % words
    return _unsure()


def _where(nation: str) -> str:
    """What has this law, in words: England and Wales have one between them."""
    names = {
        "england-and-wales": _("England and Wales"),
        "scotland": _("Scotland"),
        "northern-ireland": _("Northern Ireland"),
    }
    return names[offences.JURISDICTIONS[nation]]


def _line(offence: PublicOffence, year: int) -> str:
    """Its name, with the day on which it began or ended where that was in this year."""
    began = offence.since.year == year and not offence.since_year_only
    ended = offence.until is not None and offence.until.year == year
    said = {
        (True, True): _("%(offence)s: from %(since)s until %(until)s"),
        (True, False): _("%(offence)s: from %(since)s"),
        (False, True): _("%(offence)s: until %(until)s"),
        (False, False): "%(offence)s",
    }[began, ended]
    if began and offence.date_unconfirmed:
        said = _("%(offence)s: from %(since)s, as published; being checked")
    if offence.since_year_only and offence.since.year == year:
        said = _("%(offence)s: from some day in %(year)s")
    return said % {
        "offence": offence.called,
        "since": _day(offence.since),
        "until": _day(offence.until),
        "year": year,
    }


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
