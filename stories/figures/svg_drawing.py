"""The place of each part of a drawing, in rem, so that it grows with the letters: values in, places out. Pure.

Widths are parts of the whole, because a page knows no width: a drawing fits 320 px and a desk alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

# Rem from one line of letters to the next, of a bar, and between two bars.
LEADING, THICKNESS, GAP = 1.35, 0.8, 0.9
# As many letters stand in a line at 320 px, and as many ems: 288 px of 14 px, less the gap before a number.
_LETTERS, _ROOM = 40, 19.5
# How wide a letter is in ems, a little more than it is in our face: narrow and wide ones, capitals, all others.
_NARROW, _WIDE = frozenset(" '’.,:;|!-()[]/ijlfrtI"), frozenset("mwMW%@&")
_FOOT = 2.0
SIDE, LOW = 2.4, 1.8
# What is left between two squares: in hundredths of the width, and in rem.
_APART, _BETWEEN = 0.7, 0.16


@dataclass(frozen=True)
class Line:
    """One thing that is counted: how it is called, how its number reads, and how large a part of the bar it takes.

    `level` is hidden, few, some or many: how it is filled. `url` leads to what is counted; empty for answers.
    """

    words: str
    value: str
    percent: float = 0
    level: str = "few"
    url: str = ""
    share: str = ""


@dataclass(frozen=True)
class Part:
    """A line as it is drawn, in rem and hundredths of the width: a bar under its words, or a square with its label.

    The row of a bar is all of it, up to the next, and can be pressed anywhere. A row of squares has its words in its
    first one.
    """

    line: Line
    y: str
    label_y: str
    words: Sequence[tuple[str, str]] = ()
    width: str = ""
    row_y: str = ""
    row_height: str = ""
    label: str = ""
    x: str = ""
    middle_x: str = ""


@dataclass(frozen=True)
class Drawing:
    """Its parts, its height, where its last sentence stands, and for squares how large each is."""

    parts: Sequence[Part]
    height: str
    foot_y: str
    width: str = ""
    side: str = ""
    # The numbers over the columns of a crossed table, each with its place.
    heads: Sequence[tuple[str, str]] = ()
    # Slanting lines in px, more than a piece is wide and high together, as a path that each hidden piece cuts its own
    # from: paper would make a pattern a picture.
    hatch = "".join(f"M0 {at}L{at} 0" for at in range(8, 248, 8))


def draw_bars(lines: Iterable[Line]) -> Drawing:
    """One bar under another, each under its own words; a hidden number has its words alone."""
    found, y = [], GAP / 2
    for line in lines:
        words = wrap(line.words, _LETTERS) or [""]
        if _width(words[-1]) + _width(line.value) > _ROOM:
            # The number has a line of its own.
            words.append("")
        placed, bottom = _words_from(y, words)
        after = bottom + (0 if line.level == "hidden" else THICKNESS) + GAP
        row = {"row_y": _rem(y - GAP / 2), "row_height": _rem(after - y)}
        found.append(Part(line, _rem(bottom), placed[-1][0], placed, f"{max(line.percent, 2):.1f}%", **row))
        y = after
    return Drawing(found, _rem(y + _FOOT), _rem(y + 1.0))


def _width(words: str) -> float:
    high = sum(letter.isupper() or letter.isdigit() for letter in words if letter not in _NARROW | _WIDE)
    narrow, wide = (sum(letter in letters for letter in words) for letters in (_NARROW, _WIDE))
    return 0.32 * narrow + 0.88 * wide + 0.68 * high + 0.57 * (len(words) - narrow - wide - high)


def draw_tiles(placed: Iterable[tuple[Line, str, int, int]]) -> Drawing:
    """Squares by column and row: (what stands in it, its label, column, row)."""
    placed = list(placed)
    columns = max((column for _line, _label, column, _row in placed), default=0) + 1
    rows = max((row for _line, _label, _column, row in placed), default=0) + 1
    found = [_tile(line, label, (column, columns), row * SIDE, SIDE) for line, label, column, row in placed]
    return _squares(found, rows * SIDE + 0.4, columns, SIDE)


def draw_crossed(rows: Sequence[tuple[str, Sequence[Line]]]) -> Drawing:
    """Rows of squares, each row under its words; the squares of a column stand under each other."""
    columns = max((len(lines) for _words, lines in rows), default=1)
    y, found = LEADING, []
    for words, lines in rows:
        placed, top = _words_from(y, wrap(words, _LETTERS) or [""])
        for at, line in enumerate(lines):
            # The number alone; of one that is hidden its hatch says enough.
            label = "" if line.level == "hidden" else line.value
            found.append(_tile(line, label, (at, columns), top, LOW, () if at else placed))
        y = top + LOW + GAP / 2
    heads = [(f"{(at + 0.5) * 100 / columns:.3f}%", str(at + 1)) for at in range(columns)]
    return _squares(found, y, columns, LOW, heads)


def _tile(
    line: Line, label: str, column: tuple[int, int], top: float, side: float, words: Sequence[tuple[str, str]] = ()
) -> Part:
    """A square in a column of so many, with its label in its middle."""
    x, middle = (f"{(column[0] + part) * 100 / column[1]:.3f}%" for part in (0, 0.5))
    return Part(line, _rem(top), _rem(top + side / 2 + 0.25), words, label=label, x=x, middle_x=middle)


def _words_from(y: float, lines: Sequence[str]) -> tuple[list[tuple[str, str]], float]:
    """Lines of words from this height on, each with its own, and the height below them."""
    words = [(_rem(y + LEADING * (at + 0.75)), part) for at, part in enumerate(lines)]
    return words, y + LEADING * len(lines) + 0.15


def _squares(
    parts: Sequence[Part], y: float, columns: int, side: float, heads: Sequence[tuple[str, str]] = ()
) -> Drawing:
    width = f"{100 / columns - _APART:.3f}%"
    return Drawing(parts, _rem(y + _FOOT), _rem(y + 1.0), width, _rem(side - _BETWEEN), heads)


def _rem(number: float) -> str:
    return f"{number:.2f}rem"
