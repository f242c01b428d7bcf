"""The offences that the public is shown, each with when and where it was law: the edition carries them.

`campaign` writes them (`edition.furnish(offences.NAME, …)`); what is with the campaign's lawyer is not among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from stories.public import edition

NAME = "offences"
# Which offences hold in a nation of a story, by the jurisdiction of the offence.
JURISDICTIONS = {
    "England": "england-and-wales",
    "Wales": "england-and-wales",
    "Scotland": "scotland",
    "Northern Ireland": "northern-ireland",
}


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
        """What it covers in the language of the page, in English where it has no other."""
        return self.covers_cy or self.covers if get_language() == "cy" else self.covers

    @property
    def began(self) -> str:
        """Its first day for machines, as exactly as it is known: `2015-04-13`, or `2016`."""
        return f"{self.since:%Y}" if self.since_year_only else self.since.isoformat()

    def is_in_force(self, on: date) -> bool:
        """True for a day on which it was law, its first and its last among them."""
        return self.is_in_force_between(on, on)

    def is_in_force_between(self, first: date, last: date) -> bool:
        """True where it was law on some day from `first` to `last`."""
        return self.since <= last and (self.until is None or first <= self.until)

    def is_in_force_in(self, year: int) -> bool:
        """True where it was law on some day of that year."""
        return self.is_in_force_between(date(year, 1, 1), date(year, 12, 31))


def read() -> list[PublicOffence]:
    """Every offence that is shown, in the editors' order; none before there is an edition."""
    return [_offence(row) for row in edition.made(NAME) or []]


def on(day: date, jurisdiction: str) -> list[PublicOffence]:
    """What was law in a jurisdiction on a day."""
    return [each for each in _within(read(), jurisdiction) if each.is_in_force(day)]


def between(first: date, last: date, jurisdiction: str) -> list[PublicOffence]:
    """What was law in a jurisdiction on some day from `first` to `last`."""
    return [each for each in _within(read(), jurisdiction) if each.is_in_force_between(first, last)]


def of_nation(nation: str) -> list[PublicOffence]:
    """What was ever law in a nation, as a story's column names it; none for another nation."""
    return _within(read(), JURISDICTIONS.get(nation, ""))


def in_year(year: int, nation: str) -> list[PublicOffence]:
    """What was law in a nation, as a story's column names it, on some day of a year; none for another nation."""
    return [each for each in of_nation(nation) if each.is_in_force_in(year)]


def _within(found: Iterable[PublicOffence], jurisdiction: str) -> list[PublicOffence]:
    return [each for each in found if each.jurisdiction in (jurisdiction, "uk") and jurisdiction]


def _offence(row: dict[str, object]) -> PublicOffence:
    days = {name: _day(row[name]) for name in ("since", "until", "last_checked")}
    return PublicOffence(**{**row, **days})  # type: ignore[arg-type]


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
