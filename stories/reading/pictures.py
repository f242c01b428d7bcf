"""Pictures that are drawn here: share cards, the poster and the square of an action.

The same words make the same file, and nothing in it tells when it was drawn.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

PAPER, INK, MOSS, SOFT, TRACK = "#fbf8f2", "#1e2429", "#1f5c4a", "#55606a", "#e4eef0"
APRICOT = "#f6c992"
# In pixels, as those who show a picture beside a link ask for it.
CARD = (1200, 630)
# Something to hold up, for a feed and for a screen or a banner.
QUOTES = {"square": (1080, 1080), "wide": (1600, 900)}
_DATA = Path(__file__).parent / "data"
_LEADING, _SMALLEST = 1.2, 20
# Steps between paper and a colour, so that edges are smooth; few of them keep the file small.
_STEPS = 16
# What the face has no letter for would stand there as a box.
_WITHOUT_A_LETTER = re.compile("[^ -ʯḀ-ỿ‐-… €™−]")
# Of a word, such as an address: as much as ends with a stroke, or as fits a line in any letters.
_PARTS = re.compile(r"[^/-]{1,20}[/-]?|[/-]")


class Sheet:
    """A piece of paper on which words are set, each text in the largest letters with which it fits."""

    def __init__(self, size: tuple[int, int], *, margin: int) -> None:
        self.picture, self.margin = Image.new("RGB", size, PAPER), margin
        self._pen = ImageDraw.Draw(self.picture)

    def draw_mark(self, name: str = "") -> int:
        """Put our mark at the head of the sheet, and a name beside it; returns where it ends, from the top."""
        with Image.open(_DATA / "mark.png") as shape:
            self.picture.paste(Image.new("RGB", shape.size, MOSS), (self.margin, self.margin), shape)
            self._pen.text((self.margin + shape.width + 24, self.margin + 8), name, fill=INK, font=_face(72))
            return self.margin + shape.height

    def write(
        self,
        words: str,
        *,
        top: float,
        largest: int,
        height: float = 0,
        left: int = 0,
        right: float = 0,
        colour: str = INK,
        is_at_foot: bool = False,
        is_marked: bool = False,
    ) -> float:
        """Set words in a column between `left` and the margin less `right`, and return where they end.

        Without a `height` they take as much as they need. Marked, they are as if under a highlighter.
        """
        left = left or self.margin
        width = self.picture.width - left - self.margin - right
        for size in range(largest, _SMALLEST - 1, -2):
            lines = _lines(words, size, width)
            if not height or _height(lines, size) <= height:
                break
        y = top + height - _height(lines, size) if is_at_foot else top
        for line in lines:
            if is_marked:
                self._pen.rectangle((left - 12, y + 4, left + _length(line) * size + 12, y + size * _LEADING), APRICOT)
            self._pen.text((left, y), line, fill=colour, font=_face(size))
            y += _height([line], size)
        return y

    def write_number(self, words: str, *, top: float, size: int) -> float:
        """Set a number at the right margin, and return how wide it is."""
        self._pen.text((self.picture.width - self.margin, top), words, fill=INK, font=_face(size), anchor="ra")
        return _face(size).getlength(words)

    def draw_bar(self, *, top: float, percent: float) -> None:
        left, width = self.margin, self.picture.width - 2 * self.margin
        self._pen.rectangle((left, top, left + width, top + 20), fill=TRACK)
        self._pen.rectangle((left, top, left + max(width * percent / 100, 10), top + 20), fill=MOSS)

    def png(self, height: float = 0) -> bytes:
        """The sheet as a file, down to a height."""
        picture = self.picture.crop((0, 0, self.picture.width, round(height))) if height else self.picture
        colours = Image.new("P", (1, 1))
        shades = [
            round(start + (end - start) * step / (_STEPS - 1))
            for ground, colour in ((PAPER, INK), (PAPER, MOSS), (PAPER, SOFT), (APRICOT, INK))
            for step in range(_STEPS)
            for start, end in zip(ImageColor.getrgb(ground), ImageColor.getrgb(colour), strict=True)
        ]
        colours.putpalette([*shades, *ImageColor.getrgb(TRACK)])
        file = io.BytesIO()
        picture.quantize(palette=colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()


def share_card(title: str) -> bytes:
    """The picture beside a link to a page elsewhere: its title on the foot of the paper, our mark, and nothing else."""
    sheet = Sheet(CARD, margin=78)
    top = sheet.draw_mark() + 40
    sheet.write(title, top=top, height=CARD[1] - top - 70, largest=96, is_at_foot=True)
    return sheet.png()


def quote_picture(passage: str, shape: str, *, name: str, address: str) -> bytes:
    """A passage of a story, to hold up: its words as large as they fit, the name of the site, and where to read on."""
    sheet = Sheet(QUOTES[shape], margin=84)
    top, foot = sheet.draw_mark(name) + 72, QUOTES[shape][1] - 132
    words = passage if passage.startswith("“") else f"“{passage}”"
    sheet.write(words, top=top, height=foot - top - 48, largest=132, is_marked=True)
    sheet.write(address.partition("://")[2], top=foot, largest=38, colour=SOFT)
    return sheet.png()


def _height(lines: list[str], size: int) -> float:
    """The height of the lines together; between two paragraphs is half a line."""
    return sum(size * _LEADING * (1 if line else 0.5) for line in lines)


def _lines(words: str, size: int, width: float) -> list[str]:
    """The lines of the words in letters of this size; one that is empty parts paragraphs."""
    lines: list[str] = []
    for paragraph in words.splitlines():
        lines += [""] if lines else []
        line, taken = "", 0.0
        for gap, part in _parts(paragraph):
            length = _length(part) * size
            if line and taken + _length(gap) * size + length > width:
                lines.append(line)
                line, taken = part, length
            else:
                line, taken = f"{line}{gap if line else ''}{part}", taken + _length(gap) * size + length
        lines += [line] if line else []
    return lines


def _parts(paragraph: str) -> Iterator[tuple[str, str]]:
    """The parts that a line may end after, each with the gap before it: words, and parts of long ones and addresses."""
    for word in _WITHOUT_A_LETTER.sub("", paragraph).split():
        for number, part in enumerate(_PARTS.findall(word)):
            yield "" if number else " ", part


@lru_cache(maxsize=2000)
def _length(part: str) -> float:
    """Its width in the height of its letters: they grow all alike."""
    return _face(100).getlength(part) / 100


@lru_cache(maxsize=60)
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_DATA / "atkinson-hyperlegible-next-bold.ttf", size)
