"""The list of all that the site says: what stands, what has been changed, what is locked, what somebody looks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.models import SiteWords
from campaign.site_words import catalogued, locked
from campaign.site_words.catalogued import ENGLISH, Catalogued

CHANGED, OPEN, LOCKED = "changed", "open", "locked"
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " "})


@dataclass(frozen=True)
class Asked:
    """What of the list is wanted; empty is all."""

    words: str = ""
    language: str = ENGLISH
    state: str = ""
    place: str = ""


@dataclass(frozen=True)
class Line:
    """One string in one language, as the list shows it."""

    string: Catalogued
    language: str
    forms: tuple[str, ...]
    is_changed: bool
    is_locked: bool

    @property
    def place(self) -> str:
        return catalogued.place_in_words(self.string.place)

    @property
    def english(self) -> tuple[str, ...]:
        """What the code says, where that isn't what stands in the list."""
        return self.string.words if self.forms != self.string.words else ()

    @property
    def url(self) -> str:
        return reverse("site_words_edit", args=[self.language, self.string.key])


def lines(asked: Asked) -> list[Line]:
    """Every string that fits, in the order of the list."""
    changed = {row.key: tuple(row.forms) for row in SiteWords.objects.filter(language=asked.language) if row.words}
    return [line for line in _all(asked.language, changed) if _fits(line, asked)]


def astray() -> list[SiteWords]:
    """Words whose string a release has changed or taken away: nobody is told them any more."""
    return list(SiteWords.objects.exclude(words="").exclude(key__in=catalogued.by_key()))


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be asked for, by the name of the field, as (value, words)."""
    places = {slug: str(words) for slug, words, _patterns in catalogued.PLACES}
    states = [("", _("All")), (CHANGED, _("Changed")), (OPEN, _("Can be changed")), (LOCKED, _("Locked"))]
    return {
        "language": [(code, str(name)) for code, name in settings.LANGUAGES],
        "place": [("", _("Everywhere")), *places.items()],
        "state": states,
    }


def asked(given: Any) -> Asked:
    """Read the address of the list; what it doesn't know counts as nothing."""
    known = {
        name: given.get(name, "") if given.get(name, "") in dict(options) else "" for name, options in choices().items()
    }
    return Asked(given.get("q", "").strip(), known["language"] or ENGLISH, known["state"], known["place"])


def _all(language: str, changed: dict[str, tuple[str, ...]]) -> Iterator[Line]:
    for string in catalogued.every():
        forms = changed.get(string.key) or string.shipped(language)
        yield Line(string, language, forms, string.key in changed, locked.why_locked(string) is not None)


def _fits(line: Line, asked: Asked) -> bool:
    states = {CHANGED: line.is_changed, LOCKED: line.is_locked, OPEN: not line.is_locked}
    if not states.get(asked.state, True) or asked.place not in ("", line.string.place):
        return False
    said = (*line.forms, *line.string.words, *(line.string.shipped(line.language) if line.is_changed else ()))
    return _folded(asked.words) in _folded("\n".join(said))


def _folded(words: str) -> str:
    return words.translate(_ALIKE).casefold()
