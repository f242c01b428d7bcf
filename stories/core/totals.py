"""Counts of the work: what came, what waits, what was decided and why, how long it took, how readers agree.

Whole numbers, for the room. What of them goes public is rounded and hidden first (`stories.figures.transparency`).
A practice account counts nowhere, and nothing is counted by person.
"""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from stories.core import lifecycle
from stories.models import Event, Story, Submission, TakeDownRequest, lists
from stories.models.submission import IS_FIGURE
from stories.models.take_down import OF_FORCES

# A median of fewer, or how often two readers agreed in fewer readings, would speak of single people.
FEWEST = 10

_DECIDES = ("agree", "count", "decline", "lapse")
_LANES = {
    "urgent": lists.URGENT,
    "new": lists.NEW,
    "flood": lists.FLOOD,
    "put-forward": Q(status=Submission.Status.PREPARED) & lists.REAL,
    "waiting": Q(status=Submission.Status.WAITING) & lists.REAL,
    "held": Q(status=Submission.Status.HELD) & lists.REAL,
}
# A click on many at once is no decision about each, nor is it one that nobody had the time for the flood.
_OF_A_FLOOD = Q(deed="decline", reason="flood") | Q(deed="lapse", submission__is_flood=True)


@dataclass(frozen=True)
class Span:
    """The weeks whose Mondays lie from `first` to before `until`."""

    first: date
    until: date


@dataclass
class Decisions:
    """The number of each kind, and after how many weeks; a kind is a deed, or "decline" with its reason after a dot."""

    kinds: Counter[str] = field(default_factory=Counter)
    weeks: Counter[int] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.kinds.total()

    @property
    def median(self) -> int | None:
        """Whole weeks from the week it came to the week it was decided, where ten or more were; of two, the longer."""
        return statistics.median_high(self.weeks.elements()) if self.weeks.total() >= FEWEST else None


@dataclass(frozen=True)
class Readers:
    """In how many readings two moderators answered the anonymity check, and in how many of its lines alike."""

    readings: int = 0
    same: int = 0
    different: int = 0

    @property
    def lines(self) -> int:
        return self.same + self.different


def received_count(span: Span) -> int:
    """The number of accounts that were sent; what was only saved for later isn't among them."""
    sent = Event.objects.filter(submission=OuterRef("pk"), deed__in=("receive", "send"))
    real = Submission.objects.filter(lists.REAL, week__gte=span.first, week__lt=span.until)
    return real.filter(Exists(sent)).count()


def counts_beside(span: Span) -> dict[str, int]:
    """All else that happened: stories that came out, or were withheld, those that came down or back since among them;
    texts that a contributor wanted changed, or less shown; take-down requests, and objections of forces.
    """
    stories = Story.objects.filter(sequence__isnull=False, month__gte=span.first, month__lt=span.until)
    wishes = Event.objects.filter(deed__in=lifecycle.WISHES, week__gte=span.first, week__lt=span.until)
    changed = wishes.filter(submission__practice_for=None).values("submission").distinct()
    # An exercise has no story, and so none of these.
    requests = TakeDownRequest.objects.filter(week__gte=span.first, week__lt=span.until)
    settled = TakeDownRequest.objects.filter(settled_on__gte=span.first, settled_on__lt=span.until)
    return {
        "published": stories.count(),
        "changed": changed.count(),
        "take-downs": requests.exclude(ground__in=OF_FORCES).count(),
        "objections": requests.filter(ground__in=OF_FORCES).count(),
        "withheld": settled.filter(first_outcome=TakeDownRequest.Outcome.WITHHELD).count(),
    }


def waiting_count() -> dict[str, Counter[int]]:
    found: dict[str, Counter[int]] = {}
    for lane, holds in _LANES.items():
        rows = Submission.objects.filter(holds).order_by().values_list("week").annotate(many=Count("pk"))
        found[lane] = Counter({_weeks(week, lifecycle.this_week()): many for week, many in rows})
    return found


def decided_counts(span: Span, *, with_floods: bool = True) -> dict[date, Decisions]:
    """The decisions, by the first of the month in which its week began; months without any are left out."""
    months: dict[date, Decisions] = {}
    columns = ("week", "deed", "reason", "submission__week")
    decisions = _decisions(span) if with_floods else _decisions(span).exclude(_OF_A_FLOOD)
    for week, deed, reason, came, many in decisions.values_list(*columns).annotate(many=Count("pk")):
        month = months.setdefault(week.replace(day=1), Decisions())
        month.kinds[f"{deed}.{reason}" if deed == "decline" else deed] += many
        if deed in ("agree", "count", "decline"):
            month.weeks[_weeks(came, week)] += many
    return dict(sorted(months.items()))


def counts_together(months: Iterable[Decisions]) -> Decisions:
    whole = Decisions()
    for month in months:
        whole.kinds += month.kinds
        whole.weeks += month.weeks
    return whole


def reader_count(span: Span) -> Readers:
    """The two readers' answers compared, in every reading of these weeks."""
    events = _of_these_weeks(span).filter(deed__in=("agree", "differ"), counts__isnull=False)
    found: Counter[str] = Counter()
    for counts in events.values_list("counts", flat=True).iterator():
        if told := (counts or {}).get("readers"):
            found.update(readings=1, same=told.get("same", 0), different=told.get("different", 0))
    return Readers(found["readings"], found["same"], found["different"])


def _of_these_weeks(span: Span) -> QuerySet[Event]:
    rows = Event.objects.filter(IS_FIGURE, week__gte=span.first, week__lt=span.until)
    return rows.filter(submission__practice_for=None).order_by()


def _decisions(span: Span) -> QuerySet[Event, object]:
    """Deeds that decided and still stand, and withdrawals of what nobody had decided; a correction decides nothing."""
    decides = Q(deed__in=_DECIDES) & ~Q(reason=lifecycle.CORRECTION)
    before = Event.objects.filter(submission=OuterRef("submission"), number__lt=OuterRef("number"))
    first_decided = _not_undone(before.filter(decides))
    was_sent = Event.objects.filter(submission=OuterRef("submission"), deed__in=("receive", "send"))
    withdrawn = Q(Exists(was_sent), deed="withdraw") & ~Exists(first_decided)
    return _not_undone(_of_these_weeks(span)).filter(decides | withdrawn)


def _not_undone(events: QuerySet[Event]) -> QuerySet[Event]:
    """Without what was taken back: "back to received", "back in the tray", and a yes whose text was sent back."""
    later = Event.objects.filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    left_the_batch = later.filter(deed="send back").exclude(reason=lifecycle.CORRECTION)
    return events.exclude(Exists(later.filter(deed__startswith="back "))).exclude(Exists(left_the_batch), deed="agree")


def _weeks(first: date, last: date) -> int:
    return max(0, (last - first).days // 7)
