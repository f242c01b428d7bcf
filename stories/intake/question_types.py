"""What the table of questions is made of: a question, its answers, the part of the form it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def marked_options(words: str) -> str:
    """Mark words for translators, imported as `_`: the table knows no language."""
    return words


@dataclass(frozen=True)
class Option:
    """One answer: its slug, which is kept, and its words, which are shown."""

    slug: str
    words: str


@dataclass(frozen=True)
class AskedIf:
    """Another question, and the answers to it that make this one worth asking; an empty slug is no answer.

    With `is_not` they make it worth nothing. `plainly` says so in words where no script runs.
    """

    question: str
    slugs: tuple[str, ...]
    is_not: bool = False
    plainly: str = ""

    def fits(self, answer: Any) -> bool:
        given = {str(slug) for slug in answer} if isinstance(answer, list | tuple) else {str(answer or "")}
        return bool((given or {""}) & {*self.slugs}) is not self.is_not

    def __str__(self) -> str:
        """For scripts: `field=slug slug`, or `field!=slug slug`."""
        return f"{self.question}{'!' if self.is_not else ''}={' '.join(self.slugs)}"


@dataclass(frozen=True)
class Instead:
    """Other words for a question, for whoever answered another one so."""

    asked_if: AskedIf
    words: str
    why: str


@dataclass(frozen=True)
class Alone:
    """An answer of several that goes with no other, and what we say where it came with one."""

    slug: str
    says: str


@dataclass(frozen=True)
class Question:
    """One question. `kind` is one, many, list, year, text or tick; `limit` counts characters of a text.

    `needed` is what we say where it was left blank, and empty where that is fine. `counts` puts its answers
    into totals. `retired` are answers that we gave once, and `is_asked` is False for a question that we asked
    once: their words are kept here for as long as a sealed answer may hold them. `counted_as` is what its total
    is called, where some were asked in other words.
    """

    name: str
    section: str
    kind: str
    words: str
    why: str = ""
    options: tuple[Option, ...] = ()
    limit: int = 0
    needed: str = ""
    asked_if: AskedIf | None = None
    instead: Instead | None = None
    alone: tuple[Alone, ...] = ()
    counts: bool = False
    counted_as: str = ""
    with_asides: bool = True
    retired: tuple[Option, ...] = ()
    is_asked: bool = True

    def words_for(self, answers: Mapping[str, Any]) -> str:
        """The question, in the words for whoever answered the others so."""
        if self.instead and self.instead.asked_if.fits(answers.get(self.instead.asked_if.question)):
            return self.instead.words
        return self.words


@dataclass(frozen=True)
class Section:
    """A part of the form: its anchor, its title, a sentence under the title, and whether to offer a way past it."""

    name: str
    title: str
    lead: str = ""
    can_skip: bool = False


def make_options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(slug, words) for slug, words in pairs)
