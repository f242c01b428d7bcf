"""A figure as a picture to take away, as PNG or SVG: one drawing, with two kinds of pen.

Its source and its caution are in the picture, because it travels without the page that says so.
"""

from functools import lru_cache
from xml.sax.saxutils import escape

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from stories.figures import charts
from stories.figures.charts import Chart, Line
from stories.reading.export import requests
from stories.reading.pictures import INK, MOSS, PAPER, SOFT, TRACK, Sheet

_WIDTH, _MARGIN, _HIGHEST = 1200, 72, 6000
# Across, and from one to the next.
_DOT, _STEP = 22, 29
_SQUARE_DOT, _SQUARE_STEP, _IN_A_ROW, _APART = 17, 23, 4, 6


class _Pen:
    """Writes an SVG where Pillow's pen would colour a picture; each text is as wide as there."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def text(
        self, at: tuple[float, float], words: str, *, fill: str, font: ImageFont.FreeTypeFont, anchor: str = "la"
    ) -> None:
        end = ' text-anchor="end"' if anchor == "ra" else ""
        place = f'x="{at[0]:.0f}" y="{at[1] + font.getmetrics()[0]:.0f}" lengthAdjust="spacingAndGlyphs"'
        place += f' textLength="{font.getlength(words):.0f}"'
        self.parts.append(f'<text {place} font-size="{font.size:.0f}" fill="{fill}"{end}>{escape(words)}</text>')

    def rectangle(self, box: tuple[float, float, float, float], *, fill: str) -> None:
        left, top, right, bottom = box
        place = f'x="{left:.0f}" y="{top:.0f}" width="{right - left:.1f}" height="{bottom - top:.0f}"'
        self.parts.append(f'<rect {place} fill="{fill}"/>')


class _PngSheet(Sheet):
    def __init__(self, height: int = _HIGHEST) -> None:
        super().__init__((_WIDTH, height), margin=_MARGIN)

    def draw_dot(self, left: float, top: float, size: int) -> None:
        self.picture.paste(MOSS, (round(left), round(top)), _disc(size))

    def draw_square(self, left: float, top: float, side: float) -> None:
        self._pen.rectangle((left, top, left + side, top + side), fill=TRACK)

    def file(self, chart: Chart, height: float) -> bytes:
        return self.png(height)


class _SvgSheet(_PngSheet):
    def __init__(self) -> None:
        super().__init__(1)
        self._pen = _Pen()  # type: ignore[assignment]
        self._parts = self._pen.parts  # type: ignore[attr-defined]

    def draw_dot(self, left: float, top: float, size: int) -> None:
        radius = size / 2
        self._parts.append(f'<circle cx="{left + radius:.0f}" cy="{top + radius:.0f}" r="{radius:.0f}" fill="{MOSS}"/>')

    def file(self, chart: Chart, height: float) -> bytes:
        size = f'viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" height="{height:.0f}"'
        face = """font-family="'Atkinson Hyperlegible Next', Arial, sans-serif" font-weight="700" role="img" """
        about = f"<title>{escape(chart.title)}</title><desc>{escape(f'{chart.sentence} {chart.caution}')}</desc>"
        paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        parts = "\n".join((about, paper, *self._parts))
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {face.strip()}>\n{parts}\n</svg>\n'.encode()


KINDS = {"png": ("image/png", _PngSheet), "svg": ("image/svg+xml", _SvgSheet)}


def source_words() -> str:
    """The source of every figure, and that its numbers are invented where they are."""
    source = requests.attribution_words("figures")
    return f"Invented numbers, from a demonstration. {source}" if settings.DEMO else source


def draw_figure(chart: Chart, kind: str) -> bytes:
    """A chart as a file of one of `KINDS`, as high as it needs."""
    sheet, y = KINDS[kind][1](), float(_MARGIN)
    first = chart.sentence or chart.title
    for words, size, colour in ((first, 46, INK), (chart.title, 28, SOFT), (chart.about, 24, SOFT)):
        if words != first or colour == INK:
            y = sheet.write(words, top=y, largest=size, colour=colour) + 14
    y = (_draw_squares if chart.kind == "tiles" else _draw_lines)(sheet, chart, y + 18) + 20
    # What goes with every figure wherever it goes; it is the last thing that somebody would cut off.
    for words, size, colour in ((chart.caution, 30, INK), (chart.note, 24, SOFT), (source_words(), 22, SOFT)):
        y = sheet.write(words, top=y, largest=size, colour=colour) + 8
    return sheet.file(chart, y + 36)


def _draw_lines(sheet: _PngSheet, chart: Chart, y: float) -> float:
    """Each line under its words, with a dot for each story, or with a bar where its number isn't hidden."""
    for line in chart.lines:
        number = sheet.write_number(line.value, top=y, size=26)
        y = sheet.write(line.words, top=y, largest=26, right=number + 40) + 4
        if chart.kind == "dots":
            y = _draw_dots(sheet, line, y + 4)
        elif line.percent:
            sheet.draw_bar(top=y, percent=line.percent)
            y += 20
        y += 16
    return y


def _draw_dots(sheet: _PngSheet, line: Line, top: float) -> float:
    in_a_row = (_WIDTH - 2 * _MARGIN) // _STEP
    for at in range(int(line.count)):
        sheet.draw_dot(_MARGIN + at % in_a_row * _STEP, top + at // in_a_row * _STEP, _DOT)
    return top + -(-int(line.count) // in_a_row) * _STEP


def _draw_squares(sheet: _PngSheet, chart: Chart, top: float) -> float:
    """A square for each force, with its letters, and a dot for each story where they have room."""
    columns = max((line.column for line in chart.lines), default=0) + 1
    side = (_WIDTH - 2 * _MARGIN) / columns
    for line in chart.lines:
        left, upper, count = _MARGIN + line.column * side, top + line.row * side, int(line.count)
        sheet.draw_square(left, upper, side - _APART)
        sheet.write(line.code, top=upper + 8, left=round(left) + 10, largest=24, colour=INK if count else SOFT)
        if count > charts.MOST_IN_A_SQUARE or not charts.has_dots():
            sheet.write(line.value, top=upper + 44, left=round(left) + 10, largest=34, colour=MOSS)
            continue
        for at in range(count):
            x, y = at % _IN_A_ROW * _SQUARE_STEP, at // _IN_A_ROW * _SQUARE_STEP
            sheet.draw_dot(left + 10 + x, upper + 46 + y, _SQUARE_DOT)
    return top + side * (1 + max((line.row for line in chart.lines), default=0))


@lru_cache(maxsize=4)
def _disc(size: int) -> Image.Image:
    """The shape of a dot, with a smooth edge: drawn large, and made small."""
    large = Image.new("L", (size * 8, size * 8))
    ImageDraw.Draw(large).ellipse((0, 0, size * 8 - 1, size * 8 - 1), fill=255)
    return large.resize((size, size), Image.Resampling.LANCZOS)
