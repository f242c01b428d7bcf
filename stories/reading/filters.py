"""The filter of stories: one object that names itself in words and links to itself, and the place that it pages from.

Pages, counts, search, files and feeds are all given this object, and so can't differ in what they list. Pages go by
place and not by number: a page is what stands before or after one story, at any depth the same work.
"""

from base64 import b32decode, b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from stories.core import addresses, named_lists
from stories.core.named_lists import NamedLists
from stories.models.story import SLUG_LETTERS
from stories.reading import marked_sets
from stories.reading.facets import BY_NAME, FACETS, mark_token
from stories.reading.search import terms

LIST = "/stories/"
SEARCH = "q"
PLACES = ("after", "before")
# What chooses stories, and every parameter of a list; a page cache may drop no other without dropping what it names.
CHOOSING = (*BY_NAME, SEARCH)
PARAMETERS = (*CHOOSING, *PLACES)
# Enough for an honest slip of the hand; a longer list would let an address write our page.
_MOST_NAMED, _LONGEST_NAMED = 3, 40


@dataclass(frozen=True)
class Tag:
    """One choice in words, and the address of the same list without it; `is_or` for another of the same facet."""

    words: str
    without_url: str
    is_or: bool = False


@dataclass(frozen=True)
class StoryFilter:
    """The choices of one address: `chosen` slugs by facet, words to search for, and the place to page from."""

    names: NamedLists
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    after: int | None = None
    before: int | None = None
    unknown: tuple[str, ...] = ()
    has_blanks: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "StoryFilter":
        """Read an address; what it can't read it keeps in `unknown`, and the list answers all the same."""
        names = named_lists.get_named_lists()
        options = {facet.name: facet.options(names) for facet in FACETS}
        asked = {name: set(query.getlist(name)) & slugs.keys() for name, slugs in options.items()}
        spaced = "".join(letter if letter.isprintable() else " " for letter in query.get(SEARCH, ""))
        return cls(
            names=names,
            # Each once and in the options' order, so that equal lists have equal addresses.
            chosen={
                name: tuple(slug for slug in options[name] if slug in slugs) for name, slugs in asked.items() if slugs
            },
            # One more than is read, so that the page can say that there was more.
            q=" ".join(spaced.split())[: terms.LONGEST + 1],
            has_blanks=any("" in query.getlist(name) for name in (*options, SEARCH)),
            after=parse_place(query.get("after", "")),
            before=parse_place(query.get("before", "")),
            unknown=_unknown(query, options),
        )

    @classmethod
    def of(cls, names: NamedLists, **chosen: str) -> "StoryFilter":
        """The list of one choice, or of one of each of several facets: `of(names, force="kent")`."""
        return cls(names, {name: (chosen[name],) for name in BY_NAME if chosen.get(name)})

    def groups(self, *, besides: str = "") -> list[set[str]]:
        """The marks that were chosen: a story carries one of each group. `besides` is a facet that is let be."""
        return [
            {mark for slug in slugs for mark in BY_NAME[name].marks(self.names, slug)}
            for name, slugs in self.chosen.items()
            if name != besides and not BY_NAME[name].leaves_out
        ]

    def left_out(self) -> set[str]:
        """The marks of which a story carries none."""
        chosen = ((BY_NAME[name], slug) for name, slugs in self.chosen.items() for slug in slugs)
        return {mark for facet, slug in chosen if facet.leaves_out for mark in facet.marks(self.names, slug)}

    def tokens(self) -> tuple[list[list[str]], list[str]]:
        """The same for a search: groups of which it takes any word, and words that it leaves out."""
        groups = [sorted(map(mark_token, marks)) for marks in self.groups()]
        return groups, sorted(map(mark_token, self.left_out()))

    def matching(self) -> int:
        """The set of stories that its choices mean, whatever is searched for."""
        return marked_sets.current_sets().matching(self.groups(), self.left_out())

    def count(self) -> int:
        """The number of stories that it lists, without a query; of a search, of those that are searched."""
        return self.matching().bit_count()

    @property
    def is_on(self) -> bool:
        return bool(self.chosen or self.q)

    @property
    def how_many(self) -> int:
        return sum(len(slugs) for slugs in self.chosen.values()) + bool(self.q)

    def url(self, path: str = LIST, **place: str) -> str:
        """Its address, or that of a file of the same stories: every choice once, in one order, then a place's code."""
        return _address(path, [*self._pairs(), *((name, code) for name, code in place.items() if code)])

    def page_url(self, path: str = LIST) -> str:
        places = {"after": self.after, "before": self.before}
        return self.url(path, **{name: place_code(place) for name, place in places.items() if place is not None})

    def words(self) -> str:
        """The choices as a phrase; nothing where nothing was."""
        words = "".join(f"{_(' or ') if tag.is_or else ', '}{tag.words}" for tag in self.tags())
        return words.removeprefix(", ")

    def tags(self) -> list[Tag]:
        """The choices in words, each with a way to undo it."""
        pairs, tags, last = self._pairs(), list[Tag](), ""
        for name, slug in pairs:
            facet = BY_NAME.get(name)
            words = facet.options(self.names)[slug] if facet else f"“{slug}”"
            if leaves_out := bool(facet and facet.leaves_out):
                words = _("without: %(note)s") % {"note": words}
            without = _address(LIST, [pair for pair in pairs if pair != (name, slug)])
            tags.append(Tag(words, without, is_or=name == last and not leaves_out))
            last = name
        return tags

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [(name, slug) for name in BY_NAME for slug in self.chosen.get(name, ())]
        return [*pairs, (SEARCH, self.q)] if self.q else pairs


def _address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query, address = urlencode(list(pairs)), addresses.address_of_link(path)
    return f"{address}?{query}" if query else address


def _unknown(query: QueryDict, options: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Name the first few parameters of an address that mean nothing here, and that there are others."""
    strange = []
    for name, value in ((name, value) for name, values in query.lists() for value in values):
        is_place = name in PLACES and (not value or parse_place(value) is not None)
        is_choice = name in options and (not value or value in options[name])
        if not (is_place or is_choice or name == SEARCH):
            strange.append(f"{name}={value}")
    named = ["".join(filter(str.isprintable, words)) for words in strange[:_MOST_NAMED]]
    short = (words if len(words) <= _LONGEST_NAMED else f"{words[:_LONGEST_NAMED]}…" for words in named)
    return (*short, *(["…"] if len(strange) > _MOST_NAMED else []))


SIZE = 20
# Five bytes each are eight letters each: room for a million million stories, and no code that fits by chance.
_PLACE = _SEAL = 5
LENGTH = (_PLACE + _SEAL) * 8 // 5
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", SLUG_LETTERS.encode())
_BACK = bytes.maketrans(SLUG_LETTERS.encode(), b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


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


def page_of_places(found: int, *, after: int | None = None, before: int | None = None, size: int = SIZE) -> list[int]:
    """The places of a page of a set, newest first: older than the place `before`, or newer than `after`, or the first.

    A place needn't be that of a story, nor as small as the last: it comes from an address.
    """
    end = found.bit_length()
    if before is not None:
        return marked_sets.newest_places(marked_sets.older_than(found, min(before, end)), most=size)
    if after is not None:
        newer = marked_sets.newer_than(found, min(after, end))
        return marked_sets.newest_places(newer, most=size, is_turned=True)[::-1]
    return marked_sets.newest_places(found, most=size)


def _masked(place: bytes, seal: bytes) -> bytes:
    return bytes(each ^ other for each, other in zip(place, _keyed("mask", seal), strict=False))


def _keyed(use: str, value: bytes) -> bytes:
    # The name is part of every address that somebody kept: it stays, whatever this file is called.
    return salted_hmac(f"stories.public.paging.{use}", value, algorithm="sha256").digest()
