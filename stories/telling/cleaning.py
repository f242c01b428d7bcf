"""Takes out of typed words what nobody can see and what would break a feed or turn a line round."""

import re

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


def clean(text: str) -> str:
    """Return `text` with one kind of line end, tabs as spaces, and nothing unseen; every visible word stays."""
    if text.isascii() and text.isprintable():
        # Most values of a form are a word, and there is nothing in it to look for.
        return text
    return _UNSEEN_LETTERS.sub(r"\1", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")))
