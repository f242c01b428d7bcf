"""What a search finds among the entries, without a query: the best of all first, then the others of each kind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from campaign.search.entries import Entry, Kind, Leads, SearchIndex, alone, stems_of, whole_words
from stories.reading.search import marks, words
from stories.reading.search.marks import Piece
from stories.reading.search.terms import Search, Term

# So many stand first, whatever they are; and so many of each kind below.
BEST, MOST = 3, 8
# How much more a word says in a title, and in what a page is about, than in its running text.
_IN_TITLE, _IN_ABOUT, _IN_TEXT = 9, 3, 1
# A word of so many letters finds longer ones that begin with it, behind all that hold it whole.
_SHORTEST_BEGINNING = 4
_ONLY_BEGUN = 1 / 10
# What people type for an entry says more than a title, and more still for each further word; less for the next entry.
_LED, _LED_BY_MORE, _NEXT = 10, 5, 1


@dataclass(frozen=True)
class Hit:
    """One line of the answer: its title and its words in pieces, what was searched for marked."""

    url: str
    title: Sequence[Piece]
    lines: Sequence[Piece]
    is_english: bool


@dataclass(frozen=True)
class Answer:
    """The best few hits, and the others of each kind; `is_near` where no entry has all of the words."""

    best: list[Hit] = field(default_factory=list)
    hits: dict[Kind, list[Hit]] = field(default_factory=dict)
    is_near: bool = False


def matching_entries(search: Search, index: SearchIndex) -> Answer:
    """Find without a query; nothing for a search that only leaves out."""
    if not search.wanted:
        return Answer()
    values = {entry.keys: [_value(term, entry) for term in search.wanted] for entry in index.entries}
    # A word that stands nearly everywhere says little.
    weights = [(1 + sum(map(bool, column))) ** -0.5 for column in zip(*values.values(), strict=True)]
    left = [entry for entry in index.entries if not any(_value(term, entry) for term in search.out)]
    led = _led(search, index.leads)
    scores = {
        entry.keys: sum(weight * value for weight, value in zip(weights, values[entry.keys], strict=True))
        + max(led[key] for key in entry.keys)
        for entry in left
    }
    ranked = sorted((entry for entry in left if scores[entry.keys]), key=lambda entry: -scores[entry.keys])
    fitting = [entry for entry in ranked if all(values[entry.keys]) or any(led[key] for key in entry.keys)]
    # Else what has most of what is rare in the words: somebody in distress types a whole sentence.
    near = [entry for entry in ranked if entry not in fitting] if len(search.wanted) > 1 or not fitting else []
    best: dict[str, Entry] = {}
    for entry in (*fitting, *near[:BEST]):
        # Help lines have one page.
        best.setdefault(entry.url, entry)
    first = [*best.values()][:BEST]
    # Marked are the words, and what begins with them.
    marked = Search((*search.terms, *filter(None, map(_as_beginning, search.wanted))))
    others = [entry for entry in fitting if entry not in first]
    found = {kind: [entry for entry in others if entry.kind == kind][:MOST] for kind in Kind}
    hits = {kind: [_hit(entry, marked) for entry in some] for kind, some in found.items() if some}
    return Answer([_hit(entry, marked) for entry in first], hits, is_near=bool(first) and not fitting)


def _led(search: Search, leads: Leads) -> Mapping[str, float]:
    """How strongly what was typed leads to each key: by a place's name within it, or by other words than ours."""
    said = " ".join(search.typed)
    typed, stems = f" {' '.join(whole_words(said))} ", set(stems_of(said))
    only, place_only = alone(stems), whole_words(said)
    # Many write *snap chat*.
    stems |= {words.stem_word("".join(pair)) for pair in pairwise(search.typed)}
    fitting = [key for key in leads if (f" {' '.join(key)} " in typed if key[0][0] == words.WHOLE else stems >= set(key))]
    fitting += [only] if only in leads else []
    points: dict[str, float] = defaultdict(float)
    for fits in fitting:
        # Of *no further action* it isn't *action* that counts.
        if not any(set(fits) < set(other) for other in fitting):
            strength = _LED + _LED_BY_MORE * (len(fits) + (fits == place_only))
            for place, key in enumerate(leads[fits]):
                points[key] += strength - _NEXT * place
    return points


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
    title = [*marks.marked_text(entry.title.text, search), *([Piece(entry.tail)] if entry.tail else [])]
    return Hit(entry.url, title, lines, entry.is_english)
