"""The accounts in Urgent beside the ticks: those one of us marked later on, and those a sealed label calls urgent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from moderation import conflict_of_interest, reading
from moderation.policies.danger import DangerFacts, is_answered, is_seen_to
from moderation.queue import lanes
from moderation.team.vault import OpenVault
from moderation.team.vault_session import keep_urgency, known_urgency
from stories import danger
from stories.core import lifecycle
from stories.models import Event, Submission, TakeDownRequest, lists

# So many labels are looked at, the newest first; to open one that isn't known yet takes a fifth of a millisecond.
MOST = 5_000
# More of these than a team settles in a day.
_MOST_REQUESTS = 100
_S = Submission.Status
_LATER = tuple(status for status in lifecycle.UNDECIDED if status != _S.RECEIVED)
# Longer than erasing has ever been late.
_ERASED_BY = timedelta(days=31)
_AGREED = (_S.AGREED, _S.PUBLISHED, _S.CORRECTING, _S.REREADING)
# Ended without a story: it leaves once two people have taken a first look at all that speaks of danger.
_NO_STORY = (_S.COUNTED, _S.DECLINED)
_OPEN_STATES = (
    lists.NEW,
    lists.URGENT,
    lists.PUT_FORWARD,
    # What was put forward has its list above.
    *(Q(status=each) & lists.REAL for each in (*_LATER, _S.AGREED, _S.CORRECTING) if each != _S.PREPARED),
)
# Decided, with its words still there.
_DECIDED = lists.REAL & Q(status__in=(_S.PUBLISHED, *_NO_STORY), erased_on=None)


@dataclass(frozen=True)
class Beside:
    """The accounts in Urgent beside `lists.URGENT`; `is_cut` where more labels wait than were looked at."""

    marked: frozenset[UUID] = frozenset()
    # Those whose sealed label says so, each with what is known of danger in it.
    facts: Mapping[UUID, DangerFacts] = field(default_factory=dict)
    is_cut: bool = False

    @property
    def all(self) -> frozenset[UUID]:
        return self.marked.union(self.facts)


def beside_ticks(user: User, vault: OpenVault | None) -> Beside:
    """Return what stands in Urgent for this person; with a locked vault nothing is known of what is sealed."""
    seen = conflict_of_interest.not_skipped_by(user)
    marked, decided = marked_ids(seen)
    if vault is None:
        return Beside(marked)
    boxes = list(_with_labels()[: MOST + 1])
    rows = list(Submission.objects.filter(seen, pk__in=_urgent_of(boxes[:MOST], vault) | decided))
    found = reading.danger_facts(rows, vault) if rows else {}
    # Those of which two people haven't said yet that nobody is in danger.
    seen_to = {row.pk for row in rows if row.status in _NO_STORY and is_seen_to(found.get(row.pk, DangerFacts()))}
    urgent = {pk: facts for pk, facts in found.items() if pk not in seen_to and not is_answered(facts)}
    return Beside(marked, urgent, len(boxes) > MOST)


def marked_ids(*seen: Q) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Accounts marked urgent beside `lists.URGENT`: in a later state, or in a flood by one of us, for a tick there is
    cheap; and what one of us marked that is agreed or public: it counts until its danger is answered.
    """
    by_us = Exists(Event.objects.filter(submission=OuterRef("pk"), deed="urgent", by__isnull=False))
    states = Q(status__in=_LATER) | Q(status__in=_AGREED, erased_on=None) & by_us | Q(status=_S.RECEIVED) & by_us
    rows = Submission.objects.filter(*seen, not_long_erased(), lists.REAL, states, is_urgent=True).exclude(lists.URGENT)
    found = list(rows.values_list("pk", "status"))
    decided = frozenset(pk for pk, status in found if status in _AGREED)
    return frozenset(pk for pk, _status in found) - decided, decided


def not_long_erased() -> Q:
    """For a query: an index of dates leads it past all that was erased long ago."""
    return Q(erase_on__gte=lifecycle.today() - _ERASED_BY)


def _with_labels() -> QuerySet[Submission, Any]:
    """Labels of accounts that have words and are in no flood, newest first; each state by its own index."""
    several = [
        Submission.objects.filter(state, is_flood=False, labels__isnull=False)
        .order_by()
        .values_list("week", "pk", "queue_epoch", "labels")
        for state in (*_OPEN_STATES, _DECIDED & not_long_erased())
    ]
    return several[0].union(*several[1:], all=True).order_by("-week")


def _urgent_of(boxes: Iterable[tuple[Any, UUID, int, bytes]], vault: OpenVault) -> set[UUID]:
    urgent, unknown = set(), []
    for _week, pk, epoch, box in boxes:
        if epoch not in vault.keys:
            continue
        known = known_urgency(bytes(box), private=vault.keys[epoch])
        if known is None:
            unknown.append(pk)
        elif known:
            urgent.add(pk)
    # Those that no page opened before: what they say is kept in memory.
    for row in Submission.objects.filter(pk__in=unknown).only("labels", "key_for_queue", "queue_epoch"):
        if labels := reading.open_labels([row], vault).get(row.pk):
            is_urgent = labels.danger.is_urgent
            keep_urgency(bytes(row.labels or b""), private=vault.keys[row.queue_epoch_id or 0], urgent=is_urgent)
            urgent |= {row.pk} if is_urgent else set()
    return urgent


def urgent_requests(user: User, vault: OpenVault | None) -> list[TakeDownRequest]:
    """Return the requests that wait and speak of danger, what is due first; none while the vault is locked."""
    if vault is None:
        return []
    waiting = lanes.due_requests().filter(is_flood=False).exclude(box=b"")
    aside = set(conflict_of_interest.skipped_ids(user))
    found = [row for row in waiting[:_MOST_REQUESTS] if row.story.submission_id not in aside]
    return [row for row in found if _speaks_of_danger(row, vault)]


def _speaks_of_danger(row: TakeDownRequest, vault: OpenVault) -> bool:
    box, private = bytes(row.box), vault.keys.get(row.queue_epoch_id or 0)
    if private is None:
        return False
    known = known_urgency(box, private=private)
    if known is None:
        try:
            known = danger.scan_for_danger(reading.take_down_words(row, vault=vault)).is_urgent
        except reading.CannotOpen:
            return False
        keep_urgency(box, private=private, urgent=known)
    return known
