"""What the table of questions is made of: a question, its answers, the part of the form it stands in."""

from dataclasses import dataclass


def marked(words: str) -> str:
    """Mark words for translators, imported as `_`: the table knows no language."""
    return words


@dataclass(frozen=True)
class Option:
    """One answer: its slug, which is kept, and its words, which are shown."""

    slug: str
    words: str


@dataclass(frozen=True)
class AskedIf:
    """Another question, and the answers to it that make this one worth asking; an empty slug is no answer."""

    question: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. `kind` is one, many, list, year, text or tick; `limit` counts characters of a text.

    `needed` is what we say where it was left blank, and empty where that is fine. `counts` puts its answers
    into totals. `retired` are answers that we gave once, and `is_asked` is False for a question that we asked
    once: their words are kept here for as long as a sealed answer may hold them.
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
    counts: bool = False
    with_asides: bool = True
    retired: tuple[Option, ...] = ()
    is_asked: bool = True


@dataclass(frozen=True)
class Section:
    """A part of the form: its anchor, its title, a sentence under the title, and whether to offer a way past it."""

    name: str
    title: str
    lead: str = ""
    can_skip: bool = False


def options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(slug, words) for slug, words in pairs)
