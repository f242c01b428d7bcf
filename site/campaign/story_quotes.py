"""A passage of a story on a page of ours: which stories may be quoted, and whether it still stands in one.

Asked when the page is shown and not only when it is written: a story that went down, whose contributor took the
consent back, or whose corrected text lacks the passage, is quoted nowhere.
"""

import re

from django.conf import settings
from django.db.models import QuerySet

from stories.models import Story

_SPACES = re.compile(r"\s+")


def quotable() -> QuerySet[Story]:
    """The live stories whose contributors allow quoting, newest first."""
    return Story.live.using(settings.PUBLIC_READS).filter(may_quote=True).order_by("-sequence")


def find(slug: str) -> Story | None:
    """The story of that address, if it may be quoted now."""
    return quotable().filter(slug=slug).first() if slug else None


def holds(story: Story, passage: str) -> bool:
    """True where the passage is a run of whole words of the story, letter for letter but for its spaces and lines."""
    sought, texts = _plain(passage), (story.text, story.differently, story.title)
    return bool(sought) and any(_is_run(sought, _plain(text)) for text in texts)


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip()


def _is_run(sought: str, words: str) -> bool:
    """A run that begins or ends within a word could turn it round: “lawful” stands in “unlawful”."""
    before = r"(?<!\w)" if sought[0].isalnum() else ""
    after = r"(?!\w)" if sought[-1].isalnum() else ""
    return bool(re.search(before + re.escape(sought) + after, words))
