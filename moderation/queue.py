"""The lanes of the moderators' room: what waits, for whom, oldest first, in a constant number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation import unopened
from moderation.models import Agreement, Claim, WorkingCopy
from stories import lifecycle
from stories.models import Event, Submission

_S = Submission.Status


@dataclass(frozen=True)
class Lane:
    """One list of the queue: its name in addresses, what it is called, and what belongs in it for `user`."""

    slug: str
    label: Any
    says: Any
    holds: Callable[[Any], Q]


def _in_my_hands(user: Any) -> Q:
    return Q(claim__holder=user, claim__expires_at__gt=timezone.now()) & ~Q(status=_S.DRAFT)


# Second readings come first because they publish; every undecided submission is in a lane that everybody sees.
LANES: tuple[Lane, ...] = (
    Lane("urgent", _("Urgent"), _("What can’t wait for its turn."), lambda user: Q(status=_S.RECEIVED, is_urgent=True)),
    Lane(
        "second",
        _("Second reading"),
        _("Put forward by one moderator; a second one’s yes makes it a story."),
        lambda user: Q(status=_S.PREPARED),
    ),
    Lane(
        "wrote",
        _("They wrote"),
        _(
            "Nobody has opened these since the contributor wrote, said yes or changed something. "
            "Opening one takes it off this list."
        ),
        lambda user: unopened.somewhere(),
    ),
    Lane(
        "new",
        _("New"),
        _("Nobody has put these forward yet."),
        lambda user: Q(status=_S.RECEIVED, is_urgent=False, is_flood=False),
    ),
    Lane("mine", _("Mine"), _("What you have in hand now."), _in_my_hands),
    Lane("waiting", _("Waiting"), _("The contributor was asked something."), lambda user: Q(status=_S.WAITING)),
    Lane("held", _("Held"), _("For legal reasons or somebody’s safety, until a day."), lambda user: Q(status=_S.HELD)),
    Lane(
        "flood",
        _("Flood"),
        _("Came in faster than people write. There may be real accounts among them."),
        lambda user: Q(status=_S.RECEIVED, is_urgent=False, is_flood=True),
    ),
)
FIRST, FLOOD = (next(lane for lane in LANES if lane.slug == slug) for slug in ("new", "flood"))


def lane(slug: str) -> Lane | None:
    """The lane of that name, if there is one."""
    return next((found for found in LANES if found.slug == slug), None)


def counts(user: Any) -> dict[str, int]:
    """How many stand in each lane, by slug, in one query."""
    wanted = {found.slug: Count("pk", filter=found.holds(user)) for found in LANES}
    return Submission.objects.aggregate(**wanted)


def rows(slug: str, user: Any) -> QuerySet[Submission]:
    """The submissions of a lane, oldest first, with all that a list shows of each.

    Each row says whether it came back (`was_sent_back`), whether `user` wrote a version
    (`is_my_text`), what its contributor wrote since it was opened (`wrote`, `wants_change`, `said_yes`, `changed`) and,
    with `claim_now`, who has it in hand.
    """
    found = lane(slug)
    if found is None:
        return Submission.objects.none()
    versions = WorkingCopy.objects.filter(submission=OuterRef("pk"))
    sent_back = Event.objects.filter(submission=OuterRef("pk"), deed="send back")
    first_yes = Agreement.objects.filter(place=Agreement.Place.FIRST).select_related("by", "working_copy")
    return (
        Submission.objects.filter(found.holds(user))
        .annotate(
            has_text=Exists(versions),
            is_my_text=Exists(versions.filter(written_by=user)),
            was_sent_back=Exists(sent_back),
            **unopened.marks(),
        )
        .select_related("claim__holder")
        .prefetch_related(Prefetch("working_copies__agreements", first_yes, to_attr="first_yes"))
        .order_by("week", "id")
    )


def for_second_reader(user: Any) -> QuerySet[Submission]:
    """What this person may be the second reader of: put forward, and not written by them."""
    return rows("second", user).exclude(working_copies__written_by=user)


def claim_now(submission: Submission) -> Claim | None:
    """Its claim, if that hasn't expired; asks nothing of the database where the row was read with it."""
    claim: Claim | None = getattr(submission, "claim", None)
    return claim if claim and claim.expires_at > timezone.now() else None


def weeks_old(submission: Submission) -> int:
    return (lifecycle.this_week() - submission.week).days // 7


def days_left(submission: Submission, *, today: date | None = None) -> int:
    """How many days until what it holds is erased."""
    return (submission.erase_on - (today or lifecycle.today())).days


def to_look_at_again() -> QuerySet[Submission]:
    """The held ones whose day has come."""
    due = Submission.objects.filter(status=_S.HELD, look_again_on__lte=lifecycle.today())
    return due.annotate(**unopened.marks()).order_by("look_again_on")
