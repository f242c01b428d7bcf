"""A passage of a story on a page of ours: which stories may be quoted, and whether it still stands in one.

Asked when the page is shown and not only when it is written: a story that went down, whose contributor took the
consent back, or whose corrected text lacks the passage, is quoted nowhere.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet

from stories.models import Story

# What a passage is for. Its contributor said yes or no to each of the two, and a yes to one is no yes to the other.
QUOTING, TRAINING = "quoting", "training"
_ALLOWED_BY = {QUOTING: "may_quote", TRAINING: "may_train"}
# The blocks of our pages that hold a passage, and what it is for there.
BLOCKS = {"story_quote": QUOTING, "training_quote": TRAINING}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A passage that may be shown now; `is_of_well` where it comes from what somebody said was done well."""

    words: str
    story: Story
    is_of_well: bool


def quotable_stories(use: str = QUOTING) -> QuerySet[Story]:
    """The live stories whose contributors allow that use of them, newest first."""
    return Story.live.using(settings.PUBLIC_READS).filter(**{_ALLOWED_BY[use]: True}).order_by("-sequence")


def quotable_story(slug: str, *, use: str = QUOTING) -> Story | None:
    """The story of that address, if it may be used so now."""
    return quotable_stories(use).filter(slug=slug).first() if slug else None


def passages_of(values: Iterable[Mapping[str, Any]], *, use: str) -> list[Passage | None]:
    """What of the values of such blocks may be shown now, each in its place or None there: one query."""
    asked = [(value.get("story") or "", value.get("passage") or "") for value in values]
    slugs = {slug for slug, _words in asked if slug}
    stories = {story.slug: story for story in quotable_stories(use).filter(slug__in=slugs)} if slugs else {}
    return [_passage(stories.get(slug), words) for slug, words in asked]


def _passage(story: Story | None, words: str) -> Passage | None:
    if story is None or not holds_passage(story, words):
        return None
    return Passage(words, story, is_of_well=_is_run(_plain(words), _plain(story.well)))


def quoting_streams(model: type[Model]) -> list[str]:
    """The columns of a table in which a block can hold a passage."""
    return [field.name for field in model._meta.concrete_fields if hasattr(field, "stream_block")]


def holds_passage(story: Story, passage: str) -> bool:
    """True where the passage is a run of whole words of the story, letter for letter but for its spaces and lines."""
    sought, texts = _plain(passage), (story.text, story.differently, story.well, story.title)
    return bool(sought) and any(_is_run(sought, _plain(text)) for text in texts)


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip()


def _is_run(sought: str, words: str) -> bool:
    """A run that begins or ends within a word could turn it round: “lawful” stands in “unlawful”."""
    before = r"(?<!\w)" if sought[0].isalnum() else ""
    after = r"(?!\w)" if sought[-1].isalnum() else ""
    return bool(re.search(before + re.escape(sought) + after, words))
