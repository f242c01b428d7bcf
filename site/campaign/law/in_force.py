"""What was law on a day, place by place, as the page about the law and the officers' card tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.core import lifecycle
from stories.reading import offences
from stories.reading.offences import PublicOffence

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# In the order in which pages name them; what holds in the whole UK stands last.
PLACES: dict[str, "StrPromise"] = {
    "england-and-wales": gettext_lazy("England and Wales"),
    "scotland": gettext_lazy("Scotland"),
    "northern-ireland": gettext_lazy("Northern Ireland"),
}
_EVERYWHERE = {"uk": gettext_lazy("The whole UK")}


@dataclass(frozen=True)
class Place:
    """What was law somewhere, each offence with what readers are told of it."""

    name: "str | StrPromise"
    offences: list["Told"]


@dataclass(frozen=True)
class Told:
    """One offence as a page tells it."""

    offence: PublicOffence
    in_force: str
    anonymity: str
    last_checked: str

    @property
    def lacks_welsh(self) -> bool:
        return not self.offence.name_cy


def law_by_place(first: date, last: date, *, where: str = "") -> list[Place]:
    """What was law on some day from `first` to `last`: at one of `PLACES`, or at each of them."""
    if where:
        return [Place(PLACES[where], [_told(each) for each in offences.offences_between(first, last, where)])]
    found = [each for each in offences.all_offences() if each.is_in_force_between(first, last)]
    names = PLACES | _EVERYWHERE
    places = [Place(name, [_told(each) for each in found if each.jurisdiction == slug]) for slug, name in names.items()]
    return [place for place in places if place.offences or place.name in PLACES.values()]


def checked_last(places: Iterable[Place]) -> date | None:
    """The oldest day on which one of these offences was checked: the rest are as good or better."""
    return min((each.offence.last_checked for place in places for each in place.offences), default=None)


def checkers(places: Iterable[Place]) -> list[str]:
    """Who checked these offences, each office once."""
    return list(dict.fromkeys(each.offence.checked_by for place in places for each in place.offences))


def day_in_words(day: date | None) -> str:
    """A day as pages write it; empty for none."""
    return date_format(day, "j F Y") if day else ""


def _told(offence: PublicOffence) -> Told:
    return Told(offence, _in_force(offence), _anonymity(offence), day_in_words(offence.last_checked))


def _in_force(offence: PublicOffence) -> str:
    since = f"{offence.since:%Y}" if offence.since_year_only else day_in_words(offence.since)
    if offence.date_unconfirmed:
        return _("From %(since)s, as published; being checked") % {"since": since}
    if offence.until is None:
        # Of a year that somebody asks about, a later part may not have come yet.
        is_law = offence.since <= lifecycle.today()
        return (_("From %(since)s, and today") if is_law else _("From %(since)s")) % {"since": since}
    return _("From %(since)s to %(until)s") % {"since": since, "until": day_in_words(offence.until)}


def _anonymity(offence: PublicOffence) -> str:
    return {
        "yes": _("Yes, for life."),
        "no": _("Not given by this law."),
    }.get(offence.anonymity, _("We are not sure. Ask the police or a help line."))
