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
_STROKES = 12
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
    """A bar, or what lies under it; hatched where its number is hidden."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    is_hatched: bool = False


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
        f'<defs><pattern id="hatch" width="{_STROKES}" height="{_STROKES}" patternUnits="userSpaceOnUse">'
        f'<path d="M0 {_STROKES}L{_STROKES} 0" stroke="{_MOSS}" stroke-width="2"/></pattern></defs>\n'
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
            _draw_box(picture, pen, part)
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
    value = f"{line.share} ({line.value})" if line.share else line.value
    room = _INNER * _SPARE - _face(26).getlength(value) - 40
    for words in _wrapped(line.words, size=26, width=room):
        parts.append(Words(_MARGIN, y + 26, 26, words))
        y += 26 * _LEADING
    parts.append(Words(WIDTH - _MARGIN, y + 26 - 26 * _LEADING, 26, value, is_end=True))
    parts.append(Box(_MARGIN, y + 4, _INNER, _BAR, _TRACK))
    is_hidden = line.level == "hidden"
    long = _INNER * 0.12 if is_hidden else max(_INNER * line.percent / 100, _LEAST)
    parts.append(Box(_MARGIN, y + 4, long, _BAR, _MOSS, is_hatched=is_hidden))
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
    fill = "url(#hatch)" if part.is_hatched else part.colour
    edge = f' stroke="{_MOSS}" stroke-width="2"' if part.is_hatched else ""
    place = f'x="{part.x:.0f}" y="{part.y:.1f}" width="{part.width:.1f}" height="{part.height}"'
    return f'<rect {place} fill="{fill}"{edge}/>'


def _draw_box(picture: Image.Image, pen: ImageDraw.ImageDraw, box: Box) -> None:
    left, top, right, foot = round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height)
    if not box.is_hatched:
        pen.rectangle((left, top, right, foot), fill=box.colour)
        return
    # Drawn apart and cut to its edges: a slanting line ends where the box does.
    piece = Image.new("RGB", (right - left, foot - top), _PAPER)
    lines = ImageDraw.Draw(piece)
    for at in range(0, piece.width + piece.height, _STROKES):
        lines.line((at, 0, at - piece.height, piece.height), fill=box.colour, width=2)
    lines.rectangle((0, 0, piece.width - 1, piece.height - 1), outline=box.colour, width=2)
    picture.paste(piece, (left, top))
