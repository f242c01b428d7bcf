"""Pages by place and not by number: a page is what stands before or after one story, at any depth the same work."""

from dataclasses import dataclass

from django.db.models import Exists, QuerySet

from stories.models import Story
from stories.models.story import SLUG_LETTERS

SIZE = 20
# Twelve letters are 60 bits, which every database takes for a whole number.
_LONGEST = 12


@dataclass(frozen=True)
class Page:
    """Stories newest first, and the codes of the places that its neighbours begin at."""

    stories: list[Story]
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


def page(stories: QuerySet[Story], *, after: int | None = None, before: int | None = None) -> Page:
    """Return the page of `stories` older than the place `before`, or newer than `after`, or else the first.

    One query: it asks for one story too many, and whether any stands on the side that the reader came from.
    """
    if before is not None:
        found = _some(stories.filter(sequence__lt=before), behind=stories.filter(sequence__gte=before))
    elif after is not None:
        newer = stories.filter(sequence__gt=after).order_by("sequence")
        found = _some(newer, behind=stories.filter(sequence__lte=after))
    else:
        found = _some(stories, behind=stories.none())
    shown, goes_on = found[:SIZE], len(found) > SIZE
    came_from = bool(shown) and shown[0].has_behind  # type: ignore[attr-defined]
    if before is None and after is not None:
        return _page(shown[::-1], newer=goes_on, older=came_from)
    return _page(shown, newer=came_from, older=goes_on)


def _some(stories: QuerySet[Story], *, behind: QuerySet[Story]) -> list[Story]:
    return list(stories.annotate(has_behind=Exists(behind))[: SIZE + 1])


def _page(stories: list[Story], *, newer: bool, older: bool) -> Page:
    ends = [code(story.sequence or 0) for story in (*stories[:1], *stories[-1:])]
    return Page(stories, newer=ends[0] if newer else "", older=ends[-1] if older else "")
