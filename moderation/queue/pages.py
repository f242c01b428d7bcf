"""One page of a list: reached by a key and never by counting, so that the last page costs what the first does."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import BooleanField, DateField, F, Func, Q, QuerySet, UUIDField, Value

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


@dataclass(frozen=True)
class Place:
    """Where a page lies: from a row on (`start`), up to a row (`stop`), at the list's end, or else at its beginning."""

    start: Key | None = None
    stop: Key | None = None
    is_end: bool = False

    @classmethod
    def read(cls, start: str, stop: str) -> Self:
        """Read what an address carries; the beginning, for what is no key."""
        return cls(Key.read(start), Key.read(stop), stop == "end")

    @property
    def is_backwards(self) -> bool:
        return self.is_end or self.stop is not None


@dataclass(frozen=True)
class Narrowing:
    """What somebody filters by: a condition on the rows, and a question to their labels."""

    rows: Q = field(default_factory=Q)
    fits: Callable[[Labels], bool] | None = None


@dataclass
class Page:
    """The rows of one page with their labels, and the rows at which the pages beside it lie; empty where none is.

    `is_cut` says that a filter stopped looking before the list ended, after `looked_at` accounts that may fit.
    """

    rows: list[Submission] = field(default_factory=list)
    labels: dict[UUID, Labels] = field(default_factory=dict)
    earlier: str = ""
    later: str = ""
    looked_at: int = 0
    is_cut: bool = False


def queue_page(
    found: lanes.Lane,
    user: User,
    *,
    place: Place,
    narrowing: Narrowing,
    vault: OpenVault | None,
    beside: Set[UUID] = frozenset(),
) -> Page:
    """Return the page of a list at `place`; without an open vault it has no labels, and none can be asked for.

    `beside` are the accounts that stand in Urgent beside the ticks.
    """
    asked = lanes.rows_in_lane(found, user, beside)
    if found is lanes.FLOOD:
        asked = asked.annotate(is_ticked=F("is_urgent"))
    run, beyond = _rows_from(asked, place), None
    is_narrowed = bool(narrowing.rows) or narrowing.fits is not None
    if is_narrowed:
        if last := run[WINDOW : WINDOW + 1].first():
            beyond = Key.of_row(last)
            run = run.filter(_beside_key(">" if place.is_backwards else "<", beyond))
        run = run.filter(narrowing.rows)
    most = MOST_OPENED if narrowing.fits else PAGE
    rows = list(run.select_related(*lanes.IN_A_ROW)[: most + 1])
    made = _filled(rows[:most], narrowing.fits, vault)
    after = Key.of_row(rows[made.looked_at]) if made.looked_at < len(rows) else beyond
    made.is_cut = bool(is_narrowed and after and len(made.rows) < PAGE)
    ways = [str(key or "") for key in (_row_before(asked, place), after)]
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


# --- Directions -----------------------------------------------------------------------------


def _rows_from(rows: QuerySet[Submission], place: Place) -> QuerySet[Submission]:
    """The rows from `place` on, in the direction in which its page looks."""
    if place.is_backwards:
        return _in_order(rows.filter(_beside_key("<=", place.stop)) if place.stop else rows, is_backwards=True)
    return _in_order(rows.filter(_beside_key(">=", place.start)) if place.start else rows)


def _in_order(rows: QuerySet[Submission], *, is_backwards: bool = False) -> QuerySet[Submission]:
    """In the order of their list: the ticked ones first where it has them so, then by week and id."""
    ticked = ["is_ticked" if is_backwards else "-is_ticked"] if "is_ticked" in rows.query.annotations else []
    return rows.order_by(*ticked, *(("-week", "-id") if is_backwards else ("week", "id")))


def _row_before(rows: QuerySet[Submission], place: Place) -> Key | None:
    """The row next to the page's first one, on the side that it looks away from."""
    if place.stop:
        beside = _in_order(rows.filter(_beside_key(">", place.stop))).first()
    elif place.start:
        beside = _in_order(rows.filter(_beside_key("<", place.start)), is_backwards=True).first()
    else:
        return None
    return Key.of_row(beside) if beside else None


def _beside_key(how: str, key: Key) -> Q:
    """Stand before or after a key in the order of the list."""
    by_week = Q(_Compared(F("week"), F("id"), Value(key.week, DateField()), Value(key.id, UUIDField()), how=how))
    if key.is_ticked is None:
        return by_week
    beyond = how not in (">", ">=")
    alike = Q(is_urgent=key.is_ticked) & by_week
    return alike if key.is_ticked == beyond else alike | Q(is_urgent=beyond)


class _Compared(Func):
    """Week and id beside a key in one comparison, which an index answers; on SQLite Django takes it apart."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        week, name, other_week, other_name = (sql for sql, _params in parts)
        params = [param for _sql, some in parts for param in some]
        return f"({week}, {name}) {self.extra['how']} ({other_week}, {other_name})", params
