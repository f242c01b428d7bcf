"""Which live stories carry which mark: one set of bits for each mark, made with the edition.

Bit n stands for the story whose place in the order is n. Whole lists are then counted, crossed and paged without
a query, and 100,000 stories are 12 kB a mark.
"""

import base64
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from stories import below_the_text
from stories.models import Story
from stories.public import edition, facets, named_lists

NAME = "facet_index"
# Carried by those whose contributors allow quotes. No list is chosen by it, so it is no facet's.
QUOTABLE = "use:quote"
_COLUMNS = (
    *("sequence", "may_quote", "force_id", "region", "nation", "year", "outcome_id", "themes", "content_notes"),
    *("is_answered", *(f"has_{name}" for name in below_the_text.NAMES)),
)


@dataclass(frozen=True)
class FacetIndex:
    """`everything` has a bit for each live story, and `marked` one set for each mark that any carries."""

    everything: int
    marked: Mapping[str, int]

    def having(self, marks: Iterable[str]) -> int:
        """The stories that carry any of these marks."""
        return reduce(or_, (self.marked.get(mark, 0) for mark in marks), 0)

    def matching(self, groups: Iterable[Iterable[str]], left_out: Iterable[str], *, within: int | None = None) -> int:
        """The stories that carry a mark of each group, and none that is left out; of `within`, or of all."""
        found = self.everything if within is None else within & self.everything
        for marks in groups:
            found &= self.having(marks)
        return found & ~self.having(left_out)


def bits(places: Iterable[int]) -> int:
    """The set of these places in the order."""
    places = list(places)
    packed = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def newest(found: int, *, most: int) -> list[int]:
    """The places of the newest stories of a set, the newest first."""
    places: list[int] = []
    while found and len(places) < most:
        place = found.bit_length() - 1
        places.append(place)
        found ^= 1 << place
    return places


def older(found: int, place: int) -> int:
    """What of a set is older than this place."""
    return found & ((1 << place) - 1)


def newer(found: int, place: int) -> int:
    """What of a set is newer than this place."""
    return found >> (place + 1) << (place + 1)


def oldest(found: int, *, most: int) -> list[int]:
    """The places of the oldest stories of a set, the oldest first."""
    places: list[int] = []
    while found and len(places) < most:
        lowest = found & -found
        places.append(lowest.bit_length() - 1)
        found ^= lowest
    return places


# --- Kept with the edition ------------------------------------------------------------------


def read() -> FacetIndex:
    """The index of the edition now, unpacked once in each process."""
    return edition.kept(NAME, _unpacked)


def _unpacked() -> FacetIndex:
    made = edition.made(NAME) or make()
    marked = {mark: _unpack(packed) for mark, packed in made["marked"].items()}
    return FacetIndex(_unpack(made["everything"]), marked)


@dataclass(slots=True)
class _Carried:
    """The columns that a story is chosen by: a whole model for each of 100,000 would take seconds of every takedown."""

    force_id: str | None
    region: str
    nation: str
    year: int | None
    outcome_id: str | None
    themes: str
    content_notes: str
    is_answered: bool
    differently: bool
    well: bool


def make() -> dict[str, Any]:
    """Go through the live stories once; sets are packed as text, for JSON."""
    names, rows = named_lists.from_database(), _rows()
    everything: list[int] = []
    marked: dict[str, list[int]] = {}
    known: dict[tuple[Any, ...], Collection[str]] = {}
    for sequence, may_quote, *columns in rows.values_list(*_COLUMNS).iterator(chunk_size=5000):
        carried = tuple(columns)
        if carried not in known:
            known[carried] = tuple(facets.marks(_Carried(*carried), names))
        everything.append(sequence)
        for mark in (*known[carried], *([QUOTABLE] if may_quote else [])):
            marked.setdefault(mark, []).append(sequence)
    return {"everything": _pack(everything), "marked": {mark: _pack(places) for mark, places in marked.items()}}


def _rows() -> QuerySet[Story]:
    """Live stories, with whether each has the short texts: the words themselves stay where they are."""
    return Story.live.order_by().annotate(**{f"has_{name}": ~Q(**{name: ""}) for name in below_the_text.NAMES})


def _pack(places: Iterable[int]) -> str:
    number = bits(places)
    return base64.b64encode(zlib.compress(number.to_bytes(number.bit_length() // 8 + 1, "little"))).decode()


def _unpack(packed: str) -> int:
    return int.from_bytes(zlib.decompress(base64.b64decode(packed)), "little")
