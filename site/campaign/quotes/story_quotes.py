"""A passage of a story on a page of ours: which stories may be quoted, and whether it still stands in one.

Asked when the page is shown and not only when it is written: a story that went down, whose contributor took the
consent back, or whose corrected text lacks the passage, is quoted nowhere.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from stories.core import rendering, snapshot, story_sections
from stories.models import Story
from stories.models.outward import Outward, is_written
from stories.reading import passages
from stories.reading.search import runs

# What a passage is for. Its contributor said yes or no to each of the two, and a yes to one is no yes to the other.
QUOTING, TRAINING = "quoting", "training"
_ALLOWED_BY = {QUOTING: "may_quote", TRAINING: "may_train"}
# The blocks of our pages that hold a passage, and what it is for there.
BLOCKS = {"story_quote": QUOTING, "training_quote": TRAINING}
# So many passages of each story stand in the window where one is chosen.
_OFFERED = 4
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A passage that may be shown now; `is_of_well` where it comes from what somebody said was done well."""

    words: str
    story: Story
    is_of_well: bool

    @property
    def quoted(self) -> str:
        return self.words if "“" in self.words else f"“{self.words}”"


def quotable_stories(use: str = QUOTING, *, using: str = "") -> QuerySet[Story]:
    return Story.live.using(using or snapshot.public_reads()).filter(**{_ALLOWED_BY[use]: True}).order_by("-sequence")


def quotable_story(slug: str, *, use: str = QUOTING) -> Story | None:
    return quotable_stories(use).filter(slug=slug).first() if slug else None


def offered_passages(story: Story) -> list[str]:
    """A few passages that could be quoted, the most telling first; any other can be copied from its page."""
    texts = (story.text, *(getattr(story, name) for name in story_sections.NAMES))
    sentences = (words for text in texts for words in passages.short_sentences(text))
    return list(dict.fromkeys([*passages.quotable_passages(story), *sentences]))[:_OFFERED]


def title_with_consent(story: Story, use: str) -> str:
    """Its title, and what its contributor allows."""
    return f"{story.title} ({use} allowed)"


def passages_of(values: Iterable[Mapping[str, str]], *, use: str, using: str = "") -> list[Passage | None]:
    """The passages in the values of such blocks, each in its place or None there: one query.

    What is made for the next edition asks the database that is written to: another may lag behind it.
    """
    asked = [(value.get("story") or "", value.get("passage") or "") for value in values]
    slugs = {slug for slug, _words in asked if slug}
    # By their addresses alone: SQLite would look through every live story for them.
    rows = Story.objects.using(using or snapshot.public_reads()).filter(slug__in=slugs) if slugs else []
    stories = {row.slug: row for row in rows if row.status == Story.Status.LIVE and getattr(row, _ALLOWED_BY[use])}
    return [_passage(stories.get(slug), words) for slug, words in asked]


def _passage(story: Story | None, words: str) -> Passage | None:
    if story is None or not holds_passage(story, words):
        return None
    return Passage(words, story, is_of_well=bool(passages.whole_run(_plain(words)).search(_plain(story.well))))


def quoting_streams(model: type[Model]) -> list[str]:
    """The columns of a table in which a block can hold a passage."""
    return [field.name for field in model._meta.concrete_fields if hasattr(field, "stream_block")]


def holds_passage(story: Story, passage: str) -> bool:
    """True where the passage is a run of whole words of the story, letter for letter but for its spaces and lines."""
    sought, texts = _plain(passage), (story.text, story.differently, story.well, story.title)
    return bool(sought) and any(passages.whole_run(sought).search(_plain(text)) for text in texts)


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip()


def why_not_paste(texts: list[str], *, has_block: bool) -> str | None:
    """Say which words have to go before these texts go public, or None; `has_block` where a passage has one."""
    found = _found(texts)
    if found is None:
        return None
    quoted = f"“{' '.join(found.words.split()[:6])} …”"
    if not found.is_live:
        # This tells nothing of the story, not even whether it was ever on the site, and no word but what was typed.
        said = f" that isn’t on the site: {quoted}. Take them out, or say it in your own words."
    elif not has_block:
        said = f": {quoted}. Here they would stay when the story goes, so say it in your own words."
    elif found.story.may_quote:
        said = f": {quoted}. Put them in with the block “Passage of a story”, so that they go when the story goes."
    else:
        said = f" whose contributor didn’t allow quoting: {quoted}. Take them out."
    return f"These words stand in a story{said} Everything you typed is still here."


def typed_texts(row: Outward) -> Iterator[str]:
    """All that somebody wrote in its fields, but what stands in the blocks made for words of stories."""
    for field in row._meta.concrete_fields:
        if is_written(field) and field.name not in row.may_hold:
            value = field.value_from_object(row)
            # A stream may hold such a block within another.
            told = value.get_prep_value() if hasattr(value, "get_prep_value") else value
            yield from rendering.words_within(_without_passages(told))


def _found(texts: list[str]) -> runs.Shared | None:
    """Once for each edition: on its way to the public a page is asked about several times.

    The texts are read as one: a story that is put down line by line, each in a block of its own, is that story still.
    """
    whole = "\n\n".join(texts)
    if not runs.is_long(whole):
        return None
    name = hashlib.blake2b(whole.encode(errors="replace"), digest_size=16).digest()
    # What isn't on the site changes without an edition, so nothing is remembered of it.
    found = snapshot.cached((__name__, name), lambda: next(runs.every_run(whole), None))
    return found or next(runs.every_unseen(whole), None)


def _without_passages(value: object) -> object:
    if isinstance(value, dict):
        if value.get("type") in BLOCKS:
            return None
        return {name: _without_passages(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_without_passages(inside) for inside in value]
    return value
