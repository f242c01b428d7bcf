"""Patterns as the public pages know them, each something that happens again: `campaign` puts them into the snapshot."""

import hashlib
from dataclasses import dataclass

from stories.core import addresses, snapshot
from stories.core.named_lists import NamedLists
from stories.reading.filters import StoryFilter

NAME = "patterns"


@dataclass(frozen=True)
class PublicPattern:
    """A pattern in one sentence: the slugs of the themes of its stories, and of the ask that it feeds."""

    slug: str
    title: str
    sentence: str
    themes: tuple[str, ...]
    ask: str

    @property
    def url(self) -> str:
        return addresses.path_in_language(f"/patterns/{self.slug}/")

    def wanted(self, names: NamedLists) -> StoryFilter:
        """The list of its stories: those that carry any of its themes."""
        return StoryFilter(names, {"theme": tuple(theme for theme in names.themes if theme in self.themes)})


def get_patterns() -> list[PublicPattern]:
    """Every public pattern of the edition now, in the editors' order."""
    return list(snapshot.cached(NAME, lambda: tuple(_pattern(row) for row in _built()["patterns"])))


def pattern_of(theme: str) -> PublicPattern | None:
    """The first pattern that is made of this theme."""
    return next((pattern for pattern in get_patterns() if theme in pattern.themes), None)


def theme_url(names: NamedLists, theme: str) -> str:
    """The address that a theme leads to wherever it is named: its pattern, or its list where nobody made one."""
    pattern = pattern_of(theme)
    return pattern.url if pattern else StoryFilter.of(names, theme=theme).url()


def marked_passages(slug: str) -> list[str]:
    """The passages of a story that editors chose to quote on home or in a pattern, word for word.

    Whoever shows one asks the story's row whether it may be quoted now, and whether the words are still its own.
    """
    return list(_built()["marked"].get(slug, ()))


def passage_name(passage: str) -> str:
    """Eight letters and digits that stand for a passage in the address of its pictures."""
    return hashlib.blake2b(passage.encode(), digest_size=4).hexdigest()


def _built() -> dict[str, dict[str, list[str]]]:
    return snapshot.get_built(NAME) or {"patterns": [], "marked": {}}


def _pattern(row: dict[str, object]) -> PublicPattern:
    return snapshot.from_row(PublicPattern, row, themes=tuple(row["themes"]))
