"""Site search: one box over pages, the law, asks, forces and stories. What somebody types is kept nowhere.

Each process makes the entries once for an edition and keeps them in memory, so they are gone with it.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.conf import settings
from django.utils.translation import get_language, gettext
from wagtail.blocks import StreamValue
from wagtail.models import get_page_models

from campaign import fixed_pages
from campaign.models.pages import EditorsPage
from campaign.site_chrome import PARTS
from stories.core import addresses, named_lists, snapshot
from stories.reading import ask_progress, offences
from stories.reading.search import marks, words
from stories.reading.search.marks import Piece
from stories.reading.search.terms import Search, Term


class Kind(StrEnum):
    """In the order in which the page shows them."""

    PAGE = "page"
    LAW = "law"
    ASK = "ask"
    FORCE = "force"


@dataclass(frozen=True)
class Words:
    """A text as it is searched: its stems in their order, and its words whole."""

    text: str

    @cached_property
    def _read(self) -> tuple[str, str]:
        stems, others = words.search_document(self.text)
        return f" {' '.join(stems)} ", f" {' '.join(others)} "

    def hold(self, term: Term) -> bool:
        """True where the term stands in it, as a word, a phrase or the beginning of a word."""
        stems, whole = self._read
        return f" {term.tokens[0]}" in whole if term.is_beginning else f" {' '.join(term.tokens)} " in stems


@dataclass(frozen=True)
class Entry:
    """One thing to find; `also` is searched and not shown; `is_english` where its words are English on every page."""

    kind: Kind
    url: str
    title: Words
    about: Words
    text: Words = field(default_factory=lambda: Words(""))
    also: Words = field(default_factory=lambda: Words(""))
    is_english: bool = False


def search_entries() -> tuple[Entry, ...]:
    """Every entry in the language of the page."""
    return snapshot.cached(("site-search", get_language()), lambda: tuple(_entries()))


def _entries() -> Iterator[Entry]:
    yield from _page_entries()
    for address, part in PARTS.items():
        title, about = Words(gettext(part["title"])), Words(gettext(part["about"]))
        yield Entry(Kind.PAGE, addresses.path_in_language(address), title, about)
    for offence in offences.all_offences():
        law = addresses.path_in_language(f"/the-law/#{offence.slug}")
        yield Entry(Kind.LAW, law, Words(offence.called), Words(f"{offence.covers} {offence.statute}"))
    for ask in ask_progress.get_asks():
        yield Entry(Kind.ASK, ask.url, Words(ask.sentence), Words(ask.whom), is_english=True)
    for force in named_lists.get_named_lists().forces.values():
        yield Entry(Kind.FORCE, force.url, Words(force.name), Words(f"{force.where} {force.about}".strip()))


# Of any other block nothing is read, whatever it may come to hold.
READ_BLOCKS = frozenset(
    {
        *("heading", "text", "notice", "steps", "table", "quote"),
        # Of a session, and of the card.
        *("step", "question", "words", "part", "saying"),
    }
)
# More of one page than anybody writes, so that no page makes every search slow.
LONGEST = 30_000
_TAG = re.compile(r"<[^>]*>")
# Where a tag ends a word; one within a line ends none.
_END = re.compile(r"</(?:p|li|h\d)>|<br/?>")


def _page_entries() -> Iterator[Entry]:
    """Every live page, with a query for each kind of them."""
    for model in get_page_models():
        if issubclass(model, EditorsPage):
            yield from map(_page_entry, model.objects.using(settings.PUBLIC_READS).live().order_by())


def _page_entry(page: EditorsPage) -> Entry:
    texts = (words for name in page.words_in for words in _field_texts(getattr(page, name, "")))
    about = Words(f"{page.search_description} {getattr(page, 'intro', '').strip()}".strip())
    return Entry(
        Kind.PAGE,
        addresses.path_in_language(fixed_pages.address(page)),
        Words(page.title),
        about,
        Words(" ".join(" ".join(texts).split())[:LONGEST]),
        Words(page.seo_title),
        is_english=True,
    )


def _field_texts(value: str | StreamValue) -> Iterator[str]:
    """Plain text as it is; of a stream, its blocks."""
    if isinstance(value, str):
        return iter((value,))
    return (words for block in value.raw_data if block["type"] in READ_BLOCKS for words in _value_texts(block["value"]))


def _value_texts(value: object) -> Iterator[str]:
    """Every text within a value; of a list or a table each by itself."""
    if isinstance(value, str):
        yield html.unescape(_TAG.sub("", _END.sub(" ", value)))
    elif isinstance(value, list):
        for each in value:
            yield from _value_texts(each["value"] if isinstance(each, dict) and "value" in each else each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("id", "type", "url"):
                yield from _value_texts(each)


# So many of each kind are shown, and so many pages that hold a part of the words.
MOST, MOST_NEAR = 8, 3
# How much more a word says in a title, and in what a page is about, than in its running text.
_IN_TITLE, _IN_ABOUT, _IN_TEXT = 9, 3, 1
# A word of so many letters finds longer ones that begin with it, behind all that hold it whole.
_SHORTEST_BEGINNING = 4
_ONLY_BEGUN = 1 / 10


@dataclass(frozen=True)
class Hit:
    """One line of the answer: its title and its words in pieces, what was searched for marked."""

    url: str
    title: Sequence[Piece]
    lines: Sequence[Piece]
    is_english: bool


@dataclass(frozen=True)
class Answer:
    """The hits of each kind, the best first; `is_near` where no entry holds all of the words."""

    hits: dict[Kind, list[Hit]]
    is_near: bool = False


def matching_entries(search: Search, entries: Sequence[Entry]) -> Answer:
    """Find without a query; nothing for a search that only leaves out."""
    if not search.wanted:
        return Answer({})
    # A word that stands nearly everywhere says little.
    weights = {term: 1 / (1 + sum(bool(_value(term, entry)) for entry in entries)) for term in search.wanted}
    left = [entry for entry in entries if not any(_value(term, entry) for term in search.out)]
    whole = [entry for entry in left if all(_value(term, entry) for term in search.wanted)]
    # Else the few pages with most of what is rare in the words: somebody in distress types a whole sentence.
    near = [entry for entry in left if entry.kind == Kind.PAGE and _score(entry, weights)] if not whole else []
    best = sorted(whole or near, key=lambda entry: -_score(entry, weights))[: None if whole else MOST_NEAR]
    # Marked are the words, and what begins with them.
    marked = Search((*search.terms, *filter(None, map(_as_beginning, search.wanted))))
    found = {kind: [entry for entry in best if entry.kind == kind][:MOST] for kind in Kind}
    hits = {kind: [_hit(entry, marked) for entry in some] for kind, some in found.items() if some}
    return Answer(hits, is_near=bool(best) and not whole)


def _score(entry: Entry, weights: dict[Term, float]) -> float:
    return sum(weight * _value(term, entry) for term, weight in weights.items())


def _value(term: Term, entry: Entry) -> float:
    begun = _as_beginning(term)
    return _place(term, entry) or (_place(begun, entry) * _ONLY_BEGUN if begun else 0)


def _place(term: Term, entry: Entry) -> int:
    if entry.title.hold(term):
        return _IN_TITLE
    if entry.about.hold(term) or entry.also.hold(term):
        return _IN_ABOUT
    return _IN_TEXT if entry.text.hold(term) else 0


def _as_beginning(term: Term) -> Term | None:
    """The same word as the first letters of others: *threat* and *threats* of *threatening*."""
    is_plural = term.raw.endswith("s") and not term.raw.endswith("ss")
    letters = term.raw.removesuffix("s") if is_plural else term.raw
    is_long = len(letters.removeprefix(words.WHOLE)) >= _SHORTEST_BEGINNING
    return Term((letters,), is_beginning=True) if is_long and not term.is_out else None


def _hit(entry: Entry, search: Search) -> Hit:
    snippets = (marks.marked_snippet(words.text, search) for words in (entry.about, entry.text))
    text, short = entry.about.text, entry.about.text[: marks.LENGTH]
    opening = short if short == text else f"{short.rpartition(' ')[0]} …"
    lines = next(filter(None, snippets), None) or [Piece(opening)]
    return Hit(entry.url, marks.marked_text(entry.title.text, search), lines, entry.is_english)
