"""Openings: a story's title, first lines and facts, as lists and the home page show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from stories.models import Story
from stories.public import facts, named_lists
from stories.public.named_lists import NamedLists

_COLUMNS = (
    *("slug", "sequence", "title", "opening", "force_id", "region", "nation", "year", "outcome_id", "content_notes"),
)


@dataclass(frozen=True)
class Opening:
    """What `includes/story_opening.html` shows."""

    url: str
    title: str
    lines: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]


def newest(count: int) -> list[Opening]:
    """The openings of the newest live stories: one query, beside the edition's."""
    return worded(rows()[:count], named_lists.read())


def rows() -> QuerySet[Story]:
    """Live stories, newest first, with no more of their text than its opening."""
    return Story.live.using(settings.PUBLIC_READS).order_by("-sequence").only(*_COLUMNS)


def worded(stories: Iterable[Story], names: NamedLists) -> list[Opening]:
    """Turn rows of `rows()` into openings."""
    return [_opening(story, names) for story in stories]


def _opening(story: Story, names: NamedLists) -> Opening:
    words = (facts.place(story, names).words, facts.year(story), facts.outcome(story, names))
    return Opening(
        url=story.get_absolute_url(),
        title=story.title,
        lines=story.opening,
        facts=tuple(word for word in words if word),
        notes=tuple(facts.notes(story, names)),
    )
