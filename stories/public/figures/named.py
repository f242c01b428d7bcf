"""Figures by name, for pages that editors write: somebody picks "stories in Wales" and never types the number.

No figure of a single force is among them: two of those on one page would be a ranking.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories import dates
from stories.public import named_lists
from stories.public.facets import BY_NAME
from stories.public.figures import in_words
from stories.public.figures.told import told
from stories.public.named_lists import NamedLists

# How the figures of a facet are called: by machines, and by people.
_WORDING = {
    "nation": ("stories-in-%s", gettext_lazy("stories in %(words)s")),
    "region": ("stories-in-%s", gettext_lazy("stories in the %(words)s region")),
    "outcome": ("stories-with-%s", gettext_lazy("stories with the outcome “%(words)s”")),
    "theme": ("stories-about-%s", gettext_lazy("stories about “%(words)s”")),
    "year": ("stories-of-%s", gettext_lazy("stories about a report made in %(words)s")),
}


@dataclass(frozen=True)
class Figure:
    """One number in words (`value`) and of what (`words`), the list that it counts, and how to take it."""

    words: str
    value: str
    url: str
    caution: str


def choices() -> list[tuple[str, str]]:
    """Every figure that a page can show, as (key, label), in the order that somebody would look for it."""
    return [(key, words) for key, words, _chosen in _all(named_lists.read())]


def read(key: str) -> Figure | None:
    """The figure of that name as it stands in this edition, without a query; None where no figure has that name."""
    names = named_lists.read()
    for known, words, chosen in _all(names):
        if known == key:
            counted = told(names, words, **chosen)
            return Figure(words, in_words.told(counted.stories), counted.url, in_words.caution())
    return None


def _all(names: NamedLists) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each figure's key, its words, and the choices of the filter that it counts."""
    yield "stories", _("stories"), {}
    seen = set()
    for facet, (key, _words) in _WORDING.items():
        for slug, words in BY_NAME[facet].options(names).items():
            # Wales is a nation and a region, and one name is enough for both.
            if key % slug not in seen:
                seen.add(key % slug)
                yield key % slug, _said(facet, slug, words), {facet: slug}


def _said(facet: str, slug: str, words: str) -> str:
    if slug == dates.BEFORE_FIRST_YEAR:
        return _("stories about a report made before 2015")
    return str(_WORDING[facet][1]) % {"words": words.strip("“”")}
