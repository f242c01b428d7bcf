"""Shapes of text that try to make the finder work without end; each is repeated up to the limit."""

import random

from stories.pii import MAX_CHARACTERS

PIECES = [
    "PC Smith",
    "my ex Dave",
    "07700 900123",
    "a_b_c",
    "@",
    "...",
    "@@",
    "flat 1, ",
    "St. ",
    "12/",
    "-",
    "'s ",
    "O'",
    "http://",
    "mr ",
    "é",
    "👩‍👧",
    "the officer ",
    "school ",
    "University of ",
    "İ",
    "\n",
    " and ",
    ", ",
    "0",
    "ref no ",
    "x_",
    ".com/",
    "MARCH ",
    "live in ",
    "A ",
    "’",
    "ß",
    "zz99 ",
]
HOSTILE = {
    "one letter": "a",
    "one digit": "7",
    "spaces": " ",
    "digits and spaces": "0 ",
    "dashes": "1-",
    "at signs": "a@",
    "dots": "a.",
    "underscores": "a_",
    "brackets": "((((",
    "slashes": "1/",
    "ranks": "PC ",
    "initials": "A. ",
    "titles": "Aaron ",
    "typos": "qzxwvjk ",
    "links": "http://a.",
    "houses": "12 High ",
    "schools": "Saint school ",
    "references": "ref no is ",
    "owners": "my ex ",
    "newlines": "\n",
    "number words": "one two ",
    "accents": "Ǻé’",
    "capitals": "IT WAS PC ",
    "cues and strangers": "told ǅ",
    "apostrophes": "d'a'St ",
    "quotations": 'post "a b c d e ',
    "single quotes": "'a ",
    "only ones": "the only a b c in ",
    "vets": "i am a vet in Alston ",
    "days and places": "1 May 2020 Bakewell, ",
    "dotted words": "a.b.c.d.",
    "spoken numbers": "nine hundred oh ",
    "small Welsh words": "yn y ",
    "capitals and initials": "A B C ",
    "emoji": "😀",
    "nothing to see": "\u200b",
    "marks on letters": "a\u0301",
    "half a pair": "\ud800",
    "platforms": "x.com/",
    "platforms in words": "t . me / ",
    "escapes in a link": "x.com/%",
    "app links": "whatsapp://send?a&",
    "parted mail": "a @ a . ",
    "parted mobiles": "07700/",
    "parted digits": "0_7_",
    "parted postcodes": "A1-1",
}


def filled(shape: str) -> str:
    """Repeat a shape until the text is as long as a text may be."""
    return (shape * MAX_CHARACTERS)[:MAX_CHARACTERS]


def made_up(least: int, most: int) -> str:
    """Make words up, each of so many letters, until the text is as long as a text may be."""
    chance = random.Random(6)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ("".join(chance.choices(letters, k=chance.randint(least, most))) for _ in range(MAX_CHARACTERS // least))
    return " ".join(words)[:MAX_CHARACTERS]
