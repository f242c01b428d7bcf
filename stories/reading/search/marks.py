"""The places in a text of the words that somebody searched for, and the lines around them. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stories.reading.search import words
from stories.reading.search.terms import Search, Term

# Characters of a snippet: about three lines of the reading column.
LENGTH = 200
# How many of them stand before the first marked word.
_BEFORE = 60
_CUT = "…"


@dataclass(frozen=True)
class Piece:
    """Some characters of a text, and whether they are what was searched for."""

    words: str
    is_marked: bool = False


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    term: Term


def marked_snippet(text: str, search: Search, *, length: int = LENGTH) -> list[Piece]:
    """The place in `text` where most of the terms stand near each other, marked; nothing where none stands."""
    spans = _spans(text, search)
    if not spans:
        return []
    first = _best(spans, length - _BEFORE)
    start, end = _window(text, first, length)
    pieces = _pieces(text, [span for span in spans if start <= span.start and span.end <= end], start, end)
    before, after = (f"{_CUT} " if text[:start].strip() else ""), (f" {_CUT}" if text[end:].strip() else "")
    return [piece for piece in (Piece(before), *pieces, Piece(after)) if piece.words]


def marked_text(text: str, search: Search) -> list[Piece]:
    return _pieces(text, _spans(text, search), 0, len(text))


def _best(spans: Sequence[_Span], length: int) -> _Span:
    """The span that most different terms follow within `length` characters; the first of several."""
    best, most, seen, end = spans[0], 0, Counter[Term](), 0
    for span in spans:
        while end < len(spans) and spans[end].start < span.start + length:
            seen[spans[end].term] += 1
            end += 1
        if len(seen) > most:
            best, most = span, len(seen)
        seen[span.term] -= 1
        if not seen[span.term]:
            del seen[span.term]
    return best


def _window(text: str, first: _Span, length: int) -> tuple[int, int]:
    """From the beginning of a word a little before a span to the end of a word some way after it."""
    start, end = max(0, first.start - _BEFORE), len(text)
    if start:
        start = next((at for at in range(start, first.start) if text[at].isspace()), first.start)
    while text[start].isspace():
        start += 1
    if end > start + length:
        least = max(first.end, start + length // 2)
        end = next((at for at in range(start + length, least, -1) if text[at].isspace()), max(start + length, least))
    return start, len(text[:end].rstrip())


def _pieces(text: str, spans: Iterable[_Span], start: int, end: int) -> list[Piece]:
    apart: list[tuple[int, int]] = []
    for span in spans:
        # Spans that run into each other are one.
        if apart and span.start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(span.end, apart[-1][1]))
        else:
            apart.append((span.start, span.end))
    pieces, at = [], start
    for first, last in apart:
        pieces += [Piece(_on_one_line(text[at:first])), Piece(_on_one_line(text[first:last]), is_marked=True)]
        at = last
    return [piece for piece in (*pieces, Piece(_on_one_line(text[at:end]))) if piece.words]


def _on_one_line(part: str) -> str:
    inner = " ".join(part.split())
    return f"{' ' * part[:1].isspace()}{inner}{' ' * (bool(inner) and part[-1:].isspace())}"


def _spans(text: str, search: Search) -> list[_Span]:
    """Every place of every term that isn't left out, in the order of the text."""
    found = list(words.split_words(text))
    stems = [words.remembered_stem(match[0]) for match in found]
    whole_words = (
        [words.remembered_raw(match[0]) for match in found] if any(term.is_beginning for term in search.wanted) else []
    )
    spans = []
    for term in search.wanted:
        first, size = term.tokens[0], len(term.tokens)
        if term.is_beginning:
            places = [at for at, word in enumerate(whole_words) if word.startswith(first)]
        else:
            begins = (at for at, word in enumerate(stems) if word == first)
            places = [at for at in begins if tuple(stems[at : at + size]) == term.tokens]
        spans += [_Span(found[at].start(), found[at + size - 1].end(), term) for at in places]
    return sorted(spans, key=lambda span: (span.start, span.end))
