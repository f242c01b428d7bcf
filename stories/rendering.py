"""The text of a story as safe HTML, and its opening as a line or two: text in, text out, no framework."""

import re
from html import escape

# About two lines of the reading column.
OPENING_LENGTH = 125

_SPACES = " \t\n\r\xa0"
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t\xa0]*\n[ \t\n\xa0]*")


def paragraphs(text: str) -> list[str]:
    """Split at blank lines, whatever the line ends; a paragraph is never empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [bare for part in _BETWEEN_PARAGRAPHS.split(lines) if (bare := part.strip(_SPACES))]


def html(text: str) -> str:
    """Return `<p>` elements, every character of the text escaped; a single line end stays a line end."""
    return "\n".join(f"<p>{_lines(part)}</p>" for part in paragraphs(text))


def opening(text: str, *, length: int = OPENING_LENGTH) -> str:
    """Return the first `length` characters on one line, cut at the end of a word."""
    # Ten times as many characters are enough to find them, however many spaces run between; lists make many of these.
    line = " ".join(text[: 10 * length + 10].split(maxsplit=length // 2 + 1))
    if len(line) <= length:
        return line
    cut = line[: length + 1].rfind(" ")
    # A word longer than the whole opening is cut where it stands.
    kept = line[:cut] if cut > 0 else line[:length]
    return kept.rstrip(" ,;:–—-.") + "…"


def _lines(part: str) -> str:
    return "<br>\n".join(escape(line.strip(_SPACES)) for line in part.split("\n"))
