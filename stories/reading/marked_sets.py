"""The sets of stories that carry a mark: bit n is for the story whose place in the order is n.

They lie in the database, a row a mark, and change with the stories in the transaction of the change; each process reads
those that changed. So whole lists are counted, crossed and paged without a query, and 100,000 stories are 12 kB a mark.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from threading import local
from types import SimpleNamespace

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models import F, Q, QuerySet

from stories.core import named_lists, snapshot, story_sections
from stories.models import Edition, LastRun, MarkedSet, Story
from stories.reading import facets

# Every live story has it.
EVERYTHING = ""
_COLUMNS = (
    *("may_quote", "force_id", "region", "nation", "year", "outcome_id", "themes", "content_notes"),
    *("demand", "is_answered"),
)
# Of each thread: the places of the stories that it saved.
_noted = local()
_FOLLOWED = {*_COLUMNS, *story_sections.NAMES, "status", "force", "outcome"}

logger = logging.getLogger(__name__)
Sets = dict[str, int]


@dataclass(frozen=True)
class MarkedSets:
    """`everything` has a bit for each live story, and `marked` one set for each mark that any carries."""

    everything: int
    marked: Mapping[str, int]
    # The edition whose changes are in it.
    number: int = 0

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


def current_sets() -> MarkedSets:
    """The sets of the edition now; one query for those that changed since this process last looked."""
    return snapshot.cached("marked_sets", _brought_up_to_date)


def _brought_up_to_date() -> MarkedSets:
    number = snapshot.snapshot_number()
    if not snapshot.is_followed():
        try:
            count_all()
        except DatabaseError:
            # Nobody can write just now; then this process counts for itself, and again with the next edition.
            marked = _counted(Story.live.using(snapshot.public_reads()))
            return MarkedSets(marked.get(EVERYTHING, 0), marked, number)
    # Only now: where this thread counted in a transaction of its own, nothing is carried into it or out of it.
    carried = snapshot.carried()
    held: MarkedSets = carried.get("marked_sets", MarkedSets(0, {}))
    found = carried["marked_sets"] = _since(held, number, snapshot.public_reads())
    return found


def _since(held: MarkedSets, number: int, using: str) -> MarkedSets:
    """What was held, with what changed since then."""
    marked = {**held.marked, **_kept(using, since=held.number)}
    return MarkedSets(marked.get(EVERYTHING, 0), marked, number)


def note_story(sender: object, instance: Story, update_fields: Collection[str] | None = None, **kwargs: object) -> None:
    """Remember a story that was saved, until the edition in which it is followed; for Django's signals."""
    if instance.sequence is not None and (update_fields is None or not _FOLLOWED.isdisjoint(update_fields)):
        _noted.places = {*_noted_places(), instance.sequence}


def _noted_places() -> set[int]:
    places: set[int] = getattr(_noted, "places", set())
    return places


def follow_noted(number: int, using: str) -> None:
    """Change the sets by the stories that this thread saved since it was last asked; in the caller's transaction."""
    places, _noted.places = _noted_places(), set()
    if not places:
        return
    now = _counted(Story.live.using(using).filter(sequence__in=places))
    # Whatever of them was in a set, and has no part in it any more.
    gone = ~place_bits(places)
    # The row of the edition is locked, so that nobody changes them meanwhile.
    held: MarkedSets = snapshot.last_seen().carried.get("marked_sets", MarkedSets(0, {}))
    before = dict(_since(held, number, using).marked)
    after = {mark: before.get(mark, 0) & gone | now.get(mark, 0) for mark in {*before, *now}}
    _write(before, after, number, using)


def count_all(using: str = DEFAULT_DB_ALIAS, *, again: bool = False) -> list[str]:
    """Count every live story anew where the sets weren't kept up, or `again`; returns the marks that differed."""
    with transaction.atomic(using=using):
        edition = Edition.objects.using(using).select_for_update().get(pk=1)
        if edition.followed == edition.number and not again:
            return []
        before, now = _kept(using), _counted(Story.live.using(using))
        # Processes that go on read what another edition says.
        number = edition.number + again
        if (differing := _write(before, {**dict.fromkeys(before, 0), **now}, number, using)) or not again:
            edition.number = edition.followed = number
            edition.save(using=using, update_fields=["number", "followed"])
            snapshot.see_alone()
    return differing


def prove_sets() -> list[str]:
    """Count all stories beside the sets that followed them; mend and return those that differed.

    Nobody is held up, but where one differs. What changed meanwhile is left for the next time.
    """
    number, kept, now = _number(), _kept(DEFAULT_DB_ALIAS), _counted(Story.live.all())
    if number != _number() or {mark: found for mark, found in kept.items() if found} == now:
        return []
    return count_all(again=True)


def prove_daily(**kwargs: object) -> None:
    """The same once a day, said in the log; for the signal of the clock."""
    if LastRun.begins_a_day("sets counted") and (differing := prove_sets()):
        logger.error("The sets of stories differed from the stories: %s", ", ".join(differing))


def _number() -> int | None:
    """The edition that the sets have followed to."""
    return Edition.objects.filter(pk=1, number=F("followed")).values_list("number", flat=True).first()


def _kept(using: str, *, since: int = 0) -> Sets:
    rows = MarkedSet.objects.using(using).filter(changed_in__gt=since).values_list("mark", "places")
    return {mark: int.from_bytes(places, "little") for mark, places in rows}


def _write(before: Sets, after: Sets, number: int, using: str) -> list[str]:
    differing = [mark for mark, found in after.items() if found != before.get(mark, 0)]
    rows = [MarkedSet(mark=mark, places=_packed(after[mark]), changed_in=number) for mark in differing]
    MarkedSet.objects.using(using).bulk_create(
        rows, update_conflicts=True, unique_fields=["mark"], update_fields=["places", "changed_in"]
    )
    return differing


def _packed(found: int) -> bytes:
    return found.to_bytes(found.bit_length() // 8 + 1, "little")


def _counted(stories: QuerySet[Story]) -> Sets:
    """The sets of these stories, which are gone through once."""
    names = named_lists.load_named_lists()
    # Whether there are short texts is all that is read of them: the words themselves stay where they are.
    has_words = {f"has_{name}": ~Q(**{name: ""}) for name in story_sections.NAMES}
    rows = stories.order_by().values_list("sequence", *_COLUMNS).annotate(**has_words)
    carrying: dict[str, list[int]] = {}
    known: dict[tuple[object, ...], tuple[str, ...]] = {}
    for sequence, *columns in rows.iterator(chunk_size=5000):
        carried = tuple(columns)
        if carried not in known:
            # A story as far as it is chosen by: a whole model for each of 100,000 would take seconds.
            row = SimpleNamespace(**dict(zip((*_COLUMNS, *story_sections.NAMES), carried, strict=True)))
            quotable = [facets.QUOTABLE] if row.may_quote else []
            known[carried] = (EVERYTHING, *facets.story_marks(row, names), *quotable)
        for mark in known[carried]:
            carrying.setdefault(mark, []).append(sequence)
    return {mark: place_bits(places) for mark, places in carrying.items()}
