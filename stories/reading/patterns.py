"""Patterns as the public pages know them, each something that happens again: `campaign` puts them into the snapshot."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from stories.core import addresses, rendering, snapshot
from stories.core.named_lists import NamedLists
from stories.models import Story
from stories.reading import ask_progress, marked_sets, story_facts
from stories.reading.ask_progress import PublicAsk
from stories.reading.facets import QUOTABLE, SAYS
from stories.reading.filters import StoryFilter

NAME = "patterns"
# The slug of a story and words of it, which an editor chose to show.
Chosen = tuple[str, str]


@dataclass(frozen=True)
class PublicPattern:
    """A pattern in one sentence: the slugs of the themes of its stories, and of the ask that it feeds."""

    slug: str
    title: str
    sentence: str
    themes: tuple[str, ...]
    ask: str
    passages: tuple[Chosen, ...] = ()

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/patterns/{self.slug}/")

    @property
    def its_ask(self) -> PublicAsk | None:
        return ask_progress.asks_by_slug().get(self.ask) if self.ask else None

    def wanted(self, names: NamedLists, **more: str) -> StoryFilter:
        """The list of its stories: those that carry any of its themes, and one of each of `more`."""
        chosen = {"theme": tuple(theme for theme in names.themes if theme in self.themes)}
        return StoryFilter(names, chosen | {name: (slug,) for name, slug in more.items()})


def get_patterns() -> list[PublicPattern]:
    """Every public pattern of the edition now, in the editors' order."""
    return list(snapshot.cached(NAME, lambda: tuple(map(pattern_of_row, _built()["patterns"]))))


def pattern_of(theme: str) -> PublicPattern | None:
    return next((pattern for pattern in get_patterns() if theme in pattern.themes), None)


def theme_url(names: NamedLists, theme: str) -> str:
    """The address that a theme leads to wherever it is named: its pattern, or its list where nobody made one."""
    pattern = pattern_of(theme)
    return pattern.url if pattern else StoryFilter.of(names, theme=theme).url()


def patterns_fed_by(story: Story) -> list[tuple[PublicPattern, bool]]:
    themes = set(story_facts.slugs_of(story.themes))
    quoting = [pattern for pattern in get_patterns() if any(story.slug == slug for slug, _words in pattern.passages)]
    counting = [each for each in get_patterns() if themes & set(each.themes) and each not in quoting]
    return [*((pattern, True) for pattern in quoting), *((pattern, False) for pattern in counting)]


def marked_passages(slug: str) -> list[str]:
    """The passages of a story that editors chose to quote on home or in a pattern, word for word.

    Whoever shows one asks the story's row whether it may be quoted now, and whether the words are still its own.
    """
    chosen = [*home_voices(), *(each for pattern in get_patterns() for each in pattern.passages)]
    return list(dict.fromkeys(words for story, words in chosen if story == slug))


def home_voices() -> list[Chosen]:
    return [(story, words) for story, words in _built()["voices"]]


def passage_name(passage: str) -> str:
    """Eight letters and digits that stand for a passage in the address of its pictures."""
    return hashlib.blake2b(passage.encode(), digest_size=4).hexdigest()


def pattern_of_row(row: Mapping[str, Any]) -> PublicPattern:
    passages = tuple((story, words) for story, words in row["passages"])
    return snapshot.from_row(PublicPattern, row, themes=tuple(row["themes"]), passages=passages)


def _built() -> Mapping[str, list[Any]]:
    return snapshot.get_built(NAME) or {"patterns": [], "voices": []}


# Contributors allow short quotes; the rest stands in the story.
_LONGEST_PASSAGE = 280
_COLUMNS = ("slug", "sequence", "title", *SAYS.values(), "force_id", "region", "nation")


@dataclass(frozen=True)
class Said:
    """Words of a story below its text, with the story that they lead to."""

    words: str
    story: Story
    place: str

    @property
    def url(self) -> str:
        return self.story.get_absolute_url()


def said_in(found: Mapping[str, int], says: str, names: NamedLists, *, most: int) -> dict[str, list[Said]]:
    """For each set of stories, the newest few that may be quoted in what they say of `says`, a key of `SAYS`.

    One query. Nothing is said twice: a story of two sets is in the first.
    """
    index, shown, places = marked_sets.current_sets(), 0, dict[str, list[int]]()
    quotable = index.having([QUOTABLE]) & index.having([f"says:{says}"])
    for name, stories in found.items():
        places[name] = marked_sets.newest_places(stories & quotable & ~shown, most=most)
        shown |= marked_sets.place_bits(places[name])
    # Whether it may be quoted is asked of the row too: the edition may be a second old.
    of_these = [*chain.from_iterable(places.values())]
    quotable_rows = Story.live.using(snapshot.public_reads()).filter(sequence__in=of_these, may_quote=True)
    rows = {story.sequence: story for story in quotable_rows.only(*_COLUMNS)}
    return {
        name: [_said(rows[place], SAYS[says], names) for place in some if place in rows]
        for name, some in places.items()
    }


def _said(story: Story, column: str, names: NamedLists) -> Said:
    words = rendering.text_opening(getattr(story, column), length=_LONGEST_PASSAGE)
    return Said(words, story, story_facts.place_words(story, names).words)


@dataclass(frozen=True)
class DemandCount:
    """A demand in words, how many stories make it, the list of exactly those, and the ask that it feeds, if any."""

    slug: str
    words: str
    stories: int
    url: str
    ask: PublicAsk | None
    passages: list[Said]


def demands_of(names: NamedLists, *, pattern: PublicPattern | None = None, most: int) -> list[DemandCount]:
    """What people say should change, the demand of most stories first; of a pattern, or of every story. One query.

    `most` passages stand under each, and no passage twice.
    """
    lists = {
        slug: pattern.wanted(names, demand=slug) if pattern else StoryFilter.of(names, demand=slug)
        for slug in names.demands
    }
    found = {slug: wanted.matching() for slug, wanted in lists.items()}
    ordered = sorted((slug for slug in found if found[slug]), key=lambda slug: -found[slug].bit_count())
    said = said_in({slug: found[slug] for slug in ordered}, "change", names, most=most)
    asks = ask_progress.asks_by_demand()
    return [
        DemandCount(slug, names.demands[slug], found[slug].bit_count(), lists[slug].url(), asks.get(slug), said[slug])
        for slug in ordered
    ]
