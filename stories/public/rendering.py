"""The text of a story as safe HTML, and its opening as a line or two: text in, text out, no framework."""

import re
from html import escape

_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """Split at blank lines, whatever the line ends; a paragraph is never empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip() for part in _BETWEEN_PARAGRAPHS.split(lines) if part.strip()]


def html(text: str) -> str:
    """Return `<p>` elements, every character of the text escaped; a single line end stays a line end."""
    return "\n".join(f"<p>{_lines(part)}</p>" for part in paragraphs(text))


def opening(text: str, *, length: int) -> str:
    """Return the first `length` characters on one line, cut at the end of a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length + 1].rfind(" ")
    # A word longer than the whole opening is cut where it stands.
    kept = line[:cut] if cut > 0 else line[:length]
    return kept.rstrip(" ,;:–—-.") + "…"


def _lines(part: str) -> str:
    return "<br>\n".join(escape(line.strip()) for line in part.split("\n"))
