"""Passages on what should change and what was done well: short ones by theme, where their writers allow quotes.

Every number is that of the list it leads to: all the stories that say so, whether or not they may be quoted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from stories.core import addresses, named_lists, rendering
from stories.core.named_lists import NamedLists
from stories.figures import counts
from stories.models import Story
from stories.reading import facets, story_facts
from stories.reading.facets import QUOTABLE, SAYS
from stories.reading.filters import StoryFilter
from stories.reading.story_facts import Place

_MOST = 3
# Contributors allow short quotes; the rest stands in the story.
_LONGEST = 280
_COLUMNS = ("slug", "sequence", "title", *SAYS.values(), "force_id", "region", "nation")


@dataclass(frozen=True)
class Passage:
    """The words of one story, at most `_LONGEST` characters of it, and where it was, as far as the story shows that."""

    words: str
    title: str
    url: str
    permanent_url: str
    place: Place


@dataclass(frozen=True)
class Group:
    """One theme: `url` lists the `count` stories about it that say so; `passages` are a few that may be quoted."""

    slug: str
    name: str
    url: str
    count: int
    passages: list[Passage]


# A theme, the list of its stories that say so, and the places of the few that stand for it.
_Chosen = tuple[str, StoryFilter, list[int]]


def what_people_say_context() -> dict[str, object]:
    """The context of `what_should_change.html`: one query, beside the snapshot's."""
    names = named_lists.get_named_lists()
    chosen = {says: list(_chosen(says, names)) for says in SAYS}
    rows = _rows(place for groups in chosen.values() for _theme, _wanted, places in groups for place in places)
    halves = {says: _half(says, groups, rows, names) for says, groups in chosen.items()}
    return {**halves, "caution": counts.caution_words()}


def _chosen(says: str, names: NamedLists) -> Iterator[_Chosen]:
    """The newest few of each theme; a story of two stands under the first, unless the other would have none."""
    quotable, shown = facets.facet_index().having([QUOTABLE]), 0
    for theme in names.themes:
        wanted = StoryFilter.of(names, says=says, theme=theme)
        found = wanted.matching()
        if not found:
            continue
        places = facets.newest_places(found & quotable & ~shown, most=_MOST)
        yield theme, wanted, places or facets.newest_places(found & quotable, most=1)
        shown |= facets.place_bits(places)


def _rows(places: Iterable[int]) -> dict[int | None, Story]:
    # Whether it may be quoted is asked of the row too: the edition may be a second old.
    rows = Story.live.using(settings.PUBLIC_READS).filter(sequence__in=set(places), may_quote=True)
    return {story.sequence: story for story in rows.only(*_COLUMNS)}


def _half(says: str, chosen: list[_Chosen], rows: dict[int | None, Story], names: NamedLists) -> dict[str, object]:
    """One of `SAYS`, by theme in the list's own order."""
    whole = StoryFilter.of(names, says=says)
    groups = [
        Group(
            slug=theme,
            name=names.themes[theme],
            url=wanted.url(),
            count=wanted.count(),
            passages=[_passage(rows[place], SAYS[says], names) for place in places if place in rows],
        )
        for theme, wanted, places in chosen
    ]
    return {"says": says, "url": whole.url(), "count": whole.count(), "groups": groups}


def _passage(story: Story, column: str, names: NamedLists) -> Passage:
    path = story.get_absolute_url()
    return Passage(
        words=rendering.text_opening(getattr(story, column), length=_LONGEST),
        title=story.title,
        url=path,
        permanent_url=f"{settings.BASE_URL}{addresses.path_in_english(path)}",
        place=story_facts.place_words(story, names),
    )
