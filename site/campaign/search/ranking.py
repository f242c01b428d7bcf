"""What a search finds among the entries, without a query: whatever each is, the best first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.search.entries import ALONE, Entry, Leads, SearchIndex, stems_of
from stories.reading.search import marks, words
from stories.reading.search.marks import Piece
from stories.reading.search.terms import Search, Term

# So many stand first, and at most so many more below.
BEST, MOST = 3, 12
# A word of so many letters finds longer ones that begin with it, behind all that hold it whole.
_SHORTEST_BEGINNING = 4
_ONLY_BEGUN = 1 / 10
# What people type for an entry says more than a title, and more still for each further word; less for the next entry.
_LED, _LED_BY_MORE, _NEXT = 10, 5, 1
_ALL_WORDS = 20


@dataclass(frozen=True)
class Hit:
    """One line of the answer: its title and its words in pieces, what was searched for marked."""

    url: str
    title: Sequence[Piece]
    lines: Sequence[Piece]
    tail: str
    lang: str


@dataclass(frozen=True)
class Answer:
    """The best few hits, and others; `is_near` where no entry has all of the words."""

    best: Sequence[Hit] = ()
    more: Sequence[Hit] = ()
    is_near: bool = False


def matching_entries(search: Search, index: SearchIndex) -> Answer:
    """Find without a query; nothing for a search that only leaves out."""
    if not search.wanted:
        return Answer()
    begun = {term: _as_beginning(term) for term in search.terms}

    def value(term: Term, entry: Entry) -> float:
        beginning = begun[term]
        return entry.value(term) or (entry.value(beginning) * _ONLY_BEGUN if beginning else 0)

    values = [[value(term, entry) for term in search.wanted] for entry in index.entries]
    # A word that stands nearly everywhere says little.
    weights = [(1 + sum(map(bool, column))) ** -0.5 for column in zip(*values, strict=True)]
    # The one page that has all of several words is what was meant.
    whole = _ALL_WORDS / max(1, sum(map(all, values))) if len(search.wanted) > 1 else 0
    led, ranked = _led(search, index.leads), list[tuple[float, bool, Entry]]()
    for entry, found in zip(index.entries, values, strict=True):
        strength = max(led[key] for key in entry.keys)
        score = strength + whole * all(found) + sum(weight * each for weight, each in zip(weights, found, strict=True))
        if score and not any(value(term, entry) for term in search.out):
            ranked.append((score, bool(strength) or all(found), entry))
    ranked.sort(key=lambda each: -each[0])
    fitting = [entry for _score, fits, entry in ranked if fits]
    # Else what has most of what is rare in the words: somebody in distress types a whole sentence.
    near = [entry for _score, fits, entry in ranked if not fits][:BEST] if len(search.wanted) > 1 or not fitting else []
    # Help lines have one page.
    places = {entry.url: entry for entry in (*fitting, *near)[::-1]}
    best = [entry for entry in (*fitting, *near) if places[entry.url] is entry][:BEST]
    # Marked are the words, and what begins with them.
    marked = Search((*search.terms, *filter(None, (begun[term] for term in search.wanted))))
    hits = [_hit(entry, marked) for entry in (*best, *[entry for entry in fitting if entry not in best][:MOST])]
    return Answer(hits[: len(best)], hits[len(best) :], is_near=bool(best) and not fitting)


def _led(search: Search, leads: Leads) -> Mapping[str, float]:
    """How strongly what was typed leads to each key: by a place's name within it, or by other words than ours."""
    typed = tuple(raw for term in search.terms if not term.is_out for raw in term.raw.split())
    spelled = [raw.removeprefix(words.WHOLE) for raw in typed]
    text, stems = f" {' '.join(typed)} ", stems_of(" ".join(spelled))
    # Many write *snap chat*.
    held, only = {*stems, *map(words.stem_word, map("".join, pairwise(spelled)))}, (ALONE, *stems)
    fitting = [key for key in leads if (f" {' '.join(key)} " in text if key[0][0] == words.WHOLE else held >= set(key))]
    fitting += [only] if only in leads else []
    points: dict[str, float] = defaultdict(float)
    for fits in fitting:
        # Of *no further action* it isn't *action* that counts.
        if not any(set(fits) < set(other) for other in fitting):
            strength = _LED + _LED_BY_MORE * (len(fits) + 2 * (fits == typed))
            for place, key in enumerate(leads[fits]):
                points[key] += strength - _NEXT * place
    return points


def _as_beginning(term: Term) -> Term | None:
    """The same word as the first letters of others: *threat* and *threats* of *threatening*."""
    is_plural = term.raw.endswith("s") and not term.raw.endswith("ss")
    letters = term.raw.removesuffix("s") if is_plural else term.raw
    is_long = len(term.tokens) == 1 and len(letters.removeprefix(words.WHOLE)) >= _SHORTEST_BEGINNING
    return Term((letters,), is_beginning=True) if is_long and not term.is_out else None


def _hit(entry: Entry, search: Search) -> Hit:
    snippets = (marks.marked_snippet(text, search) for text in (entry.about, entry.text))
    short = entry.about[: marks.LENGTH]
    opening = short if short == entry.about else f"{short.rpartition(' ')[0]} …"
    lines = next(filter(None, snippets), None) or [Piece(opening)]
    return Hit(entry.url, marks.marked_text(entry.title, search), lines, entry.tail, entry.lang)
