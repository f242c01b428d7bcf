"""Passages of a story that may be quoted: those that editors marked, or else one sentence that a rule chooses."""

import re
from collections.abc import Sequence
from html import escape

from stories.core import story_sections
from stories.models import Story
from stories.reading import patterns

# As many characters as read at a glance.
_SHORTEST, _LONGEST = 25, 110
_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’)]))(?:\s+|$)")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def quotable_passages(story: Story) -> list[str]:
    """Its passages word for word, the one that is marked in its text first; none where it may not be quoted."""
    if not story.may_quote:
        return []
    texts = [story.text, *(getattr(story, name) for name in story_sections.NAMES)]
    marked = [words for words in patterns.marked_passages(story.slug) if any(_is_in(text, words) for text in texts)]
    first = next((words for words in marked if _is_in(story.text, words)), "") or _telling_sentence(story)
    return list(dict.fromkeys(words for words in (first, *marked) if words))


def marked_body(story: Story, passages: Sequence[str]) -> str:
    """Its text as safe HTML, with the first of the passages marked; where it may not be quoted there is none."""
    body = story.body
    return whole_run(escape(passages[0])).sub(r"<mark>\g<0></mark>", body, count=1) if passages else body


def short_sentences(text: str) -> list[str]:
    """The sentences of a text that read alone, and at a glance."""
    lines = text.splitlines()
    # What is behind the last end of a line is no sentence.
    return [words for line in lines for words in _END.split(line.strip())[:-1] if _reads_alone(words)]


def _telling_sentence(story: Story) -> str:
    """The sentence that shares most words with the title, and at least two, or else the last that is short enough."""
    title, sentences = _long_words(story.title), short_sentences(story.text)
    return max(reversed(sentences), key=lambda words: max(1, len(title & _long_words(words))), default="")


def _long_words(words: str) -> set[str]:
    return set(_LONG_WORD.findall(words.casefold()))


def _reads_alone(sentence: str) -> bool:
    """True for one of some length that has both ends of what it quotes."""
    return _SHORTEST <= len(sentence) <= _LONGEST and sentence.count("“") == sentence.count("”")


def _is_in(text: str, passage: str) -> bool:
    """True for some words of the text; one alone is no passage."""
    return " " in passage and bool(whole_run(passage).search(text))


def whole_run(words: str) -> re.Pattern[str]:
    """The words where they are whole: a run that ends within one could turn it round, as “lawful” in “unlawful”."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(f"{before}{re.escape(words)}{after}")
