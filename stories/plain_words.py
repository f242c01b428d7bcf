"""Every text within a value that goes public, as a reader reads it: of rich text the words and where its links lead."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

# Marks of rich text. What else stands between angle brackets is words, such as an address in a mail's heading.
_LINKED = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>', re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|strong|i|em|span|sup|sub)\b[^>]*>", re.IGNORECASE)
_BLOCKS = re.compile(r"</?(?:p|br|hr|h[1-6]|ul|ol|li|div|img|embed)\b[^>]*>", re.IGNORECASE)
# An address that isn't a link; it ends where words end.
_ADDRESS = re.compile(r"""\b(?:https?://|mailto:|tel:|sms:)[^\s"'<>]+""", re.IGNORECASE)
# A telephone number within one, as its number of digits and its beginning tell it from a day or the number of a page.
_DIALLED = re.compile(r"(?<!\d)(?<!\d[ +.-])(?:44|0)(?:[ +.-]?\d){9,10}(?!\d)")
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
    words = unescape(_BLOCKS.sub("\n\n", _INLINE.sub("", text))) if "<" in text or "&" in text else text
    yield words
    for address in _LINKED.findall(text):
        yield from _within_address(unescape(address))
    for address in _ADDRESS.findall(words):
        yield from _within_address(address)


def _within_address(address: str) -> Iterator[str]:
    """Yield an address as a browser understands it, and each telephone number in it as somebody would dial it."""
    plain = unquote(address)
    yield plain
    for number in _DIALLED.findall(plain):
        digits = "".join(filter(str.isdigit, number))
        yield f"+{digits}" if digits.startswith("44") else digits
