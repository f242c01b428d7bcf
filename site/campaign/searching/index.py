"""Everything that search knows beside the stories: pages, parts of the site, the law, asks and forces.

Each process makes it once for an edition and keeps it in memory, so it is gone with the edition that it is of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaign.parts import parts
from campaign.searching import page_words
from stories import addresses
from stories.public import asks, edition, named_lists, offences
from stories.public.search import words
from stories.public.search.terms import Term


class Kind(StrEnum):
    """In the order in which the page shows them."""

    PAGE = "page"
    LAW = "law"
    ASK = "ask"
    FORCE = "force"


# What stands behind the parts that code makes, in the words of somebody who looks for them.
_ABOUT_PARTS = {
    "/tell/": _("Tell, without your name, how the police handled your report."),
    "/stories/": _("What people told us about the police, to read, to search and to choose from."),
    "/what-we-hear/": _("Figures and charts: numbers of what people told us, and how to read them."),
    "/what-should-change/": _("What people say the police should do differently, and what was done well."),
    "/asks/": _("What the campaign asks of police forces and others, and how far each of it is."),
    "/forces/": _("Every police force in the UK: what people told us, and what it said in public."),
    "/open-data/": _("Stories and figures as files to download: CSV, JSON and Atom."),
    "/return/": _("Come back with your code: see where it stands, answer a question, withdraw."),
    "/take-down/": _("Have a story taken down, at once and without a code."),
    "/tell/leaving/": _("What the exit button does and does not do, and how to clear a visit."),
}
_NAMES = {
    "/take-down/": _("Take something down"),
    "/tell/leaving/": _("Leaving this site safely"),
}


@dataclass(frozen=True)
class Words:
    """A text as it is searched: its stems in their order, and its words whole."""

    text: str

    @cached_property
    def _document(self) -> words.Document:
        return words.search_document(self.text)

    @cached_property
    def _stems(self) -> str:
        return f" {' '.join(self._document.stems)} "

    @cached_property
    def _whole(self) -> str:
        return f" {' '.join(self._document.others)} "

    def hold(self, term: Term) -> bool:
        """True where the term stands in it, as a word, a phrase or the beginning of a word."""
        if term.is_beginning:
            return f" {term.tokens[0]}" in self._whole
        return f" {' '.join(term.tokens)} " in self._stems


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


def read() -> tuple[Entry, ...]:
    """Every entry in the language of the page."""
    return edition.kept(("site-search", get_language()), lambda: tuple(_entries()))


def _entries() -> Iterator[Entry]:
    yield from _pages()
    yield from _parts()
    for offence in offences.all_offences():
        law = addresses.in_language(f"/the-law/#{offence.slug}")
        yield Entry(Kind.LAW, law, Words(offence.called), Words(f"{offence.covers} {offence.statute}"))
    for ask in asks.read():
        yield Entry(Kind.ASK, ask.url, Words(ask.sentence), Words(ask.whom), is_english=True)
    for force in named_lists.read().forces.values():
        yield Entry(Kind.FORCE, force.url, Words(force.name), Words(f"{force.where} {force.about}".strip()))


def _pages() -> Iterator[Entry]:
    for page in page_words.read():
        about = f"{page.about} {page.introduction}".strip()
        url = addresses.in_language(page.address)
        text, also = Words(page.text), Words(page.title_elsewhere)
        yield Entry(Kind.PAGE, url, Words(page.title), Words(about), text, also, is_english=True)


def _parts() -> Iterator[Entry]:
    named = {**dict(parts()), **_NAMES}
    for address, title in named.items():
        about = Words(str(_ABOUT_PARTS.get(address, "")))
        yield Entry(Kind.PAGE, addresses.in_language(address), Words(str(title)), about)
