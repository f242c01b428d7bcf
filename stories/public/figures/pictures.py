"""A chart of bars as a picture to take away, with its caution drawn into it: SVG and PNG from one layout."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from PIL import Image, ImageDraw, ImageFont

from stories.public import share_card
from stories.public.figures.charts import Chart
from stories.public.figures.drawing import Bar, Line

# In pixels; as high as its bars need.
WIDTH, _MARGIN = 1200, 72
_INNER = WIDTH - 2 * _MARGIN
# Where our face isn’t installed, an SVG is set in one that is wider.
_SPARE = 0.92
_LEADING = 1.32
_BAR, _LEAST = 20, 10
_PAPER, _INK, _MOSS = share_card.PAPER, share_card.INK, share_card.MOSS
_SOFT, _TRACK = "#55606a", "#e4eef0"
_FAMILY = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, Arial, sans-serif"
# Letters from this size on are bold.
_FIRM = 30


@dataclass(frozen=True)
class Words:
    """One line of letters; `y` is its foot, `is_end` where `x` is where it ends."""

    x: float
    y: float
    size: int
    words: str
    colour: str = _INK
    is_end: bool = False


@dataclass(frozen=True)
class Box:
    """A bar, or what lies under it."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Layout:
    parts: Sequence[Words | Box]
    height: int


def shows_a_number(chart: Chart) -> bool:
    """True for a chart of bars of which at least one isn't hidden."""
    return chart.kind == "bars" and any(line.level != "hidden" for line in _lines(chart))


def svg(chart: Chart, *, source: str) -> str:
    """The picture as SVG, whose letters stay letters: title, sentence, bars, caution and `source`."""
    laid = _laid(chart, source)
    parts = "\n".join(_svg_of(part) for part in laid.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {laid.height}" width="{WIDTH}"'
        f' height="{laid.height}" role="img" aria-labelledby="title about" font-family="{_FAMILY}">\n'
        f'<title id="title">{escape(chart.title)}</title>\n'
        f'<desc id="about">{escape(f"{chart.sentence} {chart.about} {chart.caution}")}</desc>\n'
        f'<rect width="{WIDTH}" height="{laid.height}" fill="{_PAPER}"/>\n{parts}\n</svg>\n'
    )


def png(chart: Chart, *, source: str) -> bytes:
    """The same as PNG; the same chart, the same bytes, and no time in them."""
    laid = _laid(chart, source)
    picture = Image.new("RGB", (WIDTH, laid.height), _PAPER)
    pen = ImageDraw.Draw(picture)
    for part in laid.parts:
        if isinstance(part, Words):
            anchor = "rs" if part.is_end else "ls"
            pen.text((part.x, part.y), part.words, fill=part.colour, font=_face(part.size), anchor=anchor)
        else:
            _draw_box(pen, part)
    file = io.BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


# --- Where everything stands ----------------------------------------------------------------


def _laid(chart: Chart, source: str) -> Layout:
    parts: list[Words | Box] = []
    y = float(_MARGIN)
    for words, size, colour in ((chart.title, 44, _INK), (chart.sentence, 30, _INK), (chart.about, 24, _SOFT)):
        y = _write(parts, words, y=y, size=size, colour=colour) + 14
    y += 14
    for line in _lines(chart):
        y = _draw_bar(parts, line, y=y)
    y += 20
    # What goes with every figure wherever it goes; it is the last thing that somebody would cut off.
    for words, size, colour in ((chart.caution, 30, _INK), (chart.note, 24, _SOFT), (source, 22, _SOFT)):
        y = _write(parts, words, y=y, size=size, colour=colour) + 8
    return Layout(parts, round(y + _MARGIN / 2))


def _lines(chart: Chart) -> list[Line]:
    return [part.line for part in chart.drawing.parts if isinstance(part, Bar)]


def _write(parts: list[Words | Box], words: str, *, y: float, size: int, colour: str) -> float:
    for line in _wrapped(words, size=size, width=_INNER * _SPARE):
        parts.append(Words(_MARGIN, y + size, size, line, colour))
        y += size * _LEADING
    return y


def _draw_bar(parts: list[Words | Box], line: Line, *, y: float) -> float:
    room = _INNER * _SPARE - _face(26).getlength(line.value) - 40
    for words in _wrapped(line.words, size=26, width=room):
        parts.append(Words(_MARGIN, y + 26, 26, words))
        y += 26 * _LEADING
    parts.append(Words(WIDTH - _MARGIN, y + 26 - 26 * _LEADING, 26, line.value, is_end=True))
    if line.level == "hidden":
        return y + 16
    parts.append(Box(_MARGIN, y + 4, _INNER, _BAR, _TRACK))
    parts.append(Box(_MARGIN, y + 4, max(_INNER * line.percent / 100, _LEAST), _BAR, _MOSS))
    return y + 4 + _BAR + 20


def _wrapped(words: str, *, size: int, width: float) -> Iterator[str]:
    face, line = _face(size), ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return share_card.face(size)


# --- As each format writes it ---------------------------------------------------------------


def _svg_of(part: Words | Box) -> str:
    if isinstance(part, Words):
        anchor = ' text-anchor="end"' if part.is_end else ""
        place = f'x="{part.x:.0f}" y="{part.y:.1f}" font-size="{part.size}" fill="{part.colour}"{anchor}'
        weight = ' font-weight="700"' if part.size >= _FIRM else ""
        return f"<text {place}{weight}>{escape(part.words)}</text>"
    place = f'x="{part.x:.0f}" y="{part.y:.1f}" width="{part.width:.1f}" height="{part.height}"'
    return f'<rect {place} fill="{part.colour}"/>'


def _draw_box(pen: ImageDraw.ImageDraw, box: Box) -> None:
    pen.rectangle((round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height)), fill=box.colour)
