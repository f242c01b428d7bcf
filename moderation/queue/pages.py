"""One page of a list: reached by a key and never by counting, so that the last page costs what the first does."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet

from moderation import reading
from moderation.queue import lanes
from moderation.team.vault import OpenVault
from stories.intake.labels import Labels
from stories.models import Submission

PAGE = 20
# A filter looks at so many rows of the list at once; for a sealed label so many have to be opened.
WINDOW = 1_000
MOST_OPENED = 75
_TICKED = {"urgent": True, "other": False}


class Key(NamedTuple):
    """A row's place in its list; `is_ticked` only in the flood tray, where what is ticked as urgent stands first."""

    week: date
    id: UUID
    is_ticked: bool | None = None

    @classmethod
    def of_row(cls, row: Submission) -> Self:
        return cls(row.week, row.pk, getattr(row, "is_ticked", None))

    @classmethod
    def read(cls, words: str) -> Self | None:
        """Read what an address carries; None, for what is no key."""
        week, _dot, rest = words.partition(".")
        name, _dot, ticked = rest.partition(".")
        try:
            return cls(date.fromisoformat(week), UUID(name), _TICKED.get(ticked))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As an address carries it."""
        ticked = "".join(f".{word}" for word, is_ticked in _TICKED.items() if is_ticked == self.is_ticked)
        return f"{self.week:%Y-%m-%d}.{self.id.hex}{ticked}"


class Place(NamedTuple):
    """The place of a page: from a row on, or back from it; without one, at the list's beginning or at its end."""

    key: Key | None = None
    is_backwards: bool = False

    @classmethod
    def read(cls, start: str, stop: str) -> Self:
        """Read what an address carries; the beginning, for what is no key."""
        last = Key.read(stop)
        return cls(last, True) if last or stop == "end" else cls(Key.read(start))


@dataclass(frozen=True)
class Narrowing:
    """A filter that somebody chose: a condition on the rows, and a question to their labels."""

    rows: Q = field(default_factory=Q)
    fits: Callable[[Labels], bool] | None = None


@dataclass
class Page:
    """The rows of one page with their labels, and the keys of the pages beside it; empty where none is. `is_cut` says
    that a filter stopped looking before the list ended, after `looked_at` accounts that may fit.
    """

    rows: list[Submission] = field(default_factory=list)
    labels: dict[UUID, Labels] = field(default_factory=dict)
    earlier: str = ""
    later: str = ""
    looked_at: int = 0
    is_cut: bool = False


def queue_page(
    found: lanes.Lane, user: User, place: Place, narrowing: Narrowing, vault: OpenVault | None, beside: Set[UUID]
) -> Page:
    """Return the page of a list at `place`; without an open vault it has no labels, and none can be asked for."""
    asked = lanes.rows_in_lane(found, user, beside)
    if found is lanes.FLOOD:
        asked = asked.annotate(is_ticked=F("is_urgent"))
    run, beyond = _rows_from(asked, place), None
    before = _rows_from(asked, Place(place.key, not place.is_backwards), skips=True).first() if place.key else None
    is_narrowed = bool(narrowing.rows) or narrowing.fits is not None
    if is_narrowed:
        if last := run[WINDOW : WINDOW + 1].first():
            beyond = Key.of_row(last)
            run = run.filter(_beside_key("gt" if place.is_backwards else "lt", beyond))
        run = run.filter(narrowing.rows)
    most = MOST_OPENED if narrowing.fits else PAGE
    rows = list(run.select_related(*lanes.IN_A_ROW)[: most + 1])
    made = _filled(rows[:most], narrowing.fits, vault)
    after = Key.of_row(rows[made.looked_at]) if made.looked_at < len(rows) else beyond
    made.is_cut = bool(is_narrowed and after and len(made.rows) < PAGE)
    ways = str(Key.of_row(before)) if before else "", str(after or "")
    made.earlier, made.later = reversed(ways) if place.is_backwards else ways
    if place.is_backwards:
        made.rows.reverse()
    return made


def _filled(rows: list[Submission], fits: Callable[[Labels], bool] | None, vault: OpenVault | None) -> Page:
    """Take the rows that fit, until a page is full; their labels are opened one by one."""
    if fits is None:
        return Page(rows, reading.open_labels(rows, vault) if vault else {}, looked_at=len(rows))
    made = Page()
    if vault is None:
        return made
    for row in rows:
        made.looked_at += 1
        opened = reading.open_labels([row], vault)
        if row.pk in opened and fits(opened[row.pk]):
            made.rows.append(row)
            made.labels |= opened
        if len(made.rows) == PAGE:
            break
    return made


def _rows_from(rows: QuerySet[Submission], place: Place, *, skips: bool = False) -> QuerySet[Submission]:
    """The rows from `place` on, or after it where it `skips` that one: ticked ones first where the list has them so."""
    if place.key:
        way = "lt" if place.is_backwards else "gt"
        rows = rows.filter(_beside_key(way if skips else f"{way}e", place.key))
    ticked = ["-is_ticked"] if "is_ticked" in rows.query.annotations else []
    found = rows.order_by(*ticked, "week", "id")
    return found.reverse() if place.is_backwards else found


def _beside_key(way: str, key: Key) -> Q:
    """Stand before a key (`lt`, `lte`) or after it (`gt`, `gte`) in the order of the list."""
    # The week by itself first, because an index answers that.
    beyond_week = Q(**{f"week__{way[:2]}": key.week}) | Q(**{f"id__{way}": key.id})
    by_week = Q(**{f"week__{way[:2]}e": key.week}) & beyond_week
    if key.is_ticked is None:
        return by_week
    is_before = way.startswith("l")
    alike = Q(is_urgent=key.is_ticked) & by_week
    return alike if key.is_ticked == is_before else alike | Q(is_urgent=is_before)
