"""How many published stories stand under each choice of the filter, from the edition alone."""

from dataclasses import dataclass

from stories.public.facets import BY_NAME
from stories.public.filters import StoryFilter
from stories.public.named_lists import NamedLists


@dataclass(frozen=True)
class Told:
    """One choice in words, how many stories stand under it, and the list of exactly those."""

    slug: str
    words: str
    stories: int
    url: str


def by(facet: str, names: NamedLists) -> list[Told]:
    """Every choice of a facet in its own order, those without a story too."""
    return [told(names, words, **{facet: slug}) for slug, words in BY_NAME[facet].options(names).items()]


def told(names: NamedLists, words: str, **chosen: str) -> Told:
    """The stories of one choice, or of one of each of several facets; of none at all, every story."""
    wanted = StoryFilter.of(names, **chosen)
    return Told(next(iter(chosen.values()), ""), words, wanted.count(), wanted.url())
