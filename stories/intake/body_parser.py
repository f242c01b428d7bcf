"""Reads a posted form leniently: whatever is wrong with it, the words that we asked for come out.

Django's own reading gives up on too many fields, too many bytes, another charset or a torn part, and the
words are gone. Here only named fields are looked for, files are passed over, and nothing touches the disk.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote_to_bytes

# --- What nobody can see ----------------------------------------------------------------------

# One control character breaks a whole Atom feed; a direction control can show other words than those agreed on.
# Joiners (U+200C, U+200D) have no width and stay: emoji, Persian and Indian scripts are spelled with them.
# A tab is a control that stands between words: a space takes its place, or two words would become one.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # controls but for tab and the line ends
    "\xad\u034f\u180e\u200b\u2060-\u2064\ufeff"  # no width at all; a soft hyphen comes from a word processor
    "\u206a-\u206f\ufff9-\ufffb"  # notes to a typesetter
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way a line runs
    "\ud800-\udfff\ufffe\uffff]"  # not characters, and not allowed in XML
)

# A whole sentence can be spelled with these, and no reader would see what they agreed to; three flags are, too.
_NATIONS = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in nation) for nation in ("gbeng", "gbsct", "gbwls"))
_UNSEEN_LETTERS = re.compile(f"(\U0001f3f4(?:{_NATIONS})\U000e007f)|[\U000e0000-\U000e007f]")


def cleaned_words(text: str) -> str:
    """Return `text` with one kind of line end, tabs as spaces, and nothing unseen; every visible word stays."""
    if text.isascii() and text.isprintable():
        # Most values of a form are a word, and there is nothing in it to look for.
        return text
    return _UNSEEN_LETTERS.sub(r"\1", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")))


# --- The body ---------------------------------------------------------------------------------

# More than any form of ours sends; it bounds the memory that a hostile body can take.
MOST_VALUES = 2000
# Of one value and of all: twenty times what the longest text may have, and room for such a text in every box.
MOST_CHARACTERS = 400_000
_MOST_IN_ALL = 5 * MOST_CHARACTERS
_WIDEST = 12  # bytes of one character in UTF-8, each written as %XX
_LONGEST_JSON = 1024 * 1024  # characters; our pages send none, and a tree takes many times its length

# No repeat here is open, and none gives back what it took: a hostile body would be read once for each of its letters.
_HEADER = re.compile(rb"content-disposition:([^\r\n]{0,1000}+)", re.IGNORECASE)
_NAME = re.compile(rb";[ \t]{0,9}+name=\"?([a-z0-9_-]{1,40}+)", re.IGNORECASE)
_FILE = re.compile(rb";[ \t]{0,9}+filename\*?=", re.IGNORECASE)
_OTHER_HEADERS = re.compile(rb"(?:\r?\n[^\r\n]{1,600}+){0,9}\r?\n\r?\n")
_CHARSET = re.compile(r"charset=\"?([a-z0-9_-]+)", re.IGNORECASE)
_ONE_BYTE = re.compile(r"(iso-?8859-\d+|(windows-|cp)125\d|latin-?1|koi8-[ru])", re.IGNORECASE)
_OLD_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_WIDE = re.compile(r"utf-?(16|32)([lb]e)?", re.IGNORECASE)


@dataclass(frozen=True)
class Posted:
    """The values of each field in the order they came, which of them were cut, and whether a file was passed over."""

    values: dict[str, list[str]] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()
    had_file: bool = False


def posted_in(body: bytes, *, content_type: str, names: str) -> Posted:
    """Return the cleaned values of the fields whose names match the pattern `names`."""
    charset = (_CHARSET.search(content_type) or ["", "utf-8"])[1].lower()
    if _WIDE.fullmatch(charset) and b"\x00" in body:
        body = body[: 4 * _MOST_IN_ALL].decode(charset, "replace").encode()
    values: dict[str, list[str]] = {}
    cut, left = set(), _MOST_IN_ALL
    pairs = _pairs(body, content_type=content_type.lower(), names=names.encode())
    for field_name, raw in islice(pairs, MOST_VALUES):
        name, text = field_name.decode("ascii"), _text(raw, charset)
        most = min(MOST_CHARACTERS, left)
        if len(text) > most:
            cut.add(name)
        values.setdefault(name, []).append(cleaned_words(text[:most]))
        left -= min(len(text), most)
    return Posted(values, frozenset(cut), had_file=body.lstrip()[:2] == b"--" and _has_file(body))


def _pairs(body: bytes, *, content_type: str, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go by what the body looks like: its label can be missing or wrong."""
    if body.lstrip()[:2] == b"--":
        return _parts(body, names)
    if body.lstrip()[:1] == b"{":
        return _members(body, names)
    if content_type.startswith("text/plain") and b"\n" in body:
        return _lines(body, names)
    return _pairs_of_address(body, names)


def _pairs_of_address(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    for pair in re.finditer(rb"&(?=[a-z])(" + names + rb")=([^&]*)", b"&" + body):
        yield pair[1], unquote_to_bytes(pair[2][: _WIDEST * (MOST_CHARACTERS + 1)].replace(b"+", b" "))


def _parts(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = body.index(b"--")
    fence = body[start : body.find(b"\n", start)].rstrip() if b"\n" in body[start:] else body[start:]
    at, wanted = start, re.compile(names)
    while header := _HEADER.search(body, at):
        at = header.end()
        name, begins = _NAME.search(header[1]), _OTHER_HEADERS.match(body, at)
        if not name or not begins:
            continue
        end = body.find(b"\n" + fence, begins.end())
        at = len(body) if end < 0 else end
        if wanted.fullmatch(name[1]) and not _FILE.search(header[1]):
            yield name[1], body[begins.end() : at].removesuffix(b"\r")


def _has_file(body: bytes) -> bool:
    return any(_FILE.search(header[1]) for header in _HEADER.finditer(body))


def _members(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    try:
        members = json.loads(body[:_LONGEST_JSON])
    except (ValueError, RecursionError):
        return
    for name, value in members.items():
        if re.fullmatch(names, name.encode("utf-8", "replace")):
            for each in value if isinstance(value, list) else [value]:
                yield name.encode(), str(each).encode("utf-8", "replace")


def _lines(body: bytes, names: bytes) -> Iterator[tuple[bytes, bytes]]:
    found = list(islice(re.finditer(rb"(?:\A|\n)(" + names + rb")=", body), MOST_VALUES))
    ends = [*(after.start() for after in found[1:]), len(body)]
    for line, end in zip(found, ends, strict=False):
        yield line[1], body[line.end() : end].removesuffix(b"\n").removesuffix(b"\r")


def _text(raw: bytes, charset: str) -> str:
    """Read at most one value's characters of these bytes; what isn't UTF-8 as old Windows would have written it."""
    raw = raw[: 4 * (MOST_CHARACTERS + 1)]
    if _ONE_BYTE.fullmatch(charset) and not _is_utf_8(raw):
        try:
            return raw.decode(charset, "replace")
        except LookupError:
            pass
    # In one go, for an error handler of ours would be called for each byte.
    return raw.decode("utf-8", "surrogateescape").translate(_OLD_WINDOWS)


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
