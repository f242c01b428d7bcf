"""Text as safe HTML, as an opening of a line or two, as words that differ, and as cells of a CSV: no framework."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import groupby
from types import SimpleNamespace
from urllib.parse import unquote

_SPACES = " \t\n\r\xa0"
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t\xa0]*\n[ \t\n\xa0]*")


def split_paragraphs(text: str) -> list[str]:
    """Split at blank lines, whatever the line ends; a paragraph is never empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [bare for part in _BETWEEN_PARAGRAPHS.split(lines) if (bare := part.strip(_SPACES))]


def text_as_html(text: str) -> str:
    """Return `<p>` elements, every character of the text escaped; a single line end stays a line end."""
    parts = ([escape(line.strip(_SPACES)) for line in part.split("\n")] for part in split_paragraphs(text))
    return "\n".join("<p>" + "<br>\n".join(lines) + "</p>" for lines in parts)


def text_opening(text: str, *, length: int = 125) -> str:
    """Return the first `length` characters, about two lines of the reading column, on one, cut at the end of a word."""
    # Ten times as many characters are enough to find them, however many spaces run between; lists make many of these.
    line = " ".join(text[: 10 * length + 10].split(maxsplit=length // 2 + 1))
    if len(line) <= length:
        return line
    cut = line[: length + 1].rfind(" ")
    # A word longer than the whole opening is cut where it stands.
    kept = line[:cut] if cut > 0 else line[:length]
    return kept.rstrip(" ,;:–—-.") + "…"


SAME, ADDED, REMOVED = "same", "added", "removed"
# A word carries the space behind it, so that a space between two changed words doesn't part them.
_WORD = re.compile(r"\s*\n\s*|\S+[^\S\n]*|[^\S\n]+")


@dataclass(frozen=True)
class Piece:
    """Some words that stand in both texts, or in one of them alone."""

    kind: str
    text: str


def compare_words(before: str, after: str) -> list[Piece]:
    """Return the pieces in reading order; those not added make up `before`, those not removed `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    # Its shortcut for words that come often keeps two long texts from taking seconds.
    for step, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if step == "equal":
            pieces.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        pieces += [Piece(REMOVED, "".join(old[old_from:old_to])), Piece(ADDED, "".join(new[new_from:new_to]))]
    runs = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in run)) for kind, run in runs]


# Marks of rich text. What else stands between angle brackets is words, such as an address in a mail's heading.
_LINKED = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>', re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|strong|i|em|span|sup|sub)\b[^>]*>", re.IGNORECASE)
_BLOCKS = re.compile(r"</?(?:p|br|hr|h[1-6]|ul|ol|li|div|img|embed)\b[^>]*>", re.IGNORECASE)
# An address that isn't a link; it ends where words end.
_ADDRESS = re.compile(r"""\b(?:https?://|mailto:|tel:|sms:)[^\s"'<>]+""", re.IGNORECASE)
# A telephone number within one, as its number of digits and its beginning tell it from a day or the number of a page.
_DIALLED = re.compile(r"(?<!\d)(?<!\d[ +.-])(?:44|0)(?:[ +.-]?\d){9,10}(?!\d)")
# What a stream of blocks keeps beside its words. The address of a story is drawn by lot: of three thousand, one looks
# like a number that leads to somebody.
_NOT_WORDS = frozenset({"id", "type", "story"})


def words_within(value: object) -> Iterator[str]:
    """Yield each text of a string, of lists and dicts of them, or of a stream of blocks."""
    if isinstance(value, str):
        yield from _read(value)
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield from words_within(inside) if name not in _NOT_WORDS else ()
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from words_within(inside)
    elif hasattr(value, "get_prep_value"):
        yield from words_within(value.get_prep_value())


def _read(text: str) -> Iterator[str]:
    words = unescape(_BLOCKS.sub("\n\n", _INLINE.sub("", text))) if "<" in text or "&" in text else text
    yield words
    for address in _LINKED.findall(text):
        yield from _within_address(unescape(address))
    for address in _ADDRESS.findall(words):
        yield from _within_address(address)


def _within_address(address: str) -> Iterator[str]:
    """Yield an address as a browser understands it, and each telephone number in it as somebody would dial it."""
    plain = unquote(address)
    yield plain
    for number in _DIALLED.findall(plain):
        digits = "".join(filter(str.isdigit, number))
        yield f"+{digits}" if digits.startswith("44") else digits


# A cell that begins with one of these is a formula to a spreadsheet; in some countries their wide forms are too.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    # It gives back what `write` does.
    writer = csv.writer(SimpleNamespace(write=str))  # type: ignore[arg-type]
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def safe_cell(cell: object) -> object:
    """A text that a spreadsheet takes for a text; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell
