"""The terms that somebody searches for, read from what they typed: any text is a search, and none is an error. Pure."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from stories.reading.search import words

# Characters that are read; what comes after them is named, and left.
LONGEST = 200
MOST_TERMS = 20
# Words one after another are looked for in every story that has them all.
MOST_PHRASES = 6
SHORTEST_BEGINNING = 3
# Quotation marks of every kind, and a dash or a hyphen that says “without”.
_TERM = re.compile(r"""([-−–]?)["“”„«»]([^"“”„«»]*)["“”„«»]?|([-−–]?)([^\s"“”„«»]+)""")
_STAR = "*"
_LISTED = Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8")
# Words that say little by themselves, in English and Welsh: asked of no story, and marked in none.
STOP_WORDS = frozenset(map(words.raw_word, _LISTED.split()))

# What a page may have to tell of a search.
TOO_LONG, TOO_MANY, TOO_SHORT, STAR, NOTHING = "too-long", "too-many", "too-short", "star", "nothing"


@dataclass(frozen=True)
class Term:
    """Stems that stand one after another, or with `is_beginning` the first letters of a word; `is_out`: without it."""

    tokens: tuple[str, ...]
    is_beginning: bool = False
    is_out: bool = False
    # What was typed, as raw words.
    raw: str = field(default="", compare=False)


@dataclass(frozen=True)
class Search:
    """The terms, of which a story holds every one that isn't out; `notes` are what wasn't read as it was typed."""

    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def wanted(self) -> list[Term]:
        """What isn't left out; of that the stop words only where there is nothing else."""
        held = [term for term in self.terms if not term.is_out]
        return [term for term in held if term.is_beginning or term.raw not in STOP_WORDS] or held

    @property
    def out(self) -> list[Term]:
        return [term for term in self.terms if term.is_out]


def parse_search(typed: str) -> Search:
    """Read words, “phrases”, beginnings* and -what to leave out."""
    notes = {TOO_LONG: None} if len(typed) > LONGEST else {}
    found: dict[Term, None] = {}
    # No more than is read, up to the end of a word.
    whole = typed if len(typed) <= LONGEST else typed[: LONGEST + 1].rpartition(" ")[0] or typed[:LONGEST]
    for match in _TERM.finditer(whole):
        term, note = _term(*match.groups(default=""))
        if term is None:
            continue
        notes |= {note: None} if note else {}
        phrases = sum(len(each.tokens) > 1 for each in found)
        is_full = len(found) == MOST_TERMS or (len(term.tokens) > 1 and phrases == MOST_PHRASES)
        if term not in found and is_full:
            notes[TOO_MANY] = None
        else:
            found[term] = None
    if typed.strip() and not found:
        notes[NOTHING] = None
    return Search(tuple(found), tuple(notes))


def _term(without_phrase: str, phrase: str, without_word: str, word: str) -> tuple[Term | None, str]:
    """Return what one match stands for, if it holds a word, and a note on what of it was read otherwise."""
    without, typed = bool(without_phrase or without_word), phrase or word
    runs = [match[0] for match in words.split_words(typed)]
    if not runs:
        return None, ""
    # A hyphen makes two words of one, which then stand beside each other.
    raw = " ".join(map(words.raw_word, runs))
    stems = Term(tuple(map(words.stem_word, runs)), is_out=without, raw=raw)
    if _STAR not in typed:
        return stems, ""
    if phrase or len(runs) != 1 or f"{runs[0]}{_STAR}" not in typed:
        return stems, STAR
    if len(runs[0]) < SHORTEST_BEGINNING:
        return stems, TOO_SHORT
    return Term((raw,), is_beginning=True, is_out=without, raw=raw), ""
