"""Pages by place and not by number: a page is what stands before or after one story, at any depth the same work."""

from dataclasses import dataclass

from stories.models.story import SLUG_LETTERS
from stories.public import facet_index

SIZE = 20
# Twelve letters are 60 bits, which every database takes for a whole number.
_LONGEST = 12


@dataclass(frozen=True)
class Page:
    """The places that a page shows, newest first, and the codes of the places that its neighbours begin at."""

    places: list[int]
    newer: str = ""
    older: str = ""


def code(sequence: int) -> str:
    """Write a place in the order as a few letters, for an address."""
    letters = ""
    while sequence:
        sequence, rest = divmod(sequence, len(SLUG_LETTERS))
        letters = SLUG_LETTERS[rest] + letters
    return letters or SLUG_LETTERS[0]


def place(code: str) -> int | None:
    """Read what `code` wrote; None for anything else."""
    if not 0 < len(code) <= _LONGEST or not set(code) <= set(SLUG_LETTERS):
        return None
    sequence = 0
    for letter in code:
        sequence = sequence * len(SLUG_LETTERS) + SLUG_LETTERS.index(letter)
    return sequence


def page(found: int, *, after: int | None = None, before: int | None = None, size: int = SIZE) -> Page:
    """Return the page of a set of stories that is older than the place `before`, or newer than `after`, or the first.

    A place needn't be that of a story, nor as small as the last: it comes from an address.
    """
    end = found.bit_length()
    if before is not None:
        places = facet_index.newest(facet_index.older(found, min(before, end)), most=size)
    elif after is not None:
        places = facet_index.oldest(facet_index.newer(found, min(after, end)), most=size)[::-1]
    else:
        places = facet_index.newest(found, most=size)
    if not places:
        return Page([])
    newer, older = facet_index.newer(found, places[0]), facet_index.older(found, places[-1])
    return Page(places, newer=code(places[0]) if newer else "", older=code(places[-1]) if older else "")
