"""The facets by which stories are chosen, and which live story carries which mark.

A mark is one thing that a story is sorted by, such as `force:kent`. The index has one set of bits for each mark, made
with the edition: bit n is for the story whose place in the order is n. Whole lists are then counted, crossed and paged
without a query, and 100,000 stories are 12 kB a mark.
"""

import base64
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from stories.core import dates, lifecycle, named_lists, snapshot, story_sections, tables
from stories.core.named_lists import NamedForce, NamedLists
from stories.models import Story
from stories.reading import responses, story_facts

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
# What a force said, from this very story to nothing: a choice holds whatever fits it, so a story can be in several.
ANSWERED, SAID, ASKED, SILENT = "story", "yes", "asked", "no"
# What a story can say beside its text, and the column of each.
SAYS = {"change": "differently", "well": "well"}
_NOT_IN_A_TOKEN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class Facet:
    """One parameter: what may be chosen (words by slug, in order), and the marks that a choice stands for."""

    name: str
    label: str | Promise
    # For whoever writes an address by hand.
    about: str | Promise
    options: Callable[[NamedLists], Mapping[str, str]]
    marks: Callable[[NamedLists, str], Iterable[str]]
    # True where a choice leaves out the stories that carry its mark.
    leaves_out: bool = False


def story_marks(row: Story | SimpleNamespace, names: NamedLists) -> Iterator[str]:
    """Every mark of a story, each once."""
    force = names.forces.get(row.force_id or "")
    region = row.region or (force.region if force else "")
    nation = row.nation or (force.nation if force else "")
    if not region and any(force.region == force.nation == nation for force in _territorial(names)):
        # It is one region.
        region = nation
    found = (
        *(("force", row.force_id), ("region", slugify(region)), ("nation", slugify(nation))),
        *(("outcome", row.outcome_id), ("year", dates.year_slug(row.year) if row.year else "")),
        *(("theme", slug) for slug in story_facts.slugs_of(row.themes)),
        *(("note", slug) for slug in story_facts.slugs_of(row.content_notes)),
        ("demand", row.demand if row.differently else ""),
        *(("says", slug) for slug, column in SAYS.items() if getattr(row, column)),
        ("answered", ANSWERED if row.is_answered and row.force_id else ""),
    )
    return (f"{kind}:{slug}" for kind, slug in dict.fromkeys(found) if slug)


def mark_token(mark: str) -> str:
    """A mark as one word of a search: letters and digits, which no word that people type is."""
    return "0" + _NOT_IN_A_TOKEN.sub("", mark)


def _of(kind: str) -> Callable[[NamedLists, str], Iterable[str]]:
    return lambda names, slug: (f"{kind}:{slug}",)


def _regions(names: NamedLists) -> dict[str, str]:
    """Those of the forces that have one; the forces of trains, soldiers and reactors have none."""
    regions = sorted({(NATIONS.index(force.nation), force.region) for force in _territorial(names)})
    return {slugify(region): _(region) for _order, region in regions}


def _territorial(names: NamedLists) -> Iterator[NamedForce]:
    return (force for force in names.forces.values() if not force.is_special and force.nation in NATIONS)


def _with_an_answer(names: NamedLists, slug: str) -> Iterable[str]:
    """A mark of each such story, or those of each such force: so that no story changes when its force speaks."""
    if slug == ANSWERED:
        return (f"answered:{ANSWERED}",)
    said = {each.force for each in responses.get_responses()}
    asked = {letter.force for letter in responses.get_letters() if not letter.is_answered}
    fitting = {SAID: said, ASKED: asked, SILENT: names.forces.keys() - said}[slug]
    return (f"force:{force}" for force in names.forces if force in fitting)


_OPTIONS: dict[str, Callable[[NamedLists], Mapping[str, str]]] = {
    "force": lambda names: {force.id: force.name for force in names.forces.values()},
    "region": _regions,
    "nation": lambda names: {slugify(nation): _(nation) for nation in NATIONS},
    "outcome": lambda names: names.outcomes,
    "theme": lambda names: names.themes,
    "year": lambda names: {
        **{str(year): str(year) for year in dates.years_newest_first(lifecycle.today().year)},
        dates.BEFORE_FIRST_YEAR: story_facts.year_words(dates.BEFORE_FIRST_YEAR),
    },
    "demand": lambda names: names.demands,
    "mentions": lambda names: names.notes,
    "without": lambda names: names.notes,
}
_MARKS = {"responded": _with_an_answer, "mentions": _of("note"), "without": _of("note")}


def _facet(name: str, label: str, about: str, *, choices: Mapping[str, str] = {}, leaves_out: bool = False) -> Facet:
    """A facet of `facets.toml`; one whose choices stand there has no other list."""
    options = _OPTIONS.get(name) or (lambda names: {slug: _(words) for slug, words in choices.items()})
    return Facet(name, gettext_lazy(label), gettext_lazy(about), options, _MARKS.get(name) or _of(name), leaves_out)


FACETS = tuple(_facet(name, **said) for name, said in tables.read(__file__).items())
BY_NAME = {facet.name: facet for facet in FACETS}


# Carried by those whose contributors allow quotes. No list is chosen by it, so it is no facet's.
QUOTABLE = "use:quote"
_CHOSEN_BY = ("force_id", "region", "nation", "year", "outcome_id", "themes", "content_notes", "demand", "is_answered")


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


def place_bits(places: Iterable[int]) -> int:
    """The set of these places in the order."""
    places = list(places)
    packed = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def newest_places(found: int, *, most: int, is_turned: bool = False) -> list[int]:
    """The places of the newest stories of a set, the newest first; turned, of the oldest, the oldest first."""
    places: list[int] = []
    while found and len(places) < most:
        place = (found & -found if is_turned else found).bit_length() - 1
        places.append(place)
        found ^= 1 << place
    return places


def older_than(found: int, place: int) -> int:
    """The part of a set that is older than this place."""
    return found & ((1 << place) - 1)


def newer_than(found: int, place: int) -> int:
    """The part of a set that is newer than this place."""
    return found >> (place + 1) << (place + 1)


def facet_index() -> FacetIndex:
    """The index of the edition now, unpacked once in each process."""
    return snapshot.cached("facet_index", _unpacked)


def _unpacked() -> FacetIndex:
    made = snapshot.get_built("facet_index") or make_facet_index()
    marked = {mark: _unpack(packed) for mark, packed in made["marked"].items()}
    return FacetIndex(_unpack(made["everything"]), marked)


def make_facet_index() -> dict[str, Any]:
    """Go through the live stories once; sets are packed as text, for JSON."""
    names = named_lists.load_named_lists()
    # Whether there are short texts is all that is read of them: the words themselves stay where they are.
    has_words = {f"has_{name}": ~Q(**{name: ""}) for name in story_sections.NAMES}
    rows = Story.live.order_by().values_list("sequence", "may_quote", *_CHOSEN_BY)
    everything: list[int] = []
    marked: dict[str, list[int]] = {}
    known: dict[tuple[object, ...], Collection[str]] = {}
    for sequence, may_quote, *columns in rows.annotate(**has_words).iterator(chunk_size=5000):
        carried = tuple(columns)
        if carried not in known:
            # A story as far as it is chosen by: a whole model for each of 100,000 would take seconds of every takedown.
            row = SimpleNamespace(**dict(zip((*_CHOSEN_BY, *story_sections.NAMES), carried, strict=True)))
            known[carried] = tuple(story_marks(row, names))
        everything.append(sequence)
        for mark in (*known[carried], *([QUOTABLE] if may_quote else [])):
            marked.setdefault(mark, []).append(sequence)
    return {"everything": _pack(everything), "marked": {mark: _pack(places) for mark, places in marked.items()}}


def _pack(places: Iterable[int]) -> str:
    number = place_bits(places)
    return base64.b64encode(zlib.compress(number.to_bytes(number.bit_length() // 8 + 1, "little"))).decode()


def _unpack(packed: str) -> int:
    return int.from_bytes(zlib.decompress(base64.b64decode(packed)), "little")
