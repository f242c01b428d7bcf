"""The picture that stands beside a link to a story elsewhere: its title and our mark, drawn on the server.

Nothing but the title is on it, and nothing in the file tells when it was drawn.
"""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from stories import addresses
from stories.models import Story

# In pixels, as those who show such pictures ask for them.
SIZE = (1200, 630)
_MARGIN, _TOP = 90, 78
PAPER, INK, MOSS = "#fbf8f2", "#1e2429", "#1f5c4a"
_DATA = Path(__file__).parent / "data"
# From the largest that a title may stand in; in the last, the longest that a story can have fits.
_LETTERS = range(96, 39, -4)
_LEADING = 1.14
# In letters; what is longer goes on in the next line.
_LONGEST_WORD = 20
# What the face has no letter for would stand there as a box.
_WITHOUT_A_LETTER = re.compile("[^ -ʯḀ-ỿ‐-… €™−]")
# Between paper and a colour, so that edges are smooth; few of them keep the file small.
_STEPS = 16


def address(story: Story) -> str:
    """Where the picture of a story stands, in every language."""
    return addresses.in_english(f"{story.get_absolute_url()}share.png")


def draw(title: str) -> bytes:
    """Return a PNG of SIZE with this title on it, as large as it fits; the same title, the same bytes."""
    letters, mark = Image.new("L", SIZE), Image.new("L", SIZE)
    with Image.open(_DATA / "mark.png") as shape:
        mark.paste(shape, (_MARGIN, _TOP))
        below = _TOP + shape.height
    _write(letters, title, below=below)
    picture = Image.frombytes("P", SIZE, _in_colours(letters, mark).tobytes())
    picture.putpalette([*_between(PAPER, INK), *_between(PAPER, MOSS)])
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(letters: Image.Image, title: str, *, below: int) -> None:
    """Set the title on the foot of the paper, as a heading on a cover stands."""
    words = written(title)
    chosen, lines = _set(words, width=SIZE[0] - 2 * _MARGIN, height=SIZE[1] - below - _TOP - _TOP // 2)
    pen, step = ImageDraw.Draw(letters), round(chosen.size * _LEADING)
    # Letters hang from the line's top, so the foot of the last one stands where its own letters end.
    top = SIZE[1] - _TOP - step * len(lines) + (step - round(chosen.size))
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + number * step), line, fill=255, font=chosen)


def written(words: str) -> str:
    """What the face has letters for, with one space between two words."""
    return " ".join(_WITHOUT_A_LETTER.sub("", words).split())


def _set(words: str, *, width: int, height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest face in which the words fit, and their lines, none much shorter than the others."""
    parts = [word[at : at + _LONGEST_WORD] for word in words.split() for at in range(0, len(word), _LONGEST_WORD)]
    largest = face(_LETTERS[0])
    # Measured once: letters grow all alike.
    lengths = {part: largest.getlength(part) for part in (*parts, " ")}
    for size in _LETTERS:
        room = width * largest.size / size
        lines = _lines(parts, lengths, room)
        if len(lines) * size * _LEADING <= height and all(lengths[part] <= room for part in parts):
            break
    # The narrowest column of as many lines.
    narrower = (_lines(parts, lengths, room * tenth / 10) for tenth in range(5, 11))
    even = next(each for each in narrower if len(each) == len(lines))
    return face(size), [" ".join(line) for line in even]


def face(size: int) -> ImageFont.FreeTypeFont:
    """The face of every picture that is drawn here, in pixels."""
    return ImageFont.truetype(_DATA / "atkinson-hyperlegible-next-bold.ttf", size)


def _lines(parts: list[str], lengths: Mapping[str, float], room: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    taken = -lengths[" "]
    for part in parts:
        taken += lengths[" "] + lengths[part]
        if taken > room and lines[-1]:
            lines.append([])
            taken = lengths[part]
        lines[-1].append(part)
    return lines


def _in_colours(letters: Image.Image, mark: Image.Image) -> Image.Image:
    """Number each point by its colour: paper to ink first, then paper to moss."""
    step = 256 // _STEPS
    ink = letters.point([shade // step for shade in range(256)])
    moss = mark.point([shade // step + _STEPS if shade >= step else 0 for shade in range(256)])
    return ImageChops.lighter(ink, moss)


def _between(paper: str, colour: str) -> Iterator[int]:
    start, end = ImageColor.getrgb(paper), ImageColor.getrgb(colour)
    for step in range(_STEPS):
        yield from (round(a + (b - a) * step / (_STEPS - 1)) for a, b in zip(start, end, strict=True))
