"""Every text within a value that goes public, as a reader reads it: of rich text the words and where its links lead."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

# Marks of rich text. What else stands between angle brackets is words, such as an address in a mail's heading.
_LINKED = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>', re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|strong|i|em|span|sup|sub)\b[^>]*>", re.IGNORECASE)
_BLOCKS = re.compile(r"</?(?:p|br|hr|h[1-6]|ul|ol|li|div|img|embed)\b[^>]*>", re.IGNORECASE)
# What a stream of blocks keeps beside its words.
_NOT_WORDS = frozenset({"id", "type"})


def within(value: Any) -> Iterator[str]:
    """Yield each text of a string, of lists and dicts of them, or of a stream of blocks."""
    if isinstance(value, str):
        yield from _read(value)
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield from within(inside) if name not in _NOT_WORDS else ()
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from within(inside)
    elif hasattr(value, "get_prep_value"):
        yield from within(value.get_prep_value())


def _read(text: str) -> Iterator[str]:
    yield unescape(_BLOCKS.sub("\n\n", _INLINE.sub("", text))) if "<" in text or "&" in text else text
    for address in _LINKED.findall(text):
        yield unescape(address)
