"""Pages by place and not by number: a page is what stands before or after one story, at any depth the same work."""

from base64 import b32decode, b32encode
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from stories.models.story import SLUG_LETTERS
from stories.reading import facets

SIZE = 20
# Five bytes each are eight letters each: room for a million million stories, and no code that fits by chance.
_PLACE = _SEAL = 5
LENGTH = (_PLACE + _SEAL) * 8 // 5
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", SLUG_LETTERS.encode())
_BACK = bytes.maketrans(SLUG_LETTERS.encode(), b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@dataclass(frozen=True)
class Page:
    """The places that a page shows, newest first, and the codes of the places that its neighbours begin at."""

    places: list[int]
    newer: str = ""
    older: str = ""


def place_code(sequence: int) -> str:
    """Write a place in the order as letters, for an address, and for nobody else to read or to make.

    The bare number would tell how many stories between two had come down.
    """
    place = sequence.to_bytes(_PLACE, "big")
    seal = _keyed("seal", place)[:_SEAL]
    return b32encode(seal + _masked(place, seal)).translate(_LETTERS).decode()


def parse_place(code: str) -> int | None:
    """Read what `place_code` wrote; None for anything else."""
    if len(code) != LENGTH or not set(code) <= set(SLUG_LETTERS):
        return None
    whole = b32decode(code.encode().translate(_BACK))
    seal, place = whole[:_SEAL], _masked(whole[_SEAL:], whole[:_SEAL])
    return int.from_bytes(place, "big") if constant_time_compare(seal, _keyed("seal", place)[:_SEAL]) else None


def page_of_places(found: int, *, after: int | None = None, before: int | None = None, size: int = SIZE) -> Page:
    """Return the page of a set of stories that is older than the place `before`, or newer than `after`, or the first.

    A place needn't be that of a story, nor as small as the last: it comes from an address.
    """
    end = found.bit_length()
    if before is not None:
        places = facets.newest_places(facets.older_than(found, min(before, end)), most=size)
    elif after is not None:
        places = facets.oldest_places(facets.newer_than(found, min(after, end)), most=size)[::-1]
    else:
        places = facets.newest_places(found, most=size)
    if not places:
        return Page([])
    newer, older = facets.newer_than(found, places[0]), facets.older_than(found, places[-1])
    return Page(places, newer=place_code(places[0]) if newer else "", older=place_code(places[-1]) if older else "")


def _masked(place: bytes, seal: bytes) -> bytes:
    return bytes(each ^ other for each, other in zip(place, _keyed("mask", seal), strict=False))


def _keyed(use: str, value: bytes) -> bytes:
    return salted_hmac(f"stories.reading.paging.{use}", value, algorithm="sha256").digest()
