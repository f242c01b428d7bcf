"""The lists of the moderators' room: what waits, for whom, oldest first, each read by an index of its own."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moderation import conflict_of_interest
from moderation.models import Claim, WorkingCopy
from moderation.queue import take_downs
from stories.core import lifecycle
from stories.models import Event, Submission, lists

_S = Submission.Status
# A lane with more than this is counted no further: nobody's evening depends on the difference.
MOST_COUNTED = 999
# What a row says of people: who has it in hand, whom it is meant for, and who asked to let it go.
IN_A_ROW = ("claim__holder", "meant_for", "release_wish__asked_by")
_NOTHING = _("Nothing here. Thank you for looking.")


@dataclass(frozen=True)
class Lane:
    """One list: its name in addresses, what it is called, what belongs in it for `user`, and what it says if empty."""

    slug: str
    label: Any
    says: Any
    holds: Callable[[Any], Q]
    empty: Any = _NOTHING


def _mine(user: Any) -> Q:
    # One set of ids: for an OR, PostgreSQL would read every submission.
    waiting = Submission.objects.filter(_meant_for(user)).values("pk")
    return Q(pk__in=_in_hand_of(user).union(waiting)) & lists.REAL & ~Q(status=_S.DRAFT)


def _in_hand_of(user: Any) -> QuerySet:
    return Claim.objects.filter(holder=user, expires_at__gt=timezone.now()).values("submission")


def _meant_for(user: Any) -> Q:
    return Q(meant_for=user, status__in=lifecycle.OPEN_TO_WORK)


def _with_status(status: str) -> Callable[[Any], Q]:
    return lambda user: Q(status=status) & lists.REAL


LANES: tuple[Lane, ...] = (
    Lane(
        "urgent",
        _("Urgent"),
        _("What can’t wait for its turn."),
        lambda user: lists.URGENT,
        _("Nothing is urgent. Breathe out; the rest can wait for its turn."),
    ),
    Lane(
        "new",
        _("New"),
        _("Nobody has put these forward yet."),
        lambda user: lists.NEW,
        _("Nobody waits to be read. That is your work, and your colleagues’: thank you."),
    ),
    Lane(
        "mine",
        _("Mine"),
        _("What you have in hand, and what came back to you: an answer, a text sent back, or a colleague’s request."),
        _mine,
        _("You have nothing in hand. Take one when you are ready, or leave it at that for today."),
    ),
    Lane(
        "waiting",
        _("Waiting"),
        _("The contributor was asked something. Their clock is stopped until they answer."),
        _with_status(_S.WAITING),
        _("Nobody owes us an answer."),
    ),
    Lane(
        "held",
        _("Held"),
        _("For legal reasons or somebody’s safety, until a day."),
        _with_status(_S.HELD),
        _("Nothing is held back."),
    ),
    Lane(
        "flood",
        _("Flood"),
        _("Came in faster than people write. There may be real accounts among them."),
        lambda user: lists.FLOOD,
        _("No flood. All that came in came at people’s pace."),
    ),
)
# What stands beside the lanes: second readings come first on the start screen because they publish.
SECOND = Lane(
    "second",
    _("Second reading"),
    _("Put forward by one moderator; a second one’s yes makes it a story."),
    lambda user: lists.PUT_FORWARD,
    _("No text waits for a second pair of eyes."),
)
WROTE = Lane(
    "wrote",
    _("They wrote"),
    _(
        "Nobody has opened these since the contributor wrote, said yes or changed something. "
        "Opening one takes it off this list."
    ),
    lambda user: lists.UNOPENED,
    _("Everything that contributors wrote has been opened."),
)
DONE: tuple[Lane, ...] = (
    Lane("correcting", _("Being corrected"), _("Stories that stay up meanwhile."), _with_status(_S.CORRECTING)),
    Lane("agreed", _("Agreed"), _("They go live with a batch, but for what was taken down."), _with_status(_S.AGREED)),
    Lane("published", _("Published"), _("They are stories."), _with_status(_S.PUBLISHED)),
    Lane("counted", _("Counted"), _("Their ticked answers are in the totals."), _with_status(_S.COUNTED)),
    Lane("declined", _("Declined"), _("They end on their date."), _with_status(_S.DECLINED)),
    Lane("withdrawn", _("Withdrawn"), _("Their contributors took them back."), _with_status(_S.WITHDRAWN)),
)
COUNTED = (*LANES, SECOND, WROTE)
LISTS = (*COUNTED, *DONE)
URGENT, FIRST, FLOOD = (next(lane for lane in LANES if lane.slug == slug) for slug in ("urgent", "new", "flood"))


def lane_named(slug: str) -> Lane | None:
    """The list of that name, if there is one."""
    return next((found for found in LISTS if found.slug == slug), None)


def asked_in_lane(found: Lane, user: Any, beside: Set[UUID] = frozenset()) -> QuerySet[Submission]:
    """What stands in a list for this person, without what they put aside; in no order yet.

    `beside` are the accounts that `urgent.beside_ticks` found: they stand in Urgent, and not among the new ones.
    """
    return Submission.objects.filter(_holds(found, user, beside), conflict_of_interest.not_skipped_by(user))


def _holds(found: Lane, user: Any, beside: Set[UUID]) -> Q:
    if beside and found is URGENT:
        return found.holds(user) | Q(pk__in=beside)
    if beside and found is FIRST:
        return found.holds(user) & ~Q(pk__in=beside)
    return found.holds(user)


def lane_counts(user: Any, beside: Set[UUID] = frozenset()) -> dict[str, int]:
    """How many stand in each lane, by slug, in two queries; above `MOST_COUNTED` means more than that.

    Take-down requests that are due stand in the urgent lane, above its rows.
    """
    selects: list[str] = []
    params: list[Any] = []
    # Asked for once: as a part of every lane's question it would be looked up again for each row.
    seen = ~Q(pk__in=conflict_of_interest.skipped_ids(user))
    lanes_of_theirs = (Submission.objects.filter(_holds(found, user, beside), seen) for found in COUNTED)
    for rows_of_one in (*lanes_of_theirs, take_downs.due_requests()):
        select, some = rows_of_one.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        selects.append(f"(SELECT COUNT(*) FROM ({select}) AS counted)")  # noqa: S608
        params += some
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selects)}", params)
        *lanes, requests = cursor.fetchone()
    found = {lane.slug: count for lane, count in zip(COUNTED, lanes, strict=True)}
    return found | {URGENT.slug: found[URGENT.slug] + requests}


def lanes_in_words(count: int) -> str:
    """A count as a screen says it."""
    return str(count) if count <= MOST_COUNTED else gettext("more than %(count)d") % {"count": MOST_COUNTED}


def counted_lanes(rows: QuerySet[Submission]) -> int:
    """How many rows there are, counted no further than a screen says."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def lane_rows(slug: str, user: Any, beside: Set[UUID] = frozenset()) -> QuerySet[Submission]:
    """The submissions of a list, oldest first, each with who has it in hand (`claim_now`) and whom it is meant for."""
    found = lane_named(slug)
    if found is None:
        return Submission.objects.none()
    return asked_in_lane(found, user, beside).select_related(*IN_A_ROW).order_by("week", "id")


def waits_for(user: Any) -> QuerySet[Submission]:
    """What came back to this person or was given to them, and isn't in their hands; the oldest first."""
    waiting = Submission.objects.filter(lists.REAL, _meant_for(user), conflict_of_interest.not_skipped_by(user))
    return waiting.exclude(pk__in=_in_hand_of(user)).order_by("week", "id")


def lane_for_second_reader(user: Any) -> QuerySet[Submission]:
    """What this person may be the second reader of: put forward, not written by them nor in their hands since, not
    being worked on, and nobody's yes is awaited.
    """
    mine = WorkingCopy.objects.filter(submission=OuterRef("pk"), written_by=user)
    in_hand = Claim.objects.filter(submission=OuterRef("pk"), expires_at__gt=timezone.now())
    free = lane_rows(SECOND.slug, user).filter(~Exists(mine), ~Exists(in_hand), ~_was_theirs_since_put_forward(user))
    return free.exclude(waits_for_yes=True)


def _was_theirs_since_put_forward(user: Any) -> Exists:
    """`TextFacts.was_mine_since_put_forward` as a condition of a query."""
    forward = Event.objects.filter(submission=OuterRef("submission"), deed="put forward").order_by("-number")
    taken = Event.objects.filter(submission=OuterRef("pk"), by=user, deed__in=("claim", "take over"))
    return Exists(taken.filter(number__gt=forward.values("number")[:1]))


def next_for(user: Any, beside: Set[UUID], *, after: Submission) -> Submission | None:
    """What comes next for this person: danger that they haven't opened, a second reading, what somebody wrote, the
    oldest new one. Nothing that a colleague has in hand, nor what they are `after`.
    """
    opened = Event.objects.filter(submission=OuterRef("pk"), deed="open", by=user)
    urgent = lane_rows(URGENT.slug, user, beside).filter(~Exists(opened) | Q(unopened_since__isnull=False))
    new = lane_rows(FIRST.slug, user, beside).filter(Q(meant_for=None) | Q(meant_for=user))
    in_hand = Claim.objects.filter(expires_at__gt=timezone.now()).exclude(holder=user).values("submission")
    steps = (urgent, lane_for_second_reader(user), lane_rows(WROTE.slug, user), new)
    firsts = (step.exclude(pk=after.pk).exclude(pk__in=in_hand).first() for step in steps)
    return next((found for found in firsts if found), None)


def claim_now(submission: Submission) -> Claim | None:
    """Its claim, if that hasn't expired; asks nothing of the database where the row was read with it."""
    claim: Claim | None = getattr(submission, "claim", None)
    return claim if claim and claim.expires_at > timezone.now() else None


def weeks_old(submission: Submission) -> int:
    return (lifecycle.this_week() - submission.week).days // 7


def days_left(submission: Submission, *, today: date | None = None) -> int:
    """How many days until what it holds is erased."""
    return (submission.erase_on - (today or lifecycle.today())).days
