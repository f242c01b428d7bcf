"""A poster, three square pictures to share and a code to scan, drawn from the words of an action.

The same words make the same file, and nothing in it tells when it was drawn. The words are English, as the page's are.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import segno
from PIL import Image, ImageColor, ImageDraw

from stories.public import share_card
from stories.public.share_card import INK, MOSS, PAPER

# A4 at 200 dots an inch, and what those who show square pictures ask for.
A4, SQUARE = (1654, 2339), (1080, 1080)
_MARK = Path(share_card.__file__).parent / "data" / "mark.png"
_LEADING = 1.2
# Of a word: as much as ends with a stroke, or as fits a line in any letters.
_PARTS = re.compile(r"[^/-]{1,20}[/-]?|[/-]")
# Between paper and a colour, so that edges are smooth; few of them keep the file small.
_STEPS = 16
# How wide a dot of the code is on the poster and by itself, and how many stay empty around it: its readers need that
# much paper.
_DOT, _DOT_ALONE, _QUIET = 12, 20, 4


@dataclass(frozen=True)
class Words:
    """What the pictures say; `url` is the page's own in English."""

    brand: str
    whom: str
    ask: str
    why_now: str
    steps: tuple[str, str, str]
    url: str

    @property
    def of_whom(self) -> str:
        return f"We ask {self.whom}:"

    @property
    def numbered(self) -> str:
        return "\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, start=1))

    @property
    def address(self) -> str:
        """As somebody would type it."""
        return self.url.split("://", 1)[-1].rstrip("/")


@dataclass(frozen=True)
class Picture:
    """One of the pictures: what it is called, its size, what it says to who can't see it, and how it is drawn."""

    name: str
    size: Callable[[Words], tuple[int, int]]
    says: Callable[[Words], str]
    draw: Callable[[Words], bytes]


def poster(words: Words) -> bytes:
    """An A4 sheet to print: the ask, why now, and the way to the page."""
    sheet, margin = _Sheet(A4, words.brand), _Sheet.MARGIN
    code = _code(words.url, dot=_DOT)
    foot = A4[1] - margin - code.height
    sheet.write(words.of_whom, top=430, height=150, largest=64, colour=MOSS)
    end = sheet.write(words.ask, top=600, height=(foot - 700) * 3 // 5, largest=150)
    sheet.write(words.why_now, top=end + 70, height=foot - end - 170, largest=60)
    quiet = _QUIET * _DOT
    sheet.picture.paste(code, (margin - quiet, foot + quiet))
    beside = margin + code.width
    end = sheet.write("What you can do", top=foot + 2 * quiet, height=90, largest=60, left=beside)
    sheet.write(words.address, top=end + 20, height=code.height - 200, largest=52, left=beside, colour=MOSS)
    return sheet.file()


def ask(words: Words) -> bytes:
    """A square picture of what is asked, and of whom."""
    sheet = _Sheet(SQUARE, words.brand)
    end = sheet.write(words.of_whom, top=270, height=110, largest=44, colour=MOSS)
    sheet.write(words.ask, top=end + 30, height=870 - end, largest=92)
    return _with_its_address(sheet, words)


def why_now(words: Words) -> bytes:
    """A square picture of why it is asked now."""
    sheet = _Sheet(SQUARE, words.brand)
    end = sheet.write("Why now", top=270, height=70, largest=44, colour=MOSS)
    sheet.write(words.why_now, top=end + 30, height=870 - end, largest=76)
    return _with_its_address(sheet, words)


def steps(words: Words) -> bytes:
    """A square picture of the three things that somebody can do."""
    sheet = _Sheet(SQUARE, words.brand)
    end = sheet.write("What you can do", top=270, height=70, largest=44, colour=MOSS)
    sheet.write(words.numbered, top=end + 30, height=870 - end, largest=64, between=0.5)
    return _with_its_address(sheet, words)


def code(words: Words) -> bytes:
    """The code to scan by itself, for a leaflet or a slide."""
    return _png(_code(words.url, dot=_DOT_ALONE))


def _size_of_code(words: Words) -> tuple[int, int]:
    width, height = _dots(words.url).symbol_size(scale=_DOT_ALONE, border=_QUIET)
    return int(width), int(height)


PICTURES = {
    picture.name: picture
    for picture in (
        Picture("poster", lambda _words: A4, lambda words: f"{words.of_whom} {words.ask} {words.why_now}", poster),
        Picture("what-we-ask", lambda _words: SQUARE, lambda words: f"{words.of_whom} {words.ask}", ask),
        Picture("why-now", lambda _words: SQUARE, lambda words: words.why_now, why_now),
        Picture("what-you-can-do", lambda _words: SQUARE, lambda words: words.numbered.replace("\n", " "), steps),
        Picture("code", _size_of_code, lambda words: words.url, code),
    )
}


class _Sheet:
    """A piece of paper with our mark and name at its head."""

    MARGIN = 100

    def __init__(self, size: tuple[int, int], brand: str) -> None:
        self.picture = Image.new("RGB", size, PAPER)
        self._pen = ImageDraw.Draw(self.picture)
        with Image.open(_MARK) as shape:
            self.picture.paste(Image.new("RGB", shape.size, MOSS), (self.MARGIN, self.MARGIN), shape)
            beside = self.MARGIN + shape.width + 24
            self._pen.text((beside, self.MARGIN + 8), brand, fill=INK, font=share_card.face(72))

    def write(
        self,
        words: str,
        *,
        top: int,
        height: int,
        largest: int,
        left: int = MARGIN,
        colour: str = INK,
        between: float = 0.0,
    ) -> int:
        """Set the words in the largest letters with which they fit, and return where they end, in dots from the top.

        `between` is the space between two paragraphs, in lines.
        """
        for size in range(largest, 19, -2):
            lines = list(_lines(words, size, room=self.picture.width - left - self.MARGIN))
            breaks = sum(begins for _line, begins in lines) - 1
            if (len(lines) + breaks * between) * size * _LEADING <= height:
                break
        for number, (line, begins) in enumerate(lines):
            top += round(size * _LEADING * between) if begins and number else 0
            self._pen.text((left, top), line, fill=colour, font=share_card.face(size))
            top += round(size * _LEADING)
        return top

    def file(self) -> bytes:
        return _png(self.picture)


def _with_its_address(sheet: _Sheet, words: Words) -> bytes:
    sheet.write(words.address, top=SQUARE[1] - _Sheet.MARGIN - 24, height=60, largest=36, colour=MOSS)
    return sheet.file()


def _lines(words: str, size: int, *, room: int) -> Iterator[tuple[str, bool]]:
    """The lines of each paragraph, and whether it begins one."""
    for paragraph in words.splitlines():
        line, taken, begins = "", 0.0, True
        for gap, part in _parts(paragraph):
            more = (_length(gap) + _length(part)) * size
            if line and taken + more > room:
                yield line, begins
                line, taken, begins = part, _length(part) * size, False
            else:
                line, taken = (f"{line}{gap}{part}", taken + more) if line else (part, _length(part) * size)
        if line:
            yield line, begins


@lru_cache(maxsize=2000)
def _length(part: str) -> float:
    """How wide it stands, in the height of its letters: they grow all alike."""
    return share_card.face(100).getlength(part) / 100


def _parts(paragraph: str) -> Iterator[tuple[str, str]]:
    """What a line may end after, each with the gap before it: words, and the parts of a long one such as an address."""
    for word in share_card.written(paragraph).split():
        for number, part in enumerate(_PARTS.findall(word)):
            yield "" if number else " ", part


def _code(url: str, *, dot: int) -> Image.Image:
    rows = [bytes(row) for row in _dots(url).matrix_iter(border=_QUIET)]
    shape = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows)).point(lambda dark: 0 if dark else 255)
    wide = shape.resize((shape.width * dot, shape.height * dot), Image.Resampling.NEAREST)
    paper = Image.new("RGB", wide.size, INK)
    paper.paste(Image.new("RGB", wide.size, PAPER), (0, 0), wide)
    return paper


def _dots(url: str) -> segno.QRCode:
    """A QR code that still reads where an eighth of it is hidden."""
    return segno.make(url, error="m", micro=False)


def _png(picture: Image.Image) -> bytes:
    colours = Image.new("P", (1, 1))
    colours.putpalette([*_between(PAPER, INK), *_between(PAPER, MOSS)])
    file = io.BytesIO()
    picture.quantize(palette=colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _between(paper: str, colour: str) -> Iterator[int]:
    start, end = ImageColor.getrgb(paper), ImageColor.getrgb(colour)
    for step in range(_STEPS):
        yield from (round(a + (b - a) * step / (_STEPS - 1)) for a, b in zip(start, end, strict=True))
