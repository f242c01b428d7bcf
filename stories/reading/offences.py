"""The offences that the site explains, which `campaign` puts into the snapshot, and what was law in a year.

A report can be about something older than the year in which somebody told the police, so each line speaks of the year
and never of the case.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language, gettext as _, gettext_lazy

from stories.core import addresses, dates, snapshot, tables

NAME, PAGE = "offences", "/the-law/"
_ENGLAND_AND_WALES = ("england-and-wales", gettext_lazy("England and Wales"))
# The jurisdiction of the offences that hold in a nation of a story, and the land of that law in words.
_LANDS = {
    "England": _ENGLAND_AND_WALES,
    "Wales": _ENGLAND_AND_WALES,
    "Scotland": ("scotland", gettext_lazy("Scotland")),
    "Northern Ireland": ("northern-ireland", gettext_lazy("Northern Ireland")),
}
# The themes and content notes on which each offence bears, of those that don't bear on every story.
_BEARS_ON = tables.read(__file__)


@dataclass(frozen=True)
class PublicOffence:
    """One offence in plain words; `until` is None while it is in force, both days are in force."""

    slug: str
    name: str
    name_cy: str
    covers: str
    covers_cy: str
    jurisdiction: str
    since: date
    until: date | None
    statute: str
    statute_url: str
    greatest_sentence: str
    # Whether whoever reports it has anonymity for life: "yes", "no" or "unsure", and a line that says more.
    anonymity: str
    anonymity_words: str
    source: str
    source_url: str
    last_checked: date
    checked_by: str
    # True where the year in which it began is certain and the day isn't; `since` is then the first of January.
    since_year_only: bool = False
    # True where the first day is as others published it, and nobody here has read the regulations yet.
    date_unconfirmed: bool = False

    @property
    def called(self) -> str:
        """Its name in the language of the page, in English where it has no other."""
        return self.name_cy or self.name if get_language() == "cy" else self.name

    @property
    def told(self) -> str:
        """Its reach in the language of the page, in English where it has no other."""
        return self.covers_cy or self.covers if get_language() == "cy" else self.covers

    @property
    def began(self) -> str:
        """Its first day for machines, as exactly as it is known: `2015-04-13`, or `2016`."""
        return f"{self.since:%Y}" if self.since_year_only else self.since.isoformat()

    @property
    def path(self) -> str:
        """Its part of the page about the law, in English: as of its last year, where it has ended."""
        return f"{PAGE}?on={self.until:%Y}#{self.slug}" if self.until else f"{PAGE}#{self.slug}"

    @property
    def url(self) -> str:
        return addresses.path_in_language(self.path)

    def is_in_force_between(self, first: date, last: date) -> bool:
        return self.since <= last and (self.until is None or first <= self.until)


def all_offences() -> list[PublicOffence]:
    """Every offence that is shown, in the editors' order; none before there is an edition."""
    return snapshot.cached(
        NAME, lambda: [snapshot.from_row(PublicOffence, row) for row in snapshot.get_built(NAME) or []]
    )


def offences_between(first: date, last: date, jurisdiction: str) -> list[PublicOffence]:
    return [each for each in _offences_in(jurisdiction) if each.is_in_force_between(first, last)]


def law_all_through(year: int | None, nation: str) -> list[PublicOffence]:
    """The offences that were law in a nation on every day of a year, as the columns of a story hold both."""
    if year is None or year < dates.FIRST_YEAR:
        return []
    jurisdiction, _where = _LANDS.get(nation, ("", ""))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [
        each
        for each in _offences_in(jurisdiction)
        if each.since <= first and (each.until is None or last <= each.until) and not each.date_unconfirmed
    ]


def _offences_in(jurisdiction: str) -> list[PublicOffence]:
    return [each for each in all_offences() if each.jurisdiction in (jurisdiction, "uk") and jurisdiction]


def law_in_year(year: int | None, nation: str, about: Collection[str] = ()) -> dict[str, str]:
    """The law in `year` in `nation` that could bear on a story of these themes and notes, in a line; and the whole."""
    jurisdiction, where = _LANDS.get(nation, ("", ""))
    known, page = _offences_in(jurisdiction), addresses.path_in_language(PAGE)
    sentence = _("Which law applied depends on where it happened and when.")
    if year is None or not known:
        return {"sentence": sentence, "url": page}
    # Of an earlier year readers are told no more than that: its number mustn't stand in a sentence or a link either.
    year = max(year, dates.BEFORE_FIRST_YEAR_IN_A_ROW)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [each for each in known if year >= dates.FIRST_YEAR and each.is_in_force_between(first, last)]
    bearing = [_line(each, year) for each in found if each.slug not in _BEARS_ON or {*about} & {*_BEARS_ON[each.slug]}]
    if bearing:
        sentence = _("In %(where)s in %(year)s: %(offences)s. Which law applies depends on what happened and when.")
    elif year < min(each.since.year for each in known):
        sentence = _("%(where)s had no offence of sharing intimate images yet. Other laws could apply.")
    asked = urlencode({"nation": slugify(nation), "on": year})
    sentence %= {"where": where, "year": year, "offences": "; ".join(bearing)}
    return {"sentence": sentence, "url": f"{page}?{asked}"}


def _line(offence: PublicOffence, year: int) -> str:
    """Its name within a sentence, with the day on which it began or ended where that was in this year."""
    began, ended = offence.since.year == year, offence.until is not None and offence.until.year == year
    said = {
        (True, True): _("%(offence)s (from %(since)s until %(until)s)"),
        (True, False): _("%(offence)s (from %(since)s)"),
        (False, True): _("%(offence)s (until %(until)s)"),
        (False, False): "%(offence)s",
    }[began, ended]
    if began and offence.since_year_only:
        said = _("%(offence)s (from some day in %(year)s)")
    elif began and offence.date_unconfirmed:
        said = _("%(offence)s (from %(since)s, as published; being checked)")
    days = {"since": offence.since, "until": offence.until}
    told = {name: date_format(day, "j F Y") if day else "" for name, day in days.items()}
    name = f"{offence.called[:1].lower()}{offence.called[1:]}"
    return said % {"offence": name, "year": year, **told}
