"""A story's columns in words: where, when, what came of it, what it mentions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from stories.core import dates
from stories.core.named_lists import NamedLists
from stories.models import Story

USES = {"quote": gettext_lazy("Short quotes, with the link"), "training": gettext_lazy("Training the police")}


@dataclass(frozen=True)
class Place:
    """The place of a story, as coarse as the contributor chose; `url` leads to the force's page where it is named."""

    words: str
    url: str = ""


def place_words(story: Story, names: NamedLists) -> Place:
    force = names.forces.get(story.force_id or "")
    if force:
        return Place(force.name, force.url)
    return Place(_(story.region or story.nation or "UK"))


def year_words(slug: str) -> str:
    return _("Before 2015") if slug == dates.BEFORE_FIRST_YEAR else slug


def year_of_a_row(year: str) -> str:
    """The year of an agreed text in words; empty where it holds none."""
    return year_words(dates.year_slug(int(year))) if year else ""


def year_of_story(story: Story) -> str:
    return year_of_a_row(str(story.year or ""))


def uses_allowed(story: Story) -> list[str]:
    """The uses that its contributor said yes to, besides that it stands here: keys of `USES`."""
    return [use for use, agreed in (("quote", story.may_quote), ("training", story.may_train)) if agreed]


def month_words(month: date | None) -> str:
    """The month it went live, or of its last correction: the finest time that the public side ever tells."""
    return date_format(month, "F Y") if month else ""


def words_of_slugs(column: str, words: Mapping[str, str]) -> list[str]:
    """Name the slugs of a column, in the list's own order; a slug that left the list is left out."""
    chosen = set(slugs_of(column))
    return [name for slug, name in words.items() if slug in chosen]


def slugs_of(column: str) -> list[str]:
    return [slug for slug in re.split(r"[,\s]+", column) if slug]
