"""Which entries somebody's words mean: those that hold them all, or, where none does, the pages that hold most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.searching.index import Entry, Kind, Words
from stories.public.search import marks, words
from stories.public.search.marks import Piece
from stories.public.search.terms import Search, Term

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
    """What was found of each kind, the best first; `is_near` where no entry holds all of the words."""

    hits: dict[Kind, list[Hit]]
    is_near: bool = False


def ask(search: Search, entries: Sequence[Entry]) -> Answer:
    """Find without a query; nothing for a search that only leaves out."""
    if not search.wanted:
        return Answer({})
    weights = {term: _weight(term, entries) for term in search.wanted}
    left = [entry for entry in entries if not any(_value(term, entry) for term in search.out)]
    whole = [entry for entry in left if all(_value(term, entry) for term in search.wanted)]
    best = _best(whole, weights) if whole else _near(left, weights)
    return Answer(_by_kind(best, _marked(search)), is_near=bool(best) and not whole)


def _near(entries: Iterable[Entry], weights: dict[Term, float]) -> list[Entry]:
    """The few pages with most of what is rare in the words: somebody in distress types a whole sentence."""
    pages = [entry for entry in entries if entry.kind == Kind.PAGE and _score(entry, weights)]
    return _best(pages, weights)[:MOST_NEAR]


def _best(entries: Iterable[Entry], weights: dict[Term, float]) -> list[Entry]:
    return sorted(entries, key=lambda entry: -_score(entry, weights))


def _score(entry: Entry, weights: dict[Term, float]) -> float:
    return sum(weight * _value(term, entry) for term, weight in weights.items())


def _weight(term: Term, entries: Iterable[Entry]) -> float:
    """A word that stands nearly everywhere says little."""
    return 1 / (1 + sum(bool(_value(term, entry)) for entry in entries))


def _value(term: Term, entry: Entry) -> float:
    if whole := _place(term, entry):
        return whole
    begun = _as_beginning(term)
    return _place(begun, entry) * _ONLY_BEGUN if begun else 0


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


def _marked(search: Search) -> Search:
    """What is marked in the answer: the words, and what begins with them."""
    begun = filter(None, map(_as_beginning, search.wanted))
    return Search((*search.terms, *begun))


def _by_kind(entries: Iterable[Entry], search: Search) -> dict[Kind, list[Hit]]:
    found: dict[Kind, list[Hit]] = {}
    for entry in entries:
        hits = found.setdefault(entry.kind, [])
        if len(hits) < MOST:
            hits.append(_hit(entry, search))
    return {kind: found[kind] for kind in Kind if kind in found}


def _hit(entry: Entry, search: Search) -> Hit:
    lines = _lines(entry.about, search) or _lines(entry.text, search) or _opening(entry.about)
    return Hit(entry.url, marks.marked_text(entry.title.text, search), lines, entry.is_english)


def _lines(words: Words, search: Search) -> list[Piece]:
    return marks.marked_snippet(words.text, search)


def _opening(words: Words) -> list[Piece]:
    short = words.text[: marks.LENGTH]
    return [Piece(short if short == words.text else f"{short.rpartition(' ')[0]} …")]
