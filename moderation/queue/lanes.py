"""The lists of the moderators' room: what waits, for whom, oldest first, each read by an index of its own."""

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from moderation import conflict_of_interest
from moderation.models import Claim, WorkingCopy
from moderation.team.permissions import why_not
from stories.core import lifecycle, tables
from stories.models import Event, Submission, TakeDownRequest, lists
from stories.models.take_down import OF_FORCES

_S = Submission.Status
# A lane with more than this is counted no further: nobody's evening depends on the difference.
MOST_COUNTED = 999
# What a row says of people: who has it in hand, whom it is meant for, and who asked to let it go.
IN_A_ROW = ("claim__holder", "meant_for", "release_wish__asked_by")


@dataclass(frozen=True)
class Lane:
    """One list: its name in addresses, what belongs in it for a user, and its words, which stand in lanes.toml."""

    slug: str
    holds: Q | Callable[[User], Q]
    label: str
    says: str
    empty: str = "Nothing here. Thank you for looking."

    def rows_for(self, user: User, beside: Set[UUID]) -> Q:
        """The condition of its rows; `beside` are the accounts that stand in Urgent beside the ticks."""
        held = self.holds if isinstance(self.holds, Q) else self.holds(user)
        if not beside or self.slug not in ("urgent", "new"):
            return held
        return held | Q(pk__in=beside) if self.slug == "urgent" else held & ~Q(pk__in=beside)


def _mine(user: User) -> Q:
    # One set of ids: for an OR, PostgreSQL would read every submission.
    waiting = Submission.objects.filter(_meant_for(user)).values("pk")
    return Q(pk__in=_in_hand_of(user).union(waiting)) & lists.REAL & ~Q(status=_S.DRAFT)


def _in_hand_of(user: User) -> QuerySet:
    return Claim.objects.filter(holder=user, expires_at__gt=timezone.now()).values("submission")


def _meant_for(user: User) -> Q:
    return Q(meant_for=user, status__in=lifecycle.OPEN_TO_WORK)


_HOLDS: dict[str, Q | Callable[[User], Q]] = {status: Q(status=status) & lists.REAL for status in lists.OTHERS}
_HOLDS |= {"urgent": lists.URGENT, "new": lists.NEW, "mine": _mine, "flood": lists.FLOOD}
_HOLDS |= {"second": lists.PUT_FORWARD, "wrote": lists.UNOPENED}
_WORDS = tables.read(__file__)
BY_SLUG = {slug: Lane(slug, _HOLDS[slug], **words) for slug, words in _WORDS.items()}
LISTS = tuple(BY_SLUG.values())
LANES, SECOND, WROTE = LISTS[:8], BY_SLUG["second"], BY_SLUG["wrote"]
URGENT, FIRST, FLOOD = BY_SLUG["urgent"], BY_SLUG["new"], BY_SLUG["flood"]


def rows_in_lane(found: Lane, user: User, beside: Set[UUID] = frozenset()) -> QuerySet[Submission]:
    """The rows of a list for this person, in no order yet, without what they put aside; `beside` as in `rows_for`."""
    return Submission.objects.filter(found.rows_for(user, beside), conflict_of_interest.not_skipped_by(user))


def lane_counts(user: User, beside: Set[UUID] = frozenset()) -> dict[str, int]:
    """The number of rows in each lane, by slug, up to one above `MOST_COUNTED`; due requests count as urgent."""
    # Asked for once: as a part of every lane's question it would be looked up again for each row.
    seen = ~Q(pk__in=conflict_of_interest.skipped_ids(user))
    lanes_of_theirs = (Submission.objects.filter(found.rows_for(user, beside), seen) for found in LANES)
    capped = [rows.order_by().values("pk")[: MOST_COUNTED + 1] for rows in (*lanes_of_theirs, due_requests())]
    asked = [rows.query.sql_with_params() for rows in capped]
    selects = ", ".join(f"(SELECT COUNT(*) FROM ({select}) AS counted)" for select, _params in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selects}", [param for _select, params in asked for param in params])
        *lanes, requests = cursor.fetchone()
    found = {lane.slug: count for lane, count in zip(LANES, lanes, strict=True)}
    return found | {URGENT.slug: found[URGENT.slug] + requests}


def count_in_words(count: int) -> str:
    return str(count) if count <= MOST_COUNTED else gettext("more than %(count)d") % {"count": MOST_COUNTED}


def lane_rows(slug: str, user: User, beside: Set[UUID] = frozenset()) -> QuerySet[Submission]:
    """The submissions of a list, oldest first, each with who has it in hand (`claim_now`) and whom it is meant for."""
    return rows_in_lane(BY_SLUG[slug], user, beside).select_related(*IN_A_ROW).order_by("week", "id")


def rows_waiting_for(user: User) -> QuerySet[Submission]:
    """Accounts that came back to this person or were given to them, and aren't in their hands; the oldest first."""
    waiting = Submission.objects.filter(lists.REAL, _meant_for(user), conflict_of_interest.not_skipped_by(user))
    return waiting.exclude(pk__in=_in_hand_of(user)).order_by("week", "id")


def rows_for_second_reader(user: User) -> QuerySet[Submission]:
    """Texts that this person may read second: none of theirs, nor in anybody's hands, nor waiting for a yes."""
    mine = WorkingCopy.objects.filter(submission=OuterRef("pk"), written_by=user)
    in_hand = Claim.objects.filter(submission=OuterRef("pk"), expires_at__gt=timezone.now())
    # `TextFacts.was_mine_since_put_forward` as a condition of a query.
    forward = Event.objects.filter(submission=OuterRef("submission"), deed="put forward").order_by("-number")
    taken = Event.objects.filter(submission=OuterRef("pk"), by=user, deed__in=("claim", "take over"))
    taken = taken.filter(number__gt=forward.values("number")[:1])
    free = lane_rows(SECOND.slug, user).filter(~Exists(mine), ~Exists(in_hand), ~Exists(taken))
    return free.exclude(waits_for_yes=True)


def next_row_for(user: User, beside: Set[UUID], *, skip: Collection[UUID]) -> tuple[Submission | None, bool]:
    """The next account for this person: danger that they haven't opened, a second reading, what somebody wrote, the
    oldest new one; and whether it is there for a second reading. Nothing that a colleague has in hand, nor what they
    `skip`.
    """
    opened = Event.objects.filter(submission=OuterRef("pk"), deed="open", by=user)
    urgent = lane_rows(URGENT.slug, user, beside).filter(~Exists(opened) | Q(unopened_since__isnull=False))
    new = lane_rows(FIRST.slug, user, beside).filter(Q(meant_for=None) | Q(meant_for=user))
    in_hand = Claim.objects.filter(expires_at__gt=timezone.now()).exclude(holder=user).values("submission")
    steps = (urgent, rows_for_second_reader(user), lane_rows(WROTE.slug, user), new)
    firsts = ((step.exclude(pk__in=skip).exclude(pk__in=in_hand).first(), step is steps[1]) for step in steps)
    return next((found for found in firsts if found[0]), (None, False))


def claim_now(submission: Submission) -> Claim | None:
    """Its claim, if that hasn't expired; asks nothing of the database where the row was read with it."""
    claim: Claim | None = getattr(submission, "claim", None)
    return claim if claim and claim.expires_at > timezone.now() else None


def days_left(submission: Submission) -> int:
    return (submission.erase_on - lifecycle.today()).days


_HELD = Submission.objects.filter(lists.REAL, status=_S.HELD)
# Time enough to find two people, to write to the contributor, or to hold it for longer.
_WARNED = timedelta(days=14)


def held_to_look_at_again() -> QuerySet[Submission]:
    return _HELD.filter(look_again_on__lte=lifecycle.today()).order_by("look_again_on")


def ending_soon() -> QuerySet[Submission]:
    return _HELD.filter(erased_on=None, erase_on__lte=lifecycle.today() + _WARNED).order_by("erase_on", "pk")


def due_requests() -> QuerySet[TakeDownRequest]:
    """Requests from the pages of stories that nobody has settled; forces' objections stand in no lane of the queue."""
    return due_with_objections().exclude(ground__in=OF_FORCES)


def due_with_objections() -> QuerySet[TakeDownRequest]:
    return all_requests().filter(settled_on=None)


def all_requests() -> QuerySet[TakeDownRequest]:
    """All of them, each with its story and `is_late`, by the day on which somebody has looked: without a day it has
    waited past every clock, and over the limits it stands behind the others. The settled ones come last, newest first.
    """
    is_over = Q(due_on=None) | Q(due_on__lt=lifecycle.today())
    rows = TakeDownRequest.objects.annotate(is_late=Q(settled_on=None) & is_over)
    related = rows.select_related("story__submission", "force", "first_by", "settled_by")
    newest, soonest = F("settled_on").desc(nulls_first=True), F("due_on").asc(nulls_first=True)
    return related.order_by(newest, "is_flood", soonest, "week", "pk")


def requests_seen_by(rows: QuerySet[TakeDownRequest], user: User) -> QuerySet[TakeDownRequest]:
    """Of these, what this person may see: who reads no account sees the objections of forces alone."""
    return rows.filter(ground__in=OF_FORCES) if why_not("settle a take-down request", user) else rows


def due_label(row: TakeDownRequest) -> str:
    if row.settled_on is not None:
        return ""
    if row.due_on is None:
        return gettext("late")
    day = date_format(row.due_on, "l j F")
    return gettext("late: %(day)s") % {"day": day} if row.due_on < lifecycle.today() else day
